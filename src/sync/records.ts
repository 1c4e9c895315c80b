/**
 * The lines of the file that sync keeps, and of the journal beside it: what each holds, and how it becomes a value and is written
 * again. Pure.
 *
 * A base has the values of a, and of b only what differs. So most of it stands there once.
 */
import { z } from 'zod';
import { defined } from '../../core/defined.ts';
import { PRIORITIES } from '../../core/ports/index.ts';
import type { End, Half, Intent, KeptConflict, Pair, Retry, SyncState, Watermark } from './pair.ts';
import type { RecordShape } from './rest.ts';
import { type Agreed, FIELDS, type FieldName, type Sides } from './values.ts';

const text = z.string();
const number = z.number();
const side = z.enum(['a', 'b']);
const texts = z.array(text);

function both<Schema extends z.ZodType>(schema: Schema) {
  return z.looseObject({ a: schema, b: schema });
}

function either<Schema extends z.ZodType>(schema: Schema) {
  return z.looseObject({ a: schema.optional(), b: schema.optional() });
}

const end = z.looseObject({ id: text, name: text, backend: text.optional() });
const half = z.looseObject({
  ...{ id: text, key: text, url: text },
  ...{ updatedAt: number.optional(), commentCount: number.optional() },
  hasLine: z.boolean().optional(),
});
const someText = text.nullable().optional();
const values = z.looseObject({
  ...{ title: text.optional(), body: text.optional(), state: text.optional(), type: someText },
  priority: z.literal(PRIORITIES).nullable().optional(),
  ...{ milestone: someText, parent: someText, storyPoints: number.nullable().optional(), dueDate: someText },
  ...{ labels: texts.optional(), assignees: texts.optional(), links: texts.optional() },
});
export const headerLine = z.looseObject({
  kind: z.literal('sync'),
  version: number,
  ends: both(end),
  watermarks: either(z.looseObject({ seen: number, scope: text })).optional(),
  normalForms: either(number).optional(),
  retries: z.array(z.looseObject({ side, key: text, why: text, tries: number })).optional(),
  said: texts.optional(),
  journal: z.looseObject({ id: text, lines: number }).optional(),
});

export const pairLine = z.looseObject({
  kind: z.literal('pair'),
  ...{ id: text, a: half, b: half },
  base: z.looseObject({ a: values, b: values.optional(), onlyA: z.array(text).optional() }).optional(),
  comments: z.array(both(text)).optional(),
  attachments: either(texts).optional(),
  orphan: z.looseObject({ side, why: text, at: number }).optional(),
  isApart: z.boolean().optional(),
});

export const conflictLine = z.looseObject({
  kind: z.literal('conflict'),
  ...{ id: text, pair: text, field: z.enum(FIELDS) },
  ...{ base: z.unknown().optional(), a: z.unknown().optional(), b: z.unknown().optional(), at: number },
  ...{ winner: z.enum(['a', 'b', 'neither']).optional(), text: text.optional() },
  ...{ by: z.enum(['policy', 'force', 'person']).optional() },
});

export const beginLine = z.looseObject({
  kind: z.literal('begin'),
  intent: z.looseObject({
    ...{ id: text, pair: text, side, at: number },
    kind: z.enum(['create', 'update', 'comment', 'link', 'mark']),
    about: z.record(text, z.unknown()),
  }),
});

export const endLine = z.looseObject({
  kind: z.literal('end'),
  intent: text,
  pair: pairLine.optional(),
  conflict: conflictLine.optional(),
});

export const journalLine = z.looseObject({ kind: z.literal('journal'), version: number, id: text, ends: both(end) });

export type HeaderLine = z.output<typeof headerLine>;
export type PairLine = z.output<typeof pairLine>;

const known = (...keys: readonly string[]): RecordShape => ({ keys: Object.fromEntries(keys.map((key) => [key, 'whole'])) }); // biome-ignore format: one thought
const sides = (shape: RecordShape): RecordShape => ({ keys: { a: shape, b: shape } });

export const HEADER: RecordShape = {
  keys: {
    ...known('kind', 'version', 'said').keys,
    ends: sides(known('id', 'name', 'backend')),
    watermarks: sides(known('seen', 'scope')),
    normalForms: known('a', 'b'),
    retries: { each: known('side', 'key', 'why', 'tries'), by: ['side', 'key'] },
    journal: known('id', 'lines'),
  },
};

const HALF = known('id', 'key', 'url', 'updatedAt', 'commentCount', 'hasLine');

export const PAIR: RecordShape = {
  keys: {
    ...known('kind', 'id', 'isApart').keys,
    ...{ a: HALF, b: HALF },
    base: { keys: { ...sides(known(...FIELDS)).keys, ...known('onlyA').keys } },
    comments: { each: known('a', 'b'), by: ['a', 'b'] },
    attachments: known('a', 'b'),
    orphan: known('side', 'why', 'at'),
  },
};

export const CONFLICT: RecordShape = known(
  'kind',
  'id',
  'pair',
  'field',
  'base',
  'a',
  'b',
  'at',
  'winner',
  'text',
  'by',
);

