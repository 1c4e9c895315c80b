/** Which jobs and workflows gates of PACE are in: our own, those that the status of another gate leads to, and those with the usual names. Pure. */

import { isGateContext, jobOf } from '../../core/adapters/ci/gate-status.ts';
import { suiteOf } from './attempts.ts';
import { type CheckRun, filePath, type Id, type Status, type WorkflowRun } from './host-wire.ts';
import type { FileGates } from './workflow-file.ts';

/** The workflow run that PACE is part of. */
export interface OwnRun {
  readonly id: number;
  /** Of its workflow file. */
  readonly path: string;
  /** Of our own job: the id of its check run, its key in the file, and its name, where they are known. */
  readonly check?: string | undefined;
  readonly key?: string | undefined;
  readonly name?: string | undefined;
}

export interface SeenRuns {
  readonly checkRuns: readonly CheckRun[];
  readonly statuses: readonly Status[];
  /** `undefined` when the token may not list them. */
  readonly runs: readonly WorkflowRun[] | undefined;
  readonly own: OwnRun | undefined;
  /** What the files of workflows have told, by their paths: see `queued-gates.ts`. */
  readonly files?: ReadonlyMap<string, FileGates>;
}

export interface GateJobs {
  /** The check run is the job of a gate, whatever it says. */
  isGate(run: CheckRun): boolean;
  /** It cannot begin before our own job has ended, or may be so: another leg of our own matrix that has not begun. */
  isBehindUs(run: CheckRun): boolean;
  /**
   * Runs of the workflows that gates are in are not waited for beyond their visible jobs: one that is queued behind this very run
   * (`concurrency:`) would never start, and two gates would wait for each other.
   */
  isOfGate(run: WorkflowRun): boolean;
}

export function gateJobs(seen: SeenRuns): GateJobs {
  const { checkRuns, statuses, runs = [], own } = seen;
  const addresses = statuses.filter(({ context }) => isGateContext(context)).map(({ target_url }) => target_url ?? '');
  const linked = linkedSuites(addresses, checkRuns, runs);
  const paths = new Set(runs.filter((run) => linked.all.has(run.check_suite_id)).map(filePath));
  if (own) paths.add(own.path);
  const ofOwnFile = runs.filter((run) => filePath(run) === own?.path);
  const ownSuites = new Set(ofOwnFile.map((run) => run.check_suite_id));
  const otherSuites = new Set(ofOwnFile.filter(({ id }) => id !== own?.id).map((run) => run.check_suite_id));
  const names = Map.groupBy(checkRuns, suiteOf);
  const isOnlyJob = (run: CheckRun) => new Set(names.get(suiteOf(run))?.map(({ name }) => name)).size === 1;
  const ownJob = checkRuns.find(({ id }) => String(id) === own?.check);
  const isOwnJob = own && !ownJob ? ownJobMatcher(own, isOnlyJob) : () => false;
  const leg = ownJob && /^(.*) \(.*\)$/s.exec(ownJob.name)?.[1];
  const queued = queuedGates(seen);
  const usualSuites = new Set(runs.filter((run) => USUAL_FILE.test(filePath(run))).map((run) => run.check_suite_id));
  return {
    isGate: (run) =>
      (linked.whole.has(suiteOf(run)) && isOnlyJob(run)) ||
      (otherSuites.has(suiteOf(run)) && isOwnJob(run)) ||
      (isUsuallyNamed(run.name) && usualSuites.has(suiteOf(run))) ||
      queued.isGate(run),
    isBehindUs: (run) =>
      ownJob !== undefined &&
      leg !== undefined &&
      (suiteOf(run) === suiteOf(ownJob) || ownSuites.has(suiteOf(run))) &&
      run.name.startsWith(`${leg} (`) &&
      NOT_BEGUN.has(run.status),
    isOfGate: (run) =>
      run.id === own?.id ||
      paths.has(filePath(run)) ||
      queued.isOfGate(run) ||
      (USUAL_FILE.test(filePath(run)) && run.status === HELD_BY_GROUP && !hasBegun(run, checkRuns)),
  };
}

