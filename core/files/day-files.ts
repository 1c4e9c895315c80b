/** The files of PACE's agents in a day's folder, under both styles of name. All text in them is untrusted. */

import { join } from 'node:path';
import { parse } from 'yaml';
import { isRecord } from '../record.ts';
import { readFromWorkspace } from './workspace-path.ts';

const NAMES = {
  story: ['story.md', 'story-card.yaml', 'story.yaml', 'story-card.md'],
  handoff: ['handoff.md', 'handoff.yaml'],
  gate: ['gate.md', 'gate-report.yaml', 'gate.yaml', 'gate-report.md'],
  sentinel: ['sentinel.md', 'sentinel-report.yaml', 'sentinel.yaml', 'sentinel-report.md'],
  conduit: ['conduit.md', 'conduit-report.yaml', 'conduit.yaml', 'conduit-report.md'],
} as const;

export type DayFile = keyof typeof NAMES;

/** Larger ones are nothing that an agent wrote for people. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The file's text, or `undefined` when no file of its names can be read. `dayDir` is `.pace/day-N` of a workspace: a link that
 * leads out of that workspace is not followed, for what is read here is shown to everybody.
 */
export async function readDayFile(dayDir: string, file: DayFile): Promise<string | undefined> {
  for (const name of NAMES[file]) {
    const text = await readFromWorkspace(join(dayDir, '..', '..'), join(dayDir, name), MAX_BYTES);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The file as a map; `{}` when it is missing, no YAML, or no map. */
export async function readDayMap(dayDir: string, file: DayFile): Promise<Readonly<Record<string, unknown>>> {
  return mapOf(await readDayFile(dayDir, file));
}

/** The same of a text. */
export function mapOf(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  try {
    const value: unknown = parse(text, { maxAliasCount: 100 });
    return isRecord(value) ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The entry as text, or `undefined`. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The entry as a list of texts: strings as they are, maps by their first telling member. */
export function listOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (typeof item === 'string') return [item];
    if (!isRecord(item)) return [];
    const map = item as Record<string, unknown>;
    return textOf(map['criterion'] ?? map['finding'] ?? map['title'] ?? map['description'] ?? map['check']) ?? [];
  });
}
