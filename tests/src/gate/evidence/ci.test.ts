import { describe, expect, test } from 'vitest';
import type { CiResult } from '../../../../core/adapters/ports.ts';
import type { Check } from '../../../../core/ports/index.ts';
import { configSchema } from '../../../../src/config/schema.ts';
import { readCi } from '../../../../src/gate/evidence/ci.ts';

const check = (name: string, state: Check['state'], more: Partial<Check> = {}): Check => ({
  id: name,
  name,
  app: '',
  workflow: '',
  state,
  vendorState: state,
  optional: false,
  url: '',
  ...more,
});

const result = (conclusion: CiResult['conclusion'], checks: Check[] = [], more: Partial<CiResult> = {}): CiResult => ({
  conclusion,
  url: '',
  name: checks[0]?.name ?? '',
  sha: 'a'.repeat(40),
  checks,
  ...more,
});

const rules = (ci: object) => configSchema.parse({ ci }).ci;

test('a time-out names what still runs, and what was expected and never came', () => {
  const seen = [
    check('test', 'success'),
    check('slow', 'pending'),
    check('odd', 'unknown'),
    check('e2e (a)', 'success'),
  ];
  const wanted = rules({ timeout_minutes: 2, expected: ['test', 'e2e*', 'deploy'] });
  expect(readCi(result('timeout', seen), wanted)).toEqual({
    source: 'ci',
    complete: false,
    standing: true,
    saysNothing: false,
    findings: [
      {
        source: 'ci',
        check: 'CI not ended in time',
        result: 'FAIL',
        evidence: 'After 2 minutes not ended: slow, odd, deploy (never came).',
      },
    ],
  });
});

test('every failed check is a finding of its own, but for those that may fail', () => {
  const seen = [
    check('lint', 'failure', { url: 'https://ci.example.org/1' }),
    check('flaky', 'failure', { optional: true }),
    check('skipped', 'skipped'),
  ];
  expect(readCi(result('failure', seen), rules({ skipped: 'fail' })).findings).toEqual([
    { source: 'ci', check: 'lint', result: 'FAIL', evidence: 'Ended as failure.', url: 'https://ci.example.org/1' },
    { source: 'ci', check: 'skipped', result: 'FAIL', evidence: 'Ended as skipped.' },
  ]);
});

test("the host's trouble is PACE's, whatever the results other than success would do", () => {
  const fault = { operation: 'waitForCommitCi', message: 'GitHub could not be reached.', remedy: 'Try again.' };
  const reading = readCi(result('no_runs', [], { fault }), rules({ on: { no_runs: 'ship' } }));
  expect(reading.findings).toEqual([
    { source: 'ci', check: 'commit CI', result: 'UNKNOWN', evidence: 'GitHub could not be reached. Try again.' },
  ]);
  expect(reading.complete).toBe(false);
});

describe('CI that passed', () => {
  const proof = (checks: Check[]) => readCi(result('success', checks), rules({})).findings[0]?.evidence;

  test('counts the checks that ended, and those whose failure is allowed', () => {
    expect(proof([check('a', 'success')])).toBe('1 check passed.');
    expect(proof([])).toBe('0 checks passed.');
    const many = [
      check('a', 'success'),
      check('b', 'success', { optional: true }),
      check('c', 'failure', { optional: true }),
      check('d', 'blocked'),
    ];
    expect(proof(many)).toBe('3 checks passed (1 of them failed, which is allowed).');
  });

  test('is read whole, and so is CI that failed; nothing else is', () => {
    const complete = (conclusion: CiResult['conclusion'], more: Partial<CiResult> = {}) =>
      readCi(result(conclusion, [], more), rules({})).complete;
    expect((['success', 'failure', 'no_runs', 'cancelled', 'timeout'] as const).map((one) => complete(one))).toEqual([
      ...[true, true, false, false, false],
    ]);
    const fault = { operation: 'waitForCommitCi', message: 'x', remedy: 'y' };
    expect(complete('success', { fault })).toBe(false);
  });

  test('links to what it was, where that is a web page', () => {
    const urls = ['https://ci.example.org/1', 'http://ci/1', 'file:///etc', 'javascript:x', 'xhttps://a', ''];
    const shown = urls.map((url) => readCi(result('success', [], { url }), rules({})).findings[0]?.url);
    expect(shown).toEqual([urls[0], urls[1], undefined, undefined, undefined, undefined]);
  });
});

