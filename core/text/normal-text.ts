/**
 * The form in which two Markdown texts are the same text: what any server may do to one that it keeps otherwise. Two texts that
 * people see as different never have one form; so indentation, breaks and look-alikes of characters are left as they are.
 */
import { storable } from './storable.ts';

/** For trackers that keep Markdown as it is. */
export const NORMAL_TEXT = { version: 1, of: normalText } as const;

/**
 * Ends of lines become `\n`, blanks of whatever kind at the end of a line go, and so do empty lines around the text. Two blanks or more
 * before another line are a break, and stay two. Pure, and linear in the length of the text.
 */
export function normalText(markdown: string): string {
  const given = storable(markdown).split(/\r\n|\r|\n/);
  const lines = given.map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  if (first < 0) return '';
  const last = lines.findLastIndex((line) => line !== '');
  return lines
    .map((line, at) => (line !== '' && lines[at + 1] && given[at]?.endsWith('  ') ? `${line}  ` : line))
    .slice(first, last + 1)
    .join('\n');
}

/** More turns are never needed: each mends what the one before has made readable. */
const MOST_TURNS = 6;

/**
 * The normal form of a tracker with a form of its own: what comes back of a text, written and read until it comes back as it was.
 * @param written the text as it is read after it was written
 */
export function settledText(markdown: string, written: (markdown: string) => string): string {
  let text = written(markdown);
  for (let turn = 1; turn < MOST_TURNS; turn += 1) {
    const next = written(text);
    if (next === text) break;
    text = next;
  }
  return text;
}
