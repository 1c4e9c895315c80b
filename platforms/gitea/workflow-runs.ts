/** What the runs of workflows tell of their jobs: which is our own, which count, and what those wait for that have not begun. Pure. */

import type { Check, CheckState } from '../../core/ports/index.ts';
import { type Seen, type WireRun, workflowOf } from './host-wire.ts';
import type { Job } from './job.ts';

/** The one running job of our run, by its runner or its name where there are several. */
export function pickOwn(all: readonly Seen[], job: Job): Seen | undefined {
  const ours = all.filter(({ run, check }) => isOf(run, job) && check.state === 'pending');
  const running = ours.filter(({ isRunning }) => isRunning);
  const candidates = running.length > 0 ? running : ours;
  const named = candidates.filter(({ jobName }) => isNamed(jobName, job.name));
  const here = candidates.filter(({ runner }) => runner !== '' && runner === job.runner);
  for (const likely of [candidates, here, named, here.filter((each) => named.includes(each))]) {
    if (likely.length === 1) return likely[0];
  }
  return undefined;
}

/** Also as a cell of a matrix; a workflow whose name has a slash leaves a part of it at the job's. */
function isNamed(jobName: string, name: string): boolean {
  const parts = jobName.split(' / ');
  const names = parts.map((_, place) => parts.slice(place).join(' / '));
  return names.some((each) => each === name || each.startsWith(`${name} (`));
}

/** Addresses have the number of the run on the server, or in the repository: that depends on the version. */
export function isOf(run: string | undefined, { runId, runNumber }: Job): boolean {
  return run !== undefined && (run === runId || run === runNumber);
}

/** With a mark at the other runs of our own job, for another event, and at the other cells of its matrix: gates, all of them. */
export function markGates(
  all: readonly Seen[],
  own: Seen | undefined,
  { job, runs }: { readonly job: Job | undefined; readonly runs: readonly WireRun[] },
): Seen[] {
  if (!own || !job || own.jobName === '') return [...all];
  const isMatrix = own.jobName.includes(`${job.name} (`);
  const kind = (seen: Seen) => (isMatrix ? seen.jobName.replace(/ \(.*\)$/, '') : seen.jobName);
  const fileOf = (seen: Seen) => workflowOf(runs.find((run) => belongsTo(seen, run)) ?? { id: 0 });
  const isSameWorkflow = (seen: Seen) =>
    seen.check.workflow === own.check.workflow && (own.check.workflow !== '' || fileOf(seen) === fileOf(own));
  return all.map((seen) => {
    const isGate = seen.run !== undefined && kind(seen) === kind(own) && isSameWorkflow(seen);
    return isGate ? { ...seen, check: { ...seen.check, isGate } } : seen;
  });
}

/** Whether the job belongs to the run, by the address of either: that of a status may lack the server. */
export function belongsTo({ check: { url } }: Seen, { html_url: page }: WireRun): boolean {
  if (!page) return false;
  const path = URL.parse(page)?.pathname ?? page;
  return url === page || url.includes(`${path}/jobs/`);
}

/** Those of each workflow and event, the newest first, as far as the first one that has statuses: they tell of all before it. */
export function silentRuns(runs: readonly WireRun[], hasStatuses: (run: WireRun) => boolean): WireRun[][] {
  const kinds = Map.groupBy(runs, (run) => `${workflowOf(run)} ${run.event ?? ''}`).values();
  return [...kinds].flatMap((same) => {
    const sorted = same.toSorted((a, b) => b.id - a.id);
    const told = sorted.findIndex(hasStatuses);
    const silent = told < 0 ? sorted : sorted.slice(0, told);
    return silent.length > 0 ? [silent] : [];
  });
}

