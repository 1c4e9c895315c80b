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
  timedOut: conclusion === 'timeout',
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

test('every failed check is a finding of its own, and of those that may fail an advisory one', () => {
  const seen = [
    check('lint', 'failure', { url: 'https://ci.example.org/1' }),
    check('flaky', 'failure', { optional: true }),
    check('skipped', 'skipped'),
  ];
  expect(readCi(result('failure', seen), rules({ skipped: 'fail' })).findings).toEqual([
    { source: 'ci', check: 'lint', result: 'FAIL', evidence: 'Ended as failure.', url: 'https://ci.example.org/1' },
    { source: 'ci', check: 'skipped', result: 'FAIL', evidence: 'Ended as skipped.' },
    { source: 'ci', check: 'flaky', result: 'ADVISORY', evidence: 'Ended as failure, which is allowed.' },
  ]);
});

describe('several things at once are all said', () => {
  const seen = [
    check('unit', 'failure'),
    check('slow', 'pending', { url: 'https://ci.example.org/slow' }),
    check('a', 'cancelled', { url: 'https://ci.example.org/a' }),
    check('b', 'cancelled'),
    check('may', 'cancelled', { optional: true }),
    check('go', 'waiting', { waitsFor: { kind: 'start', who: 'ann', isBlocking: true } }),
  ];
  const said = (ci: object, more: Partial<CiResult> = {}) => {
    return readCi(result('failure', seen, { timedOut: true, ...more }), rules(ci)).findings;
  };

  test('the failure first, whatever the others do', () => {
    const ship = { timeout: 'ship', cancelled: 'ship', waiting: 'ship' };
    expect(said({ on: ship }).map(({ check: name, result: word }) => [name, word])).toEqual([
      ['unit', 'FAIL'],
      ['CI not ended in time', 'PASS'],
      ['CI cancelled', 'PASS'],
      ['go', 'PASS'],
    ]);
    expect(said({})).toEqual([
      { source: 'ci', check: 'unit', result: 'FAIL', evidence: 'Ended as failure.' },
      {
        source: 'ci',
        check: 'CI not ended in time',
        result: 'FAIL',
        evidence: 'After 15 minutes not ended: slow.',
        url: 'https://ci.example.org/slow',
      },
      {
        source: 'ci',
        check: 'CI cancelled',
        result: 'FAIL',
        evidence: 'a, b were cancelled and not run again.',
        url: 'https://ci.example.org/a',
      },
      {
        source: 'ci',
        check: 'go',
        result: 'UNKNOWN',
        evidence: 'Waits for ann to start it. The checks behind it have not run.',
      },
    ]);
  });

  test('such a reading is not whole', () => {
    const wanted = rules({});
    expect(readCi(result('failure', seen, { timedOut: true }), wanted).complete).toBe(false);
    expect(readCi(result('failure', seen, { timedOut: false }), wanted).complete).toBe(true);
  });

  test('what had failed before the host stopped answering holds', () => {
    const fault = { operation: 'waitForCommitCi', message: 'The token has expired.', remedy: 'Renew it.' };
    expect(said({}, { fault })).toEqual([
      { source: 'ci', check: 'unit', result: 'FAIL', evidence: 'Ended as failure.' },
      { source: 'ci', check: 'commit CI', result: 'UNKNOWN', evidence: 'The token has expired. Renew it.' },
    ]);
    expect(readCi(result('failure', seen, { fault }), rules({}))).toMatchObject({
      complete: false,
      saysNothing: false,
    });
  });

  test('of many that were cancelled ten are named', () => {
    const many = Array.from({ length: 12 }, (_, index) => check(`job-${index + 1}`, 'cancelled'));
    const words = (checks: Check[]) => readCi(result('cancelled', checks), rules({})).findings[0]?.evidence;
    const ten = many.slice(0, 10).map(({ name }) => name).join(', '); // biome-ignore format: one thought
    expect(words(many)).toBe(`${ten} and 2 more were cancelled and not run again.`);
    expect(words(many.slice(0, 10))).toBe(`${ten} were cancelled and not run again.`);
  });
});