/** What of the header is the state's: all but what the format needs for itself. */
export function headerOf(line: HeaderLine): Omit<SyncState, 'pairs' | 'conflicts'> {
  const { ends, watermarks = {}, normalForms, retries = [], said = [] } = line;
  const mark = (one: Watermark | undefined) => one && { seen: one.seen, scope: one.scope };
  return {
    ends: endsOf(ends),
    watermarks: defined({ a: mark(watermarks.a), b: mark(watermarks.b) }),
    ...(normalForms && { normalForms: defined({ a: normalForms.a, b: normalForms.b }) }),
    retries: retries.map(({ side: which, key, why, tries }) => ({ side: which, key, why, tries })),
    said,
  };
}

type Loosely<Members> = { readonly [Key in keyof Members]: Members[Key] | undefined };

export function endsOf({ a, b }: Sides<End> | HeaderLine['ends']): Sides<End> {
  const end = ({ id, name, backend }: End | HeaderLine['ends']['a']) => ({ id, name, ...defined({ backend }) });
  return { a: end(a), b: end(b) };
}

export function headerRecord(state: SyncState, version: number, journal: HeaderLine['journal']): object {
  const { ends, watermarks, normalForms, retries, said } = state;
  const mark = (one: Watermark | undefined) => one && { seen: one.seen, scope: one.scope };
  return {
    ...{ kind: 'sync', version, ends: endsOf(ends) },
    watermarks: defined({ a: mark(watermarks.a), b: mark(watermarks.b) }),
    ...(normalForms && { normalForms: defined({ a: normalForms.a, b: normalForms.b }) }),
    retries: [...retries].sort(byPlace).map(({ side: which, key, why, tries }) => ({ side: which, key, why, tries })),
    said: [...new Set(said)].sort(),
    ...(journal && { journal: { id: journal.id, lines: journal.lines } }),
  };
}

function byPlace(one: Retry, other: Retry): number {
  return compare(one.side, other.side) || compare(one.key, other.key);
}

/** By the numbers of their characters: what a machine is set to decides nothing. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

export function pairOf(line: PairLine): Pair {
  const { id, a, b, base, comments = [], attachments, orphan, isApart } = line;
  return {
    ...{ id, a: halfOf(a), b: halfOf(b) },
    ...(base && { base: baseOf(base) }),
    comments: comments.map((one) => ({ a: one.a, b: one.b })),
    ...(attachments && { attachments: defined({ a: attachments.a, b: attachments.b }) }),
    ...(orphan && { orphan: { side: orphan.side, why: orphan.why, at: orphan.at } }),
    ...(isApart && { isApart }),
  };
}

export function pairRecord(pair: Pair): object {
  const { id, a, b, base, comments, attachments, orphan, isApart } = pair;
  return {
    ...{ kind: 'pair', id, a: halfOf(a), b: halfOf(b) },
    ...(base && { base: baseRecord(base) }),
    ...(comments.length > 0 && { comments: comments.map((one) => ({ a: one.a, b: one.b })) }),
    ...(attachments && { attachments: defined({ a: attachments.a, b: attachments.b }) }),
    ...(orphan && { orphan: { side: orphan.side, why: orphan.why, at: orphan.at } }),
    ...(isApart && { isApart }),
  };
}

function halfOf(
  one:
    | Half
    | (Pick<Half, 'id' | 'key' | 'url'> & Loosely<Pick<Half, 'updatedAt' | 'commentCount' | 'hasLine'>>)
    | PairLine['a'],
): Half {
  const { id, key, url, updatedAt, commentCount, hasLine } = one;
  return { id, key, url, ...defined({ updatedAt, commentCount, hasLine }) };
}

function baseOf({ a, b = {}, onlyA = [] }: NonNullable<PairLine['base']>): Sides<Agreed> {
  const ofA = knownValues(a);
  const shared = Object.fromEntries(Object.entries(ofA).filter(([field]) => !onlyA.includes(field)));
  return { a: ofA, b: { ...shared, ...knownValues(b) } };
}

function knownValues(from: Readonly<Record<string, unknown>>): Agreed {
  return picked(from, FIELDS);
}

function baseRecord({ a, b }: Sides<Agreed>): object {
  const onlyA = FIELDS.filter((field) => a[field] !== undefined && b[field] === undefined);
  const differs = (field: FieldName) => !isSameValue(a[field], b[field]);
  return { a: picked(a, FIELDS), b: picked(b, FIELDS.filter(differs)), ...(onlyA.length > 0 && { onlyA }) };
}

function picked(from: Readonly<Record<string, unknown>> | Agreed, fields: readonly FieldName[]): Agreed {
  return Object.fromEntries(fields.flatMap((field) => (from[field] === undefined ? [] : [[field, from[field]]])));
}

function isSameValue(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

export function conflictOf(line: z.output<typeof conflictLine>): KeptConflict {
  const { id, pair, field, base, a, b, at, winner, text: given, by } = line;
  return { id, pair, field, base, a, b, at, ...defined({ winner, text: given, by }) };
}

export function conflictRecord(conflict: KeptConflict): object {
  const { id, pair, field, base, a, b, at, winner, text: given, by } = conflict;
  return { kind: 'conflict', id, pair, field, ...defined({ base, a, b }), at, ...defined({ winner, text: given, by }) };
}

export function intentOf({ intent }: z.output<typeof beginLine>): Intent {
  const { id, pair, side: which, kind, at, about } = intent;
  return { id, pair, side: which, kind, at, about };
}
