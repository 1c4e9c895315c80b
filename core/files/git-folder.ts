/** What a checkout's `.git` tells without a program being started: where it begins, its branch, the remote's default branch. */
import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { READ_WITHOUT_WAITING } from './read-regular.ts';

export interface GitFolder {
  /** The checkout's root, absolute. */
  readonly root: string;
  /** The branch that is checked out; absent on a commit alone. */
  readonly branch?: string;
  /** It belongs to a checkout around it, whose commit says of which repository it is. */
  readonly isSubmodule?: true;
  /** Which branch `origin` calls its own, as far as the last clone or fetch tells. */
  readonly defaultBranch?: string;
}

/** `undefined` outside of a checkout. https://git-scm.com/docs/gitrepository-layout */
export function readGitFolder(cwd: string): GitFolder | undefined {
  const found = findGitFolder(cwd);
  return found && described(found.root, found.git);
}

/** The checkout's root, and where git keeps what is its own, both absolute. */
export function findGitFolder(cwd: string): { readonly root: string; readonly git: string } | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const git = gitFolderIn(folder);
    if (git !== undefined) return { root: folder, git };
    if (dirname(folder) === folder) return undefined;
  }
}

/** Where git keeps what all worktrees of a repository share. */
export function commonFolder(git: string): string {
  return resolve(git, textOf(join(git, 'commondir')) ?? '.');
}

/**
 * The root of the main worktree, which all worktrees of a repository share; of a bare repository with worktrees the folder that it lies
 * in where that is a checkout, else the repository itself. https://git-scm.com/docs/git-worktree
 */
export function mainRoot({ root, git }: { readonly root: string; readonly git: string }): string {
  const common = commonFolder(git);
  if (common === resolve(git)) return root;
  const beside = dirname(common);
  if (gitFolderIn(beside) === common) return beside;
  // a submodule's repository says where its files are
  const elsewhere = /^\s*worktree\s*=\s*(.+?)\s*$/m.exec(textOf(join(common, 'config')) ?? '')?.[1];
  return elsewhere === undefined ? common : resolve(common, elsewhere);
}

function described(root: string, git: string): GitFolder {
  const branch = referenceIn(join(git, 'HEAD'), 'refs/heads/');
  const defaultBranch = referenceIn(
    join(commonFolder(git), 'refs', 'remotes', 'origin', 'HEAD'),
    'refs/remotes/origin/',
  );
  // https://git-scm.com/docs/gitrepository-layout#Documentation/gitrepository-layout.txt-modules
  const isSubmodule = /[\\/]modules[\\/]/.test(git.slice(git.lastIndexOf('.git')));
  return {
    root,
    ...(isSubmodule ? { isSubmodule } : {}),
    ...(branch ? { branch } : {}),
    ...(defaultBranch ? { defaultBranch } : {}),
  };
}

/** A folder, or in another worktree a file that names it. */
function gitFolderIn(folder: string): string | undefined {
  const path = join(folder, '.git');
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return path;
  const target = stats?.isFile() ? /^gitdir: (.+)$/m.exec(textOf(path) ?? '')?.[1] : undefined;
  return target === undefined ? undefined : resolve(folder, target);
}

function referenceIn(path: string, prefix: string): string | undefined {
  const target = /^ref: (\S+)$/m.exec(textOf(path) ?? '')?.[1];
  const name = target?.startsWith(prefix) ? target.slice(prefix.length) : undefined;
  // where references are kept in tables, files say `.invalid`. https://git-scm.com/docs/reftable
  return name?.startsWith('.') ? undefined : name;
}

/** What is judged may have put a pipe there. */
function textOf(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, READ_WITHOUT_WAITING);
    return fstatSync(file).isFile() ? readFileSync(file, 'utf8').trim() : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
