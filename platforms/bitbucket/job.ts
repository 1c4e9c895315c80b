/** The repository, and the step of Bitbucket Pipelines that PACE may be running in. */
import { defined } from '../../core/defined.ts';
import { repositoryId } from '../../core/drivers/repository-id.ts';
import { PaceError } from '../../core/errors.ts';
import type { JobSubject, RepositoryOfJob, RunSubject, Settings } from '../../core/ports/index.ts';
import { originOr } from '../../core/programs/git.ts';
import type { World } from '../../core/world.ts';
import { type Api, connect } from './api.ts';

export interface Context {
  readonly world: World;
  readonly api: Api;
  readonly step: CiStep | undefined;
}

/** The step that PACE runs in. https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/ */
export interface CiStep {
  readonly id: string;
  readonly buildNumber: number;
  readonly sha: string;
  readonly subject: RunSubject;
  /** Of how many steps that run side by side this is which one, from 0. */
  readonly parallel: { readonly place: number; readonly count: number };
}

/** What every method of the code host works with. */
export async function hostContext(world: World, settings: Settings): Promise<Context> {
  const api = connect(world, settings, await repositoryIn(world, settings));
  return { world, api, step: currentStep(world, api.fullName) };
}

async function repositoryIn(world: World, { repository, workspace, repo_slug: slug }: Settings): Promise<string> {
  if (repository) return repository;
  if (workspace && slug) return `${workspace}/${slug}`;
  const remote = (await originOr(world)) ?? '';
  const [, found] = /bitbucket\.org(?::\d+)?[:/]([^/\s:]+\/[^/\s]+?)(?:\.git)?\/?$/.exec(remote) ?? [];
  if (found) return found;
  throw new PaceError({
    kind: 'configuration',
    message: 'Bitbucket needs the name of the repository, and neither the settings nor the git remote tell it.',
    remedy: 'Please write `bitbucket.repository` as `workspace/name`, or set PACE_BITBUCKET_REPOSITORY.',
    operation: 'configure',
  });
}

function currentStep({ env }: World, repository: string): CiStep | undefined {
  const { BITBUCKET_STEP_UUID: id, BITBUCKET_BUILD_NUMBER: build, BITBUCKET_COMMIT: sha } = env;
  const isHere = env['BITBUCKET_REPO_FULL_NAME']?.toLowerCase() === repository.toLowerCase();
  if (!isHere || !id || !build || !sha) return undefined;
  const place = Number(env['BITBUCKET_PARALLEL_STEP'] ?? 0);
  const count = Number(env['BITBUCKET_PARALLEL_STEP_COUNT'] ?? 1);
  return { id, buildNumber: Number(build), sha, subject: subjectOf(env), parallel: { place, count } };
}

/** Of a pull request the branch is the one that it comes from. Bitbucket has no labels. */
function subjectOf(env: World['env']): CiStep['subject'] {
  const { BITBUCKET_PR_ID: id, BITBUCKET_BRANCH: branch, BITBUCKET_PR_DESTINATION_BRANCH: target = '' } = env;
  if (id) return { change: { id, source: branch ?? '', target, labels: [] } };
  return defined({ branch: branch || undefined });
}

/** What the step is about, whatever repository is configured. */
export function subjectOfJob({ env }: Pick<World, 'env'>): JobSubject | undefined {
  const { BITBUCKET_REPO_FULL_NAME: repository, BITBUCKET_COMMIT: sha } = env;
  if (!env['BITBUCKET_BUILD_NUMBER'] || !repository || !sha) return undefined;
  const folder = env['BITBUCKET_CLONE_DIR'] || undefined;
  return { judged: { sha, ...subjectOf(env) }, repository, ...defined({ folder }) };
}

/** What a step of this very repository has been told of it. */
export function repositoryOfStep({ world, step }: Context): RepositoryOfJob | undefined {
  return step && defined({ id: repositoryId(world.env['BITBUCKET_REPO_UUID']) });
}
