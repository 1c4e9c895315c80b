/** What the embedded tracker takes: keys, texts, names and numbers. */
import { PaceError } from '../../core/errors.ts';
import { type IssueDraft, type IssuePatch, type Metadata, PRIORITIES } from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

export const TITLE_LIMIT = 255;
/** In characters, with the metadata. */
export const BODY_LIMIT = 1_000_000;

export function measureBody(markdown: string, metadata?: Metadata): number {
  return markdown.length + (metadata ? JSON.stringify(metadata).length : 0);
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

/** Everything of a draft or a patch but title and body. Throws `validation` with the first thing that cannot be kept. */
export function checkFields(written: IssueDraft | IssuePatch): void {
  const { labels = [], assignees = [], type, priority, storyPoints, dueDate } = written;
  const more = 'addLabels' in written ? (written.addLabels ?? []) : [];
  for (const label of [...labels, ...more]) checkName(label, 'a label');
  const people = 'addAssignees' in written ? (written.addAssignees ?? []) : [];
  for (const person of [...assignees, ...people]) checkName(person, 'a person');
  if (type !== undefined) checkName(type, 'a type');
  if (priority !== undefined && priority !== null && !PRIORITIES.includes(priority)) {
    throw refused(`${priority} is not a priority.`, 'Please give 0 (critical), 1, 2, 3 or 4 (lowest).');
  }
  if (storyPoints !== undefined && storyPoints !== null && !(storyPoints >= 0 && Number.isFinite(storyPoints))) {
    throw refused(`${storyPoints} cannot be story points.`, 'Please give 0 or a larger number.');
  }
  if (dueDate) checkDate(dueDate);
}

/** @param what for the message: `a label` */
export function checkName(name: string, what: string): void {
  if (name.trim() !== '' && !/\p{Cc}/u.test(name)) return;
  throw refused(`\`${plainLine(name, 40)}\` cannot be ${what}.`, 'Please use a text of one line.');
}

export function checkDate(date: string): void {
  const time = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(date) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(date)) return;
  throw refused(`\`${plainLine(date, 40)}\` is not a date.`, 'Please write it as 2026-03-31.');
}

export function checkColor(color: string): void {
  if (/^[0-9a-f]{6}$/i.test(color)) return;
  throw refused(`\`${plainLine(color, 40)}\` is not a colour.`, 'Please give six hexadecimal digits without `#`.');
}

export function refused(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}
