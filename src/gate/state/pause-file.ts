/** `pause.yaml`: a person has paused a gate, on all its branches. Written by `pace pause`, removed by `pace resume`. */
import { lstat, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gateFolder } from '../../../core/adapters/state-folder.ts';
import { errorCode, fileError } from '../../../core/errors.ts';
import { writeWhole } from '../../../core/files/write-whole.ts';
import { isRecord } from '../../../core/record.ts';
import { dateAndTime } from '../../plan/calendar.ts';
import { parsedYaml, yamlText } from './kept-yaml.ts';

export interface PersonsPause {
  readonly reason: string;
  /** Who paused. */
  readonly by: string;
  /** When, in ISO 8601. */
  readonly since: string;
  /** When it ends by itself, in ISO 8601; absent when only `pace resume` ends it. */
  readonly until?: string;
}

/** Its end as people read it, e.g. `2026-12-28 00:00 (Europe/Berlin)`; `''` where it has none. */
export function shownEnd({ until }: PersonsPause, timeZone: string): string {
  return until === undefined ? '' : `${dateAndTime(Date.parse(until), timeZone)} (${timeZone})`;
}

/** Far more than a reason needs. */
const MAX_BYTES = 64 * 1024;

/** `undefined` when nobody has paused. A file that cannot be understood pauses: somebody has meant something by it. */
export async function readPause(root: string, gate: string): Promise<PersonsPause | undefined> {
  const text = await textOf(pausePath(root, gate));
  if (text === undefined) return undefined;
  const data = parsedYaml(text);
  if (!isRecord(data)) return { reason: 'pause.yaml cannot be read', by: 'somebody', since: '' };
  const word = (key: string, otherwise: string) => (typeof data[key] === 'string' ? data[key] : otherwise);
  const until = word('until', '');
  const known = { reason: word('reason', 'no reason is given'), by: word('by', 'somebody'), since: word('since', '') };
  return Number.isNaN(Date.parse(until)) ? known : { ...known, until };
}

/** The pause, unless it has ended by itself. Pure. */
export function pauseInForce(pause: PersonsPause | undefined, now: number): PersonsPause | undefined {
  return pause?.until !== undefined && Date.parse(pause.until) <= now ? undefined : pause;
}

export function writePause(root: string, gate: string, pause: PersonsPause): Promise<void> {
  return writeWhole(pausePath(root, gate), yamlText(pause));
}

/** `false` when there was none. */
export async function removePause(root: string, gate: string): Promise<boolean> {
  const path = pausePath(root, gate);
  if ((await textOf(path)) === undefined) return false;
  await unlink(path).catch((error: unknown) => {
    throw fileError(error, 'remove', path);
  });
  return true;
}

function pausePath(root: string, gate: string): string {
  return join(root, gateFolder(gate), 'pause.yaml');
}

/** One that is there and cannot be read is as good as a damaged one; so is a link, which may lead anywhere. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    const found = await lstat(path);
    return !found.isFile() || found.size > MAX_BYTES ? '' : await readFile(path, 'utf8');
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(errorCode(error)) ? undefined : '';
  }
}
