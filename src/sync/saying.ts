/** Comments that sync writes: copies, addresses of files, and what was overwritten. */
import { asPaceError } from '../../core/errors.ts';
import type { Comment, Issue, IssueTracker } from '../../core/ports/index.ts';
import { copyText } from './comments.ts';
import { type Applying, begin, countOneMore, unlooked } from './context.ts';
import { filesText, type NewFiles } from './files.ts';
import { type FoundConflict, hasSameValues, keepConflicts, losersOf } from './kept-conflicts.ts';
import { noteText } from './note.ts';
import { hasNote } from './open-notes.ts';
import type { KeptConflict, Pair } from './pair.ts';
import { changedFields, type PairPlan, unsettled } from './planning.ts';
import { hasComments } from './side.ts';
import { type FieldName, otherSide, type SideName, type Sides } from './values.ts';

/**
 * Said on the issue of which a value is about to be overwritten, and kept here: once, however often it takes until it is overwritten.
 * `ready`: asked before anything is said; it throws where nothing may be written on a side.
 */
export async function sayConflicts(
  context: Applying,
  { looked, reconciled, without }: PairPlan,
  { unclear, ready }: { readonly unclear: Sides<ReadonlySet<FieldName>>; ready(side: SideName): Promise<unknown> },
): Promise<void> {
  const { pair, issues } = looked;
  const { all: before } = context.conflicts;
  const isWritten = (side: SideName, field: FieldName) => changedFields(reconciled.changes[side]).includes(field);
  const overwritten = (one: FoundConflict) => losersOf(one).filter((side) => isWritten(side, one.field));
  // what cannot be written is not overwritten
  const isStuck = (one: FoundConflict) => overwritten(one).some((side) => unclear[side].has(one.field));
  const stuck = reconciled.conflicts.filter(isStuck).map(({ field }) => field);
  const { conflicts, decided } = keepConflicts({
    ...{ kept: before, pair: pair.id, without: new Set([...without, ...stuck]) },
    found: reconciled.conflicts.filter((conflict) => !isStuck(conflict)),
    ...{ by: context.by, at: context.now(), newId: context.newId },
  });
  const asBefore = ({ id }: KeptConflict) => before.filter((one) => one.id === id);
  // until it is said, it is not decided
  context.conflicts.all = conflicts.flatMap((one) => (decided.includes(one) ? asBefore(one) : one));
  const notes = decided.map((conflict) => ({ conflict, losers: overwritten(conflict) }));
  // of two sides neither hears of a decision that the other one cannot take
  for (const side of new Set(notes.flatMap(({ losers }) => losers))) await ready(side);
  for (const { conflict, losers } of notes) {
    // where there is no place for it, it is kept here only; all of them before the first is said: the next run knows by what is open which of them it has to look for
    const told = losers.filter((side) => hasComments(context.sides[side]));
    const intents = told.map((side) => {
      const about = { conflict: conflict.id };
      return { side, id: begin(context, { pair: pair.id, side, kind: 'comment', about }) };
    });
    keep(context, conflict);
    const isHalfSaid = asBefore(conflict).some(
      (one) => one.text !== undefined && one.text === conflict.text && hasSameValues(one, conflict),
    );
    for (const { side, id } of intents) {
      const { tracker } = context.sides[side];
      const { key } = issues[side];
      const other = context.sides[otherSide(side)].place(issues[otherSide(side)]);
      const isSaid = isHalfSaid && (await hasNote(tracker, key, conflict.id));
      if (!isSaid) await say(tracker, key, (most) => noteText(conflict, side, other, most));
      context.journal.end(id, undefined, conflict);
      if (!isSaid) countOneMore(context, pair.id, side);
    }
  }
}

function keep(context: Applying, conflict: KeptConflict): void {
  context.journal.end(context.newId(), undefined, conflict);
  context.conflicts.all = [...context.conflicts.all.filter(({ id }) => id !== conflict.id), conflict];
}

/** How much of a value is tried in turn: a tracker may take less of a comment than of a body, and tell so only by refusing it. */
const LENGTHS = [Number.POSITIVE_INFINITY, 50_000, 25_000, 12_000, 6000, 3000, 1000, 200];

async function say(tracker: IssueTracker, key: string, text: (most: number) => string): Promise<void> {
  const notes = LENGTHS.map((length) => tracker.harmless(text(length)));
  const fitting = notes.filter((note) => tracker.measureBody(note) <= tracker.bodyLimit.max);
  const shortest = notes.at(-1) ?? '';
  try {
    await tracker.addComment(key, fitting[0] ?? shortest);
  } catch (error) {
    const { kind, unsure } = asPaceError(error);
    if (kind !== 'validation' || unsure || (fitting[0] ?? shortest) === shortest) throw error;
    await tracker.addComment(key, shortest);
  }
}

export async function copyComment(
  context: Applying,
  id: string,
  to: SideName,
  comment: Comment,
  issues: Sides<Pick<Issue, 'key' | 'url' | 'title'>>,
): Promise<void> {
  const { sides, pairs, journal, tell } = context;
  const from = otherSide(to);
  const { key, title } = issues[to];
  const intent = begin(context, { pair: id, side: to, kind: 'comment', about: { comment: comment.id } });
  const { tracker } = sides[to];
  const text = tracker.harmless(copyText(comment, sides[from].place(issues[from])));
  const copy = await tracker.addComment(key, text);
  const pair = pairs.get(id);
  if (!pair) return;
  const known = to === 'b' ? { a: comment.id, b: copy.id } : { a: copy.id, b: comment.id };
  const now = { ...pair, comments: [...pair.comments, known], [to]: unsettled(pair[to]) };
  pairs.put(now);
  journal.end(intent, unlooked(now));
  countOneMore(context, id, to);
  tell({ kind: 'comment', side: to, key, other: issues[from].key, title, after: comment.body });
}

export async function tellFiles(
  context: Applying,
  id: string,
  { to, files }: NewFiles,
  issues: Sides<Pick<Issue, 'key' | 'url' | 'title'>>,
): Promise<void> {
  const { sides, pairs, journal, tell } = context;
  const from = otherSide(to);
  const { key, title } = issues[to];
  const about = { files: files.map((file) => file.id) };
  const intent = begin(context, { pair: id, side: to, kind: 'comment', about });
  const { tracker } = sides[to];
  const text = tracker.harmless(filesText(files, sides[from].place(issues[from])));
  await tracker.addComment(key, text);
  const pair = pairs.get(id);
  if (!pair) return;
  const known = [...(pair.attachments?.[from] ?? []), ...about.files];
  const now: Pair = { ...pair, attachments: { ...pair.attachments, [from]: known }, [to]: unsettled(pair[to]) };
  pairs.put(now);
  journal.end(intent, unlooked(now));
  countOneMore(context, id, to);
  tell({ kind: 'comment', side: to, key, other: issues[from].key, title, field: 'attachments', after: text });
}