/**
 * As the README names workflow and job: a gate that could set no status is known by that, from wherever one looks. A test that is
 * called so would be taken for one.
 */
const USUAL_FILE = /^\.github\/workflows\/pace(?:[-_][\w-]+)?\.ya?ml$/;

/** What `concurrency:` does to a run. https://docs.github.com/en/rest/actions/workflow-runs */
const HELD_BY_GROUP = 'pending';

function isUsuallyNamed(name: string): boolean {
  return mayBeNamed(name.toLowerCase(), 'gate');
}

const NOT_BEGUN = new Set<string | null | undefined>(['queued', 'pending', 'requested']);

/** Whether a job of the run has begun, in whichever attempt. */
export function hasBegun(run: WorkflowRun, checkRuns: readonly CheckRun[]): boolean {
  const hasJob = checkRuns.some((job) => suiteOf(job) === run.check_suite_id && !NOT_BEGUN.has(job.status));
  return hasJob || !NOT_BEGUN.has(run.status);
}

/** Whether this job of the run is not begun together with the run, or by itself behind another one of its group. */
export function isHeldBack(job: CheckRun, run: WorkflowRun, checkRuns: readonly CheckRun[]): boolean {
  return job.status === 'pending' || (NOT_BEGUN.has(job.status) && !hasBegun(run, checkRuns));
}

/**
 * What has not begun, and is a gate by its workflow's file. A run of which nothing is to be seen yet is left out where all its jobs
 * are gates; where others are among them, only while it is held up by its group.
 */
function queuedGates({ checkRuns, runs = [], files = new Map() }: SeenRuns): Pick<GateJobs, 'isGate' | 'isOfGate'> {
  if (files.size === 0) return { isGate: () => false, isOfGate: () => false };
  const runOf = new Map(runs.map((run) => [run.check_suite_id, run]));
  return {
    isGate: (job) => {
      const run = runOf.get(suiteOf(job));
      if (run === undefined || !isHeldBack(job, run, checkRuns)) return false;
      return files.get(filePath(run))?.isGateJob(job.name) ?? false;
    },
    isOfGate: (run) => {
      const gates = files.get(filePath(run));
      return gates !== undefined && !hasBegun(run, checkRuns) && (gates.isWhole || run.status === HELD_BY_GROUP);
    },
  };
}

/**
 * Where this run belongs to another commit (`workflow_run`, the input `sha`), earlier runs of its file stand at the judged one: their
 * job of our name is the gate. Other jobs of the file count.
 */
function ownJobMatcher({ name, key }: OwnRun, isOnlyJob: (run: CheckRun) => boolean): (run: CheckRun) => boolean {
  if (name !== undefined) return (run) => run.name === name;
  if (key !== undefined) return (run) => mayBeNamed(run.name, key);
  return isOnlyJob;
}

/** Whether it has to be asked what our own job is called. */
export function needsOwnName({ checkRuns, runs = [], own }: SeenRuns): boolean {
  if (!own || own.name !== undefined) return false;
  const isHere = checkRuns.some(({ id }) => String(id) === own.check);
  return !isHere && runs.some((run) => filePath(run) === own.path && run.id !== own.id);
}

/** The suites that gates' statuses lead to, to one of their jobs or to the run as a whole, where a job has no page of its own. */
function linkedSuites(addresses: readonly string[], checkRuns: readonly CheckRun[], runs: readonly WorkflowRun[]) {
  const jobs = new Set(addresses.map(jobOf));
  const ids = new Set(addresses.map((url) => /\/actions\/runs\/(\d+)(?:[?#].*)?$/.exec(url)?.[1]));
  const whole = new Set<Id | undefined>(runs.filter(({ id }) => ids.has(String(id))).map((run) => run.check_suite_id));
  const ofJobs = checkRuns.filter(({ id }) => jobs.has(String(id))).map(suiteOf);
  return { whole, all: new Set([...whole, ...ofJobs]) };
}

/** `test`, `test (24, ubuntu)` in a matrix, `caller / test` in a reusable workflow. */
export function mayBeNamed(name: string, id: string): boolean {
  const last = name.split(' / ').at(-1) ?? name;
  return last === id || last.startsWith(`${id} (`);
}
