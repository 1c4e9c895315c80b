/** What workflow runs add to the checks of a commit: names for jobs, and the runs that have no check run to show (yet). Pure. */

import { defined } from '../../core/defined.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { Check, CheckState } from '../../core/ports/index.ts';
import { type Attempt, attemptsOf, isOfActions, suiteOf, withoutCopies } from './attempts.ts';
import type { Deployers } from './deployments.ts';
import { gateJobs, type SeenRuns } from './gate-jobs.ts';
import {
  ACTIONS_APP,
  type CheckRun,
  deploymentBy,
  filePath,
  fromCheckRun,
  fromStatus,
  type Id,
  times,
  toCheckState,
  type WorkflowRun,
} from './host-wire.ts';

/** What was seen, as neutral checks. */
export function toChecks(listed: SeenRuns & { readonly deployers?: Deployers }): Check[] {
  const seen = { ...listed, checkRuns: withoutCopies(listed.checkRuns, listed.runs) };
  const { checkRuns, statuses, runs = [], deployers = new Map<Id, string>() } = seen;
  const names = workflowNames(runs);
  const runOf = new Map(runs.map((run) => [run.check_suite_id, run]));
  const attempts = attemptsOf(checkRuns, seen.runs);
  const gates = gateJobs(seen);
  const runOfJob = (job: CheckRun) => (isOfActions(job) ? runOf.get(suiteOf(job)) : undefined);
  const left = givenUp(checkRuns, attempts);
  const awaited = checkRuns.filter((job) => job.status === 'completed' || !(isBeside(runOfJob(job)) || left.has(job)));
  const jobs = awaited.map((job) => {
    const run = runOfJob(job);
    // jobs of one name in two workflows must stay apart, also where the workflow is not known
    const unknown = isOfActions(job) ? String(suiteOf(job)) : '';
    const check = fromCheckRun(job, (run && names.get(run.workflow_id)) ?? unknown);
    return {
      ...(run ? inRun(check, run, attempts.get(job), deployers) : check),
      ...attemptIn(attempts.get(job), run?.event),
      ...(gates.isGate(job) ? { isGate: true } : {}),
      ...(gates.isBehindUs(job) ? { state: 'blocked' as const } : {}),
    };
  });
  const suites = suitesOf(checkRuns);
  const others = runs.filter((run) => !gates.isOfGate(run) && (run.status === 'completed' || !isBeside(run)));
  const silent = others.filter((run) => isSilent(run, suites, runs));
  const whole = silent.map((run) => ({
    ...fromRun(run, names.get(run.workflow_id) ?? filePath(run), deployers),
    ...times(suites.get(run.check_suite_id)?.ended ?? run.run_started_at ?? run.created_at, undefined),
  }));
  return [...jobs, ...statuses.map(fromStatus), ...whole];
}

/** What is no job of a run is dated by whoever reports it, and GitHub takes what it is told. */
function attemptIn(found: Attempt | undefined, event: string | undefined): Partial<Check> {
  return found?.attempt === undefined ? { hasOwnClock: true } : defined({ attempt: found.attempt, event });
}

/** What the run tells of its job: who lets it go on, and whether its failure was allowed. */
function inRun(check: Check, run: WorkflowRun, attempt: Attempt | undefined, deployers: Deployers): Check {
  if (check.state === 'waiting') {
    const since = times(run.run_started_at ?? run.created_at, undefined);
    return { ...since, ...check, waitsFor: deploymentBy(deployers.get(run.id)) };
  }
  // `continue-on-error` shows in nothing else
  const isJob = attempt?.attempt !== undefined && attempt.isLatest;
  const isAllowed = isJob && toCheckState(run.status, run.conclusion) === 'success' && check.state === 'failure';
  return { ...check, optional: isAllowed || isBeside(run) };
}

/**
 * What Dependabot and Copilot run beside the commit that they stand at: they look for updates, review and write. How that ends tells
 * nothing of the commit, and nobody waits for it.
 */
function isBeside(run: WorkflowRun | undefined): boolean {
  return run !== undefined && /^dynamic\/(?:dependabot|copilot)\b/.test(filePath(run));
}

/**
 * What apps have not ended and reported anew in the same suite: GitHub itself shows the newest of a name only, and such a one stays
 * as it is for days.
 */
function givenUp(checkRuns: readonly CheckRun[], attempts: ReadonlyMap<CheckRun, Attempt>): ReadonlySet<CheckRun> {
  const reported = checkRuns.filter((run) => attempts.get(run)?.attempt === undefined);
  const equals = Map.groupBy(reported, (run) => JSON.stringify([run.app?.slug, String(suiteOf(run)), run.name]));
  return new Set(
    [...equals.values()].flatMap((runs) => {
      const ended = runs.filter(({ status }) => status === 'completed');
      return runs.filter((run) => run.status !== 'completed' && ended.some(({ id }) => id > run.id));
    }),
  );
}

