/** Which paths are Markdown epics. */
import { readdir } from 'node:fs/promises';
import { isMarkdown, kindOf } from '../../core/epics/epic-files.ts';
import { isEpicName } from '../../core/epics/read-epics.ts';
import { workspacePath } from '../../core/files/workspace-path.ts';

export { filesOf, placeAt } from '../../core/epics/epic-files.ts';

/** Files of tasks that others keep, in folders of their own names. */
const OTHERS = /(?:^|\/)kitty-specs\/|(?:^|\/)specs\/[^/]+\/tasks\.md$/;

/** Whether a path is one of Markdown epics: a file of Markdown, there or not, or a folder that `EPIC.md` leads. */
export async function opensPath(workspace: string, path: string): Promise<boolean> {
  if (OTHERS.test(path)) return false;
  const kind = await kindOf(workspace, path);
  if (kind !== 'folder') return isMarkdown(path);
  const names = await readdir(await workspacePath(workspace, path));
  return names.some(isEpicName);
}
