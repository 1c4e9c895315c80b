/** Small text files that people and other programs read while we write them. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, posix } from 'node:path';
import { PaceError } from '../errors.ts';

/** Writes the file whole or not at all, and makes its folder. A reader sees the old text or the new one. */
export function writeAtomically(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeBeside(path, text);
  } catch (error) {
    throw fileError(error, 'write', path);
  }
}

function writeBeside(path: string, text: string): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** `undefined` when there is no such file. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw fileError(error, 'read', path);
  }
}

/** The path, in its shortest form with `/`; refused when it leads out of the workspace. */
export function insideWorkspace(path: string): string {
  const normal = posix.normalize(path.replaceAll('\\', '/'));
  if (!isAbsolute(normal) && !isAbsolute(path) && normal !== '.' && !normal.startsWith('..')) return normal;
  throw new PaceError({
    kind: 'validation',
    message: `${JSON.stringify(path.slice(0, 200))} is not a path below the workspace.`,
    remedy: 'Please give a relative path without `..`.',
  });
}

/** A file system's error in our words. */
export function fileError(error: unknown, deed: 'read' | 'write', path: string): PaceError {
  const { kind, remedy } = remedyFor(codeOf(error), deed, path);
  const reason = error instanceof Error ? error.message : String(error);
  return new PaceError({ kind, message: `Cannot ${deed} ${path}: ${reason}`, remedy, cause: error });
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

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
