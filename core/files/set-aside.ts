import { constants, copyFileSync, rmSync } from 'node:fs';
import { fileError, fileErrorCode } from '../errors.ts';

/**
 * Keeps a file that cannot be used as `<name>.unreadable-<n>` beside it, byte for byte, and gives that path. The file itself
 * stays, to be written anew. `undefined` when there is no such file any more. Throws a `PaceError` when it cannot be kept.
 */
export function keepAside(path: string): string | undefined {
  for (let n = 1; ; n += 1) {
    const kept = `${path}.unreadable-${n}`;
    try {
      copyFileSync(path, kept, constants.COPYFILE_EXCL);
      return kept;
    } catch (error) {
      if (fileErrorCode(error) === 'ENOENT') return undefined;
      if (fileErrorCode(error) !== 'EEXIST') throw fileError(error, 'write', kept);
    }
  }
}

/** The same, and the file is gone from its place. */
export function setAside(path: string): string | undefined {
  const kept = keepAside(path);
  rmSync(path, { force: true });
  return kept;
}
