/** What the epics of some files consist of, and which of it a run is about. Pure. */
import type { Epics } from '../../core/epics/epic.ts';
import type { SyncedField } from '../sync/engine.ts';
import { SYNCED_FIELDS } from '../sync/synced-fields.ts';

export const PHASES = ['all', 'descriptions', 'subtasks', 'comments', 'statuses'] as const;
export type Phase = (typeof PHASES)[number];

export type Kind = 'epic' | 'story' | 'subtask';

export interface Outlined {
  readonly key: string;
  readonly kind: Kind;
  /** What it stands below. */
  readonly above?: string;
}

/** By their keys, in the order in which they stand. */
export type Outline = ReadonlyMap<string, Outlined>;

export function outlineOf({ sections }: Epics): Outline {
  const all = new Map<string, Outlined>();
  for (const { key, kind, within, subtasks } of sections) {
    all.set(key, { key, kind, ...(within !== undefined && { above: within }) });
    for (const subtask of subtasks) all.set(subtask.key, { key: subtask.key, kind: 'subtask', above: key });
  }
  return all;
}

export function keysOf(outline: Outline, kind: Kind): string[] {
  return [...outline.values()].flatMap((one) => (one.kind === kind ? [one.key] : []));
}

/** As a person types it: `us-001` is `US-001`. */
export function storyNamed(outline: Outline, name: string): string | undefined {
  const wanted = name.replace(/^#/, '').toLowerCase();
  return keysOf(outline, 'story').find((key) => key.toLowerCase() === wanted);
}

/** What is kept in step in a phase; `undefined`: everything. */
export function fieldsOf(phase: Phase): readonly SyncedField[] | undefined {
  const [state, talk] = [['state'], ['comments', 'attachments']] as const;
  const is = (names: readonly string[]) => (field: SyncedField) => names.includes(field);
  const all: readonly SyncedField[] = Object.values(SYNCED_FIELDS);
  if (phase === 'all') return undefined;
  if (phase === 'statuses') return all.filter(is(state));
  if (phase === 'comments') return all.filter(is(talk));
  return all.filter((field) => !is([...state, ...talk])(field));
}

export interface Part {
  /** Those of which something may be written. */
  readonly keys: ReadonlySet<string>;
  /** Those that are made where they are not there; what stands above them comes first. */
  readonly made: ReadonlySet<string>;
}

/** `undefined`: all of it. `stories`: none means all. */
export function partOf(
  outline: Outline,
  { phase, stories }: { readonly phase: Phase; readonly stories: readonly string[] },
): Part | undefined {
  if (phase === 'all' && stories.length === 0) return undefined;
  const isWanted = ({ key, kind, above = '' }: Outlined) =>
    isInPhase(phase, kind) && (stories.length === 0 || stories.includes(key) || stories.includes(above));
  const keys = [...outline.values()].filter(isWanted).map(({ key }) => key);
  const makes = phase === 'all' || phase === 'descriptions' || phase === 'subtasks';
  return { keys: new Set(keys), made: new Set(makes ? keys.flatMap((key) => [...withThoseAbove(outline, key)]) : []) };
}

function isInPhase(phase: Phase, kind: Kind): boolean {
  if (phase === 'descriptions') return kind !== 'subtask';
  return phase !== 'subtasks' || kind === 'subtask';
}

function* withThoseAbove(outline: Outline, key: string): Generator<string> {
  const seen = new Set<string>();
  for (let at: string | undefined = key; at !== undefined && !seen.has(at); at = outline.get(at)?.above) {
    seen.add(at);
    yield at;
  }
}

/** Of issues of the tracker those below one that is in step, or that is named, at whatever depth. */
export function belowKnown<Given extends { readonly issue: { readonly key: string; readonly parent?: string } }>(
  fresh: readonly Given[],
  isKnown: (key: string) => boolean,
): Given[] {
  const byKey = new Map(fresh.map((one) => [one.issue.key, one]));
  const answers = new Map<string, boolean>();
  const isBelow = (key: string): boolean => {
    const found = answers.get(key);
    if (found !== undefined) return found;
    // of a ring none is below another
    answers.set(key, false);
    const parent = byKey.get(key)?.issue.parent;
    const answer =
      isKnown(key) || (parent !== undefined && (isKnown(parent) || (byKey.has(parent) && isBelow(parent))));
    answers.set(key, answer);
    return answer;
  };
  return fresh.filter(({ issue }) => isBelow(issue.key));
}