/** Two workflow files may have one name: their jobs must not be taken for attempts of each other. */
export function apart(seen: readonly Seen[]): Seen[] {
  const rows = Map.groupBy(seen, ({ run, check }) => (run === undefined ? '' : check.name));
  return seen.map((each) => {
    const { name, workflow } = each.check;
    const isAlone = each.run === undefined || (rows.get(name)?.length ?? 0) < 2;
    return isAlone ? each : { ...each, check: { ...each.check, workflow: `${workflow} (run ${each.run})` } };
  });
}

/**
 * The server shows the newest status of each context, and keeps the others: of a job that has the same name in the same run, and what
 * came of the job before where the newest one has no result. `newest` and `all` are those of one commit.
 */
export function hiddenBehind(newest: readonly Seen[], all: readonly Seen[]): Seen[] {
  const byName = Map.groupBy(
    all.toSorted((a, b) => b.order - a.order),
    ({ check }) => check.name,
  );
  return newest.flatMap((shown) => {
    const statuses = (byName.get(shown.check.name) ?? []).filter(({ order }) => order <= shown.order);
    const twins = twinsOf(shown, statuses);
    if (HAS_RESULT.includes(shown.check.state)) return twins;
    const before = statuses.find((each) => HAS_RESULT.includes(each.check.state) && !twins.includes(each));
    return before ? [...twins, asEarlier(before, shown)] : twins;
  });
}

/** What a later attempt of the same run writes comes after all that an earlier one has written; two jobs of one name write in turns. */
function twinsOf(shown: Seen, statuses: readonly Seen[]): Seen[] {
  if (shown.run === undefined) return [];
  const began = statuses.findLast(({ check }) => check.id === shown.check.id)?.order ?? shown.order;
  const others = statuses.filter(({ run, check }) => run === shown.run && check.id !== shown.check.id);
  const lastOfEach = [...Map.groupBy(others, ({ check }) => check.id).values()].flatMap((same) => same.slice(0, 1));
  return lastOfEach.filter(({ order }) => order > began);
}

/** Within one run it needs an id and an attempt of its own. */
function asEarlier(seen: Seen, shown: Seen): Seen {
  if (seen.run !== undefined && seen.run !== shown.run) return seen;
  const { id, attempt = '' } = seen.check;
  return { ...seen, check: { ...seen.check, id: `${id}-${seen.order}`, attempt: `${attempt}-${seen.order}` } };
}

const HAS_RESULT: readonly CheckState[] = ['success', 'failure', 'neutral'];

/**
 * A job that stands behind nothing that moves in its run starts when a person has approved the run, or by itself in a moment.
 * https://docs.gitea.com/usage/actions/faq (approval of first-time contributors)
 */
export function awaken(all: readonly Seen[], runs: readonly WireRun[], repository: string): Seen[] {
  const byRun = Map.groupBy(all, ({ run }) => run ?? '');
  return all.map((seen) => {
    const { check, run } = seen;
    if (check.state !== 'blocked' || run === undefined) return seen;
    const jobs = byRun.get(run) ?? [];
    if (jobs.some((other) => other.check.state === 'pending')) return seen;
    const wire = runs.find((each) => belongsTo(seen, each));
    if (!needsApproval(jobs, wire)) return { ...seen, check: { ...check, state: 'pending' } };
    const waitsFor = {
      ...{ kind: 'approval' as const, who: `somebody who may write to ${repository}` },
      isBlocking: jobs.length > 1,
    };
    return { ...seen, check: { ...check, state: 'waiting', waitsFor } satisfies Check };
  });
}

/** Forgejo says it. Gitea does not: nothing of a pull request's run has begun; newer servers call a run `pending` that another one holds up. */
function needsApproval(jobs: readonly Seen[], run: WireRun | undefined): boolean {
  if (typeof run?.need_approval === 'boolean') return run.need_approval;
  const isOfChange = jobs.every(({ event }) => event.startsWith('pull_request'));
  return isOfChange && jobs.every(({ check }) => check.state === 'blocked') && run?.status !== 'pending';
}
