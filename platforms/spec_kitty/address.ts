/** Which folder is a mission, and which files belong to it. */
import { readdir, stat } from 'node:fs/promises';
import { errorCode, fileError, PaceError } from '../../core/errors.ts';
import { relativePath, workspacePath } from '../../core/files/workspace-path.ts';
import { isMissionName, missionFolderOf } from '../../core/spec-kitty/mission.ts';
import { WORK_PACKAGE_NAME } from '../../core/spec-kitty/work-package.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

export const SPECS = 'kitty-specs';
/** A folder with more is none of work packages. */
const MOST_FILES = 1000;

/** The folder of the mission that the path leads into; `undefined` where there is none. */
export async function opensPath(workspace: string, path: string): Promise<string | undefined> {
  const folder = missionFolderOf(path);
  if (folder === undefined) return undefined;
  const isThere = (await kindOf(workspace, `${folder}/meta.json`)) ?? (await kindOf(workspace, `${folder}/tasks`));
  return isThere === undefined ? undefined : folder;
}

/** The folder of the mission that is named, or of the only one. */
export async function missionFolder(workspace: string, mission: string | undefined): Promise<string> {
  if (mission === undefined || mission === SPECS) return onlyMission(workspace);
  const clean = relativePath(mission).replace(/\/$/, '');
  const folder = missionFolderOf(clean) ?? (isMissionName(clean) ? `${SPECS}/${clean}` : clean);
  if ((await kindOf(workspace, folder)) === 'folder') return folder;
  throw noMission(`There is no mission ${plainLine(mission, 200)}.`, await missions(workspace));
}

async function onlyMission(workspace: string): Promise<string> {
  const names = await missions(workspace);
  const [only] = names;
  if (only !== undefined && names.length === 1) return `${SPECS}/${only}`;
  throw noMission(names.length === 0 ? `There is no mission in ${SPECS}.` : 'There are several missions.', names);
}

function noMission(message: string, names: readonly string[]): PaceError {
  const known = names.slice(0, 10).map((name) => plainLine(`${SPECS}/${name}`, 200));
  return new PaceError({
    kind: 'configuration',
    message,
    remedy:
      known.length > 0
        ? `Please name one, as \`mission\` or with --backend: ${known.join(', ')}.`
        : 'Please look where the missions of Spec Kitty are: a folder `kitty-specs` has a folder for each of them.',
  });
}

async function missions(workspace: string): Promise<string[]> {
  return (await entriesOf(workspace, SPECS))
    .filter((entry) => entry.isDirectory() && isMissionName(entry.name))
    .map(({ name }) => name);
}

/** Those of the folder `tasks`, in the order of their numbers. */
export async function workPackagePaths(workspace: string, folder: string): Promise<string[]> {
  const names = (await entriesOf(workspace, `${folder}/tasks`))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  return names
    .filter((name) => WORK_PACKAGE_NAME.test(name))
    .sort((one, other) => Number(/\d+/.exec(one)) - Number(/\d+/.exec(other)) || (one < other ? -1 : 1))
    .slice(0, MOST_FILES)
    .map((name) => `${folder}/tasks/${name}`);
}

async function entriesOf(workspace: string, folder: string) {
  try {
    return await readdir(await workspacePath(workspace, folder), { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw errorCode(error) === undefined ? error : fileError(error, 'read', folder);
  }
}

export async function kindOf(workspace: string, path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(await workspacePath(workspace, path))).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw errorCode(error) === undefined ? error : fileError(error, 'read', path);
  }
}

function isMissing(error: unknown): boolean {
  return errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';
}
