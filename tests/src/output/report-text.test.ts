/** The report, the outputs and the diagnoses as plain text. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Diagnosis } from '../../../core/ports/index.ts';
import type { GateOutcome } from '../../../src/commands/gate.ts';
import type { Report } from '../../../src/gate/report.ts';
import { counts, doctorText } from '../../../src/output/doctor-text.ts';
import { writeDotenv } from '../../../src/output/dotenv.ts';
import { handOn, outputsOf } from '../../../src/output/outputs.ts';
import { reportText } from '../../../src/output/report-text.ts';
import { Interrupted, interruptSignal } from '../../../src/process/interrupt.ts';
import { testWorld } from '../../support/world.ts';

const PLAIN: Report = {
  ...{ schemaVersion: 1, product: 'P', repository: 'r', gate: 'gate', branch: '', sprint: '' },
  ...{ subject: { kind: 'day', id: '3' }, day: 3, date: '2026-03-02', attempt: 1, sha: '' },
  ...{ decision: 'SHIP', holdReason: '', mode: 'enforce', dryRun: false, humanGate: false, clearanceDay: false },
  ...{ findings: [], coverage: {}, notes: [], faults: [], pending: [], requests: [] },
  ci: { conclusion: 'not_asked', url: '', checks: [] },
  escalation: { key: '', url: '' },
  review: { url: '' },
  advisories: { open: 0, new: 0, cleared: 0, url: '' },
};
const SHA = '0123456789abcdef0123456789abcdef01234567';

test('a report without anything is one line', () => {
  expect(reportText(PLAIN)).toBe('✅ PACE day 3: SHIP (no commit, attempt 1)\n');
  const { decision: _, ...rest } = PLAIN;
  const text = (more: Partial<Report>) => reportText({ ...rest, decision: 'HOLD', ...more }).split('\n')[0];
  expect(text({ sha: SHA, attempt: 2 })).toBe('🔴 PACE day 3: HOLD (commit 0123456789ab, attempt 2)');
  expect(text({ mode: 'observe' })).toBe('🔴 PACE day 3: HOLD (no commit, attempt 1, observed only)');
  expect(text({ dryRun: true })).toBe('🔴 PACE day 3: HOLD (no commit, attempt 1, dry run: nothing was written)');
  expect(text({ mode: 'observe', dryRun: true })).toContain('observed only, dry run');
});

test('a report has a line for each thing that there is', () => {
  const report: Report = {
    ...PLAIN,
    ...{ sha: SHA, decision: 'HOLD', holdReason: 'unit: adds\u001b[31m\nand more' },
    findings: [{ source: 'unit', check: 'adds', result: 'FAIL', evidence: 'no' }],
    ci: { conclusion: 'failure', url: 'https://ci/1', checks: [] },
    escalation: { key: '7', url: 'https://t/7' },
    review: { url: 'https://r/1' },
    advisories: { open: 2, new: 1, cleared: 0, url: 'https://t/8' },
    notes: ['First.', 'n'.repeat(501)],
    pending: [{ operation: 'createIssue', reason: 'x', day: 3 }],
    requests: [{ host: 'https://t', requests: 1, notModified: 0, retries: 0, waitedSeconds: 0, remaining: 9 }],
  };
  expect(reportText(report)).toBe(`🔴 PACE day 3: HOLD (commit 0123456789ab, attempt 1)
   unit: adds and more

🔴 FAIL     unit  adds — no

Escalation:  7 https://t/7
Review:      https://r/1
Advisories:  2 open, 1 new, 0 cleared https://t/8
CI:          failure https://ci/1
Note:        First.
Note:        ${'n'.repeat(499)}…
Requests:    t: 1 request, 9 left
Undelivered: createIssue
`);
  const cleared = reportText({ ...PLAIN, advisories: { open: 0, new: 0, cleared: 1, url: '' } });
  expect(cleared).toContain('Advisories:  0 open, 0 new, 1 cleared\n');
});

test('colour is for the words of decision and results alone', () => {
  const findings = [{ source: 'unit', check: 'adds', result: 'PASS' as const, evidence: '' }];
  const text = reportText({ ...PLAIN, findings }, { colour: true });
  expect(text).toContain('day 3: \u001b[32mSHIP\u001b[0m (');
  expect(text).toContain('\u001b[32mPASS    \u001b[0m unit');
  expect(reportText({ ...PLAIN, decision: 'UNKNOWN' }, { colour: true })).toContain('\u001b[33mUNKNOWN\u001b[0m');
  expect(reportText({ ...PLAIN, decision: 'HOLD' }, { colour: true })).toContain('\u001b[31mHOLD\u001b[0m');
});

const outcome = (report: Partial<Report> = {}): GateOutcome =>
  ({ report: { ...PLAIN, ...report }, exitCode: 0, reportPath: '/ws/.pace/day-3/decision.yaml' }) as GateOutcome;

test('outputs are the same in every CI', () => {
  const world = testWorld({ cwd: '/ws' });
  const given = outcome({
    ...{ decision: 'HOLD', holdReason: `a\nb ${'x'.repeat(1000)}` },
    ...{ escalation: { key: '7', url: 'https://t/7' }, review: { url: 'https://r/1' } },
    advisories: { open: 2, new: 1, cleared: 0, url: 'https://t/8' },
  });
  expect(outputsOf(world, given)).toEqual({
    ...{ decision: 'HOLD', day: '3', change: '', 'escalation-url': 'https://t/7', 'advisory-url': 'https://t/8' },
    ...{ 'review-url': 'https://r/1', 'open-advisories': '2', 'report-path': '.pace/day-3/decision.yaml' },
    'hold-reason': `a b ${'x'.repeat(995)}…`,
  });
  for (const none of [{ decision: 'PAUSED' as const }, { dryRun: true }])
    expect(outputsOf(world, outcome(none))['report-path']).toBe('');
});

test('a change is named where a day would be, in the report and for later steps', () => {
  const change = { subject: { kind: 'change', id: '12' }, day: null } as const;
  expect(reportText({ ...PLAIN, ...change })).toBe('✅ PACE change 12: SHIP (no commit, attempt 1)\n');
  expect(outputsOf(testWorld({ cwd: '/ws' }), outcome(change))).toMatchObject({ day: '', change: '12' });
});

test('a dotenv file has one line for each output, without credentials', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'pace-dotenv-'));
  const world = testWorld({ cwd, redact: (text) => text.replaceAll('hunter2', '***') });
  await writeDotenv(world, 'a.env', outcome({ holdReason: 'hunter2\nX=1', decision: 'HOLD' }));
  const text = await readFile(join(cwd, 'a.env'), 'utf8');
  await writeDotenv(world, '../b.env', outcome());
  await rm(cwd, { recursive: true });
  expect(text.trimEnd().split('\n')).toHaveLength(9);
  expect(text).toContain('PACE_HOLD_REASON=*** X=1\n');
  expect(world.lines).toEqual([expect.stringMatching(/^warn: The outcome could not be handed on to later steps: /)]);
});

test('what cannot be handed on is a warning with its remedy', async () => {
  const world = testWorld();
  await handOn(world.log, () => undefined);
  expect(world.lines).toEqual([]);
  await handOn(world.log, () => {
    throw Object.assign(new Error('EACCES: no'), { code: 'EACCES', path: '/x' });
  });
  await handOn(world.log, () => Promise.reject(new Error('later')));
  expect(world.lines).toHaveLength(2);
});

test('diagnoses stand below their area, in the order in which areas came', () => {
  const row = (area: string, check: string, more: Partial<Diagnosis> = {}): Diagnosis => ({
    ...{ area, check, state: 'ok', detail: 'fine', remedy: '' },
    ...more,
  });
  const diagnoses = [
    row('b', 'long name'),
    row('a', 'x', { state: 'broken', detail: 'no', remedy: 'Do this.\nThen that.' }),
    row('b', 'y', { state: 'degraded', detail: '' }),
    row('a', 'z', { state: 'unknown' }),
  ];
  expect(doctorText(diagnoses)).toBe(`b
  ok        long name  fine
  degraded  y

a
  broken    x          no
            → Do this.
              Then that.
  unknown   z          fine

1 ok, 1 degraded, 1 broken, 1 unknown
`);
  expect(doctorText([])).toBe('\n');
  expect(counts([row('a', 'x'), row('a', 'y')])).toBe('2 ok');
  expect(doctorText([row('a', 'x')], { colour: true })).toBe(
    '\u001b[1ma\u001b[0m\n  \u001b[32mok      \u001b[0m  x  fine\n\n1 ok\n',
  );
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('%s aborts with the code %i, and the first signal counts', (signal, code) => {
  const listeners = new Map<string, () => void>();
  const aborted = interruptSignal({ once: (name, listener) => listeners.set(name, listener) });
  expect([aborted.aborted, [...listeners.keys()]]).toEqual([false, ['SIGINT', 'SIGTERM']]);
  listeners.get(signal)?.();
  for (const other of listeners.values()) other();
  expect(aborted.reason).toBeInstanceOf(Interrupted);
  expect(aborted.reason.exitCode).toBe(code);
});
