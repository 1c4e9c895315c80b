/** The event that a workflow runs for. https://docs.github.com/en/actions/reference/workflows-and-actions/variables */

import { defined } from '../../core/defined.ts';
import { isChangeNumber } from '../../core/drivers/change-number.ts';
import { commitOf, repositoryOf, type SubjectEvent, subjectOf } from '../../core/drivers/event-subject.ts';
import { isSha, readEvent } from '../../core/drivers/workflow-event.ts';
import type { JobSubject, JudgedCommit, RepositoryOfJob } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';

interface Event extends SubjectEvent {
  readonly pull_request?: NonNullable<SubjectEvent['pull_request']> & {
    readonly head?: { readonly sha?: unknown; readonly repo?: { readonly full_name?: unknown } | null };
    readonly base?: { readonly repo?: { readonly full_name?: unknown } | null };
  };
}

/** The head of a pull request or merge group, the commit of the run, check, status or deployment that the event is about, else `GITHUB_SHA`. */
export async function judgedCommit(env: World['env']): Promise<JudgedCommit | undefined> {
  if (env['GITHUB_ACTIONS'] !== 'true') return undefined;
  const event = await readEvent<Event>(env);
  const sha = [commitOf(event, env), env['GITHUB_SHA']].find(isSha);
  if (sha === undefined) return undefined;
  const subject = subjectOf(event, env, sha);
  return comesFromFork(event, env) ? { sha, ...subject, note: FORK_NOTE } : { sha, ...subject };
}

const FORK_NOTE =
  'This run belongs to a pull request from a fork: its token can only read, so the decision is in the summary and the log only.';

/** What the job is about, whatever repository is configured. */
export async function subjectOfJob(env: World['env']): Promise<JobSubject | undefined> {
  const judged = await judgedCommit(env);
  const { GITHUB_REPOSITORY: repository, GITHUB_SERVER_URL: server, GITHUB_REF: ref = '', GITHUB_SHA: sha } = env;
  if (!judged) return undefined;
  const { defaultBranch } = repositoryOf(await readEvent<Event>(env), env);
  const testMerge = /^refs\/pull\/\d+\/merge$/.test(ref) ? sha : undefined;
  const url = server && repository && `${server}/${repository}`;
  const folder = env['GITHUB_WORKSPACE'] || undefined;
  return {
    judged,
    ...defined({ repository: repository || undefined, url: url || undefined, defaultBranch, folder, testMerge }),
  };
}

/** What a job of this very repository has been told of it. */
export async function repositoryOfJob(env: World['env'], repository: string): Promise<RepositoryOfJob | undefined> {
  return isOwnJob(env, repository) ? repositoryOf(await readEvent<Event>(env), env) : undefined;
}

/** The number of the pull request that a job of this very repository is about. */
export async function changeOfJob(env: World['env'], repository: string): Promise<string | undefined> {
  if (!isOwnJob(env, repository)) return undefined;
  const id = subjectOf(await readEvent<Event>(env), env, '').change?.id;
  return isChangeNumber(id) ? id : undefined;
}

/** True when the run's token is read-only because the change comes from a fork. */
export async function isForkPullRequest(env: World['env']): Promise<boolean> {
  return comesFromFork(await readEvent<Event>(env), env);
}

function comesFromFork({ pull_request }: Event, env: World['env']): boolean {
  // `pull_request_target` runs with the token of the base repository
  if (!env['GITHUB_EVENT_NAME']?.startsWith('pull_request') || env['GITHUB_EVENT_NAME'] === 'pull_request_target')
    return false;
  if (pull_request?.head === undefined) return false;
  return pull_request.head.repo?.full_name !== pull_request.base?.repo?.full_name;
}

function isOwnJob(env: World['env'], repository: string): boolean {
  return env['GITHUB_ACTIONS'] === 'true' && isOwnRepository(env, repository);
}

/** True for the repository that the workflow belongs to; GitHub does not mind upper and lower case. */
export function isOwnRepository(env: World['env'], repository: string): boolean {
  return env['GITHUB_REPOSITORY']?.toLowerCase() === repository.toLowerCase();
}
