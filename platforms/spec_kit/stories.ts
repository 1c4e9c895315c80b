/** User stories of Spec Kit: from `spec.md`, and those that only the tasks name. Pure, and linear. */
import { type HiddenFields, NOTHING_HIDDEN, splitHiddenFields } from '../../core/drivers/documents/hidden-fields.ts';
import type { Priority } from '../../core/ports/issue.ts';
import { headingText, type Line, linesOf, type Span, type TasksFile } from './tasks.ts';

export interface Story {
  /** `US1`. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly hidden: HiddenFields;
  readonly priority?: Priority;
  /** Of a story that stands in `spec.md`. */
  readonly section?: Section;
}

export interface Section {
  readonly title: Span;
  /** The end of the line of its heading. */
  readonly heading: number;
  /** What stands below it; empty where there is nothing. */
  readonly text: Span;
}

export interface Spec {
  readonly text: string;
  readonly stories: readonly Story[];
  /** In milliseconds since 1970. */
  readonly createdAt?: number;
}

const STORY = /^ {0,3}###[ \t]+User Story (\d{1,6})[ \t]*[-–—:][ \t]*(\S.*)$/i;
const PRIORITY = /^\(Priority:[ \t]*P([0-4])\)/i;
const CREATED = /^\*\*Created\*\*:[ \t]*(\d{4}-\d\d-\d\d)\b/;

export function readSpec(text: string): Spec {
  const lines = linesOf(text);
  const stories: Story[] = [];
  const known = new Set<number>();
  let createdAt: number | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]?.text ?? '';
    const time = Date.parse(CREATED.exec(line)?.[1] ?? '');
    if (!Number.isNaN(time)) createdAt ??= time;
    const [, number, given = ''] = STORY.exec(line) ?? [];
    if (number === undefined || known.has(Number(number))) continue;
    known.add(Number(number));
    const { title: shown, priority } = parted(headingText(given));
    let behind = at + 1;
    while (behind < lines.length && !/^ {0,3}#{1,3}[ \t]/.test(lines[behind]?.text ?? '')) behind += 1;
    const start = (lines[at]?.start ?? 0) + line.lastIndexOf(given);
    const place = textPlace(lines, at + 1, behind);
    const { body, hidden } = splitHiddenFields(unescapedText(lines.slice(place.first, place.behind)));
    stories.push({
      key: `US${Number(number)}`,
      title: hidden.title?.shown === shown ? hidden.title.value : shown,
      body,
      hidden,
      section: {
        title: { start, end: start + shown.length },
        heading: lines[at]?.end ?? 0,
        text: { start: lines[place.first]?.start ?? 0, end: lines[place.behind - 1]?.end ?? 0 },
      },
      ...(priority !== undefined && { priority }),
    });
  }
  return { text, stories, ...(createdAt !== undefined && { createdAt }) };
}

/** `Title (Priority: P1) 🎯 MVP` */
export function parted(heading: string): { readonly title: string; readonly priority?: Priority } {
  const at = heading.toLowerCase().lastIndexOf('(priority:');
  const digit = at < 0 ? undefined : PRIORITY.exec(heading.slice(at))?.[1];
  if (digit === undefined) return { title: heading };
  return { title: heading.slice(0, at).trim(), priority: Number(digit) as Priority };
}

/** From the first line of its text to behind the last one, without the rule that stands between two stories. */
function textPlace(lines: readonly Line[], from: number, to: number) {
  const isBlank = (at: number) => (lines[at]?.text ?? '').trim() === '';
  let [first, behind] = [from, to];
  while (behind > first && isBlank(behind - 1)) behind -= 1;
  if (behind > first && lines[behind - 1]?.text.trim() === '---') behind -= 1;
  while (behind > first && isBlank(behind - 1)) behind -= 1;
  while (first < behind && isBlank(first)) first += 1;
  return { first, behind };
}

/** What would end the section has a backslash before it. */
const ENDS = /^( {0,3})(\\*)(?=#{1,3}[ \t]|---[ \t]*$)/;

function unescapedText(lines: readonly Line[]): string {
  return lines.map(({ text }) => text.replace(ENDS, (_, indent, signs) => indent + signs.slice(1))).join('\n');
}

export function escapedText(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(ENDS, '$1$2\\'))
    .join('\n');
}

/** With those that have no words of their own: in the order of their numbers. */
export function allStories({ stories }: Spec, { tasks, phases }: TasksFile): Story[] {
  const found = new Map(stories.map((story) => [story.key, story]));
  for (const { story, title } of phases) if (story && !found.has(story)) found.set(story, fromPhase(story, title));
  for (const { story } of tasks) if (story && !found.has(story)) found.set(story, fromPhase(story, ''));
  return [...found.values()].sort((one, other) => Number(one.key.slice(2)) - Number(other.key.slice(2)));
}

function fromPhase(key: string, heading: string): Story {
  const { title, priority } = parted(/User Story \d{1,6}[ \t]*[-–—:][ \t]*(\S.*)$/i.exec(heading)?.[1] ?? '');
  return {
    key,
    title: title || `User Story ${key.slice(2)}`,
    body: '',
    hidden: NOTHING_HIDDEN,
    ...(priority !== undefined && { priority }),
  };
}
