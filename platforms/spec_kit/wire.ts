/** Tasks and stories as issues. Pure. */
import { defined } from '../../core/defined.ts';
import { type Mistake, mistakesError } from '../../core/drivers/documents/mistakes.ts';
import type { TextFile } from '../../core/drivers/documents/text-files.ts';
import type { Issue, IssueLink, IssueState, Person } from '../../core/ports/issue.ts';
import { isClosed } from '../../core/ports/issue.ts';
import { linksOf } from './links.ts';
import { allStories, readSpec, type Spec, type Story } from './stories.ts';
import { readTasks, type Task, type TasksFile } from './tasks.ts';

/** Both files of a feature as they stand. */
export interface Sheet {
  readonly path: string;
  readonly specPath: string;
  /** Absent where there is no such file. */
  readonly taskText: string | undefined;
  readonly specText: string | undefined;
  readonly file: TasksFile;
  readonly spec: Spec;
  readonly stories: readonly Story[];
  readonly changedAt: number;
}

export function sheetOf(files: readonly TextFile[], path: string): Sheet {
  const specPath = path.replace(/[^/]*$/, 'spec.md');
  const textOf = (name: string) => files.find((one) => one.path === name);
  const [tasks, spec] = [textOf(path), textOf(specPath)];
  return parsed({
    ...{ path, specPath, taskText: tasks?.text, specText: spec?.text },
    changedAt: Math.max(0, ...files.map(({ changedAt }) => changedAt)),
  });
}

type Texts = Pick<Sheet, 'path' | 'specPath' | 'taskText' | 'specText' | 'changedAt'>;

export function parsed(texts: Texts): Sheet {
  const file = readTasks(texts.taskText ?? '');
  const spec = readSpec(texts.specText ?? '');
  return { ...texts, file, spec, stories: allStories(spec, file) };
}

/** Throws for ids that two tasks have. */
export function requireSound({ path, file }: Sheet): void {
  const seen = new Map<string, number>();
  const mistakes = file.tasks.flatMap(({ id, line, idPlace }): Mistake[] => {
    const first = seen.get(id);
    if (first === undefined) seen.set(id, line);
    if (first === undefined) return [];
    const message = `${id} stands in line ${first + 1} as well. Please give this task a number of its own.`;
    const before = file.text.slice(file.lines[line]?.start ?? 0, idPlace.start);
    return [{ path, line: line + 1, column: [...before].length + 1, message }];
  });
  if (mistakes.length > 0) throw mistakesError(mistakes);
}

/** Stories first: they stand in `spec.md`, which is there before the tasks. */
export function issuesOf(sheet: Sheet): Issue[] {
  const { file, stories } = sheet;
  const links = linksOf(file);
  const count = stories.length + file.tasks.length;
  const createdAt = (at: number) => timeOf(sheet, at, count);
  const tasks = file.tasks.map((task, at) =>
    taskIssue(sheet, task, { createdAt: createdAt(stories.length + at), links: links.get(task.id) ?? [] }),
  );
  const ofStory = Map.groupBy(file.tasks, ({ story }) => story);
  return [
    ...stories.map((story, at) => storyIssue(sheet, story, ofStory.get(story.key) ?? [], createdAt(at))),
    ...tasks,
  ];
}

/** Nobody writes down when a task was made: the day of the feature tells, and what stands above is the older one. */
function timeOf({ spec, changedAt }: Sheet, at: number, count: number): number {
  return spec.createdAt === undefined ? Math.max(0, changedAt - count + at) : Math.min(spec.createdAt + at, changedAt);
}

interface Told {
  readonly createdAt: number;
  readonly links: readonly IssueLink[];
}

function taskIssue({ path, changedAt }: Sheet, task: Task, { createdAt, links }: Told): Issue {
  const { id, title, body, state, story, hidden } = task;
  return {
    ...{ key: id, url: `${path}#${id}`, title, body, state, stateName: state, type: 'task' },
    ...{ labels: hidden.labels, assignees: hidden.assignees.map(personOf), links, commentCount: 0 },
    ...defined({ parent: story }),
    ...{ createdAt, updatedAt: Math.max(createdAt, changedAt), metadata: hidden.metadata },
  };
}

function storyIssue({ specPath, changedAt }: Sheet, story: Story, tasks: readonly Task[], createdAt: number): Issue {
  const { key, title, body, priority, hidden } = story;
  const state = stateOfStory(tasks);
  return {
    ...{ key, url: `${specPath}#${key}`, title, body, state, stateName: state, type: 'story' },
    ...{ labels: hidden.labels, assignees: hidden.assignees.map(personOf), links: [], commentCount: 0 },
    ...defined({ priority }),
    ...{ createdAt, updatedAt: Math.max(createdAt, changedAt), metadata: hidden.metadata },
  };
}

/** A story has no box of its own. */
export function stateOfStory(tasks: readonly Pick<Task, 'state'>[]): IssueState {
  const states = new Set(tasks.map(({ state }) => state));
  if (states.size === 0) return 'open';
  if ([...states].every(isClosed)) return states.has('done') ? 'done' : 'canceled';
  return ['done', 'in_progress', 'in_review'].some((state) => states.has(state as IssueState)) ? 'in_progress' : 'open';
}

export function personOf(name: string): Person {
  return { id: name, name, ...(/^[^\s@]+@[^\s@]+$/.test(name) && { email: name }) };
}
