/** The `git` program, for the embedded host and for finding out where a checkout comes from. https://git-scm.com/docs */
import { execFile } from 'node:child_process';
import { PaceError } from './errors.ts';
import type { World } from './world.ts';

/** What git prints, without the last line end. Throws a `PaceError` with git's own words when it fails. */
export function git(world: Pick<World, 'cwd' | 'env'>, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd: world.cwd,
      env: { ...world.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      maxBuffer: 1 << 26,
    };
    execFile('git', [...args], { ...options, timeout: 30_000 }, (error, stdout, stderr) => {
      if (error) reject(gitError(args, error, stderr));
      else resolve(stdout.replace(/\n$/, ''));
    });
  });
}

/** The same, or `undefined` when git is missing, this is no repository, or there is no answer. */
export async function gitOr(world: Pick<World, 'cwd' | 'env'>, args: readonly string[]): Promise<string | undefined> {
  try {
    return await git(world, args);
  } catch {
    return undefined;
  }
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
