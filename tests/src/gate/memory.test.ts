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
    failures: async (day: number) => days[day]?.failures ?? {},
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
    expect(await memoryFor(stateOf(days), { subject: day(4), sha: 'c1' })).toEqual({
      baseline: { unit: 80 },
      knownFailures: { unit: ['b'] },
      failedBefore: new Set(),
    });
  });

  test('is for a change that of the last day of all', async () => {
    expect(await memoryFor(stateOf(days), { subject: { kind: 'change', id: '12' }, sha: 'c1' })).toEqual({
      baseline: { unit: 90 },
      knownFailures: {},
      failedBefore: new Set(),
    });
  });

  test('is nothing on the first day', async () => {
    expect(await memoryFor(stateOf({}), { subject: day(1), sha: 'c1' })).toEqual({
      baseline: {},
      failedBefore: new Set(),
    });
    expect((await memoryFor(stateOf({ 1: { decision: 'SHIP' } }), { subject: day(2), sha: 'c1' })).baseline).toEqual(
      {},
    );
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
    expect((await memoryFor(stateOf({ 3: held }), { subject: day(3), sha: 'c1' })).failedBefore).toEqual(
      new Set(['unit: a']),
    );
    const { failedBefore } = await memoryFor(stateOf({}, held), { subject: { kind: 'change', id: '12' }, sha: 'c1' });
    expect(failedBefore).toEqual(new Set(['unit: a']));
  });

  test('is not what was seen where another commit was checked out', async () => {
    const doubtful = { source: 'unit', check: 'which commit it is of', result: 'UNKNOWN', evidence: '' } as const;
    const lint = { source: 'lint', check: 'a', result: 'FAIL', evidence: '' } as const;
    const earlier = { ...held, findings: [doubtful, ...(held.findings ?? []), lint] };
    const { failedBefore } = await memoryFor(stateOf({ 3: earlier }), { subject: day(3), sha: 'c1' });
    expect(failedBefore).toEqual(new Set(['lint: a']));
  });

  test('is not what it says of another one, or does not say', async () => {
    expect((await memoryFor(stateOf({ 3: held }), { subject: day(3), sha: 'c2' })).failedBefore.size).toBe(0);
    expect(
      (await memoryFor(stateOf({ 3: { ...held, sha: '' } }), { subject: day(3), sha: '' })).failedBefore.size,
    ).toBe(0);
    expect((await memoryFor(stateOf({ 3: { sha: 'c1' } }), { subject: day(3), sha: 'c1' })).failedBefore.size).toBe(0);
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

describe('what a commit is compared with', () => {
  const since = async (days: Readonly<Record<number, Kept>>, subject: Report['subject'], target?: string) =>
    (await memoryFor(stateOf(days), { subject, sha: 'fff', ...(target === undefined ? {} : { target }) })).since;

  test('is that of the last day before that shipped one', async () => {
    const days = {
      1: { decision: 'SHIP', sha: 'aaa' },
      2: { decision: 'SHIP', sha: 'bbb' },
      3: { decision: 'SHIP', sha: '' },
      4: { decision: 'HOLD', sha: 'ddd' },
      5: { decision: 'SHIP', sha: 'eee' },
    } as const;
    expect(await since(days, day(5))).toEqual({ day: 2, commit: 'bbb' });
    expect(await since(days, day(6))).toEqual({ day: 5, commit: 'eee' });
    expect(await since(days, day(1))).toBeUndefined();
    expect(await since({ 1: {} }, day(2))).toBeUndefined();
  });

  test('is of a change the branch that it goes to, where that is known', async () => {
    const days = { 1: { decision: 'SHIP', sha: 'aaa' } } as const;
    const change = { kind: 'change', id: '12' } as const;
    expect(await since(days, change, 'main')).toEqual({ branch: 'main' });
    expect(await since(days, change, '')).toBeUndefined();
    expect(await since(days, change)).toBeUndefined();
  });
});
