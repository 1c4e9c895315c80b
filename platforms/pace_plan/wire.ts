/** Days and stories of a plan as issues. Pure. */
import { defined } from '../../core/defined.ts';
import { type HiddenFields, splitHiddenFields } from '../../core/drivers/documents/hidden-fields.ts';
import { type Mistake, mistakesError } from '../../core/drivers/documents/mistakes.ts';
import type { TextFile } from '../../core/drivers/documents/text-files.ts';
import { readPlan } from '../../core/plan/plan-shapes.ts';
import type { Issue, IssueState, Person } from '../../core/ports/issue.ts';
import { isRecord } from '../../core/record.ts';
import { sortProblems } from '../../core/yaml/problems.ts';
import type { YamlFile } from '../../core/yaml/yaml-file.ts';
import { stateIn, stateOfDay, wordFor } from './states.ts';
import { parsedYaml, type Step, valueAt, type Yaml } from './yaml-edits.ts';

/** A day, or a story. */
export interface Entry {
  readonly key: string;
  readonly path: readonly Step[];
  readonly parent?: string;
  readonly title: string;
  /** The key that holds its title. */
  readonly titleKey: 'target' | 'theme' | 'title';
  readonly body: string;
  readonly hidden: HiddenFields;
  readonly status: string | undefined;
  readonly state: IssueState;
  readonly criteria: readonly string[];
}

export interface Sheet {
  readonly path: string;
  /** Absent where there is no such file. */
  readonly given: string | undefined;
  /** The mark of the byte order. */
  readonly mark: string;
  readonly yaml: Yaml;
  readonly entries: readonly Entry[];
  readonly changedAt: number;
}

/** Throws with every mistake and its place. */
export function sheetOf(files: readonly TextFile[], path: string): Sheet {
  const file = files.find((one) => one.path === path);
  const yaml = parsedYaml(path, (file?.text ?? '').replace(/^\uFEFF/, ''));
  const mistakes = mistakesIn(yaml);
  if (mistakes.length > 0) throw mistakesError(mistakes);
  const mark = file?.text.startsWith('\uFEFF') ? '\uFEFF' : '';
  return { path, given: file?.text, mark, yaml, entries: entriesOf(yaml.value), changedAt: file?.changedAt ?? 0 };
}

function mistakesIn(yaml: YamlFile): Mistake[] {
  const isEmpty = yaml.value === null || (isRecord(yaml.value) && listsOf(yaml.value).length === 0);
  // a plan of no day yet is none for the gate, and a place for the first one here
  const problems = isEmpty ? yaml.problems : readPlan(yaml).problems;
  const doubles = yaml.problems.length > 0 || problems.length > 0 ? [] : doubleKeys(yaml);
  return sortProblems([...problems, ...doubles]).map(({ file, ...rest }) => ({ path: file, ...rest }));
}

function listsOf(value: Record<string, unknown>): unknown[] {
  return ['days', 'stories'].flatMap((key) => (Array.isArray(value[key]) ? (value[key] as unknown[]) : []));
}

function doubleKeys(yaml: YamlFile) {
  const seen = new Set<string>();
  return entriesOf(yaml.value).flatMap(({ key, path }) => {
    const again = seen.has(key);
    seen.add(key);
    const message = `Two of this plan are called \`${key}\`. Please give one of them another \`id\`.`;
    return again
      ? [yaml.problemAt(valueAt(yaml.value, [...path, 'id']) === undefined ? path : [...path, 'id'], message)]
      : [];
  });
}

/** As `readPlan` has them: days where there are some, else stories. */
export function entriesOf(value: unknown): Entry[] {
  const days = recordsIn(value, ['days']);
  if (days.length === 0)
    return recordsIn(value, ['stories']).map((story, at) => storyOf(story, ['stories', at], `story-${at + 1}`));
  return days.flatMap((day, at): Entry[] => {
    const key = `day-${String(day['day'])}`;
    const stories = recordsIn(day, ['stories']).map((story, index) => ({
      ...storyOf(story, ['days', at, 'stories', index], `${key}.${index + 1}`),
      parent: key,
    }));
    const titleKey = (['target', 'theme', 'title'] as const).find(
      (name) => day[name] !== undefined && day[name] !== null,
    );
    const own = entryOf(day, {
      key,
      path: ['days', at],
      titleKey: titleKey ?? 'target',
      title: `Day ${String(day['day'])}`,
    });
    const state = own.status === undefined ? stateOfDay(stories.map((story) => story.state)) : own.state;
    return [{ ...own, state }, ...stories];
  });
}

function storyOf(story: Record<string, unknown>, path: readonly Step[], numbered: string): Entry {
  const id = textIn(story, 'id')?.trim();
  const key = id === undefined || !/^[\w.-]{1,100}$/.test(id) ? numbered : id;
  return entryOf(story, { key, path, titleKey: 'title', title: key });
}

function entryOf(
  entry: Record<string, unknown>,
  { key, path, titleKey, title }: Pick<Entry, 'key' | 'path' | 'titleKey' | 'title'>,
): Entry {
  const status = textIn(entry, 'status');
  const criteria = entry['acceptance_criteria'] ?? entry['acceptance'];
  const { body, hidden } = splitHiddenFields((textIn(entry, 'notes') ?? '').replace(/\n+$/, ''));
  return {
    ...{ key, path, titleKey, body, hidden, status },
    title: textIn(entry, titleKey)?.trim() || title,
    state: status === undefined ? 'open' : stateIn(status),
    criteria: Array.isArray(criteria) ? criteria.filter((one) => typeof one === 'string') : [],
  };
}

function textIn(entry: Record<string, unknown>, key: string): string | undefined {
  const found = entry[key];
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function recordsIn(value: unknown, path: readonly Step[]): Record<string, unknown>[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.map((one) => (isRecord(one) ? one : {})) : [];
}

/** Nobody writes down when a day was planned: the start of the plan tells, and what stands above is the older one. */
export function issuesOf({ path, entries, changedAt, yaml }: Sheet): Issue[] {
  const start = startIn(yaml.value);
  const first = start === undefined ? Math.max(0, changedAt - entries.length) : start;
  return entries.map((entry, at) => toIssue(path, entry, { changedAt, createdAt: Math.min(first + at, changedAt) }));
}

function startIn(value: unknown): number | undefined {
  const found = valueAt(value, ['start_date']) ?? valueAt(value, ['sprint', 'start_date']);
  const time = typeof found === 'string' ? Date.parse(found) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function toIssue(
  path: string,
  entry: Entry,
  { changedAt, createdAt }: { readonly changedAt: number; readonly createdAt: number },
): Issue {
  const { key, title, body, state, status, parent, hidden, criteria } = entry;
  return {
    ...{ key, url: `${path}#${key}`, title, body, state, stateName: status ?? wordFor(state) },
    ...{ type: parent === undefined ? 'story' : 'task', labels: hidden.labels, commentCount: 0 },
    assignees: hidden.assignees.map(personOf),
    ...defined({ parent }),
    ...(criteria.length > 0 && {
      sections: [{ name: 'Acceptance criteria', text: criteria.map((one) => `- ${one}`).join('\n') }],
    }),
    ...{ createdAt, updatedAt: Math.max(createdAt, changedAt), metadata: hidden.metadata },
  };
}

function personOf(name: string): Person {
  return { id: name, name, ...(/^[^\s@]+@[^\s@]+$/.test(name) && { email: name }) };
}