describe('what waits for a person', () => {
  type Kind = NonNullable<Check['waitsFor']>['kind'];
  const waiting = (kind: Kind, isBlocking = false): Check => {
    return check('deploy', 'waiting', { url: 'https://ci.example.org/9', waitsFor: { kind, who: 'ann', isBlocking } });
  };
  const read = (one: Check, on: object = {}) => readCi(result('waiting', [one]), rules({ on }));
  const said = (one: Check) => read(one).findings.map(({ result: word, evidence, url }) => [word, evidence, url]);

  test.each<[string, Check, string, string]>([
    [
      'an approval holds',
      waiting('approval', true),
      'FAIL',
      'Waits for ann to let it run. The checks behind it have not run.',
    ],
    ['a deployment is advisory', waiting('deployment'), 'ADVISORY', 'Waits for ann before it deploys.'],
    [
      'so it is with jobs behind it',
      waiting('deployment', true),
      'ADVISORY',
      'Waits for ann before it deploys. The checks behind it have not run.',
    ],
    ['a later start is advisory', waiting('start'), 'ADVISORY', 'Waits for ann to start it.'],
    [
      'a start before others leaves the commit unjudged',
      waiting('start', true),
      'UNKNOWN',
      'Waits for ann to start it. The checks behind it have not run.',
    ],
  ])('%s', (_, one, word, evidence) => {
    expect(said(one)).toEqual([[word, evidence, 'https://ci.example.org/9']]);
  });

  test('and does not say for what, leaves the commit unjudged', () => {
    expect(said(check('odd', 'waiting'))).toEqual([['UNKNOWN', 'Waits for a person to start it.', undefined]]);
  });

  test.each([
    ['hold', 'FAIL', false],
    ['advisory', 'ADVISORY', true],
    ['ship', 'PASS', false],
  ] as const)('with `on.waiting: %s` all of it is %s', (effect, word, silent) => {
    for (const kind of ['approval', 'deployment', 'start'] as const) {
      const reading = read(waiting(kind, true), { waiting: effect });
      expect([reading.findings.map((one) => one.result), reading.saysNothing]).toEqual([[word], silent]);
    }
  });

  test('says nothing of the commit where nothing else has ended', () => {
    expect(read(waiting('deployment'))).toMatchObject({ saysNothing: true, complete: false });
    const beside = readCi(result('success', [check('a', 'success'), waiting('deployment')]), rules({}));
    expect(beside.saysNothing).toBe(false);
    expect(beside.findings.map(({ result: word, evidence }) => [word, evidence])).toEqual([
      ['PASS', '1 check passed.'],
      ['ADVISORY', 'Waits for ann before it deploys.'],
    ]);
  });

  test('before what was expected: that is not ended either', () => {
    const { findings } = readCi(result('waiting', [waiting('approval', true)]), rules({ expected: ['e2e', 'deploy'] }));
    expect(findings.map((one) => [one.check, one.result, one.evidence])).toEqual([
      ['CI not ended in time', 'FAIL', 'Not ended: e2e (never came).'],
      ['deploy', 'FAIL', 'Waits for ann to let it run. The checks behind it have not run.'],
    ]);
  });
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

  test('counts the checks that passed; those whose failure is allowed are advisory', () => {
    expect(proof([check('a', 'success')])).toBe('1 check passed.');
    expect(proof([])).toBe('0 checks passed.');
    expect(proof([check('a', 'success'), check('b', 'skipped')])).toBe('1 check passed, 1 skipped.');
    expect(proof([check('b', 'skipped'), check('c', 'neutral')])).toBe('1 check passed, 1 skipped.');
    const many = [
      check('a', 'success'),
      check('b', 'success', { optional: true }),
      check('c', 'failure', { optional: true }),
      check('d', 'blocked'),
    ];
    expect(proof(many)).toBe('2 checks passed.');
    expect(readCi(result('success', many), rules({})).findings.slice(1)).toEqual([
      { source: 'ci', check: 'c', result: 'ADVISORY', evidence: 'Ended as failure, which is allowed.' },
    ]);
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
  const seen = { cancelled: [check('build', 'cancelled')], timeout: [check('build', 'pending')], no_runs: [] };
  const { findings } = readCi(result(conclusion, seen[conclusion]), rules({ on: { [conclusion]: effect } }));
  const [finding] = findings;
  expect(findings.map((one) => one.result)).toEqual([expected]);
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
    for (const state of ['success', 'neutral'] as const) {
      expect(silent('success', [check('a', 'skipped'), check('b', state, { optional: true })])).toBe(false);
    }
    expect(silent('failure', [check('a', 'skipped'), check('b', 'failure')])).toBe(false);
    for (const state of ['skipped', 'blocked', 'waiting', 'cancelled', 'failure'] as const) {
      expect(silent('success', [check('a', state, { optional: true }), check('b', 'skipped')])).toBe(true);
    }
    expect(silent('success', [])).toBe(true);
    expect(silent('failure', [check('a', 'skipped')], { skipped: 'fail' })).toBe(false);
  });

  test('that found no check says nothing, unless that is called a pass', () => {
    for (const effect of ['hold', 'advisory']) expect(silent('no_runs', [], { on: { no_runs: effect } })).toBe(true);
    expect(silent('no_runs', [], { on: { no_runs: 'ship' } })).toBe(false);
  });

  test.each([
    ['timeout', 'pending'],
    ['cancelled', 'cancelled'],
  ] as const)('%s says what the configuration makes of it', (conclusion, state) => {
    for (const effect of ['hold', 'advisory', 'ship']) {
      expect(silent(conclusion, [check('a', state)], { on: { [conclusion]: effect } })).toBe(false);
    }
  });

  test('is never so where the host could not be asked', () => {
    const fault = { operation: 'waitForCommitCi', message: 'x', remedy: 'y' };
    expect(readCi(result('no_runs', [], { fault }), rules({ on: { no_runs: 'ship' } })).saysNothing).toBe(true);
    expect(readCi(result('timeout', [check('a', 'success')], { fault }), rules({})).saysNothing).toBe(true);
  });
});
