/** The `git` program, for the embedded host and for finding out where a checkout comes from. https://git-scm.com/docs */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PaceError } from '../errors.ts';
import { commonFolder, findGitFolder } from '../files/git-folder.ts';
import { gitPlace } from '../files/git-place.ts';
import type { World } from '../world.ts';

export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  /** git's own words, without credentials in addresses. */
  readonly stderr: string;
}

export interface GitOptions {
  readonly input?: string | Buffer;
  /** Beside the world's own variables. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Runs git to its end, whatever that is. Throws a `PaceError` only when there is no git, when it takes too long, or
 * where a folder only looks like a repository. */
export function runGit(
  world: Pick<World, 'cwd' | 'env'>,
  args: readonly string[],
  { input, env = {}, timeoutMs = 30_000 }: GitOptions = {},
): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd: world.cwd,
      env: { ...world.env, ...gitPlace(world), ...env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      maxBuffer: 1 << 28,
      encoding: 'buffer',
      timeout: timeoutMs,
    } as const;
    const child = execFile('git', [...args], options, (error, stdout, stderr) => {
      const words = withoutCredentials(stderr.toString());
      if (error === null) resolve({ code: 0, stdout, stderr: words });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr: words });
      else reject(gitError(args, error, error.killed ? `still running after ${timeoutMs / 1000} s` : words));
    });
    // git may end before it has read everything; its exit code says why
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

/** What git prints, without the last line end. Throws a `PaceError` with git's own words when it fails. */
export async function git(world: Pick<World, 'cwd' | 'env'>, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runGit(world, args);
  if (code !== 0) throw gitError(args, new Error(`exit code ${code}`), stderr);
  return stdout.toString().replace(/\n$/, '');
}

function withoutCredentials(words: string): string {
  return words.replace(/(\w:\/\/)[^\s/@]*@/g, '$1');
}

/** The same, or `undefined` when git is missing, this is not a repository, or there is no answer. */
export async function gitOr(world: Pick<World, 'cwd' | 'env'>, args: readonly string[]): Promise<string | undefined> {
  try {
    return await git(world, args);
  } catch {
    return undefined;
  }
}

/**
 * The address of the remote that a checkout comes from: `origin`, else its only one, else `upstream`. Git is not asked where there is
 * no repository at all, or one whose configuration names no remote: starting a program takes longer than reading a file.
 */
export async function originOr(world: Pick<World, 'cwd' | 'env'>): Promise<string | undefined> {
  const config = world.env['GIT_DIR'] ? undefined : await repositoryConfig(world.cwd);
  if (config !== undefined && !/^\s*\[\s*(remote|include)/im.test(config)) return undefined;
  const origin = await gitOr(world, ['remote', 'get-url', 'origin']);
  if (origin) return origin;
  const listed = await gitOr(world, ['remote']);
  const written = remotesIn(config ?? '');
  // images of jobs often have no git
  if (listed === undefined) return written.get(chosenRemote([...written.keys()]) ?? '');
  const name = chosenRemote(listed.split('\n').filter(Boolean));
  return name === undefined ? undefined : gitOr(world, ['remote', 'get-url', name]);
}

function chosenRemote(names: readonly string[]): string | undefined {
  if (names.includes('origin')) return 'origin';
  if (names.length === 1) return names[0];
  return names.includes('upstream') ? 'upstream' : undefined;
}

/** Their addresses as they are written. https://git-scm.com/docs/git-config#_syntax */
function remotesIn(config: string): Map<string, string> {
  const sections = config.matchAll(/^\s*\[remote "([^"\n]+)"\]([^[]*(?:\[(?!\w+[\s"\]])[^[]*)*)/gim);
  return new Map(
    Array.from(sections, ([, name = '', lines = '']) => [name, addressIn(lines)] as const).filter(([, url]) => url),
  );
}

function addressIn(lines: string): string {
  return /^\s*url\s*=\s*"?([^"\n]*?)"?\s*$/im.exec(lines)?.[1] ?? '';
}

/** The text of the configuration; `''` without a repository, `undefined` where only git can tell. */
async function repositoryConfig(cwd: string): Promise<string | undefined> {
  const found = findGitFolder(cwd);
  return found ? readFile(join(commonFolder(found.git), 'config'), 'utf8').catch(() => undefined) : '';
}

function gitError(args: readonly string[], error: Error & { code?: unknown }, stderr: string): PaceError {
  if (error.code === 'ENOENT') {
    return new PaceError({
      kind: 'configuration',
      message: 'The program `git` was not found.',
      remedy: 'Please install git on the runner, or pass the commit with --sha.',
      cause: error,
    });
  }
  const words = stderr.trim().split('\n')[0] ?? '';
  const remedy = /not a git repository/.test(words)
    ? 'Please run PACE inside a git checkout, or pass the commit with --sha.'
    : 'Please run the same git command by hand to see what is wrong.';
  return new PaceError({
    kind: 'unexpected',
    message: `git ${args[0]} failed: ${words}`,
    remedy,
    cause: error,
  });
}
