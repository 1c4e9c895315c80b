/** What the embedded tracker takes: keys, titles, bodies and labels. */
import { PaceError } from '../errors.ts';
import type { Metadata } from '../ports.ts';
import { plainLine } from '../untrusted-text.ts';

export const TITLE_LIMIT = 255;
/** In characters, with the metadata. */
export const BODY_LIMIT = 1_000_000;

export function measureBody(markdown: string, metadata?: Metadata): number {
  return markdown.length + (metadata ? JSON.stringify(metadata).length : 0);
}

/** The number that a key stands for. */
export function toNumber(key: string): number {
  if (/^[1-9]\d{0,14}$/.test(key)) return Number(key);
  throw new PaceError({
    kind: 'not-found',
    message: `There is no issue \`${plainLine(key, 40)}\`: keys of the embedded tracker are numbers.`,
    remedy: 'Please give a number, e.g. 12. `pace issue list` shows them.',
  });
}

export function noSuchIssue(number: number): never {
  throw new PaceError({
    kind: 'not-found',
    message: `There is no issue ${number}.`,
    remedy: 'Please check the number: `pace issue list` shows all of them.',
  });
}

export function checkTitle(title: string): void {
  if (title.trim() === '') throw refused('The title is empty.', 'Please give the issue a title.');
  if (/[\r\n]/.test(title)) throw refused('The title has more than one line.', 'Please move the rest to the body.');
  if (title.length <= TITLE_LIMIT) return;
  throw refused(`The title has ${title.length} characters; ${TITLE_LIMIT} are allowed.`, 'Please shorten it.');
}

export function checkBody(body: string, metadata?: Metadata): void {
  const size = measureBody(body, metadata);
  if (size <= BODY_LIMIT) return;
  throw refused(`The text has ${size} characters; ${BODY_LIMIT} are allowed.`, 'Please shorten it, or link to a file.');
}

export function checkLabels(labels: readonly string[] = []): void {
  for (const label of labels) {
    if (label.trim() === '' || /\p{Cc}/u.test(label)) {
      throw refused(`\`${plainLine(label, 40)}\` cannot be a label.`, 'Please use a text of one line.');
    }
  }
}

function refused(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}
