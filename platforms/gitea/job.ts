/**
 * The job that PACE runs in. The runners of Gitea and Forgejo set the variables of GitHub Actions, and mark them with one of
 * their own. https://docs.gitea.com/usage/actions/actions-variables and https://forgejo.org/docs/latest/user/actions/reference/
 */

import { isAbsolute } from 'node:path';
import { defined } from '../../core/defined.ts';
import { isChangeNumber } from '../../core/drivers/change-number.ts';
import { commitOf, repositoryOf, type SubjectEvent, subjectOf } from '../../core/drivers/event-subject.ts';
import { summaryFile } from '../../core/drivers/summary-file.ts';
import { isSha, readEvent } from '../../core/drivers/workflow-event.ts';
import type { JobSubject, JobSummary, JudgedCommit, RepositoryOfJob } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';

export interface Job {
  /** Of the run, unique on the server. */
  readonly runId: string;
  /** Of the run, counted in the repository. */
  readonly runNumber: string;
  /** Its key in the workflow file. */
  readonly name: string;
  readonly runner: string;
}

export function isForgejo(env: World['env']): boolean {
  return env['FORGEJO_ACTIONS'] === 'true';
}

/** `undefined` outside of a job, and in a job of another repository. */
export function currentJob(env: World['env'], repository: string): Job | undefined {
  const inJob = env['GITEA_ACTIONS'] === 'true' || isForgejo(env);
  if (!inJob || env['GITHUB_REPOSITORY']?.toLowerCase() !== repository.toLowerCase()) return undefined;
  return {
    runId: env['GITHUB_RUN_ID'] ?? '',
    runNumber: env['GITHUB_RUN_NUMBER'] ?? '',
    name: env['GITHUB_JOB'] ?? '',
    runner: env['RUNNER_NAME'] ?? '',
  };
}

/** Newer servers know runs by another number, and take the older one with a word that others ignore. */
export function jobUrl(env: World['env']): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name, GITHUB_RUN_NUMBER: number } = env;
  if (!server || !name || !number) return undefined;
  return `${server}/${name}/actions/runs/${number}${isForgejo(env) ? '' : '?by_index=1'}`;
}

interface Event extends SubjectEvent {
  readonly pull_request?: NonNullable<SubjectEvent['pull_request']> & {
    readonly head?: { readonly sha?: unknown; readonly repo?: { readonly full_name?: unknown } | null };
    readonly base?: { readonly repo?: { readonly full_name?: unknown } | null };
  };
}

/** The head of a pull request, the commit of the run, check or status that the event is about, else `GITHUB_SHA`. */
export async function judgedCommit(env: World['env'], repository: string): Promise<JudgedCommit | undefined> {
  if (currentJob(env, repository) === undefined) return undefined;
  const event = await readEvent<Event>(env);
  const { head, base } = event.pull_request ?? {};
  const sha = [commitOf(event, env), env['GITHUB_SHA']].find(isSha);
  if (sha === undefined) return undefined;
  const readsOnly = env['GITHUB_EVENT_NAME'] === 'pull_request' && head?.repo?.full_name !== base?.repo?.full_name;
  const subject = subjectOf(event, env, sha);
  return readsOnly ? { sha, ...subject, note: FORK_NOTE } : { sha, ...subject };
}

const FORK_NOTE =
  'This run belongs to a pull request from a fork: the job’s own token can only read, so the decision is in the summary and the log only.';

/** What the job is about, whatever repository is configured. */
export async function subjectOfJob(env: World['env']): Promise<JobSubject | undefined> {
  const { GITHUB_REPOSITORY: repository = '', GITHUB_SERVER_URL: server, GITHUB_REF: ref = '', GITHUB_SHA: sha } = env;
  const judged = await judgedCommit(env, repository);
  if (!judged) return undefined;
  const { defaultBranch } = repositoryOf(await readEvent<Event>(env), env);
  const testMerge = /^refs\/pull\/\d+\/merge$/.test(ref) ? sha : undefined;
  const url = server && repository ? `${server}/${repository}` : undefined;
  const folder = env['GITHUB_WORKSPACE'] || undefined;
  return { judged, ...defined({ repository: repository || undefined, url, defaultBranch, folder, testMerge }) };
}

/** What a job of this very repository has been told of it. */
export async function repositoryOfJob(env: World['env'], repository: string): Promise<RepositoryOfJob | undefined> {
  return currentJob(env, repository) && repositoryOf(await readEvent<Event>(env), env);
}

/** The number of the pull request that the run belongs to. */
export async function changeOfJob(env: World['env'], repository: string): Promise<string | undefined> {
  if (currentJob(env, repository) === undefined) return undefined;
  const id = subjectOf(await readEvent<Event>(env), env, '').change?.id;
  return isChangeNumber(id) ? id : undefined;
}

/** https://github.com/go-gitea/gitea/pull/37500: of all steps of a job together. */
const SUMMARY_LIMIT = 1024 * 1024;

/** Gitea shows summaries from 1.27 on; Forgejo's runner has the variable too, and nobody shows what is written there. */
export function jobSummary({ env, cwd, addToSummary }: World): JobSummary {
  const path = env['GITHUB_STEP_SUMMARY'];
  if (path && isAbsolute(path) && env['GITEA_ACTIONS'] === 'true' && !isForgejo(env)) {
    return { path, append: true, add: addToSummary, maxBytes: SUMMARY_LIMIT };
  }
  return summaryFile(cwd, SUMMARY_LIMIT);
}
