/** What earlier runs tell the readers of evidence. */
import { defined } from '../../core/defined.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Evidence } from '../config/schema.ts';
import { title } from './finding.ts';
import type { KnownFailures } from './known-failures.ts';
import type { Report } from './report.ts';
import type { State } from './state/state.ts';

export interface Memory {
  /** Line coverage of the last day that shipped, in percent, by name of the evidence. */
  readonly baseline: Report['coverage'];
  /** What had failed on the last day that shipped; absent where none is remembered. */
  readonly knownFailures?: KnownFailures;
  /** The titles of what had failed in an earlier run on the same commit. */
  readonly failedBefore: ReadonlySet<string>;
}

/** For the run that judges this subject at this commit. A change is compared with the last day of its target branch. */
export async function memoryFor(
  state: Pick<State, 'decidedDays' | 'decision' | 'report' | 'failures'>,
  subject: Report['subject'],
  sha: string,
): Promise<Memory> {
  const day = subject.kind === 'day' ? Number(subject.id) : Number.POSITIVE_INFINITY;
  const shipped = await lastShipped(state, day);
  const earlier = await state.report(subject);
  const failed =
    sha !== '' && earlier?.sha === sha ? (earlier.findings ?? []).filter(({ result }) => result === 'FAIL') : [];
  return {
    baseline: shipped?.coverage ?? {},
    failedBefore: new Set(failed.map(title)),
    ...defined({ knownFailures: shipped && (await state.failures(shipped.day)) }),
  };
}

/** Where everything counts as new because nothing is remembered, in a sentence. */
export function newOnlyNote(configs: readonly Evidence[], { knownFailures }: Memory): string[] {
  const names = configs.filter((config) => 'new_only' in config && config.new_only).map(({ name }) => name);
  if (knownFailures || names.length === 0) return [];
  const all = names.map((name) => plainLine(name, 60)).join(', ');
  return [`No day that shipped is remembered: every failure of ${all} counts as new.`];
}

async function lastShipped(
  state: Pick<State, 'decidedDays' | 'decision'>,
  day: number,
): Promise<{ readonly day: number; readonly coverage: Report['coverage'] } | undefined> {
  for (const earlier of (await state.decidedDays()).filter((decided) => decided < day).reverse()) {
    const known = await state.decision(earlier);
    if (known?.decision === 'SHIP') return { day: earlier, coverage: known.coverage ?? {} };
  }
  return undefined;
}
