/** What is in the way of single issues, each as a line for people. */
import { asPaceError } from '../../core/errors.ts';
import type { SyncLine } from './engine.ts';
import type { Double } from './matching.ts';
import type { Retry, SyncState } from './pair.ts';
import type { PairPlan } from './planning.ts';
import type { LoadedState } from './store.ts';

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
export function asideLines({ aside, doubles, file }: LoadedState): SyncLine[] {
  const remedy = `Please mend ${file}: of this issue nothing is written anywhere until then.`;
  return [
    ...aside.map(
      ({ error }): SyncLine => ({ kind: 'failed', side: 'a', key: '', message: error.message, remedy: error.remedy }),
    ),
    ...doubles.map(
      ({ side, id }): SyncLine => ({
        kind: 'double',
        side,
        key: id,
        message: `${id} stands in several pairs.`,
        remedy,
      }),
    ),
  ];
}

export function doubleLine({ side, issue, has }: Double): SyncLine {
  return {
    ...{ kind: 'double', side, key: issue.key, title: issue.title },
    message: `${issue.key} says that it is the copy of an issue whose copy is ${has}: nothing is written to it.`,
    remedy: 'Please close or delete one of them, or remove the line and the mark from the one that is on its own.',
  };
}

export function openConflicts({ looked: { issues }, reconciled }: PairPlan): SyncLine[] {
  const open = reconciled.conflicts.filter(({ winner }) => winner === undefined);
  return open.map(({ field, a, b }) => ({
    ...{ kind: 'conflict', side: 'a', key: issues.a.key, other: issues.b.key, title: issues.a.title },
    ...{ field, before: a, after: b },
  }));
}