test.each([
  ['no_runs', 'hold', 'FAIL'],
  ['no_runs', 'advisory', 'ADVISORY'],
  ['cancelled', 'advisory', 'ADVISORY'],
  ['cancelled', 'ship', 'PASS'],
  ['timeout', 'ship', 'PASS'],
  ['timeout', 'hold', 'FAIL'],
] as const)('CI that ends as %s does what is configured: %s', (conclusion, effect, expected) => {
  const seen = [check('build', conclusion === 'cancelled' ? 'cancelled' : 'pending')];
  const [finding] = readCi(result(conclusion, seen), rules({ on: { [conclusion]: effect } })).findings;
  expect(finding?.result).toBe(expected);
  if (conclusion === 'cancelled') expect(finding?.evidence).toBe('build was cancelled and not run again.');
});

test('a time-out names ten of what it waited for, and late checks where all that was seen had ended', () => {
  const words = (checks: Check[]) => readCi(result('timeout', checks), rules({})).findings[0]?.evidence;
  const names = Array.from({ length: 12 }, (_, index) => `job-${index + 1}`);
  expect(words(names.map((name) => check(name, 'pending')))).toBe(
    `After 15 minutes not ended: ${names.slice(0, 10).join(', ')}.`,
  );
  expect(words([check('a', 'success')])).toBe('After 15 minutes not ended: late checks.');
});

test.each([
  [{}, ['broken']],
  [{ skipped: 'fail' }, ['broken', 'skipped']],
  [{ neutral: 'fail' }, ['broken', 'neutral']],
  [{ skipped: 'fail', neutral: 'fail' }, ['broken', 'skipped', 'neutral']],
])('with %o these are failures: %j', (settings, failed) => {
  const seen = [
    check('fine', 'success'),
    check('broken', 'failure'),
    check('skipped', 'skipped'),
    check('neutral', 'neutral'),
  ];
  const { findings } = readCi(result('failure', seen), rules(settings));
  expect(findings.map((one) => one.check)).toEqual(failed);
});

describe('whether CI says anything about the commit', () => {
  const silent = (conclusion: CiResult['conclusion'], checks: Check[], ci: object = {}) =>
    readCi(result(conclusion, checks), rules(ci)).saysNothing;

  test('is a matter of one check that has ended with a result of its own', () => {
    for (const state of ['success', 'neutral', 'failure'] as const) {
      expect(silent('success', [check('a', 'skipped'), check('b', state, { optional: true })])).toBe(false);
    }
    for (const state of ['skipped', 'blocked', 'pending', 'cancelled', 'unknown'] as const) {
      expect(silent('success', [check('a', state, { optional: true }), check('b', 'skipped')])).toBe(true);
    }
    expect(silent('success', [])).toBe(true);
    expect(silent('failure', [check('a', 'skipped')], { skipped: 'fail' })).toBe(false);
  });

  test('that found no check says nothing, unless that is called a pass', () => {
    for (const effect of ['hold', 'advisory']) expect(silent('no_runs', [], { on: { no_runs: effect } })).toBe(true);
    expect(silent('no_runs', [], { on: { no_runs: 'ship' } })).toBe(false);
  });

  test.each(['timeout', 'cancelled'] as const)('%s says what the configuration makes of it', (conclusion) => {
    for (const effect of ['hold', 'advisory', 'ship']) {
      expect(silent(conclusion, [check('a', 'pending')], { on: { [conclusion]: effect } })).toBe(false);
    }
  });

  test('is never so where the host could not be asked', () => {
    const fault = { operation: 'waitForCommitCi', message: 'x', remedy: 'y' };
    expect(readCi(result('no_runs', [], { fault }), rules({ on: { no_runs: 'ship' } })).saysNothing).toBe(true);
    expect(readCi(result('timeout', [check('a', 'success')], { fault }), rules({})).saysNothing).toBe(true);
  });
});
