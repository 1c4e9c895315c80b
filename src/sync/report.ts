/** What a run has done, and what it has left. Pure. */

import { LEFT_KINDS, type SideCounts, type SyncCounts, type SyncLine, type SyncReport } from './engine.ts';
import type { Alone } from './matching.ts';
import type { End, KeptConflict, SyncState } from './pair.ts';
import type { Pairs } from './pairs.ts';
import { changedFields, type PairPlan } from './planning.ts';
import { shownValue } from './shown-values.ts';
import { otherSide, type SideName, type Sides } from './values.ts';

/** What would be written. */
export function plannedLines(plans: readonly PairPlan[], copies: readonly Alone[]): SyncLine[] {
  const created = copies.map(
    ({ side, issue }): SyncLine => ({
      ...{ kind: 'create', side: otherSide(side), key: '', other: issue.key, title: issue.title },
    }),
  );
  return [...created, ...plans.flatMap(pairLines)];
}

/** `before`: what was remembered of them then was said then. */
export function orphanLines(pairs: Pairs, before: Pick<SyncState, 'pairs'> | undefined): SyncLine[] {
  return [...pairs.all()].flatMap(({ orphan, isApart, ...pair }): SyncLine[] => {
    if (!orphan || isApart || before?.pairs.get(pair.id)?.orphan) return [];
    const { side, why } = orphan;
    return [
      {
        ...{ kind: 'orphan', side, key: pair[side].key, other: pair[otherSide(side)].key, message: why },
        remedy: '`pace sync unlink` forgets the pair; the other issue stays as it is.',
      },
    ];
  });
}

function pairLines({ looked: { issues }, values, reconciled, comments, files }: PairPlan): SyncLine[] {
  const of = (side: SideName) => ({
    side,
    key: issues[side].key,
    other: issues[otherSide(side)].key,
    title: issues[side].title,
  });
  const updates = (['a', 'b'] as const).flatMap((side) =>
    changedFields(reconciled.changes[side]).map((field): SyncLine => {
      const { set, sets } = reconciled.changes[side];
      const after =
        field in set ? set[field as 'title'] : afterSet(values[side][field as 'labels'], sets[field as 'labels']);
      return { kind: field === 'links' ? 'link' : 'update', ...of(side), field, before: values[side][field], after };
    }),
  );
  const copies = (comments?.copies ?? []).map(
    ({ to, comment }): SyncLine => ({ kind: 'comment', ...of(to), after: comment.body }),
  );
  const told = files.news.map(
    ({ to, files: news }): SyncLine => ({
      ...{ kind: 'comment', ...of(to), field: 'attachments' },
      after: news.map(({ name }) => name).join(', '),
    }),
  );
  return [...updates, ...copies, ...told];
}

function afterSet(
  now: readonly string[],
  change: { readonly add: readonly string[]; readonly remove: readonly string[] } | undefined,
): string[] {
  const { add = [], remove = [] } = change ?? {};
  return [...new Set([...now.filter((name) => !remove.includes(name)), ...add])].sort();
}

/** Open ones, each as a line. */
export function conflictLines(conflicts: readonly KeptConflict[], pairs: Pairs): SyncLine[] {
  return conflicts.flatMap(({ id, pair: of, field, a, b, winner }): SyncLine[] => {
    const pair = pairs.get(of);
    // of an issue that is gone nobody can decide anything
    if (winner !== undefined || !pair || pair.orphan) return [];
    return [{ kind: 'conflict', side: 'a', key: pair.a.key, other: pair.b.key, field, before: a, after: b, id }];
  });
}

export interface Reported {
  readonly ends: Sides<End>;
  readonly dryRun: boolean;
  readonly isFirst: boolean;
  /** With values in the words of a pair. */
  readonly lines: readonly SyncLine[];
  readonly pairs: Pairs;
}

export function reportOf({ ends, dryRun, isFirst, lines: given, pairs }: Reported): SyncReport {
  const lines = given.map((line) => shownLine(line, pairs));
  const isLeft = ({ kind }: SyncLine) => LEFT_KINDS.some((name) => name === kind);
  const left = lines.filter(isLeft);
  const written = lines.filter((line) => !isLeft(line));
  const counts: SyncCounts = {
    pairs: pairs.size,
    inStep: pairs.size - apartIn(dryRun ? lines : left),
    a: countsOf('a', written),
    b: countsOf('b', written),
  };
  // what a tracker has no place for is said, and nothing that somebody could mend
  const isDone = left.every(({ kind }) => kind === 'unsupported');
  return { ends, dryRun, isFirst, written, left, counts, inStep: isDone && (!dryRun || written.length === 0) };
}

/** Of a conflict the second value is the other side's. */
function shownLine(line: SyncLine, pairs: Pairs): SyncLine {
  const { kind, side, field, before, after } = line;
  const other = kind === 'conflict' ? otherSide(side) : side;
  return {
    ...line,
    ...('before' in line && { before: shownValue(field, before, { side, pairs }) }),
    ...('after' in line && { after: shownValue(field, after, { side: other, pairs }) }),
  };
}

/** How many pairs these lines are about. */
function apartIn(lines: readonly SyncLine[]): number {
  const keys = lines.map(({ side, key, other = '' }) => (side === 'a' ? [key, other] : [other, key]));
  return new Set(keys.flatMap(([a, b]) => (a === '' || b === '' ? [] : JSON.stringify([a, b])))).size;
}

function countsOf(side: SideName, written: readonly SyncLine[]): SideCounts {
  const own = written.filter((line) => line.side === side);
  const count = (kind: SyncLine['kind']) => own.filter((line) => line.kind === kind);
  return {
    created: count('create').length,
    changed: new Set(count('update').map(({ key }) => key)).size,
    comments: count('comment').length,
    links: count('link').length,
  };
}
