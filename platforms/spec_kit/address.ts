/** Which files belong to a feature of Spec Kit, and which paths are one at all. */
import { stat } from 'node:fs/promises';
import { errorCode, fileError } from '../../core/errors.ts';
import { relativePath, workspacePath } from '../../core/files/workspace-path.ts';

/** `specs/001-name`, or the file in it. */
const FEATURE = /(?:^|\/)specs\/[^/]+(?:\/tasks\.md)?$/;

/** The path of its tasks. */
export function tasksPath(path: string): string {
  const clean = relativePath(path).replace(/\/$/, '');
  return /\.(?:md|markdown)$/i.test(clean) ? clean : `${clean}/tasks.md`;
}

/** Those that are there. */
export async function filesOf(workspace: string, path: string): Promise<string[]> {
  const tasks = tasksPath(path);
  const both = [tasks, tasks.replace(/[^/]*$/, 'spec.md')];
  const there = await Promise.all(both.map((file) => exists(workspace, file)));
  return both.filter((_, at) => there[at]);
}

/** Whether a path is a feature of Spec Kit: a folder below `specs/` with its files, or its `tasks.md`. */
export async function opensPath(workspace: string, path: string): Promise<boolean> {
  return FEATURE.test(relativePath(path).replace(/\/$/, '')) && (await filesOf(workspace, path)).length > 0;
}

async function exists(workspace: string, path: string): Promise<boolean> {
  try {
    return (await stat(await workspacePath(workspace, path))).isFile();
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw code === undefined ? error : fileError(error, 'read', path);
  }
}
