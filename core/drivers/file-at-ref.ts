/** A file at a branch or a commit, on hosts that first tell where a branch stands. */
import { asPaceError } from '../errors.ts';
import type { FileAtRef } from '../ports/index.ts';
import { unlessMissing } from './unless.ts';
import { isSha } from './workflow-event.ts';

export interface FileQuestions {
  /** The commit at the tip of a branch. Throws with status 404 when there is no such branch. */
  tipOf(branch: string): Promise<string>;
  /** The text of the file. Throws with status 404 when there is no such file, or no such ref. */
  textOf(path: string, ref: string): Promise<string>;
}

/**
 * By the commit of the branch, as a tag may have the branch's name. A branch that is shown proves that a file which is not
 * shown is not there: without it, 404 may as well be a missing permission, and is thrown.
 */
export async function fileAtRef(path: string, ref: string, { tipOf, textOf }: FileQuestions): Promise<FileAtRef> {
  const tip = isSha(ref) ? undefined : await unlessMissing(() => tipOf(ref));
  try {
    return { sha: tip ?? (isSha(ref) ? ref : ''), text: await textOf(path, tip ?? ref) };
  } catch (error) {
    if (tip === undefined || asPaceError(error).status !== 404) throw error;
    return { sha: tip };
  }
}

/** A path in the path of an address. */
export function encodedPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
