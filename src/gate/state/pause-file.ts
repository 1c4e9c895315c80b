/** `pause.yaml`: a person has paused a gate, on all its branches. Written by `pace pause`, removed by `pace resume`. */
import { gateFolder } from '../../../core/adapters/state-folder.ts';
import type { Kept } from '../../../core/kept.ts';
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
export async function readPause(kept: Kept, gate: string): Promise<PersonsPause | undefined> {
  const text = textOf(kept, pausePath(gate));
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

export async function writePause(kept: Kept, gate: string, pause: PersonsPause): Promise<void> {
  kept.write(pausePath(gate), yamlText(pause));
}

/** `false` when there was none. */
export async function removePause(kept: Kept, gate: string): Promise<boolean> {
  return kept.remove(pausePath(gate));
}

function pausePath(gate: string): string {
  return [gateFolder(gate), 'pause.yaml'].filter(Boolean).join('/');
}

/** One that is there and cannot be read is as good as a damaged one. */
function textOf(kept: Kept, path: string): string | undefined {
  try {
    const bytes = kept.readStanding(path);
    return bytes && (bytes.length > MAX_BYTES ? '' : bytes.toString('utf8'));
  } catch {
    return '';
  }
}
