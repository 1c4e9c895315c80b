/**
 * What a run of a workflow is about: a change, or a branch. GitHub's runner and those that follow it leave it in the event, and
 * some of it in variables. https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
import { defined } from '../defined.ts';
import type { JudgedChange, RepositoryOfJob, RunSubject } from '../ports/index.ts';
import type { World } from '../world.ts';
import { repositoryId } from './repository-id.ts';
import { isSha } from './workflow-event.ts';

/** Nothing of it is sure: whoever has started the run has had a part in it. */
export interface SubjectEvent {
  readonly pull_request?: EventPull | null;
  readonly merge_group?: {
    readonly head_sha?: unknown;
    readonly head_ref?: unknown;
    readonly base_ref?: unknown;
  } | null;
  readonly workflow_run?: (EventRun & { readonly event?: unknown }) | null;
  readonly check_suite?: EventRun | null;
  readonly check_run?: (EventRun & { readonly check_suite?: EventRun | null }) | null;
  readonly deployment?: { readonly sha?: unknown } | null;
  /** Of a commit status, with the branches at whose tips the commit is. */
  readonly sha?: unknown;
  readonly branches?: readonly { readonly name?: unknown }[] | null;
  readonly repository?: { readonly id?: unknown; readonly default_branch?: unknown } | null;
}

/** What is told of a run, a suite or a single check. */
interface EventRun {
  readonly head_sha?: unknown;
  /** `null` where the commit is on no branch of this repository. */
  readonly head_branch?: unknown;
  /** In the events of GitHub those of other repositories stand among them, and those from forks do not. */
  readonly pull_requests?: readonly EventPull[] | null;
}

interface EventPull {
  readonly number?: unknown;
  readonly head?: { readonly sha?: unknown; readonly ref?: unknown; readonly label?: unknown } | null;
  readonly base?: { readonly ref?: unknown; readonly repo?: { readonly id?: unknown } | null } | null;
  readonly labels?: readonly { readonly name?: unknown }[] | null;
}

/**
 * The commit that an event is about, where that is not the one that its jobs run on: those of checks, statuses and other runs go by
 * the default branch. https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function commitOf(event: SubjectEvent, env: World['env']): string | undefined {
  const { pull_request: pull, merge_group: group, deployment, workflow_run: run, check_suite: suite } = event;
  // the event of a deployment tells of the run that has made it, too
  const told = [pull?.head?.sha, group?.head_sha, deployment?.sha, run?.head_sha, suite?.head_sha];
  const ofStatus = isOfStatus(env) ? event.sha : undefined;
  return [...told, event.check_run?.head_sha, ofStatus].find(isSha);
}

function isOfStatus(env: World['env']): boolean {
  return env['GITHUB_EVENT_NAME'] === 'status';
}

/** `sha` is the commit that the run judges. */
export function subjectOf(event: SubjectEvent, env: World['env'], sha: string): RunSubject {
  const change =
    openedChange(event, env, sha) ??
    // a fork names its branches as it likes, like those of a queue as well
    changeOfRun(event, sha) ??
    queuedChange(event, env, sha) ??
    changeOfCheck(event, env, sha);
  if (change !== undefined) return { change };
  return defined({ branch: branchOf(event, env) || undefined });
}

/** A check or status that tells no branch leaves it at the one that the job runs on. */
function branchOf(event: SubjectEvent, env: World['env']): string {
  const { workflow_run: run } = event;
  if (run) return text(run.head_branch);
  return text(checkOf(event)?.head_branch) || branchOfStatus(event, env) || branchIn(env['GITHUB_REF']);
}

/** A single check tells of its suite, and has a list of its own. */
function checkOf({ check_suite: suite, check_run: check }: SubjectEvent): EventRun | undefined {
  if (suite || !check) return suite ?? undefined;
  const pulls = [check.check_suite?.pull_requests, check.pull_requests].flatMap((list) => list ?? []);
  return { ...check, ...check.check_suite, pull_requests: pulls };
}

