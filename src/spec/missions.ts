/** The missions of a project of Spec Kitty: folders below `kitty-specs`. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

export const MISSIONS = 'kitty-specs';
const MOST_NAMED = 20;

/** The folder of the mission, by its whole name, or by what stands before the id or behind the number: `owl-log`. Throws. */
export async function missionFolder(workspace: string, name: string): Promise<string> {
  const all = await missionsIn(workspace);
  const found = all.includes(name) ? [name] : all.filter((folder) => slugOf(folder) === name);
  if (found.length === 1) return `${MISSIONS}/${found[0]}`;
  const shown = (found.length > 1 ? found : all).slice(0, MOST_NAMED).join(', ');
  throw new PaceError({
    kind: found.length > 1 ? 'validation' : 'not-found',
    message:
      found.length > 1
        ? `“${plainLine(name, 100)}” means several missions: ${shown}.`
        : `There is no mission “${plainLine(name, 100)}” below ${MISSIONS}.${shown ? ` There are: ${shown}.` : ''}`,
    remedy:
      found.length > 1 ? 'Please give the whole name.' : 'Please create it with Spec Kitty first, or use --out FILE.',
  });
}

/** The mission that is named; where none is, the only one. Throws. */
export async function onlyMission(workspace: string, name: string | undefined): Promise<string> {
  if (name !== undefined) return missionFolder(workspace, name);
  const all = await missionsIn(workspace);
  const [only, another] = all;
  if (only !== undefined && another === undefined) return `${MISSIONS}/${only}`;
  throw new PaceError({
    kind: only === undefined ? 'not-found' : 'configuration',
    message:
      only === undefined
        ? `There is no mission below ${MISSIONS}.`
        : `There are several missions: ${all.slice(0, MOST_NAMED).join(', ')}.`,
    remedy: only === undefined ? 'Please create one with Spec Kitty first.' : 'Please name one with --mission SLUG.',
  });
}

async function missionsIn(workspace: string): Promise<string[]> {
  const entries = await readdir(join(workspace, MISSIONS), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** `owl-log` of `owl-log-01M8N6R9` and of `007-owl-log`. */
function slugOf(folder: string): string {
  return folder.replace(/^\d{3}-/, '').replace(/-[0-9A-HJKMNP-TV-Z]{8}$/, '');
}
