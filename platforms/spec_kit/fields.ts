/** Titles and texts as they can stand in the files. Pure. */
import { PaceError } from '../../core/errors.ts';
import { storable } from '../../core/text/storable.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

export const TITLE_LIMIT = 500;

/** One line, in which no comment begins. */
export function shownTitle(title: string): string {
  return plainLine(title).trim().slice(0, TITLE_LIMIT).replaceAll('<!--', '<! --') || 'Untitled';
}

export function bodyOf(text: string): string {
  const lines = storable(text)
    .split(/\r\n|\r|\n/)
    .map((line) => (line.trim() === '' ? '' : line));
  const first = lines.findIndex((line) => line !== '');
  return first < 0 ? '' : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1).join('\n');
}

export function otherType(key: string, type: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `${key} is a ${type}, and becomes nothing else.`,
    remedy: 'Please create a new issue of the other type.',
  });
}
