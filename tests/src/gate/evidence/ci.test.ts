import { expect, test } from 'vitest';
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
