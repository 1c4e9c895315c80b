import { afterAll, expect, test } from 'vitest';
import { splitMetadata } from '../../core/drivers/hidden-metadata.ts';
import { junitXml } from '../support/workspace.ts';
import { type Bench, expectDescribedExchanges, JUNIT, newBench, OWN_JOB, QUICK_CI } from './github-bench.ts';

const CONFIG = `${QUICK_CI}\n${JUNIT}\n`;

afterAll(expectDescribedExchanges);

function held(): Promise<Bench> {
  return newBench({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') });
}

/** A runner starts from a fresh checkout unless the workflow keeps `.pace`. */
async function forget({ workspace }: Bench): Promise<void> {
  await workspace.remove('.pace', 'PROGRESS.md');
}

test('a failing test holds: one issue, outputs, summary, a red status that links to the issue, exit 1', async () => {
  const bench = await held();
  const run = await bench.step({ day: '3' });
  const [issue, ...others] = await bench.issues();
  const url = `${bench.github.origin}/octo-org/octo-repo/issues/1`;

  expect(run.code, run.stdout).toBe(1);
  expect(run.outputs).toEqual({
    decision: 'HOLD',
    day: '3',
    change: '',
    'hold-reason': 'unit: app adds',
    'escalation-url': url,
    'advisory-url': '',
    'review-url': '',
    'open-advisories': '0',
    'report-path': '.pace/day-3/decision.yaml',
  });
  expect(others).toEqual([]);
  expect(issue).toMatchObject({ title: '[PACE HOLD] Day 3 — unit: app adds', state: 'open', html_url: url });
  expect(issue?.labels.map(({ name }) => name).sort()).toEqual(['pace-day-3', 'pace-hold']);
  expect(issue?.body).toMatch(
    /### Blocker\n\nunit: app adds\n\n\| Result .*\n.*\n\| 🔴\sFAIL \| unit \| app adds \| expected 1, got 2 \|/,
  );
  const { body, metadata } = splitMetadata(issue?.body ?? '');
  expect(metadata).toMatchObject({ pace: { kind: 'escalation', day: 3, state: 'open', sha: bench.github.sha } });
  expect(body).not.toContain('<!--');
  expect(run.summary).toMatch(/^# PACE Day 3 — 🔴 HOLD\n\n> \*\*unit: app adds\*\*\n\n- Escalation: \[1\]/);
  expect(run.stdout).toContain('\n::error title=PACE day 3%3A HOLD::unit: app adds\n');
  expect(bench.github.statuses(bench.github.sha)).toMatchObject([
    {
      context: 'pace/gate',
      state: 'failure',
      description: 'Day 3 HOLD: unit: app adds',
      target_url: `${url}#pace-job-${OWN_JOB}`,
    },
  ]);
  expect(await bench.workspace.decision(3)).toMatchObject({
    schemaVersion: 1,
    decision: 'HOLD',
    sha: bench.github.sha,
    attempt: 1,
    escalation: { key: '1', url },
    ci: { conclusion: 'success', checks: [{ name: 'test', state: 'success' }] },
    faults: [],
    pending: [],
    requests: [{ host: bench.github.origin, requests: bench.requests().length, retries: 0, remaining: 990 }],
  });
  const asked = `: ${bench.requests().length} requests, 990 left`;
  expect(run.stdout).toMatch(new RegExp(`\nRequests:    .+${asked}\n`));
  expect(run.summary).toMatch(new RegExp(`\n\nRequests: .+${asked}\n`));
  expect(Object.keys(await bench.workspace.files())).toEqual([
    '.pace/.gitignore',
    '.pace/advisory_backlog.yaml',
    '.pace/day-3/attempts.yaml',
    '.pace/day-3/decision.yaml',
    '.pace/day-3/escalated',
    '.pace/journal.jsonl',
    'PROGRESS.md',
    'pace.config.yaml',
    'report.xml',
  ]);
  expect(bench.requests().length).toBeLessThanOrEqual(10);
});

test('the life of an escalation: run again, another reason, fixed', async () => {
  const bench = await held();
  await bench.step({ day: '1' });

  const again = await bench.step({ day: '1' });
  expect([again.code, again.outputs['escalation-url']]).toEqual([1, expect.stringMatching(/issues\/1$/)]);
  expect(bench.writes()).toEqual(bench.statusWrites());

  await forget(bench);
  await bench.step({ day: '1' });
  expect(bench.writes()).toEqual(bench.statusWrites());
  expect(await bench.comments(1)).toEqual([]);

  await bench.workspace.write({ 'report.xml': junitXml('multiplies') });
  await forget(bench);
  const changed = await bench.step({ day: '1' });
  expect(changed.outputs['hold-reason']).toBe('unit: app multiplies');
  expect(await bench.issues()).toMatchObject([
    { number: 1, state: 'open', title: '[PACE HOLD] Day 1 — unit: app multiplies' },
  ]);
  expect(await bench.comments(1)).toEqual([expect.stringContaining('Day 1 holds at commit')]);

  const fixed = await bench.push({ 'report.xml': junitXml() });
  await forget(bench);
  const shipped = await bench.step({ day: '1' });
  expect([shipped.code, shipped.outputs['decision'], shipped.outputs['escalation-url']]).toEqual([0, 'SHIP', '']);
  expect(await bench.issues()).toMatchObject([{ number: 1, state: 'closed' }]);
  expect((await bench.comments(1)).at(-1)).toBe(
    `Day 1 ships at commit \`${fixed.slice(0, 12)}\`. Closed by PACE; the loop goes on.`,
  );
  expect(bench.github.statuses(fixed)).toMatchObject([{ state: 'success', description: 'Day 1 SHIP' }]);

  await bench.step({ day: '1' });
  expect(bench.writes()).toEqual(bench.statusWrites());
});

test('an open escalation pauses later days until a person closes it; only news reopens it', async () => {
  const bench = await held();
  await bench.step({ day: '1' });
  await forget(bench);

  const paused = await bench.step({ day: '2' });
  expect([paused.code, paused.outputs['decision'], paused.outputs['report-path']]).toEqual([0, 'PAUSED', '']);
  expect(paused.outputs['hold-reason']).toMatch(
    /^Day 1 is held by issue 1\. To resume, run day 1 .* or close that issue\.$/,
  );
  expect(paused.outputs['escalation-url']).toMatch(/issues\/1$/);
  expect(paused.summary).toContain('# PACE Day 2 — ⏳ PAUSED');
  expect(bench.requests()).toEqual(['GET /issues', expect.stringMatching(/^POST .statuses/)]);
  expect(Object.keys(await bench.workspace.files())).toEqual([
    ...['.pace/.gitignore', '.pace/journal.jsonl', 'pace.config.yaml', 'report.xml'],
  ]);

  await bench.close(1);
  const resumed = await bench.step({ day: '1' });
  expect([resumed.code, resumed.outputs['decision']]).toEqual([1, 'HOLD']);
  expect(await bench.issues()).toMatchObject([{ number: 1, state: 'closed' }]);
  expect(await bench.comments(1)).toEqual([]);

  await bench.workspace.write({ 'report.xml': junitXml() });
  const next = await bench.step({ day: '2' });
  expect([next.code, next.outputs['decision']]).toEqual([0, 'SHIP']);

  const newer = await bench.push({ 'report.xml': junitXml('adds') });
  const reopened = await bench.step({ day: '1' });
  expect(reopened.code).toBe(1);
  expect(await bench.issues()).toMatchObject([{ number: 1, state: 'open' }]);
  expect(await bench.comments(1)).toEqual([`Day 1 holds at commit \`${newer.slice(0, 12)}\`: unit: app adds`]);
});

test('a day that holds again after it has shipped reopens its issue', async () => {
  const bench = await held();
  await bench.step({ day: '1' });
  await bench.workspace.write({ 'report.xml': junitXml() });
  await bench.step({ day: '1' });
  await bench.workspace.write({ 'report.xml': junitXml('adds') });
  const run = await bench.step({ day: '1' });
  expect([run.code, (await bench.issues()).map(({ state }) => state)]).toEqual([1, ['open']]);
});

test('two days have two issues, and the earlier one is named', async () => {
  const bench = await held();
  await bench.step({ day: '2' });
  await bench.step({ day: '1' });
  expect((await bench.issues()).map(({ title }) => title).sort()).toEqual([
    '[PACE HOLD] Day 1 — unit: app adds',
    '[PACE HOLD] Day 2 — unit: app adds',
  ]);
  const paused = await bench.step({ day: '3' });
  expect(paused.outputs['hold-reason']).toMatch(/^Day 1 is held by issue 2\./);
});

test('attempts that may be repeated hold without an issue', async () => {
  const bench = await newBench({
    'pace.config.yaml': `${CONFIG}gate: { retries: 1 }\n`,
    'report.xml': junitXml('adds'),
  });
  const first = await bench.step({ day: '1', attempt: '1' });
  expect([first.code, first.outputs['decision'], first.outputs['escalation-url']]).toEqual([1, 'HOLD', '']);
  expect(await bench.issues()).toEqual([]);
  await forget(bench);
  const second = await bench.step({ day: '1' }, { GITHUB_RUN_ATTEMPT: '2' });
  expect([second.code, second.outputs['escalation-url']]).toEqual([1, expect.stringMatching(/issues\/1$/)]);
});

test('a day that ships costs six requests, a first hold ten', async () => {
  const bench = await newBench({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml() });
  const { sha } = bench.github;
  await bench.step({ day: '1' });
  const looks = [`GET /actions/runs`, `GET /commits/${sha}/check-runs`, `GET /commits/${sha}/status`];
  expect(bench.requests().sort()).toEqual(['GET /issues', ...looks, ...bench.statusWrites()].sort());
  await bench.workspace.write({ 'report.xml': junitXml('adds') });
  await bench.step({ day: '2' });
  const files = [...Array.from({ length: 4 }, () => 'GET /issues'), 'POST /issues'];
  expect(bench.requests().sort()).toEqual([...files, ...looks, ...bench.statusWrites()].sort());
});
