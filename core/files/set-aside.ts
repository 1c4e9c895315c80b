/** The one place that keeps files which cannot be used: beside them, as `<name>.unreadable-<n>`. */
import { constants, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { errorCode, fileError } from '../errors.ts';

/**
 * Keeps the file byte for byte, or the part of it that cannot be used, and gives the path of what was kept. The file itself
 * stays, to be written anew. `undefined` when there is no such file any more. Throws a `PaceError` when it cannot be kept.
 */
export function keepAside(path: string, part?: string): string | undefined {
  for (let n = 1; ; n += 1) {
    const kept = `${path}.unreadable-${n}`;
    try {
      if (part === undefined) copyFileSync(path, kept, constants.COPYFILE_EXCL);
      else writeFileSync(kept, part, { flag: 'wx', flush: true });
      return kept;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      if (errorCode(error) !== 'EEXIST') throw fileError(error, 'write', kept);
    }
  }
}

/** The same with the whole file, and it is gone from its place. */
export function setAside(path: string): string | undefined {
  const kept = keepAside(path);
  rmSync(path, { force: true });
  return kept;
}
