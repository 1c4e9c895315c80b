/** Which paths belong to the workspace. Paths in results are relative to it, with `/`. */
import { realpath } from 'node:fs/promises';
import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path below the workspace, or `undefined` when it is not below it. Looks at the words only, not at the disk. */
export function pathBelow(path: string, cwd: string): string | undefined {
  const below = relative(cwd, resolve(cwd, path));
  if (below === '' || below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) return undefined;
  return below.split(sep).join('/');
}

/** The same for a path that a tool wrote on whatever system: `\` counts as `/`, and `file:` addresses are understood. */
export function reportedPath(path: string, cwd: string): string | undefined {
  if (path === '' || path.includes('\0')) return undefined;
  if (/^file:/i.test(path)) return pathOfUrl(path, cwd);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path) || (sep === '/' && /^[a-z]:[\\/]/i.test(path))) return undefined;
  const normal = posix.normalize(path.replaceAll('\\', '/'));
  // most paths stay below whatever folder they are read from, and to resolve one takes longer than all else that is done with it
  const isPlain = sep === '/' && /^[^./]/.test(normal) && !normal.endsWith('/');
  return isPlain ? normal : pathBelow(normal, cwd);
}

/** Whether the real path, all links followed, is the workspace or below it. */
export async function staysInside(path: string, cwd: string): Promise<boolean> {
  const [real, root] = await Promise.all([realpath(path), realpath(cwd)]);
  return real === root || pathBelow(real, root) !== undefined;
}

function pathOfUrl(url: string, cwd: string): string | undefined {
  try {
    return pathBelow(fileURLToPath(url), cwd);
  } catch {
    return undefined;
  }
}
