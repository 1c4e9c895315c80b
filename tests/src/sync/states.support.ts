/** States of sync: one to begin with, and any at all. */
import fc from 'fast-check';
import type { KeptConflict, Pair, SyncState } from '../../../src/sync/pair.ts';
import { type Agreed, FIELDS, type Values } from '../../../src/sync/values.ts';

export const ENDS = {
  a: { id: 'github https://github.com 7', name: 'github octo/repo' },
  b: { id: 'jira https://jira.example 10001', name: 'jira PROJ' },
};

export const VALUES: Values = {
  ...{ title: 'A title', body: 'Some text.\n', state: 'open', type: 'bug', priority: 2, milestone: null, parent: null },
  ...{ storyPoints: null, dueDate: null, labels: ['ui'], assignees: ['Ann'], links: [] },
};

export function pair(id: string, more: Partial<Pair> = {}): Pair {
  return {
    id,
    a: {
      id: `a-${id}`,
      key: id,
      url: `https://github.com/octo/repo/issues/${id}`,
      updatedAt: 1_700_000_000_000,
      commentCount: 0,
    },
    b: { id: `b-${id}`, key: `PROJ-${id}`, url: `https://jira.example/browse/PROJ-${id}` },
    base: { a: VALUES, b: { ...VALUES, body: 'Some text.', type: 'task' } },
    comments: [],
    ...more,
  };
}

export function conflict(id: string, more: Partial<KeptConflict> = {}): KeptConflict {
  return { id, pair: '1', field: 'title', base: 'x', a: 'y', b: 'z', at: 1_700_000_000_000, ...more };
}

export function stateOf(pairs: readonly Pair[], more: Partial<SyncState> = {}): SyncState {
  return {
    ends: ENDS,
    watermarks: {},
    pairs: new Map(pairs.map((one) => [one.id, one])),
    ...{ retries: [], conflicts: [], said: [] },
    ...more,
  };
}

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('__proto__', 'constructor', '', '1', 'é\n"'),
);
const time = fc.integer({ min: 0, max: 2_000_000_000_000 });
const words = fc.uniqueArray(word, { maxLength: 3 });
const side = fc.constantFrom('a', 'b');
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const optional: { requiredKeys: [] } = { requiredKeys: [] };

const values: fc.Arbitrary<Agreed> = fc.record(
  {
    ...{ title: word, body: word, state: word, type: maybe(word), milestone: maybe(word), parent: maybe(word) },
    priority: maybe(fc.constantFrom(0, 1, 2, 3, 4)),
    storyPoints: maybe(fc.integer()),
    dueDate: maybe(fc.constant('2026-03-02')),
    ...{ labels: words, assignees: words, links: words },
  },
  optional,
);

const half = fc.record(
  { id: word, key: word, url: word, updatedAt: time, commentCount: fc.nat() },
  { requiredKeys: ['id', 'key', 'url'] },
);

export const anyPair: fc.Arbitrary<Pair> = fc.record(
  {
    ...{ id: word, a: half, b: half, base: fc.record({ a: values, b: values }) },
    comments: fc.uniqueArray(fc.record({ a: word, b: word }), {
      maxLength: 3,
      selector: ({ a, b }) => JSON.stringify([a, b]),
    }),
    attachments: fc.record({ a: words, b: words }, optional),
    orphan: fc.record({ side, why: word, at: time }),
  },
  { requiredKeys: ['id', 'a', 'b', 'comments'] },
);

const anyConflict: fc.Arbitrary<KeptConflict> = fc.record(
  {
    ...{ id: word, pair: word, field: fc.constantFrom(...FIELDS), at: time },
    ...{ base: fc.jsonValue(), a: fc.jsonValue(), b: fc.jsonValue() },
    winner: side,
    by: fc.constantFrom('policy', 'force', 'person'),
  },
  { requiredKeys: ['id', 'pair', 'field', 'base', 'a', 'b', 'at'] },
);

const watermark = fc.record({ seen: time, scope: word });

export const anyState: fc.Arbitrary<SyncState> = fc.record(
  {
    ends: fc.record({ a: fc.record({ id: word, name: word }), b: fc.record({ id: word, name: word }) }),
    watermarks: fc.record({ a: watermark, b: watermark }, optional),
    normalForms: fc.record({ a: fc.nat(), b: fc.nat() }, optional),
    pairs: fc
      .uniqueArray(anyPair, { selector: ({ id }) => id, maxLength: 4 })
      .map((pairs) => new Map(pairs.map((one) => [one.id, one]))),
    retries: fc
      .uniqueArray(fc.record({ side, key: word, why: word, tries: fc.nat() }), {
        maxLength: 3,
        selector: ({ side: of, key }) => `${of} ${key}`,
      })
      .map((retries) => retries.sort((one, other) => ord(one.side, other.side) || ord(one.key, other.key))),
    conflicts: fc
      .uniqueArray(anyConflict, { maxLength: 3, selector: ({ id }) => id })
      .map((conflicts) => conflicts.sort((one, other) => one.at - other.at || ord(one.id, other.id))),
    said: words.map((said) => said.sort()),
  },
  { requiredKeys: ['ends', 'watermarks', 'pairs', 'retries', 'conflicts', 'said'] },
);

function ord(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** What keys a newer PACE might have. */
export const unknownKeys = fc.dictionary(
  fc
    .oneof(fc.string({ maxLength: 5 }), fc.constantFrom('__proto__', 'toString'))
    .map((key) => (key === '__proto__' ? key : `new ${key}`)),
  fc.jsonValue(),
  { maxKeys: 2 },
);
