/** What is kept of values that lost, and of those that nobody has decided about. */
import { expect, test } from 'vitest';
import { keepConflicts } from '../../../src/sync/kept-conflicts.ts';
import type { KeptConflict } from '../../../src/sync/pair.ts';
import type { FieldName } from '../../../src/sync/values.ts';

const open = (id: string, field: FieldName): KeptConflict => ({
  ...{ id, pair: 'p', field, base: 'was', a: 'of a', b: 'of b', at: 1 },
});
const keeping = { pair: 'p', by: 'person', at: 2, newId: () => 'new' } as const;

test('what nobody has looked at stays open, beside what is decided', () => {
  const kept = [open('1', 'title'), open('2', 'state'), { ...open('3', 'title'), pair: 'other' }];
  const decided = { field: 'title', base: 'was', a: 'of a', b: 'of b', winner: 'b' } as const;
  const answer = keepConflicts({ ...keeping, kept, found: [decided], without: new Set(['state']) });
  expect(answer.decided).toEqual([{ ...open('1', 'title'), winner: 'b', by: 'person', at: 2 }]);
  expect(answer.conflicts).toEqual([kept[1], kept[2], ...answer.decided]);
});

test('what is over by itself is no conflict any more', () => {
  const kept = [open('1', 'title')];
  expect(keepConflicts({ ...keeping, kept, found: [], without: new Set() }).conflicts).toEqual([]);
});

test('one with other values keeps its id', () => {
  const found = [{ field: 'title', base: 'was', a: 'newer', b: 'of b' } as const];
  const { conflicts } = keepConflicts({ ...keeping, kept: [open('1', 'title')], found, without: new Set() });
  expect(conflicts).toEqual([{ ...open('1', 'title'), a: 'newer', at: 2 }]);
});
