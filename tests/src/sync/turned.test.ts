/** What is remembered, for who names the two trackers the other way round. */
import { expect, test } from 'vitest';
import { keepConflicts } from '../../../src/sync/kept-conflicts.ts';
import type { KeptConflict } from '../../../src/sync/pair.ts';
import { turnedConflict, turnedState } from '../../../src/sync/turned.ts';
import { conflict, stateOf } from './states.support.ts';

const PARENT = conflict('c1', { field: 'parent', base: 'a:1', a: 'a:5', b: 'b:7' });
const PEOPLE = conflict('c2', {
  ...{ field: 'assignees', base: [], a: ['=ann', 'a:carl', 'b:bea'], b: ['mailto:dan@example.org'] },
  ...({ winner: 'a', by: 'policy' } as const),
});
const WORDS = conflict('c3', { base: null, a: 'a: a title', b: 'b: another one' });

test('the names in a conflict say the other side, as those of a base do, and words stay as they are', () => {
  expect([PARENT, PEOPLE, WORDS].map(turnedConflict)).toMatchObject([
    { id: 'c1', base: 'b:1', a: 'a:7', b: 'b:5' },
    { id: 'c2', base: [], a: ['mailto:dan@example.org'], b: ['=ann', 'a:bea', 'b:carl'], winner: 'b' },
    { id: 'c3', base: null, a: 'b: another one', b: 'a: a title' },
  ]);
});

test('turned twice it is as it was', () => {
  const state = stateOf([], { conflicts: [PARENT, PEOPLE, WORDS] });
  expect(turnedState(turnedState(state))).toEqual(state);
});

test('an open conflict that is as it was stays the same record for a run that names the ends the other way round', () => {
  const kept = [turnedConflict(PARENT)];
  // what such a run reads of the same two issues
  const found = [{ field: 'parent', base: 'b:1', a: 'a:7', b: 'b:5' }] as const;
  const { conflicts } = keepConflicts({
    ...{ kept, found, pair: PARENT.pair, without: new Set(), by: 'policy', at: 9 },
    newId: () => 'another',
  });
  expect(conflicts.map(turnedConflict)).toEqual<KeptConflict[]>([PARENT]);
});
