/** Comments of an issue: quotations below a heading; of a row, out of sight. Pure. */
import { createHash } from 'node:crypto';
import type { Stamp } from '../../core/drivers/documents/document-kind.ts';
import type { Section, WrittenComment } from '../../core/epics/epic.ts';
import type { HiddenComment } from '../../core/epics/hidden.ts';
import type { Line } from '../../core/epics/lines.ts';
import { PaceError } from '../../core/errors.ts';
import type { Comment } from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { bodyOf } from './body.ts';
import { fileOf, foundIn, linesOf, type Sheet, withEdits } from './issue-context.ts';
import { touched, withHidden } from './metadata.ts';
import { sameOthers } from './same-others.ts';
import { hiddenOf, toComment } from './wire.ts';

type Text = Omit<WrittenComment, 'first' | 'behind'>;

export interface Commented {
  readonly sheet: Sheet;
  readonly id: string;
}

/** In the order in which they stand: the oldest is written first. */
export function commentsOf(sheet: Sheet, key: string): Comment[] {
  const found = foundIn(sheet, key);
  const changedAt = sheet.times.get(found.section.path) ?? 0;
  const texts: readonly Text[] = found.subtask ? (hiddenOf(found).comments ?? []) : found.section.comments;
  return texts.map((text) => toComment(text, changedAt));
}

export function commented(sheet: Sheet, key: string, markdown: string, { now, person }: Stamp): Commented {
  const found = foundIn(sheet, key);
  const taken = new Set(commentsOf(sheet, key).map(({ id }) => id));
  const id = newId(taken, `${key}|${now}|${markdown}`);
  const comment = { id, body: bodyOf(markdown), by: nameOf(person.id), at: now };
  const after = found.subtask
    ? withHidden(sheet, key, { comments: [...(hiddenOf(found).comments ?? []), comment] })
    : withComment(sheet, found.section, comment);
  return { sheet: checked(sheet, touched(after, key, now), key, comment), id };
}

export function recommented(sheet: Sheet, key: string, id: string, markdown: string, { now }: Stamp): Commented {
  const found = foundIn(sheet, key);
  const before = ownComment(sheet, key, id);
  const comment = { ...before, body: bodyOf(markdown), edited: now };
  if (found.subtask) {
    const comments = (hiddenOf(found).comments ?? []).map((one) =>
      one.id === id ? { ...one, body: comment.body, edited: now } : one,
    );
    return { sheet: touched(withHidden(sheet, key, { comments }), key, now), id };
  }
  const written = found.section.comments.find((one) => one.id === id);
  if (!written) return { sheet, id };
  const lines = linesOf(sheet, found.section);
  const [start, end] = [lines[written.first]?.start ?? 0, lines[written.behind - 1]?.end ?? 0];
  const { eol } = fileOf(sheet, found.section.path);
  const text = blockOf({ ...comment, by: before.by ?? '', at: before.at ?? now }).join(eol);
  const after = withEdits(sheet, found.section.path, [{ start, end, text }]);
  return { sheet: checked(sheet, touched(after, key, now), key, comment), id };
}

export function uncommented(sheet: Sheet, key: string, id: string, { now }: Stamp): Sheet {
  const found = foundIn(sheet, key);
  ownComment(sheet, key, id);
  if (found.subtask) {
    const comments: readonly HiddenComment[] = (hiddenOf(found).comments ?? []).filter((one) => one.id !== id);
    return touched(withHidden(sheet, key, { comments }), key, now);
  }
  const written = found.section.comments.find((one) => one.id === id);
  if (!written) return sheet;
  const lines = linesOf(sheet, found.section);
  // with the empty lines before it
  let first = written.first;
  while (lines[first - 1]?.text.trim() === '') first -= 1;
  const [start, end] = [lines[first - 1]?.end ?? 0, lines[written.behind - 1]?.end ?? 0];
  return touched(withEdits(sheet, found.section.path, [{ start, end, text: '' }]), key, now);
}

function ownComment(sheet: Sheet, key: string, id: string): Text {
  const found = foundIn(sheet, key);
  const texts: readonly Text[] = found.subtask ? (hiddenOf(found).comments ?? []) : found.section.comments;
  const comment = texts.find((one) => one.id === id);
  if (comment) return comment;
  throw new PaceError({
    kind: 'not-found',
    message: `${key} has no such comment.`,
    remedy: 'Please list its comments: each has its id.',
  });
}

function withComment(sheet: Sheet, section: Section, comment: Text): Sheet {
  const lines = linesOf(sheet, section);
  const { eol } = fileOf(sheet, section.path);
  const there = section.named.find(({ name }) => name === 'comments');
  const last = section.comments.at(-1);
  const heading = there ? [] : [`${'#'.repeat(section.level === 1 && section.kind === 'story' ? 2 : 4)} Comments`, ''];
  const line = lines[last ? last.behind - 1 : there ? there.first : section.last - 1] as Line;
  const text = [...heading, ...blockOf(comment)].join(eol);
  return withEdits(sheet, section.path, [{ start: line.end, end: line.end, text: `${eol}${eol}${text}` }]);
}

function blockOf({ id, by, at = 0, edited, body }: Text): string[] {
  const times = edited === undefined ? String(at) : `${at} ${edited}`;
  const day = new Date(at).toISOString().slice(0, 10);
  const head = `> **@${by}** (${day}): <!-- pace:comment ${id} ${times} -->`;
  return [head, ...body.split('\n').map((line) => (line === '' ? '>' : `> ${line}`))];
}

/** As a name can stand between two stars. */
function nameOf(name: string): string {
  return (
    plainLine(name, 100)
      .replaceAll(/[*:<>]/g, '')
      .trim()
      .replace(/^@/, '') || 'nobody'
  );
}

function newId(taken: ReadonlySet<string>, seed: string): string {
  for (let turn = 0; ; turn += 1) {
    const id = createHash('sha256').update(`${seed}|${turn}`).digest('hex').slice(0, 10);
    if (!taken.has(id)) return id;
  }
}

function checked(before: Sheet, after: Sheet, key: string, { id, body }: Pick<Text, 'id' | 'body'>): Sheet {
  const there = commentsOf(after, key).find((one) => one.id === id);
  if (there?.body === body && sameOthers(before, after, { key })) return after;
  throw new PaceError({
    kind: 'validation',
    message: `This text cannot be a comment of ${key}.`,
    remedy: 'Please shorten it.',
  });
}
