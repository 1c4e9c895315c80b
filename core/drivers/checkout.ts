/** The git checkout that PACE runs in, as a repository: its name, its place, its default branch. Makes no request. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readGitFolder } from '../files/git-folder.ts';
import type { Repository } from '../ports/index.ts';
import { gitOr } from '../programs/git.ts';
import type { World } from '../world.ts';
import { ciService } from './ci-service.ts';

/** The checkout itself: its address is the folder. */
export async function checkoutRepository(world: World): Promise<Repository> {
  const [name, url, branch] = await Promise.all([checkoutName(world), rootOf(world), defaultBranch(world)]);
  return { name, url, defaultBranch: branch };
}

/** Without git, or outside a checkout, the folder itself is the repository. */
async function rootOf(world: World): Promise<string> {
  // in the root itself there is nothing to ask
  if (existsSync(join(world.cwd, '.git'))) return realpathSync(world.cwd);
  return (await gitOr(world, ['rev-parse', '--show-toplevel'])) || world.cwd;
}

/** `owner/name` as the remote `origin` tells it, or the CI service that builds it, else the name of the folder. */
export async function checkoutName(world: World): Promise<string> {
  const remote = await gitOr(world, ['config', '--get', 'remote.origin.url']);
  const named = pathOfRemote(remote ?? '') || (await nameByService(world.env));
  return named || basename(await rootOf(world)) || 'workspace';
}

async function nameByService(env: World['env']): Promise<string | undefined> {
  const service = await ciService(env);
  return service?.repositoryUrl === undefined ? service?.repository : pathOfRemote(service.repositoryUrl);
}

/** Who works here: git's `user.name`, else the user of the machine; `undefined` where neither tells. */
export async function checkoutUser({ cwd, env }: Pick<World, 'cwd' | 'env'>): Promise<string | undefined> {
  return (await gitOr({ cwd, env }, ['config', '--get', 'user.name'])) || env['USER'] || env['USERNAME'] || undefined;
}

/** The branch that is checked out; `undefined` on none, and without git. */
export function checkoutBranch({ cwd }: Pick<World, 'cwd'>): string | undefined {
  return readGitFolder(cwd)?.branch;
}

async function defaultBranch(world: World): Promise<string> {
  const remoteHead = await gitOr(world, ['symbolic-ref', '--short', 'refs/remotes/origin/HEAD']);
  if (remoteHead) return remoteHead.replace(/^origin\//, '');
  const configured = await gitOr(world, ['config', '--get', 'init.defaultBranch']);
  // without a remote the usual names tell, where there is such a branch; else the one that is there
  for (const name of [configured, 'main', 'master']) {
    if (name && (await gitOr(world, ['rev-parse', '--verify', '--quiet', `refs/heads/${name}`]))) return name;
  }
  return (await gitOr(world, ['symbolic-ref', '--short', 'HEAD'])) || configured || 'main';
}

/** `owner/name` of `https://host/owner/name.git`, `git@host:owner/name.git` or `/srv/git/name.git`; `''` when there is none. */
export function pathOfRemote(url: string): string {
  const [, path = ''] =
    /^(?!file:)[a-z][a-z0-9+.-]*:\/\/[^/]*(\/.*)$/i.exec(url) ?? /^[^/\\:]{2,}:(?!\/\/)(.+)$/.exec(url) ?? [];
  const folder = url.split(/[\\/]/).filter(Boolean).at(-1) ?? '';
  return (path || folder).replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
}