function branchOfStatus({ branches, repository }: SubjectEvent, env: World['env']): string {
  const names = isOfStatus(env) ? (branches ?? []).map(({ name }) => text(name)) : [];
  return names.find((name) => name === repository?.default_branch) ?? names[0] ?? '';
}

/** The repository of the run. */
export function repositoryOf({ repository }: SubjectEvent, env: World['env']): RepositoryOfJob {
  return defined({
    id: repositoryId(env['GITHUB_REPOSITORY_ID']) ?? repositoryId(repository?.id),
    defaultBranch: text(repository?.default_branch) || undefined,
  });
}

/** Of a run that a pull request has started. In a step without the event there are the variables. */
function openedChange({ pull_request: pull }: SubjectEvent, env: World['env'], sha: string): JudgedChange | undefined {
  const [, number] = /^refs\/pull\/(\d+)\//.exec(env['GITHUB_REF'] ?? '') ?? [];
  if (!pull && number === undefined) return undefined;
  return {
    id: numberIn(pull?.number) ?? number ?? standIn(sha),
    source: sourceOf(pull) || (env['GITHUB_HEAD_REF'] ?? ''),
    target: text(pull?.base?.ref) || (env['GITHUB_BASE_REF'] ?? ''),
    labels: (pull?.labels ?? []).map(({ name }) => text(name)).filter(Boolean),
  };
}

/** Gitea names a branch that is gone by its pull request, and keeps its name as the label. */
function sourceOf(pull: EventPull | null | undefined): string {
  const ref = text(pull?.head?.ref);
  return ref.startsWith('refs/pull/') ? text(pull?.head?.label) : ref;
}

/**
 * Of a merge queue, whose branches tell the pull request that has come last:
 * https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
 */
function queuedChange(event: SubjectEvent, env: World['env'], sha: string): JudgedChange | undefined {
  const { merge_group: group, workflow_run: run } = event;
  const ref = run ? text(run.head_branch) : text(group?.head_ref) || (env['GITHUB_REF'] ?? '');
  const [, base = '', number] = /^(?:refs\/heads\/)?gh-readonly-queue\/(.+)\/pr-(\d+)-[0-9a-f]+$/.exec(ref) ?? [];
  if (number === undefined && !group && run?.event !== 'merge_group') return undefined;
  return { id: number ?? standIn(sha), source: '', target: branchIn(text(group?.base_ref)) || base, labels: [] };
}

/** Of a run after that of a pull request. */
function changeOfRun({ workflow_run: run, repository }: SubjectEvent, sha: string): JudgedChange | undefined {
  if (!text(run?.event).startsWith('pull_request')) return undefined;
  const pull = (run?.pull_requests ?? []).find(({ base }) => base?.repo?.id === repository?.id);
  return {
    id: numberIn(pull?.number) ?? standIn(sha),
    source: sourceOf(pull) || text(run?.head_branch),
    target: text(pull?.base?.ref),
    labels: [],
  };
}

/**
 * Of checks and statuses. The default branch may itself be proposed elsewhere, and is a day all the same; a commit on no branch of
 * this repository is somebody's change.
 */
function changeOfCheck(event: SubjectEvent, env: World['env'], sha: string): JudgedChange | undefined {
  const { repository, branches } = event;
  const check = checkOf(event);
  const isNowhere = check ? check.head_branch === null : isOfStatus(env) && branches?.length === 0;
  if (check && text(check.head_branch) !== '' && check.head_branch === repository?.default_branch) return undefined;
  const pull = (check?.pull_requests ?? []).find(({ base }) => base?.repo?.id === repository?.id);
  if (!pull && !isNowhere) return undefined;
  return {
    id: numberIn(pull?.number) ?? standIn(sha),
    source: sourceOf(pull) || text(check?.head_branch),
    target: text(pull?.base?.ref),
    labels: [],
  };
}

/** A change without a number is a change all the same: it goes by the beginning of its commit. */
function standIn(sha: string): string {
  return sha.slice(0, 12);
}

/** Tags have none. */
function branchIn(ref: string | undefined): string {
  return /^refs\/heads\/(.+)$/.exec(ref ?? '')?.[1] ?? '';
}

function numberIn(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
