/** What a clone has beside the commit that is checked out, read from its objects: nothing is checked out, fetched or changed. */
import { type GitFolder, readGitFolder } from '../files/git-folder.ts';
import { parentsIn } from '../files/git-head.ts';
import type { World } from '../world.ts';
import { type GitAnswer, git, gitOr, runGit } from './git.ts';

/** The folder and the environment in which git is asked. */
export type Clone = Pick<World, 'cwd' | 'env'> & Omit<GitFolder, 'root'>;

/** Variables by which git looks at another repository than that of the folder. */
const ELSEWHERE = [
  'GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_NAMESPACE',
  'GIT_INDEX_FILE',
]; // biome-ignore format: a list

/** `undefined` outside of a clone. It is asked at its root: a folder below may hold what git takes for a repository. */
export function cloneAround({ cwd, env }: Pick<World, 'cwd' | 'env'>): Clone | undefined {
  const folder = readGitFolder(cwd);
  if (folder === undefined) return undefined;
  const { root, ...branches } = folder;
  const own = Object.entries(env).filter(([name]) => !ELSEWHERE.includes(name));
  // what stands in for objects (`git replace`) could name other parents and other files
  return { ...branches, cwd: root, env: { ...Object.fromEntries(own), GIT_NO_REPLACE_OBJECTS: '1' } };
}

/** The hash of a commit that the clone has. */
export async function commitNamed(clone: Clone, name: string): Promise<string | undefined> {
  return gitOr(clone, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
}

/** As its object tells them: a shallow clone hides parents from git's own lists. */
export async function parentsOf(clone: Clone, commit: string): Promise<string[]> {
  return parentsIn((await gitOr(clone, ['cat-file', 'commit', commit])) ?? '');
}

export interface Remote {
  readonly name: string;
  readonly url: string;
}

export async function remotesOf(clone: Clone): Promise<Remote[]> {
  const told = (await gitOr(clone, ['config', '-z', '--get-regexp', '^remote\\..*\\.url$'])) ?? '';
  return [...told.matchAll(/remote\.([^\n]+)\.url\n([^\0]*)\0/g)].map(([, name = '', url = '']) => ({ name, url }));
}

/** A name that git would not read as something else than the name of a branch. */
export function isBranchName(name: string): boolean {
  return name !== '' && !/^-|\.\.|@\{|\/\/|^\/|\/$|\.lock$|[\0-\x20~^:?*[\\\x7f]/.test(name);
}

export type FileInCommit =
  | { readonly how: 'found'; readonly bytes: Buffer }
  | { readonly how: 'absent' }
  /** The clone lacks it, or it is no file; in words. */
  | { readonly how: 'unreadable'; readonly why: string };

/** A file of a commit by its path from the root. Links within the commit are followed. */
export async function fileInCommit(
  clone: Clone,
  commit: string,
  path: string,
  maxBytes: number,
): Promise<FileInCommit> {
  if (path.includes('\n')) return { how: 'unreadable', why: 'its name has a line break' };
  const found = await runGit(clone, ['cat-file', '--batch-check', '--follow-symlinks'], {
    input: `${commit}:${path}\n`,
  });
  const [, oid = '', type, size] = /^([0-9a-f]{40,64}) (\w+) (\d+)\n/.exec(found.stdout.toString()) ?? [];
  if (oid === '') return absentOr(clone, commit, path, found);
  if (type !== 'blob') return { how: 'unreadable', why: 'it is not a file there' };
  if (Number(size) > maxBytes) return { how: 'unreadable', why: `it is larger than ${maxBytes} bytes` };
  const { code, stdout, stderr } = await runGit(clone, ['cat-file', 'blob', oid]);
  return code === 0 ? { how: 'found', bytes: stdout } : { how: 'unreadable', why: words(stderr) };
}

/** That an object cannot be had is not that there is none: a clone may lack some, and links may lead out. */
async function absentOr(clone: Clone, commit: string, path: string, found: GitAnswer): Promise<FileInCommit> {
  if (!/ missing\n$/.test(found.stdout.toString()))
    return { how: 'unreadable', why: words(found.stderr) || 'it is behind a link that leads nowhere' };
  const listed = await runGit(clone, ['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', commit, '--', path]);
  if (listed.code !== 0) return { how: 'unreadable', why: words(listed.stderr) };
  return listed.stdout.length === 0 ? { how: 'absent' } : { how: 'unreadable', why: 'the clone lacks it' };
}

function words(stderr: string): string {
  return (stderr.trim().split('\n')[0] ?? '').replace(/^fatal: /, '');
}

export interface TreeFile {
  /** `100644` and `100755` are plain files. */
  readonly mode: string;
  readonly oid: string;
}

/** Every file of a commit below a folder, by its path from the root. Throws a `PaceError` where the clone lacks some of it. */
export async function filesInCommit(
  clone: Clone,
  commit: string,
  paths: readonly string[],
): Promise<Map<string, TreeFile>> {
  const list = await git(clone, ['--literal-pathspecs', 'ls-tree', '-r', '-z', '--full-tree', commit, '--', ...paths]);
  const entries = list.split('\0').map((line) => /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line));
  return new Map(
    entries.flatMap((entry) => (entry ? [[entry[3] ?? '', { mode: entry[1] ?? '', oid: entry[2] ?? '' }]] : [])),
  );
}

/** The links that the checkout has, by their path from the root. Throws a `PaceError` when git cannot tell. */
export async function trackedLinks(clone: Clone): Promise<string[]> {
  const list = await git(clone, ['ls-files', '-s', '-z']);
  return list.split('\0').flatMap((line) => /^120000 [0-9a-f]+ \d\t(.*)$/s.exec(line)?.[1] ?? []);
}

/** The files that git tracks in the checkout, of these patterns. Throws a `PaceError` when git cannot tell. */
export async function trackedFiles(clone: Clone, patterns: readonly string[]): Promise<string[]> {
  return (await git(clone, ['ls-files', '-z', '--', ...patterns])).split('\0').filter(Boolean);
}
