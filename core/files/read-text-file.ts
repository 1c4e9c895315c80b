import { readFileSync } from 'node:fs';
import { errorCode, fileError } from '../errors.ts';

/** The text of a small file of PACE's own; `undefined` when there is no such file. Throws a `PaceError` when it cannot be read. */
export function readTextFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw fileError(error, 'read', path);
  }
}
