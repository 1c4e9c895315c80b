/** Tasks created, changed and moved: from a text to the text that it becomes. Pure. */
import { type Edit, edited } from '../../core/drivers/documents/edits.ts';
import { type HiddenFields, hiddenAfter, withHiddenFields } from '../../core/drivers/documents/hidden-fields.ts';
import { PaceError } from '../../core/errors.ts';
import type { IssueDraft, IssuePatch, IssueState } from '../../core/ports/issue.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { bodyOf, otherType, shownTitle, TITLE_LIMIT } from './fields.ts';
import { newStory, storyAfter } from './story-writes.ts';
import { escaped, MARKED, type Task } from './tasks.ts';
import { parsed, type Sheet } from './wire.ts';

export function created(sheet: Sheet, draft: IssueDraft): { readonly sheet: Sheet; readonly key: string } {
  if (draft.type?.toLowerCase() === 'story') return newStory(sheet, draft);
  const { parent, state = 'open', body, ...fields } = draft;
  const title = cut(draft.title.trim(), TITLE_LIMIT);
  if (parent !== undefined) requireStory(sheet, parent);
  const key = nextId(sheet);
  const story = parent === undefined ? '' : ` [${parent}]`;
  const placed = withLine(sheet, parent, `- [ ] ${key}${story} ${escaped(shownTitle(title))}`);
  const { labels, assignees, metadata } = fields;
  const patch: IssuePatch = {
    ...{ title, body, state },
    ...(labels && { labels }),
    ...(assignees && { assignees }),
    ...(metadata && { metadata }),
  };
  return { sheet: updated(placed, key, patch), key };
}

/** Field by field; of what is there already nothing is written. */
export function updated(sheet: Sheet, key: string, patch: IssuePatch): Sheet {
  const story = sheet.stories.find((one) => one.key === key);
  if (story) return storyAfter(sheet, story, patch);
  const { title, body, parent, state, type } = patch;
  if (type !== undefined && type.toLowerCase() !== 'task') throw otherType(key, 'task');
  if (parent) requireStory(sheet, parent);
  let after = sheet;
  if (title !== undefined) after = withTitle(after, key, cut(title.trim(), TITLE_LIMIT));
  if (parent !== undefined) after = withStory(after, key, parent);
  if (state !== undefined) after = moved(after, key, state);
  const task = taskIn(after, key);
  const hidden = hiddenAfter(task.hidden, patch);
  return withText(after, key, { body: body === undefined ? task.body : bodyOf(body), hidden });
}

export function moved(sheet: Sheet, key: string, state: IssueState): Sheet {
  const story = sheet.stories.find((one) => one.key === key);
  if (story) return storyAfter(sheet, story, { state });
  const task = taskIn(sheet, key);
  if (task.state === state) return sheet;
  const { box, mark, titlePlace } = task;
  const wanted = MARKED.find((one) => one === state);
  const text = wanted ? ` <!-- pace:${wanted} -->` : '';
  const place = mark ?? { start: titlePlace.end, end: titlePlace.end };
  return withEdits(sheet, [
    { ...box, text: BOXES[state] ?? ' ' },
    { ...place, text },
  ]);
}

/** Only what is done gets a tick. */
const BOXES: Readonly<Partial<Record<IssueState, string>>> = { done: 'x', canceled: '-' };

function withTitle(sheet: Sheet, key: string, title: string): Sheet {
  const task = taskIn(sheet, key);
  if (task.title === title) return sheet;
  const shown = shownTitle(title);
  const { title: _, ...others } = task.hidden;
  const hidden: HiddenFields = shown === title ? others : { ...others, title: { shown, value: title } };
  const { titlePlace, head } = task;
  const gap = titlePlace.start === head ? ' ' : '';
  const after = withEdits(sheet, [{ ...titlePlace, text: `${gap}${escaped(shown)}` }]);
  return withText(after, key, { body: task.body, hidden });
}

