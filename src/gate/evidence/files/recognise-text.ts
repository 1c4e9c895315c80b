/** Kinds of plain text, by their first lines. */
import type { Format } from './known-formats.ts';

const BY_LINE: readonly (readonly [Format, RegExp])[] = [
  ['tap', /^TAP version 1\d\s*$/m],
  ['go-cover', /^mode: (?:set|count|atomic)\s*$/m],
  ['lcov', /^(?:#[^\r\n]*[\r\n]+)*(?:TN:|SF:.|DA:\d)/],
  // with something before it that its parser points at
  ['lcov', /^end_of_record\s*$/m],
  ['gcov-text', /^ *-: +0:/],
];
/** Results of TAP, which need not begin with a line of their own. */
const TAP_LINES = /^(?:ok|not ok) \d+\b|^1\.\.\d+\s*$/gm;

/** XML or JSON begins here, as far as one can tell: a log has `[INFO]`, too. */
const DOCUMENT = /(?:<[?!/\w]|[{[]\s*(?:["{[\]}\d]|$))/y;

export function beginsDocument(text: string, at: number): boolean {
  DOCUMENT.lastIndex = at;
  return DOCUMENT.test(text);
}

/** `undefined` for what is none of these, as XML and JSON are. */
export function textFormat(start: string): Format | undefined {
  const first = start.search(/\S/);
  if (first < 0) return 'empty';
  if (/^<!doctype html\b/i.test(start.slice(first, first + 20))) return 'html';
  // what these lines stand in may be the output of a test
  if (beginsDocument(start, first)) return undefined;
  const text = start.slice(start.lastIndexOf('\n', first) + 1);
  const known = BY_LINE.find(([, pattern]) => pattern.test(text));
  if (known !== undefined) return known[0];
  return (start.match(TAP_LINES)?.length ?? 0) >= 2 ? 'tap' : undefined;
}
