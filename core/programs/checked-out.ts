/**
 * The commit that is checked out, and the commits that it was made from, as its object tells: clones are shallow, and lists of
 * git's own leave out parents then. https://git-scm.com/docs/git-cat-file
 */
import { createHash } from 'node:crypto';
import { asPaceError } from '../errors.ts';
import { type GitFolder, readGitFolder } from '../files/git-folder.ts';
import type { World } from '../world.ts';
import { runGit } from './git.ts';

export type CheckedOut =
  | { readonly how: 'commit'; readonly sha: string; readonly parents: readonly string[] }
  /** No checkout, or one without a commit. */
  | { readonly how: 'none' }
  /** There is a checkout, and git does not tell; in words. */
  | { readonly how: 'unreadable'; readonly why: string };

type Here = Pick<World, 'cwd' | 'env'>;

/** Never throws. */
export async function checkedOut({ cwd, env }: Here): Promise<CheckedOut> {
  const folder = readGitFolder(cwd);
  if (folder === undefined && !env['GIT_DIR']) return { how: 'none' };
  try {
    const { code, stdout, stderr } = await runGit(ofFolder(folder, { cwd, env }), QUESTION, {
      input: 'HEAD^{commit}\n',
    });
    if (code === 0) return readCommit(stdout);
    return /not a git repository/.test(stderr) ? { how: 'none' } : { how: 'unreadable', why: firstLine(stderr) };
  } catch (error) {
    return { how: 'unreadable', why: asPaceError(error).message };
  }
}

/** What stands in for objects could name other parents. */
const QUESTION = ['--no-replace-objects', 'cat-file', '--batch'];

/** Variables by which git looks at another repository than that of the folder. */
const ELSEWHERE = [
  'GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_NAMESPACE',
]; // biome-ignore format: a list

/** At the root, as a folder below it may hold what git takes for a repository. */
function ofFolder(folder: GitFolder | undefined, here: Here): Here {
  if (folder === undefined) return here;
  const env = Object.fromEntries(Object.entries(here.env).filter(([name]) => !ELSEWHERE.includes(name)));
  return { cwd: folder.root, env };
}

/** `<hash> commit <size>`, and the object itself. */
function readCommit(answer: Buffer): CheckedOut {
  const end = answer.indexOf('\n');
  const [, sha = '', size = ''] = /^([0-9a-f]{40,64}) commit (\d+)$/.exec(answer.toString('latin1', 0, end)) ?? [];
  if (sha === '') return { how: 'none' };
  const object = answer.subarray(end + 1, end + 1 + Number(size));
  // git itself does not look whether an object is what its name says
  if (hashOf(object, sha.length) !== sha)
    return { how: 'unreadable', why: `the object of ${sha} is not what it should be` };
  return { how: 'commit', sha, parents: parentsIn(object.toString('latin1')) };
}

function hashOf(object: Buffer, length: number): string {
  return createHash(length === 40 ? 'sha1' : 'sha256')
    .update(`commit ${object.length}\0`)
    .update(object)
    .digest('hex');
}

/** They stand right behind the tree; a line further below that looks like one is somebody's words. */
function parentsIn(object: string): string[] {
  const [, lines = ''] = /^tree [0-9a-f]+\n((?:parent [0-9a-f]+\n)*)/.exec(object) ?? [];
  return [...lines.matchAll(/[0-9a-f]{40,}/g)].map(([parent]) => parent);
}

function firstLine(words: string): string {
  return (
    words
      .trim()
      .split('\n')[0]
      ?.replace(/^fatal: /, '') ?? ''
  );
}
