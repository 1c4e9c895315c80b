/** The build that PACE runs in. https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables */

import { defined } from '../../core/defined.ts';
import type { JobSubject, JudgedChange, JudgedCommit, RepositoryOfJob, RunSubject } from '../../core/ports/index.ts';
import { gitOr } from '../../core/programs/git.ts';
import type { World } from '../../core/world.ts';

export interface CurrentBuild {
  /** Full name of the job: `acme/shop/main`. */
  readonly job: string;
  readonly number: string;
}

/** `undefined` outside of a build. */
export function currentBuild(env: World['env']): CurrentBuild | undefined {
  const { JENKINS_URL: url, JOB_NAME: job, BUILD_NUMBER: number } = env;
  return url && job && number ? { job, number } : undefined;
}

/** The jobs and folders to look in: those of the settings, else the folder of the build; `''` is the whole server. */
export function placesToLook(jobs: string | undefined, env: World['env']): string[] {
  const named = (jobs ?? '').split(',').map((name) => name.trim().replace(/^\/+|\/+$/g, ''));
  const wanted = named.filter(Boolean);
  if (wanted.length > 0) return wanted;
  const { job = '' } = currentBuild(env) ?? {};
  return [job.split('/').slice(0, -1).join('/')];
}

/** The head of a pull request, however the job came by it; else what the Git plugin has checked out. Makes no request. */
export async function judgedCommit(world: World): Promise<JudgedCommit | undefined> {
  const { env } = world;
  if (!currentBuild(env)) return undefined;
  // of the GitHub pull request builder and of the GitLab plugin
  const told = [env['ghprbActualCommit'], env['gitlabMergeRequestLastCommit']].find(isSha);
  const subject = subjectOf(env);
  if (told !== undefined) return { sha: told, ...subject };
  const sha = [env['GIT_COMMIT'], await gitOr(world, ['rev-parse', 'HEAD'])].find(isSha);
  if (sha === undefined) return undefined;
  return { ...(env['CHANGE_ID'] ? await headOf(world, sha) : { sha }), ...subject };
}

/** By the names of a multibranch project, of the GitHub pull request builder, and of the GitLab plugin. */
const CHANGES = [
  { id: 'CHANGE_ID', source: 'CHANGE_BRANCH', target: 'CHANGE_TARGET', labels: '' },
  { id: 'ghprbPullId', source: 'ghprbSourceBranch', target: 'ghprbTargetBranch', labels: '' },
  {
    ...{ id: 'gitlabMergeRequestIid', source: 'gitlabSourceBranch', target: 'gitlabTargetBranch' },
    labels: 'gitlabMergeRequestLabels',
  },
] as const;

function subjectOf(env: World['env']): RunSubject {
  const change = changeIn(env);
  return change ? { change } : defined({ branch: branchIn(env) });
}

function changeIn(env: World['env']): JudgedChange | undefined {
  for (const names of CHANGES) {
    const id = env[names.id];
    if (!id) continue;
    const labels = (env[names.labels] ?? '').split(',').map((label) => label.trim());
    return { id, source: env[names.source] ?? '', target: env[names.target] ?? '', labels: labels.filter(Boolean) };
  }
  return undefined;
}

/** A multibranch project calls a tag by `BRANCH_NAME`, too. The Git plugin names the remote, and says `detached` for a bare commit. */
function branchIn({
  BRANCH_NAME: branch,
  TAG_NAME: tag,
  GIT_BRANCH: checkedOut = '',
}: World['env']): string | undefined {
  if (tag) return undefined;
  if (branch) return branch;
  const isNone = checkedOut === 'detached' || /^(refs\/)?tags\//.test(checkedOut);
  return isNone ? undefined : checkedOut.replace(/^(refs\/heads\/|(refs\/remotes\/)?origin\/)/, '') || undefined;
}

/** What the build is about. The repository that its change goes into is known by the change's page, or by the plugin that made it. */
export async function subjectOfJob(world: World): Promise<JobSubject | undefined> {
  const judged = await judgedCommit(world);
  if (!judged) return undefined;
  const { env } = world;
  const url = repositoryPage(env);
  return {
    judged,
    ...repositoryOfBuild(env),
    ...defined({
      repository: env['ghprbGhRepository'] || (url && URL.parse(url)?.pathname.slice(1)) || undefined,
      url,
      folder: env['WORKSPACE'] || undefined,
    }),
  };
}

/** `https://host/owner/name` of `…/pull/12`, `…/-/merge_requests/12`, `…/pull-requests/12`, or of what is cloned. */
function repositoryPage({ CHANGE_URL: change = '', gitlabTargetRepoHttpUrl: cloned = '' }: World['env']) {
  const [, page] = /^(https?:\/\/.+?)(?:\/-)?\/(?:pull|pulls|pull-requests|merge_requests)\/\d+/.exec(change) ?? [];
  return page ?? (/^https?:\/\//.test(cloned) ? cloned.replace(/\.git$/, '') : undefined);
}

/** What a build has been told of the repository whose branches it builds. */
export function repositoryOfBuild(env: World['env']): RepositoryOfJob | undefined {
  if (!currentBuild(env)) return undefined;
  const { BRANCH_IS_PRIMARY: isPrimary, BRANCH_NAME: branch } = env;
  return defined({ defaultBranch: (isPrimary === 'true' && branch) || undefined });
}

/** Jenkins may test a pull request merged into its target. Its head is then a parent of what is checked out. */
async function headOf(world: World, sha: string): Promise<JudgedCommit> {
  const branch = world.env['BRANCH_NAME'] ?? '';
  const head = await gitOr(world, ['rev-parse', '--verify', '--quiet', `refs/remotes/origin/${branch}`]);
  // as it is written in the commit: a shallow clone hides parents from git's own lists
  const commit = (await gitOr(world, ['cat-file', 'commit', sha])) ?? '';
  const parents = [...(commit.split('\n\n')[0]?.matchAll(/^parent (\w+)$/gm) ?? [])].map(([, parent]) => parent);
  if (head !== undefined && (head === sha || parents.includes(head))) return { sha: head };
  return parents.length < 2 ? { sha } : { sha, note: MERGE_NOTE };
}

const MERGE_NOTE =
  'Jenkins has checked out a merge commit, and PACE cannot tell the head of the pull request: the merge is judged. Please pass the head with --sha, or let the job build "the current pull request revision".';

function isSha(value: string | undefined): value is string {
  return value !== undefined && /^[0-9a-f]{40,64}$/.test(value);
}
