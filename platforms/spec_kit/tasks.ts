/** `tasks.md` of Spec Kit: phases, and tasks with the place of each part. Pure, and linear. */
import { type HiddenFields, splitHiddenFields } from '../../core/drivers/documents/hidden-fields.ts';
import type { IssueState } from '../../core/ports/issue.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Line extends Span {
  /** Where the next one begins. */
  readonly next: number;
  readonly text: string;
}

export interface Phase {
  readonly title: string;
  /** The line of its heading. */
  readonly line: number;
  /** `US1`, where its heading names a story. */
  readonly story?: string;
}

export interface Task {
  readonly id: string;
  /** Counted from 0. */
  readonly line: number;
  /** The first line behind it and its text. */
  readonly behind: number;
  readonly idPlace: Span;
  readonly state: IssueState;
  /** The sign between the brackets. */
  readonly box: Span;
  readonly isParallel: boolean;
  /** `US1`. */
  readonly story?: string;
  /** With the blanks before it. */
  readonly storyPlace?: Span;
  /** Behind the id and the marks: where another mark can stand. */
  readonly head: number;
  readonly title: string;
  readonly titlePlace: Span;
  /** Of a state that the brackets cannot say, with the blanks before it. */
  readonly mark?: Span;
  readonly body: string;
  readonly hidden: HiddenFields;
  /** The index of its phase; -1: before the first. */
  readonly phase: number;
}

export interface TasksFile {
  readonly text: string;
  readonly eol: string;
  readonly lines: readonly Line[];
  readonly phases: readonly Phase[];
  readonly tasks: readonly Task[];
}

/** States that a box cannot say: a comment at the end of the line does. */
export const MARKED = ['in_progress', 'in_review', 'blocked'] as const satisfies readonly IssueState[];

const TASK = /^ ?[-*+] {1,4}\[([^\]\r\n])\][ \t]+(T\d{3,9})(?=[ \t:]|$):?/;
const FLAG = /[ \t]+\[(?:(P)|(US\d{1,6}))\]/y;
const MARK = /^<!-- pace:(in_progress|in_review|blocked) -->$/;
const PHASE = /^ {0,3}##[ \t]+(Phase\b.*)$/i;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

export function readTasks(text: string): TasksFile {
  const lines = linesOf(text);
  const phases: Phase[] = [];
  const tasks: Task[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as Line;
    const skipped = skippedFrom(lines, at);
    if (skipped > at) {
      at = skipped - 1;
      continue;
    }
    const phase = PHASE.exec(line.text)?.[1];
    if (phase !== undefined) phases.push(phaseOf(headingText(phase), at));
    const task = taskAt(lines, at, phases.length - 1);
    if (!task) continue;
    tasks.push(task);
    at = task.behind - 1;
  }
  return { text, eol: text.includes('\r\n') ? '\r\n' : '\n', lines, phases, tasks };
}

/** The first line behind code or a comment that begins here; else the line itself. */
function skippedFrom(lines: readonly Line[], at: number): number {
  const { text } = lines[at] as Line;
  const fence = FENCE.exec(text)?.[1];
  if (fence !== undefined) return nextOf(lines, at + 1, (one) => closes(one, fence));
  if (!/^ {0,3}<!--/.test(text) || text.includes('-->', text.indexOf('<!--') + 4)) return at;
  return nextOf(lines, at + 1, (one) => one.includes('-->'));
}

/** The line behind it; what nothing ends goes to the end of the file. */
function nextOf(lines: readonly Line[], from: number, isIt: (text: string) => boolean): number {
  for (let at = from; at < lines.length; at += 1) if (isIt(lines[at]?.text ?? '')) return at + 1;
  return lines.length;
}

function closes(line: string, fence: string): boolean {
  const bare = line.trim();
  return bare.length >= fence.length && [...bare].every((sign) => sign === fence[0]);
}

/** Without the signs that may close a heading. */
export function headingText(text: string): string {
  const bare = text.trimEnd();
  let end = bare.length;
  while (end > 0 && bare[end - 1] === '#') end -= 1;
  return /[ \t]/.test(bare[end - 1] ?? ' ') ? bare.slice(0, end).trim() : bare.trim();
}

