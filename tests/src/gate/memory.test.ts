import { describe, expect, test } from 'vitest';
import { evidenceSchema } from '../../../src/config/schema.ts';
import type { KnownFailures } from '../../../src/gate/known-failures.ts';
import { memoryFor, newOnlyNote } from '../../../src/gate/memory.ts';
import type { Report } from '../../../src/gate/report.ts';

type Kept = Partial<Report> & { readonly failures?: KnownFailures };

function stateOf(days: Readonly<Record<number, Kept>>, change?: Partial<Report>) {
  const decision = async (day: number) => days[day];
  return {
    decision,
    decidedDays: async () => Object.keys(days).map(Number),
    report: async ({ kind, id }: Report['subject']) => (kind === 'day' ? decision(Number(id)) : change),
    failures: async (day: number) => days[day]?.failures,
  };
}

const day = (id: number) => ({ kind: 'day', id: String(id) }) as const;

describe('what is remembered', () => {
  const days = {
    1: { decision: 'SHIP', coverage: { unit: 70 }, failures: { unit: ['a'] } },
    2: { decision: 'SHIP', coverage: { unit: 80 }, failures: { unit: ['b'] } },
    3: { decision: 'HOLD', coverage: { unit: 10 } },
    4: { decision: 'SHIP', coverage: { unit: 90 } },
  } as const;

  test('comes from the last earlier day that shipped', async () => {
    expect(await memoryFor(stateOf(days), day(4), 'c1')).toEqual({
      baseline: { unit: 80 },
      knownFailures: { unit: ['b'] },
      failedBefore: new Set(),
    });
  });

  test('is for a change that of the last day of all', async () => {
    expect(await memoryFor(stateOf(days), { kind: 'change', id: '12' }, 'c1')).toEqual({
      baseline: { unit: 90 },
      failedBefore: new Set(),
    });
  });

  test('is nothing on the first day', async () => {
    expect(await memoryFor(stateOf({}), day(1), 'c1')).toEqual({ baseline: {}, failedBefore: new Set() });
    expect((await memoryFor(stateOf({ 1: { decision: 'SHIP' } }), day(2), 'c1')).baseline).toEqual({});
  });
});

describe('what had failed before', () => {
  const held: Partial<Report> = {
    sha: 'c1',
    findings: [
      { source: 'unit', check: 'a', result: 'FAIL', evidence: '' },
      { source: 'unit', check: 'b', result: 'PASS', evidence: '' },
    ],
  };

  test('is what an earlier run says of the same commit', async () => {
    expect((await memoryFor(stateOf({ 3: held }), day(3), 'c1')).failedBefore).toEqual(new Set(['unit: a']));
    const { failedBefore } = await memoryFor(stateOf({}, held), { kind: 'change', id: '12' }, 'c1');
    expect(failedBefore).toEqual(new Set(['unit: a']));
  });

  test('is not what it says of another one, or does not say', async () => {
    expect((await memoryFor(stateOf({ 3: held }), day(3), 'c2')).failedBefore.size).toBe(0);
    expect((await memoryFor(stateOf({ 3: { ...held, sha: '' } }), day(3), '')).failedBefore.size).toBe(0);
    expect((await memoryFor(stateOf({ 3: { sha: 'c1' } }), day(3), 'c1')).failedBefore.size).toBe(0);
  });
});

test('that everything counts as new is said where something is asked for only what is new', () => {
  const configs = ['one', 'two', 'three'].map((name, index) =>
    evidenceSchema.parse({ type: 'junit', name, path: 'r.xml', new_only: index < 2 }),
  );
  const memory = { baseline: {}, failedBefore: new Set<string>() };
  expect(newOnlyNote(configs, memory)).toEqual([
    'No day that shipped is remembered: every failure of one, two counts as new.',
  ]);
  expect(newOnlyNote(configs, { ...memory, knownFailures: {} })).toEqual([]);
  expect(newOnlyNote(configs.slice(2), memory)).toEqual([]);
  expect(newOnlyNote([evidenceSchema.parse({ type: 'command', name: 'c', run: 'x' })], memory)).toEqual([]);
});
