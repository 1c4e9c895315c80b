/**
 * The commit that is checked out, and the commits that it was made from, as its object tells: clones are shallow, and lists of
 * git's own leave out parents then. https://git-scm.com/docs/git-cat-file
 */
import { resolve } from 'node:path';
import { asPaceError, errorCode } from '../errors.ts';
import { findGitFolder } from '../files/git-folder.ts';
import { headCommit, parentsIn } from '../files/git-head.ts';
import type { World } from '../world.ts';
import { runGit } from './git.ts';
import { cloneAround } from './git-objects.ts';

export type CheckedOut =
  /** Without git, `parents` lacks those of a commit that lies in a pack. */
  | { readonly how: 'commit'; readonly sha: string; readonly parents: readonly string[] }
  /** No checkout, or one without a commit. */
  | { readonly how: 'none' }
  /** There is a checkout, and git does not tell; in words. */
  | { readonly how: 'unreadable'; readonly why: string };

type Here = Pick<World, 'cwd' | 'env'>;

/** Never throws. */
export async function checkedOut({ cwd, env }: Here): Promise<CheckedOut> {
  const clone = cloneAround({ cwd, env });
  if (clone === undefined && !env['GIT_DIR']) return { how: 'none' };
  try {
    return await byGit(clone ?? { cwd, env });
  } catch (error) {
    if (!isWithoutGit(error)) return unreadable(error);
    return byFiles(findGitFolder(cwd)?.git ?? resolve(cwd, env['GIT_DIR'] ?? ''));
  }
}

async function byGit(here: Here): Promise<CheckedOut> {
  const { code, stdout, stderr } = await runGit(here, ['--no-replace-objects', 'cat-file', '--batch'], {
    input: 'HEAD^{commit}\n',
  });
  const found = code === 0 ? readCommit(stdout) : undefined;
  if (found !== undefined) return found;
  // without a word there is no commit yet; of one that is damaged there is a word
  const [why] = stderr.split('\n').filter((line) => /^(fatal|error): /.test(line));
  return why === undefined || /not a git repository/.test(why)
    ? { how: 'none' }
    : { how: 'unreadable', why: why.replace(/^\w+: /, '') };
}

/** Where a runner has made the checkout, the image of the job often lacks the program. */
async function byFiles(git: string): Promise<CheckedOut> {
  try {
    const found = await headCommit(git);
    return found === undefined ? { how: 'none' } : { how: 'commit', ...found };
  } catch (error) {
    return unreadable(error);
  }
}

function isWithoutGit(error: unknown): boolean {
  return error instanceof Error && errorCode(error.cause) === 'ENOENT';
}

function unreadable(error: unknown): CheckedOut {
  return { how: 'unreadable', why: asPaceError(error).message };
}

/** `<hash> commit <size>`, and the object itself; a word instead where there is none. Git has compared it with its hash. */
function readCommit(answer: Buffer): CheckedOut | undefined {
  const end = answer.indexOf('\n');
  const [, sha] = /^([0-9a-f]{40,64}) commit \d+$/.exec(answer.toString('latin1', 0, end)) ?? [];
  if (sha === undefined) return undefined;
  return { how: 'commit', sha, parents: parentsIn(answer.toString('latin1', end + 1)) };
}
