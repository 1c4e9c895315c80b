/** Tasks created, changed and moved: from a text to the text that it becomes. Pure. */
import { type Edit, edited } from '../../core/drivers/documents/edits.ts';
import { type HiddenFields, hiddenAfter, withHiddenFields } from '../../core/drivers/documents/hidden-fields.ts';
import { PaceError } from '../../core/errors.ts';
import type { IssueDraft, IssuePatch, IssueState } from '../../core/ports/issue.ts';
import { storable } from '../../core/text/storable.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Story } from './stories.ts';
import { escaped, MARKED, type Task } from './tasks.ts';
import { parsed, type Sheet, stateOfStory } from './wire.ts';

export const TITLE_LIMIT = 500;

export function created(sheet: Sheet, draft: IssueDraft): { readonly sheet: Sheet; readonly key: string } {
  const { parent, title, state = 'open', body, ...fields } = draft;
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
  const { title, body, parent, state } = patch;
  if (parent) requireStory(sheet, parent);
  let after = sheet;
  if (title !== undefined) after = withTitle(after, key, title.trim());
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

/** One line, in which no comment begins. */
function shownTitle(title: string): string {
  return plainLine(title).trim().slice(0, TITLE_LIMIT).replaceAll('<!--', '<! --') || 'Untitled';
}

function withStory(sheet: Sheet, key: string, parent: string | null): Sheet {
  const { story, storyPlace, head } = taskIn(sheet, key);
  if ((story ?? null) === parent) return sheet;
  const place = storyPlace ?? { start: head, end: head };
  return withEdits(sheet, [{ ...place, text: parent === null ? '' : ` [${parent}]` }]);
}

export function bodyOf(text: string): string {
  const lines = storable(text)
    .split(/\r\n|\r|\n/)
    .map((line) => (line.trim() === '' ? '' : line));
  const first = lines.findIndex((line) => line !== '');
  return first < 0 ? '' : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1).join('\n');
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

/** A story is what its section says: its title can be changed, and all else says so where it stands. */
function storyAfter(sheet: Sheet, story: Story, patch: IssuePatch): Sheet {
  const { title, body, state, parent, ...others } = patch;
  const now = stateOfStory(sheet.file.tasks.filter((task) => task.story === story.key));
  const isHidden = Object.values(others).some((value) => !isNothing(value));
  if (state !== undefined && state !== now) throw refused(sheet, story, 'its state follows from its tasks');
  if (parent) throw refused(sheet, story, 'nothing stands above it');
  if (body !== undefined && bodyOf(body) !== bodyOf(story.body)) throw refused(sheet, story, 'its text is read only');
  if (isHidden) throw refused(sheet, story, 'it has a title and a text, and nothing else');
  if (title === undefined || title.trim() === story.title) return sheet;
  const { place } = story;
  const shown = plainLine(title).trim();
  if (!place || sheet.specText === undefined) throw refused(sheet, story, 'it has no section of its own');
  const after = edited(sheet.specText, [{ ...place, text: shown }]);
  const next = parsed({ ...sheet, specText: after });
  if (next.stories.find(({ key }) => key === story.key)?.title === shown && shown === title.trim()) return next;
  throw refused(sheet, story, 'this title would be read as something else');
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function refused({ specPath }: Sheet, { key }: Story, why: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `${key} is a story of ${specPath}: ${why}.`,
    remedy: `Please change ${specPath} itself, or the tasks of the story.`,
  });
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
