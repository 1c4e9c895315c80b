/** What workflow runs add to the checks of a commit: names for jobs, and the runs that have no check run to show (yet). */

import { isGateContext, jobOf } from '../../core/adapters/ci/gate-status.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { Check } from '../../core/ports/index.ts';
import {
  ACTIONS_APP,
  type CheckRun,
  fromCheckRun,
  fromStatus,
  type Id,
  type Status,
  times,
  toCheckState,
  type WorkflowRun,
} from './host-wire.ts';

/** The workflow run that PACE is part of. */
export interface OwnRun {
  readonly id: number;
  /** Of its workflow file. */
  readonly path: string;
}

/** Pure: what was seen, as neutral checks. `runs` is `undefined` when the token may not list them. */
export function toChecks(seen: {
  checkRuns: readonly CheckRun[];
  statuses: readonly Status[];
  runs: readonly WorkflowRun[] | undefined;
  own: OwnRun | undefined;
}): Check[] {
  const { checkRuns, statuses, runs = [], own } = seen;
  const names = workflowNames(runs);
  const workflowOf = new Map(runs.map((run) => [run.check_suite_id, names.get(run.workflow_id)]));
  const jobs = checkRuns.map((run) => {
    const suite = run.check_suite?.id;
    // jobs of one name in two workflows must stay apart, also where the workflow is not known
    const unknown = run.app?.slug === ACTIONS_APP && suite !== undefined ? String(suite) : '';
    return fromCheckRun(run, workflowOf.get(suite) ?? unknown);
  });
  const suites = suitesOf(checkRuns);
  const gates = [...(own ? [own.path] : []), ...pathsOfGates(seen)];
  const silent = runs.filter((run) => !belongsToGate(run, own, gates) && isSilent(run, suites, runs));
  const pending = silent.map((run) => fromRun(run, names.get(run.workflow_id) ?? run.path));
  return [...jobs, ...statuses.map(fromStatus), ...pending];
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

function filePath({ path }: WorkflowRun): string {
  return path.split('@')[0] ?? path;
}

type Suites = ReadonlyMap<Id | undefined, { readonly unfinished: boolean }>;

function suitesOf(checkRuns: readonly CheckRun[]): Suites {
  const suites = new Map<Id | undefined, { unfinished: boolean }>();
  for (const run of checkRuns) {
    const suite = suites.get(run.check_suite?.id) ?? { unfinished: false };
    suites.set(run.check_suite?.id, { unfinished: suite.unfinished || run.status !== 'completed' });
  }
  return suites;
}

/**
 * Runs of the workflows that gates are in are not waited for beyond their visible jobs: one that is queued behind this very run
 * (`concurrency:`) would never start, and two gates would wait for each other.
 */
function belongsToGate(run: WorkflowRun, own: OwnRun | undefined, paths: readonly string[]): boolean {
  return run.id === own?.id || paths.includes(filePath(run));
}

/** The workflow files of the other gates: their statuses lead to their jobs. */
function pathsOfGates({ checkRuns, statuses, runs = [] }: Parameters<typeof toChecks>[0]): string[] {
  const addresses = statuses.filter(({ context }) => isGateContext(context)).map(({ target_url }) => target_url ?? '');
  const jobs = new Set(addresses.map(jobOf));
  const suites = new Set(checkRuns.filter(({ id }) => jobs.has(String(id))).map((run) => run.check_suite?.id));
  return runs.filter((run) => suites.has(run.check_suite_id)).map(filePath);
}

/** True when the check runs do not tell what this workflow run still owes, or that it has gone wrong as a whole. */
function isSilent(run: WorkflowRun, suites: Suites, runs: readonly WorkflowRun[]): boolean {
  const suite = suites.get(run.check_suite_id);
  if (run.status !== 'completed') return !suite?.unfinished;
  const superseded = runs.some((other) => other.workflow_id === run.workflow_id && other.id > run.id);
  if (suite || superseded) return false;
  return !['success', 'skipped', 'neutral'].includes(toCheckState(run.status, run.conclusion));
}

/** A workflow run as a check of its own: between two jobs, waiting for approval, or never started. */
function fromRun(run: WorkflowRun, workflow: string): Check {
  const needsApproval = run.status === 'completed' && run.conclusion === 'action_required';
  return {
    id: `run-${run.id}`,
    name: needsApproval ? `${workflow} (waits for approval)` : neededText('GitHub', 'name', workflow),
    app: ACTIONS_APP,
    workflow,
    state: needsApproval ? 'pending' : toCheckState(run.status, run.conclusion),
    vendorState: String(run.status === 'completed' ? run.conclusion : run.status),
    optional: false,
    url: run.html_url,
    ...times(run.run_started_at ?? run.created_at, undefined),
  };
}
