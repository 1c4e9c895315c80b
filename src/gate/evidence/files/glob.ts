/** The search behind a pattern: below the workspace, and never through a link out of it. */
import { realpath as nativeRealpath, statSync } from 'node:fs';
import picomatch from 'picomatch';
import { type FileSystemAdapter, glob } from 'tinyglobby';
import { defined } from '../../../../core/defined.ts';
import { pathBelow, staysInside } from './workspace.ts';

export interface Globbing {
  readonly cwd: string;
  readonly ignored: readonly string[];
  readonly leftOut: string[];
  readonly signal?: AbortSignal;
}

/** With links that lead nowhere, for they are reports that were meant to be there. */
export async function matches(pattern: string, { cwd, ignored, leftOut, signal }: Globbing): Promise<string[]> {
  const dangling: string[] = [];
  const ignore = [...ignored, ...(pattern.includes('node_modules') ? [] : ['**/node_modules/**'])];
  const found = await glob(pattern, {
    cwd,
    expandDirectories: false,
    ignore,
    fs: fencedFs(cwd, leftOut, dangling),
    ...defined({ signal }),
  });
  // a search that was stopped gives what it had found so far, which must not pass for all there is
  signal?.throwIfAborted();
  if (dangling.length === 0) return found;
  const isMeant = picomatch(pattern, { ignore, dot: false });
  return [...found, ...dangling.filter((path) => isMeant(path))];
}

/** Never lets a search wander into a folder that is a link out of the workspace: that may be the whole disk. */
function fencedFs(cwd: string, leftOut: string[], dangling: string[]): FileSystemAdapter {
  function fenced(path: string, done: (error: NodeJS.ErrnoException | null, real: string) => void): void {
    nativeRealpath(path, (error, real) => {
      const shown = pathBelow(path, cwd) ?? path;
      if (error !== null) {
        dangling.push(shown);
        return done(error, '');
      }
      staysInside(real, cwd).then(
        (inside) => {
          if (inside || !statSync(real, { throwIfNoEntry: false })?.isDirectory()) return done(null, real);
          leftOut.push(shown);
          done(new Error(linkOut(shown)), '');
        },
        (reason) => done(reason, ''),
      );
    });
  }
  return { realpath: Object.assign(fenced, { native: nativeRealpath.native }) as typeof nativeRealpath };
}

/** What is said of such a link. */
export function linkOut(path: string): string {
  return `\`${path}\` is a link out of the workspace, so it is not read. Copy the file into the workspace.`;
}
