/** The folder of a mission, and what `meta.json` says. Pure. */
import { isRecord } from '../record.ts';

export interface Mission {
  readonly slug: string;
  readonly id?: string;
  readonly number?: number;
  readonly type?: string;
  readonly title?: string;
  readonly targetBranch?: string;
  /** Where the lanes are kept, when not in the tree that is checked out. */
  readonly coordinationBranch?: string;
}

/** `owl-call-log-01M8N6R9`, and the older `012-owl-call-log`. */
export function isMissionName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) && !name.includes('..');
}

/** The folder that a path leads into: `kitty-specs/NAME` of whatever is below it. */
export function missionFolderOf(path: string): string | undefined {
  const [, folder] = /^((?:[^/]+\/)*?kitty-specs\/[^/]+)(?:\/|$)/.exec(path) ?? [];
  return folder !== undefined && isMissionName(folder.split('/').at(-1) ?? '') ? folder : undefined;
}

/** `undefined` for what is not a JSON object. Keys that are not known are nobody's business here. */
export function readMission(folder: string, text: string): Mission | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { mission_number: number, topology, coordination_branch: branch } = value;
  const slug = textOf(value['mission_slug']) ?? textOf(value['slug']) ?? '';
  const isCoordinated = topology === 'coord' || topology === 'lanes_with_coord';
  const [id, type, title] = [
    textOf(value['mission_id']),
    textOf(value['mission_type']),
    textOf(value['friendly_name']),
  ];
  const targetBranch = textOf(value['target_branch']);
  return {
    slug: isMissionName(slug) ? slug : (folder.split('/').at(-1) ?? ''),
    ...(id !== undefined && { id }),
    ...numberOf(number),
    ...(type !== undefined && { type }),
    ...(title !== undefined && { title }),
    ...(targetBranch !== undefined && { targetBranch }),
    ...(isCoordinated && typeof branch === 'string' && branch !== '' && { coordinationBranch: branch }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function numberOf(value: unknown): { readonly number?: number } {
  const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? { number } : {};
}

/** The texts of subtasks in `tasks.md`: `- [ ] T001 Write the call (WP01)`. */
export function subtaskTexts(tasks: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of tasks.split(/\r\n|\n|\r/)) {
    const [, id, words] = /^\s*[-*] \[[ xX]\] (T\d{3,})\b[ :]*(.*)$/.exec(line) ?? [];
    if (id !== undefined && words !== undefined && !found.has(id))
      found.set(
        id,
        words
          .trimEnd()
          .replace(/\(WP\d+\)$/, '')
          .trimEnd(),
      );
  }
  return found;
}
