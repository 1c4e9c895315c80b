/** A file system's error in our words. https://nodejs.org/api/errors.html#common-system-errors */
import { PaceError } from './errors.ts';

export function fileError(error: unknown, deed: 'read' | 'write', path: string): PaceError {
  const { kind, remedy } = remedyFor(errorCode(error), deed, path);
  const reason = error instanceof Error ? error.message : String(error);
  return new PaceError({ kind, message: `Cannot ${deed} ${path}: ${reason}`, remedy, cause: error });
}

/** `ENOENT` and the like; `''` when the error is not the system's. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function remedyFor(code: string, deed: string, path: string): Pick<PaceError, 'kind' | 'remedy'> {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { kind: 'permission', remedy: `Please allow the user that runs PACE to ${deed} ${path} and its folder.` };
    case 'ENOSPC':
    case 'EDQUOT':
      return { kind: 'transient', remedy: 'Please free some space on the disk, then run PACE again.' };
    case 'EISDIR':
    case 'EEXIST':
    case 'ENOTDIR':
      return { kind: 'configuration', remedy: `Please move away what stands in the place of ${path}.` };
    default:
      return { kind: 'unexpected', remedy: `Please check that ${path} can be used by the user that runs PACE.` };
  }
}
