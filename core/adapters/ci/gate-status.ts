/** The commit status of a gate: what it is called, where it leads, and by what other gates know it and its job. Pure. */
import type { Check } from '../../ports/index.ts';

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

/** The job that a gate runs in: its status leads there. Two gates of one commit would wait for each other for ever. */
export function isGateJob({ app, id, url }: Check, checks: readonly Check[]): boolean {
  if (app === 'status') return false;
  return checks.some(
    (other) => isGateStatus(other) && other.url !== '' && (other.url === url || jobOf(other.url) === id),
  );
}

/** Of `https://github.com/o/r/actions/runs/5/job/11`, or of an issue's address that names the job behind it. */
export function jobOf(url: string): string | undefined {
  return /\/jobs?\/(\d+)(?:[?#].*)?$/.exec(url)?.[1] ?? /#pace-job-(\d+)$/.exec(url)?.[1];
}

/** The address of an issue as a gate's status leads to it: people get to the issue, other gates still know the job. */
export function withJob(issueUrl: string, jobUrl: string): string {
  const job = jobOf(jobUrl);
  return job === undefined || issueUrl === '' || issueUrl.includes('#') ? issueUrl : `${issueUrl}#pace-job-${job}`;
}