function phaseOf(title: string, line: number): Phase {
  const number = /\bUser Story (\d{1,6})\b/i.exec(title)?.[1];
  return { title, line, ...(number !== undefined && { story: `US${Number(number)}` }) };
}

function taskAt(lines: readonly Line[], at: number, phase: number): Task | undefined {
  const { start, text } = lines[at] as Line;
  const found = TASK.exec(text);
  if (!found) return undefined;
  const [whole, sign = ' ', id = ''] = found;
  const idEnd = text.indexOf(id, whole.indexOf(']')) + id.length;
  let head = whole.length;
  let isParallel = false;
  let story: { readonly name: string; readonly place: Span } | undefined;
  for (FLAG.lastIndex = head; ; head = FLAG.lastIndex) {
    const flag = FLAG.exec(text);
    if (!flag || (flag[2] !== undefined && story)) break;
    if (flag[2] === undefined) isParallel = true;
    else
      story = {
        name: `US${Number(flag[2].slice(2))}`,
        place: { start: start + flag.index, end: start + FLAG.lastIndex },
      };
  }
  const rest = text.slice(head).trimEnd();
  const comment = Math.max(rest.lastIndexOf(' <!-- pace:'), rest.lastIndexOf('\t<!-- pace:'));
  const mark = comment < 0 ? undefined : MARK.exec(rest.slice(comment + 1))?.[1];
  const shown = mark === undefined ? rest : rest.slice(0, comment).trimEnd();
  const from = head + (shown.length - shown.trimStart().length);
  const titlePlace = { start: start + from, end: start + from + shown.trim().length };
  const behind = behindText(lines, at + 1);
  const { body, hidden } = splitHiddenFields(textOf(lines.slice(at + 1, behind)));
  const written = unescaped(shown.trim());
  return {
    ...{ id, line: at, behind, phase, isParallel, head: start + head, titlePlace, body, hidden },
    title: hidden.title?.shown === written ? hidden.title.value : written,
    idPlace: { start: start + idEnd - id.length, end: start + idEnd },
    box: { start: start + text.indexOf('[') + 1, end: start + text.indexOf('[') + 2 },
    state: stateOf(sign, mark),
    ...(story && { story: story.name, storyPlace: story.place }),
    ...(mark !== undefined && { mark: { start: start + head + shown.length, end: start + head + rest.length } }),
  };
}

/** A title that begins as a mark does has a backslash before it. */
function unescaped(title: string): string {
  return /^\\+\[/.test(title) ? title.slice(1) : title;
}

export function escaped(title: string): string {
  return /^\\*\[/.test(title) ? `\\${title}` : title;
}

const BOXES: Readonly<Record<string, IssueState>> = { x: 'done', X: 'done', '-': 'canceled', '/': 'in_progress' };

/** Where somebody has ticked the box, the mark has nothing to say. */
function stateOf(sign: string, mark: string | undefined): IssueState {
  return BOXES[sign] ?? MARKED.find((state) => state === mark) ?? 'open';
}

/** What is indented below a task is its text. */
function behindText(lines: readonly Line[], from: number): number {
  let behind = from;
  for (let at = from; at < lines.length; at += 1) {
    const text = lines[at]?.text ?? '';
    if (text.trim() === '') continue;
    if (!/^(?: {2}|\t)/.test(text)) break;
    behind = at + 1;
  }
  return behind;
}

function textOf(lines: readonly Line[]): string {
  const own = lines.map(({ text }) => text.replace(/^(?: {2}|\t)/, ''));
  const first = own.findIndex((line) => line.trim() !== '');
  return first < 0 ? '' : own.slice(first).join('\n');
}

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const ends = /\r\n|\r|\n/g;
  // the mark of the byte order is no part of the first line
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let end = ends.exec(text); end; end = ends.exec(text)) {
    lines.push({ start, end: end.index, next: ends.lastIndex, text: text.slice(start, end.index) });
    start = ends.lastIndex;
  }
  if (start < text.length) lines.push({ start, end: text.length, next: text.length, text: text.slice(start) });
  return lines;
}
