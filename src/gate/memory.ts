/** What earlier runs tell the readers of evidence. */
import { defined } from '../../core/defined.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Evidence } from '../config/schema.ts';
import { WHICH_COMMIT } from './evidence/of-commit.ts';
import type { Since } from './evidence/reader.ts';
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
  /** What the judged commit is compared with; absent where no day has shipped one yet, or nobody knows where a change goes. */
  readonly since?: Since;
}

/** Who asks for what is remembered. */
export interface Asking {
  readonly subject: Report['subject'];
  /** The branch that a change goes to; `''` where nobody knows. */
  readonly target?: string;
  /** The judged commit; `''` where there is none. */
  readonly sha: string;
}

type Kept = Pick<State, 'decidedDays' | 'decision' | 'report' | 'failures'>;

/** A change is compared with the last day that shipped, and with the branch that it goes to. */
export async function memoryFor(state: Kept, { subject, target = '', sha }: Asking): Promise<Memory> {
  const day = subject.kind === 'day' ? Number(subject.id) : Number.POSITIVE_INFINITY;
  const days = (await state.decidedDays()).filter((decided) => decided < day).reverse();
  const shipped = await firstShipped(state, days);
  const earlier = await state.report(subject);
  const failed = sha !== '' && earlier?.sha === sha ? failuresOf(earlier.findings ?? []) : [];
  return {
    baseline: shipped?.report.coverage ?? {},
    failedBefore: new Set(failed.map(title)),
    ...defined({
      knownFailures: shipped && (await state.failures(shipped.day)),
      since: subject.kind === 'change' ? branchOf(target) : await commitShipped(state, days, shipped),
    }),
  };
}

/** What was seen of another commit is no failure of this one that comes and goes. */
function failuresOf(findings: Report['findings']): Report['findings'] {
  const doubtful = new Set(findings.filter(({ check }) => check === WHICH_COMMIT).map(({ source }) => source));
  return findings.filter(({ source, result }) => result === 'FAIL' && !doubtful.has(source));
}

function branchOf(branch: string): Since | undefined {
  return branch === '' ? undefined : { branch };
}

/** Most days that ship have a commit, and nothing more is read. */
async function commitShipped(
  state: Kept,
  days: readonly number[],
  last: Shipped | undefined,
): Promise<Since | undefined> {
  const shipped = last?.report.sha ? last : await firstShipped(state, days, ({ sha }) => Boolean(sha));
  return shipped && { day: shipped.day, commit: shipped.report.sha ?? '' };
}

/** Where everything counts as new because nothing is remembered, in a sentence. */
export function newOnlyNote(configs: readonly Evidence[], { knownFailures }: Partial<Memory>): string[] {
  const names = configs.filter((config) => 'new_only' in config && config.new_only).map(({ name }) => name);
  if (knownFailures || names.length === 0) return [];
  const all = names.map((name) => plainLine(name, 60)).join(', ');
  return [`No day that shipped is remembered: every failure of ${all} counts as new.`];
}

interface Shipped {
  readonly day: number;
  readonly report: Partial<Report>;
}

async function firstShipped(
  state: Kept,
  days: readonly number[],
  isWanted: (report: Partial<Report>) => boolean = () => true,
): Promise<Shipped | undefined> {
  for (const day of days) {
    const report = await state.decision(day);
    if (report?.decision === 'SHIP' && isWanted(report)) return { day, report };
  }
  return undefined;
}
