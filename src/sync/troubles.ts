/** What is in the way of single issues, each as a line for people. */
import { asPaceError } from '../../core/errors.ts';
import type { SyncLine } from './engine.ts';
import type { Double } from './matching.ts';
import type { KeptConflict, Retry, SyncState } from './pair.ts';
import type { PairPlan } from './planning.ts';
import type { LoadedState } from './store.ts';
import { otherSide, type SideName } from './values.ts';

export interface Failed {
  readonly at: Pick<Retry, 'side' | 'key'>;
  readonly error: unknown;
}

export function linesOf(failed: readonly Failed[]): SyncLine[] {
  return failed.map(({ at, error }) => {
    const { message, remedy } = asPaceError(error);
    return { kind: 'failed', ...at, message, remedy };
  });
}

/** It is tried again by the next run. */
export function retryOf({ retries }: Pick<SyncState, 'retries'>, { at, error }: Failed): Retry {
  const before = retries.find(({ side, key }) => side === at.side && key === at.key);
  return { ...at, why: asPaceError(error).message, tries: (before?.tries ?? 0) + 1 };
}

/** Lines of the file that cannot be used, and issues that stand in several. */
export function asideLines({ aside, doubles, state }: Pick<LoadedState, 'aside' | 'doubles' | 'state'>): SyncLine[] {
  return [
    ...aside.map(
      ({ error }): SyncLine => ({ kind: 'failed', side: 'a', key: '', message: error.message, remedy: error.remedy }),
    ),
    ...doubles.map((one) => severalLine(one, state)),
  ];
}

/** Two runs on two machines have each made a copy, say. Which is one too many, a person has to say. */
function severalLine({ side, id, pairs }: LoadedState['doubles'][number], state: SyncState): SyncLine {
  const known = pairs.flatMap((pair) => state.pairs.get(pair) ?? []);
  const other = otherSide(side);
  const key = known[0]?.[side].key ?? id;
  const last = known.at(-1)?.[other].key ?? '';
  const named = (end: SideName, of: string) => `${state.ends[end].backend ?? end.toUpperCase()}#${of}`;
  return {
    ...{ kind: 'double', side, key, other: last },
    message: `${key} has several others: ${known.map((pair) => pair[other].key).join(', ')}. Nothing is written to any of them.`,
    remedy: `Please part it from all but one, as with \`pace sync unlink ${named(side, key)} ${named(other, last)}\`, and close or delete what is one too many.`,
  };
}

export function doubleLine({ side, issue, has }: Double): SyncLine {
  return {
    ...{ kind: 'double', side, key: issue.key, title: issue.title },
    message: `${issue.key} says that it is the copy of an issue whose copy is ${has}: nothing is written to it.`,
    remedy: `Please close or delete ${issue.key}; where it is an issue of its own, take the line and the mark away from it.`,
  };
}

/** Those that nobody decides about; one that is known by the id that it has. */
export function openConflicts(
  { looked: { pair, issues }, reconciled }: PairPlan,
  known: readonly KeptConflict[],
): SyncLine[] {
  const open = reconciled.conflicts.filter(({ winner }) => winner === undefined);
  return open.map(({ field, a, b }) => {
    const before = known.find((one) => one.pair === pair.id && one.field === field && one.winner === undefined);
    return {
      ...{ kind: 'conflict', side: 'a', key: issues.a.key, other: issues.b.key, title: issues.a.title },
      ...{ field, before: a, after: b, ...(before && { id: before.id }) },
    };
  });
}
