/** Values of an issue's fields as people type them; `none` clears. Pure. */
import { toPriority } from '../../core/drivers/field-labels.ts';
import { ISSUE_STATES, type IssueState, type Priority } from '../../core/ports/index.ts';
import { didYouMean } from '../../core/yaml/suggest.ts';
import { ownKey } from './backends/references.ts';
import { PRIORITY_FORMS, STATE_WORDS } from './query/conditions.ts';
import { isDay } from './times.ts';
import { type Mistake, refuseMistakes } from './usage.ts';

export interface FieldFlags {
  readonly state?: string | undefined;
  readonly type?: string | undefined;
  readonly priority?: string | undefined;
  readonly milestone?: string | undefined;
  readonly parent?: string | undefined;
  readonly points?: string | undefined;
  readonly due?: string | undefined;
  readonly meta?: readonly string[] | undefined;
}

/** `null` clears; an absent member is not touched. */
export interface FieldValues {
  readonly state?: IssueState;
  readonly type?: string;
  readonly priority?: Priority | null;
  readonly milestone?: string | null;
  readonly parent?: string | null;
  readonly storyPoints?: number | null;
  readonly dueDate?: string | null;
  /** Milliseconds since 1970. */
  readonly deferUntil?: number | null;
  /** `undefined` removes the key. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

const NONE = 'none';

/** Throws a usage error with all mistakes. */
export function fieldValues(flags: FieldFlags): FieldValues {
  const mistakes: Mistake[] = [];
  const read = <Value>(name: keyof FieldFlags, reader: (text: string) => Value): Value | undefined => {
    const text = flags[name];
    if (typeof text !== 'string') return undefined;
    try {
      return reader(text);
    } catch (error) {
      mistakes.push({ where: `--${name}`, what: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  };
  const values = {
    state: read('state', toState),
    type: read('type', toType),
    priority: read('priority', orNone(toPriorityOrThrow)),
    milestone: read(
      'milestone',
      orNone((text) => text),
    ),
    parent: read('parent', orNone(ownKey)),
    storyPoints: read('points', orNone(toPoints)),
    dueDate: read('due', orNone(toDay)),
    metadata: metadataChanges(flags.meta ?? [], mistakes),
  };
  refuseMistakes(mistakes);
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function orNone<Value>(reader: (text: string) => Value): (text: string) => Value | null {
  return (text) => (text === NONE ? null : reader(text));
}

function toState(text: string): IssueState {
  const word = text.toLowerCase().replaceAll('-', '_');
  const meant = word === 'todo' ? 'open' : word === 'closed' ? 'done' : word;
  const state = ISSUE_STATES.find((name) => name === meant);
  if (state) return state;
  const words = STATE_WORDS.filter((name) => name !== 'all');
  throw new Error(
    `“${text}” is not a state.${didYouMean(text, words)} Available: ${words.join(', ')}. The tracker’s own names go with pace issue transition.`,
  );
}

function toType(text: string): string {
  if (text !== NONE) return text.toLowerCase();
  throw new Error('an issue that has a type keeps one. Please name another.');
}

function toPriorityOrThrow(text: string): Priority {
  const priority = toPriority(text);
  if (priority === undefined) throw new Error(`“${text}” is not a priority. ${PRIORITY_FORMS}`);
  return priority;
}

function toPoints(text: string): number {
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text)) return Number(text);
  throw new Error(`“${text}” is not a number of points. Please write a number such as 3 or 0.5, or none.`);
}

function toDay(text: string): string {
  if (isDay(text)) return text;
  throw new Error(`“${text}” is not a date. Please write it as 2026-11-30, or none.`);
}

/** `step=3`, `tags=["a"]`, `note=some words`; `key=none` removes the key. */
function metadataChanges(pairs: readonly string[], mistakes: Mistake[]): Record<string, unknown> | undefined {
  const changes: Record<string, unknown> = {};
  for (const pair of pairs) {
    const [key = '', text] = pair.split(/=(.*)/s);
    try {
      if (text === undefined || key.trim() === '') throw new Error(`“${pair}” is not key=value.`);
      if (key === OWN_KEY) throw new Error(`the key “${OWN_KEY}” is kept by the gate itself.`);
      changes[key] = text === NONE ? undefined : jsonOrText(text);
    } catch (error) {
      mistakes.push({ where: '--meta', what: error instanceof Error ? error.message : String(error) });
    }
  }
  return pairs.length > 0 ? changes : undefined;
}

/** The gate finds its own issues by what stands there. */
export const OWN_KEY = 'pace';

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (/^\s*[[{"]/.test(text)) throw new Error(`“${text}” begins like JSON and is not valid JSON.`);
    return text;
  }
}
