/**
 * Notes about a value that lost, of which nobody knows whether they were written: the run was killed, or the answer was lost. The comments
 * of the issue tell.
 */
import { collect } from '../../core/tracker/collect.ts';
import { noteOf } from './footers.ts';
import type { Intent, KeptConflict, Pair } from './pair.ts';
import type { Side } from './side.ts';
import type { Sides } from './values.ts';

export function isNote({ kind, about }: Intent): boolean {
  return kind === 'comment' && typeof about['conflict'] === 'string';
}

/** The ids of conflicts of this pair that were decided, and not said. */
export async function unsaidOf(
  pair: Pair,
  open: readonly Intent[],
  { sides, conflicts }: { readonly sides: Sides<Side>; readonly conflicts: readonly KeptConflict[] },
): Promise<string[]> {
  const unsaid: string[] = [];
  for (const { about, side } of open.filter((intent) => intent.pair === pair.id && isNote(intent))) {
    const conflict = conflicts.find(({ id }) => id === about['conflict']);
    if (conflict?.winner === undefined) continue;
    if (!(await hasNote(sides[side].tracker, pair[side].key, conflict.id))) unsaid.push(conflict.id);
  }
  return unsaid;
}

export async function hasNote(tracker: Side['tracker'], key: string, conflict: string): Promise<boolean> {
  const comments = await collect(tracker.listComments(key));
  return comments.some(({ body }) => noteOf(body) === conflict);
}

/** As if nobody had decided about these yet. The text stays: one of the two issues may have been told of it. */
export function reopened(conflicts: readonly KeptConflict[], ids: ReadonlySet<string>): readonly KeptConflict[] {
  if (ids.size === 0) return conflicts;
  return conflicts.map((conflict) => {
    if (!ids.has(conflict.id)) return conflict;
    const { winner: _, by: __, ...open } = conflict;
    return open;
  });
}
