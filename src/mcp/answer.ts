/** What a tool says: text for a model, bounded, in which the words of others stand in fences with their author. Pure. */
import { codeBlock, cut, plainLine } from '../../core/text/untrusted-text.ts';

export interface Answer {
  readonly text: string;
  /** It did not, or not wholly, do what was asked; the text says what to do. */
  readonly isError?: boolean;
}

/**
 * A result in bytes, as JSON: hosts keep no more than 50,000 characters in sight, and some readers take no line above 64 KiB.
 */
export const MOST_BYTES = 40_000;

/** What the envelope of a result takes beside the text. */
const ENVELOPE = 400;

export function bytesOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

export function fits(text: string): boolean {
  return bytesOf(text) + ENVELOPE <= MOST_BYTES;
}

/** Words of somebody else. A model is told whose they are before it reads them. */
export function wordsOf(what: string, author: string | undefined, text: string): string {
  const by = author === undefined || author === '' ? 'an unknown author' : plainLine(author, 100);
  return `${what}, written by ${by}:\n${codeBlock(text, 'text')}`;
}

/** A fence of what the tracker says: names, titles, labels. */
export function fenced(lines: readonly string[]): string {
  return codeBlock(lines.join('\n'), 'text');
}

/** The counts come first, so that whoever cuts the rest does not hide that there is more. */
export interface Count {
  readonly shown: number;
  /** Absent where nobody knows without asking for everything. */
  readonly total?: number | undefined;
  /** What to hand over as `cursor` for more. */
  readonly next?: string | undefined;
}

export function countLine({ shown, total, next }: Count): string {
  return [
    `shown: ${shown}`,
    ...(total === undefined ? [] : [`total: ${total}`]),
    ...(next === undefined ? [] : [`next: ${next} (call again with this cursor for more)`]),
  ].join('\n');
}

/** The last resort: no part of PACE should make so much. */
export function bounded(answer: Answer): Answer {
  if (fits(answer.text)) return answer;
  let size = MOST_BYTES;
  while (!fits(cutText(answer.text, size))) size = Math.floor(size * 0.8);
  return { ...answer, text: cutText(answer.text, size) };
}

function cutText(text: string, size: number): string {
  const shorter = cut(text, size);
  const isOpen = (shorter.match(/^```/gm) ?? []).length % 2 === 1;
  return `truncated: yes\n${shorter}${isOpen ? '\n```' : ''}`;
}
