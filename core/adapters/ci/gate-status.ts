/** The commit status of a gate: what it is called, where it leads, and by what other gates know it and its job. Pure. */
import type { Check } from '../../ports/index.ts';
import { digest } from '../digest.ts';
import { attemptsOf } from './attempts.ts';

/** What stands before the gate's name. */
const GATE_STATUS = 'pace/';

export function statusContext(gate: string): string {
  return `${GATE_STATUS}${gate}`;
}

/** A verdict is no evidence: neither our own earlier one nor that of another gate, which would wait for ours. */
export function isGateStatus({ app, name }: Check): boolean {
  return app === 'status' && isGateContext(name);
}

/** Whether a commit status of this name is a gate's verdict. */
export function isGateContext(name: string): boolean {
  return name.startsWith(GATE_STATUS);
}

/**
 * Tells the jobs that gates run in: our own, those that the host knows for such, and those that a gate's status leads to. Two gates
 * of one commit would wait for each other for ever, and the verdict of an earlier run would hold what mends it.
 */
export function gateJobs(checks: readonly Check[], ownId: string | undefined): (check: Check) => boolean {
  const addresses = checks.filter(isGateStatus).map(({ url }) => url).filter(Boolean); // biome-ignore format: one thought
  const [pages, jobs] = [new Set(addresses), new Set(addresses.map(jobOf))];
  return ({ app, id, url, isGate }) =>
    app !== 'status' &&
    (id === ownId || isGate === true || pages.has(url) || jobs.has(id) || (jobs.size > 0 && jobs.has(digest(url))));
}

/**
 * What is left of the checks of one job without the gate in it: in each attempt one, where one is a gate. Where jobs of one name
 * cannot be told apart it is the one that ended last, as a gate waits for the others.
 */
export function withoutGate(checks: readonly Check[], isGate: (check: Check) => boolean): Check[] {
  if (!checks.some(isGate)) return [...checks];
  return attemptsOf(checks).flatMap((attempt) => {
    const others = attempt.filter((check) => !isGate(check));
    return others.length < attempt.length ? others : others.toSorted(byEnd).slice(0, -1);
  });
}

function byEnd(one: Check, other: Check): number {
  return endOf(one) < endOf(other) ? -1 : 1;
}

function endOf({ completedAt }: Check): number {
  return completedAt ?? Number.POSITIVE_INFINITY;
}

/** Of `https://github.com/o/r/actions/runs/5/job/11`, or of an issue's address that names the job behind it. */
export function jobOf(url: string): string | undefined {
  return /\/(?:job|-\/jobs)\/(\d+)(?:[?#].*)?$/.exec(url)?.[1] ?? /#pace-job-([0-9a-f]+)$/.exec(url)?.[1];
}

/**
 * The address of an issue as a gate's status leads to it: people get to the issue, other gates still know the job, by its number
 * where that is the check's id, else by a digest of its address.
 */
export function withJob(issueUrl: string, jobUrl: string): string {
  if (issueUrl === '' || jobUrl === '' || issueUrl.includes('#')) return issueUrl;
  return `${issueUrl}#pace-job-${jobOf(jobUrl) ?? digest(jobUrl)}`;
}
