import { describe, expect, test } from 'vitest';
import type { Delivery } from '../../../src/gate/delivery.ts';
import { isDelivery } from '../../../src/gate/delivery-shape.ts';

const ITEM = { id: 'A-1', finding: 'x' };
const STATUS = { context: 'pace/gate', state: 'success', description: '' } as const;

/** One of each kind, with every field. */
const ALL: { readonly [Kind in Delivery['kind']]: Extract<Delivery, { kind: Kind }> } = {
  escalate: { kind: 'escalate', day: 1, sha: '', reason: '', report: '', jobUrl: '', key: '1' },
  resolve: { kind: 'resolve', day: 1, sha: '', key: '1' },
  pause: { kind: 'pause', day: 1 },
  'clear-advisories': { kind: 'clear-advisories', day: 1, ids: ['A-1'] },
  'push-advisories': { kind: 'push-advisories', day: 1, agent: 'scan', items: [ITEM] },
  review: { kind: 'review', day: 1, sha: '', contextNote: '', openAdvisories: [ITEM], reviewers: ['ann'] },
  story: { kind: 'story', day: 1 },
  handoff: { kind: 'handoff', day: 1 },
  'plan-issue': { kind: 'plan-issue', day: 1, key: '7' },
  summary: { kind: 'summary', day: 1, markdown: '' },
  status: { kind: 'status', day: 1, sha: '', status: { ...STATUS, url: 'https://host.test' } },
};
const OPTIONAL = ['key of escalate', 'key of resolve'];

const each = Object.values(ALL);
const fields = each.flatMap((delivery) =>
  Object.keys(delivery).map((name) => [`${name} of ${delivery.kind}`, name, delivery] as const),
);

describe('a delivery', () => {
  test.each(each)('has all its fields: %o', (delivery) => {
    expect(isDelivery(delivery)).toBe(true);
    expect(isDelivery({ ...delivery, extra: 1 })).toBe(false);
  });

  test.each(fields)('is none with another type of %s', (_, name, delivery) => {
    for (const odd of [null, 7.5, true, {}, [7], [null], ['x', {}], { 0: 'x' }])
      expect([odd, isDelivery({ ...delivery, [name]: odd })]).toEqual([odd, false]);
  });

  test.each(fields)('may lack its %s: only where it is optional', (what, name, delivery) => {
    const { [name]: _, ...rest } = delivery as Record<string, unknown>;
    expect(isDelivery(rest)).toBe(OPTIONAL.includes(what));
  });

  test.each([[0, true], [1, true], [3660, true], [3661, false], [-1, false], ['1', false], [Number.NaN, false]])(
    'of day %s: %s',
    (day, expected) => {
      expect(isDelivery({ kind: 'pause', day })).toBe(expected);
    },
  ); // biome-ignore format: a table

  test.each<[string, (size: number) => unknown, number]>([
    ['a reason', (size) => ({ ...ALL.escalate, reason: 'x'.repeat(size) }), 500_000],
    ['a hash', (size) => ({ ...ALL.resolve, sha: 'a'.repeat(size) }), 64],
    ['a key', (size) => ({ ...ALL['plan-issue'], key: '1'.repeat(size) }), 300],
    ['an address', (size) => ({ ...ALL.escalate, jobUrl: 'x'.repeat(size) }), 8000],
    ['a list', (size) => ({ ...ALL['clear-advisories'], ids: Array.from({ length: size }, () => 'x') }), 10_000],
  ])('is bounded in %s', (_, made, most) => {
    expect([isDelivery(made(most)), isDelivery(made(most + 1))]).toEqual([true, false]);
  });

  test.each([
    { ...STATUS, state: 'green' },
    { ...STATUS, url: 7 },
    { ...STATUS, target: '' },
    { context: 'pace/gate', state: 'success' },
  ])('is none with the status %o', (status) => {
    expect(isDelivery({ ...ALL.status, status })).toBe(false);
  });

  test('may have a status without an address', () => {
    expect(isDelivery({ ...ALL.status, status: STATUS })).toBe(true);
  });

  test.each([null, 'pause', [], { day: 1 }, { kind: 'toString', day: 1 }, { kind: ['pause'], day: 1 }])('%o is none', (data) => {
    expect(isDelivery(data)).toBe(false);
  }); // biome-ignore format: one line
});
