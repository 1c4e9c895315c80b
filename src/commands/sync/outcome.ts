/** What became of two trackers, for every face: the report, or why there is none. */
import { asPaceError, type ErrorKind } from '../../../core/errors.ts';
import type { SyncLine, SyncReport } from '../../sync/engine.ts';
import type { Flow } from '../../sync/reconcile.ts';
import { EXIT_PARTIAL } from '../exit-codes.ts';
import type { EndNames } from './ends.ts';

export interface SyncOutcome {
  /** Its name in the configuration. */
  readonly pair: string | null;
  readonly names: EndNames;
  readonly flow: Flow;
  readonly report?: SyncReport;
  readonly error?: SyncError;
}

export interface SyncError {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly remedy: string;
}

/** The same with a report. */
export interface SyncDone extends SyncOutcome {
  readonly report: SyncReport;
}

export function syncError(error: unknown): SyncError {
  const { kind, message, remedy } = asPaceError(error);
  return { kind, message, remedy };
}

/** One thing for programs. */
export function outcomeData({ pair, names, flow, report, error }: SyncOutcome): Record<string, unknown> {
  return { pair, names, flow, ...(report ?? { error }) };
}

export function isInStep({ report }: SyncOutcome): boolean {
  return report?.inStep ?? false;
}

/** What a tracker lacks is told, and is in nobody’s way. */
export function isInTheWay({ kind }: SyncLine): boolean {
  return kind !== 'unsupported';
}

/**
 * 64 where something is left. A dry run that was asked for has done what it was to do, where nothing is in its way; one that a first
 * run has become has not.
 */
export function syncExitCode(
  outcomes: readonly SyncOutcome[],
  { dryRun = false }: { readonly dryRun?: boolean },
): number {
  const isDone = ({ report }: SyncOutcome) =>
    report !== undefined && (dryRun ? !report.left.some(isInTheWay) : report.inStep);
  return outcomes.every(isDone) ? 0 : EXIT_PARTIAL;
}