/** By workflow: the name of its newest run (`run-name` can change it), or the file where two workflows share a name. */
function workflowNames(runs: readonly WorkflowRun[]): Map<Id, string> {
  const newest = new Map<Id, WorkflowRun>();
  for (const run of runs) {
    const known = newest.get(run.workflow_id);
    if (!known || run.id > known.id) newest.set(run.workflow_id, run);
  }
  const all = [...newest.values()];
  return new Map(
    all.map((run) => {
      const shared = all.some((other) => other !== run && other.name === run.name);
      return [run.workflow_id, run.name && !shared ? run.name : filePath(run)];
    }),
  );
}

interface Suite {
  readonly unfinished: boolean;
  /** How its jobs ended, in whichever attempt. */
  readonly states: ReadonlySet<CheckState>;
  /** When the last of its jobs began, and when one ended last. */
  readonly began: string;
  readonly ended: string | undefined;
}

type Suites = ReadonlyMap<Id | undefined, Suite>;

function suitesOf(checkRuns: readonly CheckRun[]): Suites {
  const suites = Map.groupBy(checkRuns, suiteOf);
  return new Map(
    [...suites].map(([id, jobs]) => {
      const suite: Suite = {
        unfinished: jobs.some(({ status }) => status !== 'completed'),
        states: new Set(jobs.map(({ status, conclusion }) => toCheckState(status, conclusion))),
        began: last(jobs.map(({ started_at }) => started_at)) ?? '',
        ended: last(jobs.map(({ completed_at }) => completed_at)),
      };
      return [id, suite];
    }),
  );
}

function last(times: readonly (string | null)[]): string | undefined {
  return times.flatMap((time) => time ?? []).toSorted().at(-1); // biome-ignore format: one thought
}

/** True when the check runs do not tell what this workflow run still owes, that it has gone wrong as a whole, or that it never ran. */
function isSilent(run: WorkflowRun, suites: Suites, runs: readonly WorkflowRun[]): boolean {
  const suite = suites.get(run.check_suite_id);
  if (run.status !== 'completed') return !suite?.unfinished;
  const isMoot = runs.some((other) => other.workflow_id === run.workflow_id && outweighs(other, run));
  const state = toCheckState(run.status, run.conclusion);
  if (isMoot || state === 'success' || state === 'neutral') return false;
  return suite === undefined || hasUntold(run, state, suite);
}

/**
 * Whether it went wrong in what has no check run: a job whose matrix could not be made, or one that stood behind another when all was
 * cancelled. An attempt that was cancelled before it had a job takes nothing back.
 */
function hasUntold(run: WorkflowRun, state: CheckState, { unfinished, states, began }: Suite): boolean {
  if (unfinished || states.has('failure') || states.has('cancelled')) return false;
  if (state === 'failure') return true;
  return state === 'cancelled' && (run.run_attempt === 1 || began >= (run.run_started_at ?? run.created_at));
}

/** Of two runs of a workflow the later one counts; but a skip says nothing, and what was cancelled takes nothing back. */
function outweighs(other: WorkflowRun, run: WorkflowRun): boolean {
  const [weight, own] = [weightOf(other), weightOf(run)];
  return weight === own ? other.id > run.id : weight > own;
}

function weightOf(run: WorkflowRun): number {
  const state = toCheckState(run.status, run.conclusion);
  if (state === 'skipped') return 0;
  return state === 'cancelled' ? 1 : 2;
}

/** https://docs.github.com/en/actions/how-tos/manage-workflow-runs/approve-runs-from-forks */
const APPROVERS = 'somebody with write access to the repository';

/** A workflow run as a check of its own: between two jobs, waiting for somebody, skipped as a whole, or never started. */
function fromRun(run: WorkflowRun, workflow: string, deployers: Deployers): Check {
  const needsApproval = run.conclusion === 'action_required' || run.status === 'action_required';
  const state = needsApproval ? 'waiting' : toCheckState(run.status, run.conclusion);
  const waitsFor = needsApproval
    ? ({ kind: 'approval', who: APPROVERS, isBlocking: true } as const)
    : deploymentBy(deployers.get(run.id));
  const name = neededText('GitHub', 'name', workflow);
  return {
    id: `run-${run.id}`,
    name,
    app: ACTIONS_APP,
    workflow,
    state,
    vendorState: String(run.status === 'completed' ? run.conclusion : run.status),
    ...(state === 'waiting' ? { waitsFor } : {}),
    optional: isBeside(run),
    url: run.html_url,
  };
}
