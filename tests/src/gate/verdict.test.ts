import { describe, expect, test } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import type { Decision } from '../../../src/gate/report.ts';
import { decisionWords, gateExitCode, statusState } from '../../../src/gate/verdict.ts';

type Gate = ReturnType<typeof configSchema.parse>['gate'];

const rules = (gate: object = {}): Gate => configSchema.parse({ gate }).gate;
const DECISIONS = ['SHIP', 'HOLD', 'PAUSED', 'UNKNOWN'] as const satisfies readonly Decision[];
const exitCodes = (gate: object) => DECISIONS.map((decision) => gateExitCode(decision, rules(gate)));

/** Every combination of what a HOLD, a pause and what could not be judged do. */
const COMBINATIONS = ['fail', 'neutral'].flatMap((on_hold) =>
  ['pass', 'fail'].flatMap((on_paused) => ['pass', 'hold'].map((on_unknown) => ({ on_hold, on_paused, on_unknown }))),
);

describe('the exit code', () => {
  test('by default blocks the pipeline on a HOLD alone', () => {
    expect(exitCodes({})).toEqual([0, 1, 0, 0]);
  });

  test.each(COMBINATIONS)('with %o is each decision’s own matter', (gate) => {
    const { on_hold, on_paused, on_unknown } = gate;
    const expected = [0, on_hold === 'fail' ? 1 : 0, on_paused === 'fail' ? 1 : 0, on_unknown === 'hold' ? 1 : 0];
    expect(exitCodes(gate)).toEqual(expected);
  });

  test.each(COMBINATIONS)('is 0 where the gate only observes, whatever else is wanted: %o', (gate) => {
    expect(exitCodes({ ...gate, mode: 'observe' })).toEqual([0, 0, 0, 0]);
  });
});

describe('the state of the commit status', () => {
  test.each(COMBINATIONS)('is green on a SHIP alone, whatever the exit code is: %o', (gate) => {
    const states = DECISIONS.map((decision) => statusState(decision, rules(gate)));
    expect(states).toEqual(['success', 'failure', 'pending', 'error']);
  });

  test('is green where the gate only observes, and its words say what it would have been', () => {
    const observe = rules({ mode: 'observe' });
    expect(DECISIONS.map((decision) => statusState(decision, observe))).toEqual(DECISIONS.map(() => 'success'));
    expect(DECISIONS.map((decision) => decisionWords(decision, observe))).toEqual([
      'SHIP',
      'observed only, would be HOLD',
      'observed only, would be PAUSED',
      'observed only, would be UNKNOWN',
    ]);
    expect(DECISIONS.map((decision) => decisionWords(decision, rules()))).toEqual(DECISIONS);
  });
});
