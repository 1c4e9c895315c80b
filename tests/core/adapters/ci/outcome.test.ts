import { describe, expect, test } from 'vitest';
import { conclude, holdsUp } from '../../../../core/adapters/ci/outcome.ts';
import type { Check, CheckState, WaitsFor } from '../../../../core/ports/index.ts';

const check = (name: string, state: CheckState, more: Partial<Check> = {}): Check => ({
  ...{ id: name, name, app: 'ci', workflow: '', state, vendorState: state, optional: false, url: '' },
  ...more,
});

const LENIENT = { skippedPasses: true, neutralPasses: true };

function ended(checks: Check[], timedOut = false, rules = LENIENT): [string, string | undefined] {
  const { conclusion, decidedBy } = conclude(checks, rules, timedOut);
  return [conclusion, decidedBy?.name];
}

describe('the outcome of a set', () => {
  test('names the check that decided it', () => {
    expect(ended([check('a', 'success'), check('b', 'failure')])).toEqual(['failure', 'b']);
    expect(ended([check('a', 'success'), check('b', 'cancelled')])).toEqual(['cancelled', 'b']);
    expect(ended([check('a', 'blocked'), check('b', 'success')])).toEqual(['success', 'b']);
    expect(ended([check('a', 'success'), check('b', 'waiting')])).toEqual(['waiting', 'b']);
    expect(ended([check('a', 'blocked')])).toEqual(['no_runs', undefined]);
    expect(ended([])).toEqual(['no_runs', undefined]);
  });

  test.each(['pending', 'unknown'] as const)('is a time-out while a check is %s, whoever asks', (state) => {
    expect(ended([check('a', 'success'), check('b', state)])).toEqual(['timeout', 'b']);
    expect(ended([check('a', 'cancelled'), check('b', state)])).toEqual(['timeout', 'b']);
    expect(ended([check('a', 'failure'), check('b', state)])).toEqual(['failure', 'a']);
  });

  test('is a time-out where the deadline came before the set had settled', () => {
    expect(ended([check('a', 'success')], true)).toEqual(['timeout', undefined]);
    expect(ended([], true)).toEqual(['timeout', undefined]);
    expect(ended([check('a', 'failure')], true)).toEqual(['failure', 'a']);
  });

  test('counts skipped and neutral checks as it is told', () => {
    expect(ended([check('a', 'skipped')], false, { ...LENIENT, skippedPasses: false })).toEqual(['failure', 'a']);
    expect(ended([check('a', 'neutral')], false, { ...LENIENT, neutralPasses: false })).toEqual(['failure', 'a']);
    expect(ended([check('a', 'skipped'), check('b', 'neutral')])).toEqual(['success', 'a']);
  });

  test('does not depend on what is allowed to fail', () => {
    const may = { optional: true };
    expect(ended([check('a', 'failure', may), check('b', 'cancelled', may), check('c', 'success')])).toEqual([
      'success',
      'a',
    ]);
  });
});

test.each<[WaitsFor['kind'], boolean, boolean]>([
  ['approval', false, true],
  ['approval', true, true],
  ['deployment', false, false],
  ['deployment', true, false],
  ['start', false, false],
  ['start', true, true],
])(
  'for a(n) %s, with others behind it %j: it holds up what would have told something: %j',
  (kind, isBlocking, expected) => {
    const waitsFor = { kind, who: 'ann', isBlocking };
    expect(holdsUp(check('a', 'waiting', { waitsFor }))).toBe(expected);
    expect(holdsUp(check('a', 'blocked', { waitsFor }))).toBe(false);
  },
);
