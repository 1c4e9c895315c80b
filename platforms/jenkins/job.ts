/** The build that PACE runs in. https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables */

import type { JudgedCommit } from '../../core/ports/index.ts';
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
  if (told !== undefined) return { sha: told };
  const sha = [env['GIT_COMMIT'], await gitOr(world, ['rev-parse', 'HEAD'])].find(isSha);
  if (sha === undefined || !env['CHANGE_ID']) return sha === undefined ? undefined : { sha };
  return headOf(world, sha);
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
