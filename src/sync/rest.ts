/**
 * What a newer PACE, or a person, has written into a record beside what this PACE knows: taken off when the record is read, and put
 * back when it is written. Pure.
 */
import { isRecord } from '../../core/record.ts';

/** Which keys of a record are known. What is `whole` is one value. */
export type Shape = 'whole' | RecordShape | ListShape;

export interface RecordShape {
  readonly keys: Readonly<Record<string, Shape>>;
}

/** Items are told apart by some of their keys. */
export interface ListShape {
  readonly each: RecordShape;
  readonly by: readonly string[];
}

export interface Rest {
  readonly unknown: readonly (readonly [key: string, value: unknown])[];
  /** Of what lies below, by key, or by what an item of a list is known by. */
  readonly below: ReadonlyMap<string, Rest>;
}

/** `undefined` where everything is known, which is the usual case. */
export function restOf(raw: unknown, shape: Shape): Rest | undefined {
  if (shape === 'whole') return undefined;
  if ('each' in shape) return restOfList(raw, shape);
  if (!isRecord(raw)) return undefined;
  const unknown = Object.entries(raw).filter(([key]) => !Object.hasOwn(shape.keys, key));
  let below: Map<string, Rest> | undefined;
  for (const key of Object.keys(shape.keys)) below = added(below, key, restOf(raw[key], shape.keys[key] ?? 'whole'));
  return made(unknown, below);
}

function restOfList(raw: unknown, { each, by }: ListShape): Rest | undefined {
  if (!Array.isArray(raw)) return undefined;
  let below: Map<string, Rest> | undefined;
  for (const item of raw) if (isRecord(item)) below = added(below, identity(item, by), restOf(item, each));
  return made([], below);
}

function identity(item: Readonly<Record<string, unknown>>, by: readonly string[]): string {
  return JSON.stringify(by.map((key) => item[key]));
}

function added(
  below: Map<string, Rest> | undefined,
  key: string,
  rest: Rest | undefined,
): Map<string, Rest> | undefined {
  return rest ? (below ?? new Map<string, Rest>()).set(key, rest) : below;
}

function made(
  unknown: readonly (readonly [string, unknown])[],
  below: Map<string, Rest> | undefined,
): Rest | undefined {
  if (unknown.length === 0 && !below) return undefined;
  return { unknown: unknown.toSorted(([one], [other]) => (one < other ? -1 : 1)), below: below ?? new Map() };
}

/** The record with what had been taken off; of what is no longer there nothing is put back. */
export function withRest(record: object, rest: Rest | undefined, { keys }: RecordShape): object {
  if (!rest) return record;
  const entries = Object.entries(record).map(([key, value]) => [key, below(value, rest.below.get(key), keys[key])] as const); // biome-ignore format: one thought
  // `__proto__` is a key like any other here
  return Object.fromEntries([...entries, ...rest.unknown]);
}

function below(value: unknown, rest: Rest | undefined, shape: Shape = 'whole'): unknown {
  if (!rest || shape === 'whole') return value;
  if ('keys' in shape) return isRecord(value) ? withRest(value, rest, shape) : value;
  if (!Array.isArray(value)) return value;
  return value.map((item) => (isRecord(item) ? withRest(item, rest.below.get(identity(item, shape.by)), shape.each) : item)); // biome-ignore format: one thought
}

/** What both have; of a key in both, and of what lies below it, the first one's. */
export function unitedRest(first: Rest | undefined, second: Rest | undefined): Rest | undefined {
  if (!first || !second) return first ?? second;
  const unknown = new Map([...second.unknown, ...first.unknown]);
  const below = new Map(second.below);
  for (const [key, rest] of first.below) below.set(key, unitedRest(rest, second.below.get(key)) ?? rest);
  return made([...unknown], below);
}
