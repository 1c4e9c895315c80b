import { describe, expect, test } from 'vitest';
import { createGathered } from '../../../../../src/gate/evidence/gathered.ts';
import { createTally } from '../../../../../src/gate/evidence/tests/tally.ts';
import type { TestFailure, TestRun } from '../../../../../src/gate/evidence/tests/test-report.ts';
import { configOf, contextIn, lines } from '../workspace.support.ts';

function tallied(settings: Record<string, unknown> = {}) {
  const config = configOf({ type: 'junit', path: 'r', ...settings });
  const context = contextIn('/w');
  const gathered = createGathered(config, context, { noun: 'tests', areTests: true });
  const tally = createTally(config, context, gathered);
  return { tally, shown: () => lines({ ...gathered.reading(), complete: true, standing: true }) };
}

const failed = (failures: readonly TestFailure[], more: Partial<TestRun> = {}): TestRun => ({
  ...{ name: 'a b', outcome: 'failed', failures },
  ...more,
});

describe('the place of a failure', () => {
  test.each<[string, TestFailure, string]>([
    ['is that of its test', { message: 'm' }, ' @t.ts:7'],
    ['is a line of its own in the file of its test', { message: 'm', line: 9 }, ' @t.ts:9'],
    ['is its own', { message: 'm', file: 'f.ts', line: 3 }, ' @f.ts:3'],
    ['has no line of another file', { message: 'm', file: 'f.ts' }, ' @f.ts'],
    ['is none outside of the workspace', { message: 'm', file: '/etc/passwd', line: 1 }, ''],
  ])('%s', (_, failure, place) => {
    const { tally, shown } = tallied();
    tally.test(failed([failure], { file: 't.ts', line: 7 }));
    expect(shown()).toEqual([`FAIL a b${place} | m`]);
  });
});

describe('what is counted', () => {
  test('are tests that ran, and apart from them those that were skipped, failed, or broke down as a suite', () => {
    const { tally, shown } = tallied();
    tally.test({ name: 'p', outcome: 'passed', failures: [] });
    tally.test({ name: 's', outcome: 'skipped', failures: [] });
    tally.test(failed([{ message: 'x' }, { message: 'y', isWarning: true }]));
    tally.brokenSuite('whole', { message: '' });
    expect([tally.executed(), tally.skipped(), tally.failed(), tally.brokenSuites()]).toEqual([2, 1, 2, 1]);
    expect(shown()).toEqual(['FAIL a b | x', 'ADVISORY a b | y', 'FAIL whole (suite) | no message']);
  });

  test('are attempts when their group is over', () => {
    const { tally, shown } = tallied();
    tally.test(failed([{ message: 'x' }], { key: 'k' }));
    tally.test({ name: 'a b', outcome: 'passed', failures: [], key: 'k' });
    expect(tally.executed()).toBe(0);
    tally.endGroup();
    tally.endGroup();
    expect([tally.executed(), tally.recovered()]).toEqual([1, ['a b']]);
    expect(shown()).toEqual(['ADVISORY a b | Passed only when it was run again. x']);
  });

  test('are at most twenty that are not reliable', () => {
    const { tally } = tallied();
    for (let index = 0; index < 25; index += 1)
      tally.test({ name: `t${index}`, outcome: 'flaky', failures: [{ message: '' }] });
    expect(tally.recovered()).toHaveLength(20);
  });
});

test('attempts are asked for only where the settings say so', () => {
  expect(['auto', 'pass', 'fail'].map((reruns) => tallied({ reruns }).tally.wantsKeys)).toEqual([false, true, false]);
});
