import { expect, it } from 'vitest';
import { comparedWith } from '../../../src/gate/compared-with.ts';
import type { Report } from '../../../src/gate/report.ts';
import { CHANGE, GATE_DAY } from './parts.support.ts';

/** The decisions of these days. */
function stateOf(decisions: Readonly<Record<number, Partial<Report>>>) {
  return {
    decidedDays: async () => Object.keys(decisions).map(Number),
    decision: async (day: number) => decisions[day],
  };
}

const dayOf = (day: number) => ({ kind: 'day', day: { ...GATE_DAY, day }, branch: '' }) as const;

it('is the commit of the last day before that shipped one', async () => {
  const state = stateOf({
    1: { decision: 'SHIP', sha: 'aaa' },
    2: { decision: 'SHIP', sha: 'bbb' },
    3: { decision: 'SHIP', sha: '' },
    4: { decision: 'HOLD', sha: 'ddd' },
    5: { decision: 'SHIP', sha: 'eee' },
  });
  expect(await comparedWith(state, dayOf(5))).toEqual({ day: 2, commit: 'bbb' });
  expect(await comparedWith(state, dayOf(6))).toEqual({ day: 5, commit: 'eee' });
  expect(await comparedWith(state, dayOf(1))).toBeUndefined();
  expect(await comparedWith(stateOf({ 1: {} }), dayOf(2))).toBeUndefined();
});

it('is of a change the branch that it goes to, where that is known', async () => {
  const state = stateOf({ 1: { decision: 'SHIP', sha: 'aaa' } });
  expect(await comparedWith(state, { kind: 'change', change: CHANGE })).toEqual({ branch: 'main' });
  expect(await comparedWith(state, { kind: 'change', change: { ...CHANGE, target: '' } })).toBeUndefined();
});
