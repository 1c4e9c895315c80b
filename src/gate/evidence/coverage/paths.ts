/** Makes the paths of reports comparable: one file has one name in all of them. */
import { statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { reportedPath } from '../files/workspace.ts';

/** The name of a file; `roots` are the folders that the report says its paths may begin in. */
export type PathOf = (path: string, roots?: readonly string[]) => string;

/**
 * Relative to the workspace where the file is below it, else as the tool wrote it, with `/`. A path relative to one of several
 * folders belongs to the first one that has it.
 */
export function pathsIn(cwd: string): PathOf {
  return (path, roots = []) => {
    const plain = reportedPath(path, cwd);
    if (isAbsolute(path) || roots.length === 0) return plain ?? slashed(path);
    const rooted = roots.map((root) => `${root}/${path}`);
    const below = [...rooted.map((candidate) => reportedPath(candidate, cwd)), plain];
    const there = below.find((candidate) => candidate !== undefined && isFile(join(cwd, candidate)));
    if (there !== undefined) return there;
    const [only, ...others] = rooted;
    if (only === undefined || others.length > 0) return plain ?? slashed(path);
    return below[0] ?? slashed(only);
  };
}

function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[a-z]:[\\/]|[a-z][a-z0-9+.-]*:\/)/i.test(path);
}

function slashed(path: string): string {
  return path === '' ? path : posix.normalize(path.replaceAll('\\', '/'));
}

/** A report may name anything: what cannot be looked at, as it is too long, is not there. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
