/** User stories of Spec Kit: from `spec.md`, and those that only the tasks name. Pure, and linear. */
import type { Priority } from '../../core/ports/issue.ts';
import { headingText, linesOf, type Span, type TasksFile } from './tasks.ts';

export interface Story {
  /** `US1`. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly priority?: Priority;
  /** Where its title stands in `spec.md`. */
  readonly place?: Span;
}

export interface Spec {
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
    const { title, priority } = parted(headingText(given));
    let behind = at + 1;
    while (behind < lines.length && !/^ {0,3}#{1,3}[ \t]/.test(lines[behind]?.text ?? '')) behind += 1;
    const start = (lines[at]?.start ?? 0) + line.lastIndexOf(given);
    stories.push({
      key: `US${Number(number)}`,
      title,
      body: textOf(lines.slice(at + 1, behind).map((one) => one.text)),
      place: { start, end: start + title.length },
      ...(priority !== undefined && { priority }),
    });
  }
  return { stories, ...(createdAt !== undefined && { createdAt }) };
}

/** `Title (Priority: P1) 🎯 MVP` */
function parted(heading: string): { readonly title: string; readonly priority?: Priority } {
  const at = heading.toLowerCase().lastIndexOf('(priority:');
  const digit = at < 0 ? undefined : PRIORITY.exec(heading.slice(at))?.[1];
  if (digit === undefined) return { title: heading };
  return { title: heading.slice(0, at).trim(), priority: Number(digit) as Priority };
}

/** Without the rule that stands between two stories. */
function textOf(lines: readonly string[]): string {
  return lines
    .join('\n')
    .trim()
    .replace(/\n+---$/, '')
    .trim();
}

/** With those that have no words of their own: in the order of their numbers. */
export function allStories({ stories }: Spec, { tasks, phases }: TasksFile): Story[] {
  const found = new Map(stories.map((story) => [story.key, story]));
  for (const { story, title } of phases) if (story && !found.has(story)) found.set(story, fromPhase(story, title));
  for (const { story } of tasks)
    if (story && !found.has(story)) found.set(story, { key: story, title: `User Story ${story.slice(2)}`, body: '' });
  return [...found.values()].sort((one, other) => Number(one.key.slice(2)) - Number(other.key.slice(2)));
}

function fromPhase(key: string, heading: string): Story {
  const { title, priority } = parted(/User Story \d{1,6}[ \t]*[-–—:][ \t]*(\S.*)$/i.exec(heading)?.[1] ?? '');
  return { key, title: title || `User Story ${key.slice(2)}`, body: '', ...(priority !== undefined && { priority }) };
}