function withStory(sheet: Sheet, key: string, parent: string | null): Sheet {
  const { story, storyPlace, head } = taskIn(sheet, key);
  if ((story ?? null) === parent) return sheet;
  const place = storyPlace ?? { start: head, end: head };
  return withEdits(sheet, [{ ...place, text: parent === null ? '' : ` [${parent}]` }]);
}

/** What is indented below the task: its text, and what nobody is to see. */
function withText(sheet: Sheet, key: string, wanted: Pick<Task, 'body' | 'hidden'>): Sheet {
  const task = taskIn(sheet, key);
  const text = withHiddenFields(wanted);
  if (text === withHiddenFields(task)) return sheet;
  const { eol, lines } = sheet.file;
  const start = lines[task.line]?.end ?? 0;
  const end = lines[task.behind - 1]?.end ?? start;
  const shown = text === '' ? '' : text.split('\n').map((line) => `${eol}${line === '' ? '' : `  ${line}`}`);
  return withEdits(sheet, [{ start, end, text: typeof shown === 'string' ? shown : shown.join('') }]);
}

/** At the end of the phase of its story; else of the last phase. */
function withLine(sheet: Sheet, story: string | undefined, line: string): Sheet {
  const { tasks, phases, lines, eol, text } = sheet.file;
  if (sheet.taskText === undefined || text.trim() === '' || text === '\uFEFF') {
    const head = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    return withTasks(sheet, `${head}${['# Tasks', '', '## Phase 1: Tasks', '', line, ''].join(eol)}`);
  }
  const named = phases.findLastIndex((phase) => story !== undefined && phase.story === story);
  const byTask = tasks.findLast((task) => story !== undefined && task.story === story)?.phase;
  const phase = named >= 0 ? named : (byTask ?? phases.length - 1);
  const last = tasks.findLast((task) => task.phase === phase);
  const heading = phases[phase];
  if (last) {
    const end = lines[last.behind - 1]?.end ?? text.length;
    return withEdits(sheet, [{ start: end, end, text: `${eol}${line}` }]);
  }
  if (heading) {
    const { end, next } = lines[heading.line] ?? { end: text.length, next: text.length };
    const after = lines[heading.line + 1]?.text.trim() === '' || end === next ? '' : eol;
    return withEdits(sheet, [{ start: end, end, text: `${eol}${eol}${line}${after}` }]);
  }
  const end = lines.at(-1)?.end ?? text.length;
  const close = lines.at(-1)?.next === end ? eol : '';
  return withEdits(sheet, [{ start: end, end, text: `${eol}${eol}${line}${close}` }]);
}

const LONGEST_NUMBER = 6;

/** One above all that are named anywhere: a number is never given twice. */
function nextId({ file: { text, tasks } }: Sheet): string {
  let last = 0;
  for (const [, digits = ''] of text.matchAll(/\bT(\d{3,9})\b/g))
    if (digits.length <= LONGEST_NUMBER) last = Math.max(last, Number(digits));
  for (const { id } of tasks) last = Math.max(last, Number(id.slice(1)));
  return `T${String(last + 1).padStart(3, '0')}`;
}

function requireStory(sheet: Sheet, key: string): void {
  if (sheet.stories.some((story) => story.key === key)) return;
  throw new PaceError({
    kind: sheet.file.tasks.some(({ id }) => id === key) ? 'validation' : 'not-found',
    message: `There is no story “${plainLine(key, 60)}” here: a task stands below a story.`,
    remedy: `The stories are: ${sheet.stories.map((story) => story.key).join(', ') || 'none'}.`,
  });
}

/** Throws `not-found`. */
export function taskIn({ file }: Sheet, key: string): Task {
  const found = file.tasks.find(({ id }) => id === key);
  if (found) return found;
  throw new PaceError({
    kind: 'not-found',
    message: `There is no task “${plainLine(key, 60)}” here.`,
    remedy: 'Please check the key: `pace issue list` shows all of them.',
  });
}

function withEdits(sheet: Sheet, edits: readonly Edit[]): Sheet {
  return withTasks(sheet, edited(sheet.file.text, edits));
}

function withTasks(sheet: Sheet, taskText: string): Sheet {
  return parsed({ ...sheet, taskText });
}
