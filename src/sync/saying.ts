/** Comments that sync writes: copies, addresses of files, and what was overwritten. */
import type { Comment, Issue } from '../../core/ports/index.ts';
import { copyText } from './comments.ts';
import { type Applying, begin, countOneMore, unlooked } from './context.ts';
import { filesText, type NewFiles } from './files.ts';
import { keepConflicts, losersOf } from './kept-conflicts.ts';
import { noteText } from './note.ts';
import type { Pair } from './pair.ts';
import { type PairPlan, unsettled } from './planning.ts';
import { otherSide, type SideName, type Sides } from './values.ts';

/** Said on the issue of which a value is about to be overwritten, and kept here. */
export async function sayConflicts(context: Applying, { looked, reconciled }: PairPlan): Promise<void> {
  const { pair, issues } = looked;
  const { conflicts, decided } = keepConflicts({
    ...{ kept: context.conflicts.all, pair: pair.id, found: reconciled.conflicts, without: context.without },
    ...{ by: context.by, at: context.now(), newId: context.newId },
  });
  context.conflicts.all = conflicts;
  for (const conflict of decided) {
    for (const loser of losersOf(conflict)) {
      const other = otherSide(loser);
      const { tracker } = context.sides[loser];
      const intent = begin(context, { pair: pair.id, side: loser, kind: 'comment', about: { conflict: conflict.id } });
      const text = noteText(conflict, loser, context.sides[other].place(issues[other]));
      await tracker.addComment(issues[loser].key, tracker.harmless(text));
      context.journal.end(intent, undefined, conflict);
      countOneMore(context, pair.id, loser);
    }
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
