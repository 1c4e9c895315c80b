/** The same, with the two sides in each other's place: who names the ends the other way round finds what was remembered. Pure. */
import type { Intent, KeptConflict, Pair, SyncState } from './pair.ts';
import { type Agreed, type FieldName, otherSide, type SideName, type Sides } from './values.ts';

export function turnedState(state: SyncState): SyncState {
  return {
    ...state,
    ends: turned(state.ends),
    watermarks: partly(state.watermarks),
    ...(state.normalForms && { normalForms: partly(state.normalForms) }),
    pairs: new Map([...state.pairs].map(([id, pair]) => [id, turnedPair(pair)])),
    retries: state.retries.map((retry) => ({ ...retry, side: otherSide(retry.side) })),
    conflicts: state.conflicts.map(turnedConflict),
    said: state.said.map((words) => words.replace(/^[ab](?= )/, (side) => otherSide(side as SideName))).sort(),
  };
}

export function turnedPair(pair: Pair): Pair {
  const { base, attachments, orphan } = pair;
  return {
    ...pair,
    ...turned(pair),
    comments: pair.comments.map(turned),
    ...(base && { base: { a: turnedValues(base.b), b: turnedValues(base.a) } }),
    ...(attachments && { attachments: partly(attachments) }),
    ...(orphan && { orphan: { ...orphan, side: otherSide(orphan.side) } }),
  };
}

export function turnedConflict(conflict: KeptConflict): KeptConflict {
  const { winner, field } = conflict;
  const named = (value: unknown) => (NAMED.has(field) ? turnedNames(value) : value);
  return {
    ...conflict,
    ...{ base: named(conflict.base), a: named(conflict.b), b: named(conflict.a) },
    ...(winner && { winner: winner === 'neither' ? winner : otherSide(winner) }),
  };
}

export function turnedIntent(intent: Intent): Intent {
  return { ...intent, side: otherSide(intent.side) };
}

function turned<Value>({ a, b }: Sides<Value>): Sides<Value> {
  return { a: b, b: a };
}

function partly<Value>({ a, b }: Partial<Sides<Value>>): Partial<Sides<Value>> {
  return { ...(b !== undefined && { a: b }), ...(a !== undefined && { b: a }) };
}

/** Fields whose names say which side knows them, where only one does. */
const NAMED: ReadonlySet<FieldName> = new Set(['parent', 'assignees']);

function turnedValues(values: Agreed): Agreed {
  const entries = Object.entries(values).map(([field, value]) => [
    field,
    NAMED.has(field as FieldName) ? turnedNames(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** One name, or a set of them. */
function turnedNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnedNames).sort();
  if (typeof value !== 'string') return value;
  return value.replace(/^[ab](?=:)/, (side) => otherSide(side as SideName));
}
