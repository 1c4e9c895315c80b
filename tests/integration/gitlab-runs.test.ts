import { describe, expect, test } from 'vitest';
import { junitXml } from '../support/workspace.ts';
import { JUNIT, QUICK_CI } from './github-bench.ts';
import { type Bench, newBench, PIPELINE } from './gitlab-bench.ts';

const CONFIG = `${QUICK_CI}\n${JUNIT}\n`;
const PLAN =
  'days:\n  - { day: 1, target: Build }\n  - { day: 2, human_gate: true, notes: Please try it. }\n  - { day: 3 }\n';

function newDay(options: { failed?: string[]; config?: string; files?: Record<string, string> } = {}): Promise<Bench> {
  const { failed = [], config = '', files = {} } = options;
  return newBench({ 'pace.config.yaml': `${CONFIG}${config}\n`, 'report.xml': junitXml(...failed), ...files });
}

function gateStatus({ server, sha }: Bench) {
  return server.statuses.filter((row) => row.name === 'pace/gate' && row.sha === sha() && !row.retried);
}

test('a HOLD: one issue, a red status in the own pipeline, the summary as an artifact, variables for later jobs', async () => {
  const bench = await newDay({ failed: ['adds'] });
  const { server, workspace } = bench;
  const run = await bench.job(1);
  const url = `${server.origin}/acme/pace-demo/-/issues/1`;
  expect(run.code, run.stderr).toBe(1);
  expect(server.issues).toMatchObject([
    { iid: 1, title: '[PACE HOLD] Day 1 — unit: app adds', state: 'opened', labels: ['pace-day-1', 'pace-hold'] },
  ]);
  expect(run.variables).toEqual({
    PACE_DECISION: 'HOLD',
    PACE_DAY: '1',
    PACE_CHANGE: '',
    PACE_HOLD_REASON: 'unit: app adds',
    PACE_ESCALATION_URL: url,
    PACE_ADVISORY_URL: '',
    PACE_REVIEW_URL: '',
    PACE_OPEN_ADVISORIES: '0',
    PACE_REPORT_PATH: '.pace/day-1/decision.yaml',
  });
  expect(gateStatus(bench)).toMatchObject([
    {
      status: 'failed',
      description: 'Day 1 HOLD: unit: app adds',
      targetUrl: expect.stringContaining(`${url}#pace-job-`),
      pipelineId: server.pipelines[0]?.id,
    },
  ]);
  expect(await workspace.read('pace-summary.md')).toMatch(/^# PACE Day 1 — 🔴 HOLD\n/);
  expect((await workspace.decision(1)).ci).toMatchObject({
    conclusion: 'success',
    checks: [
      { name: 'test', state: 'success' },
      { name: 'deploy', state: 'blocked' },
      { name: 'rollback', state: 'blocked', optional: true },
    ],
  });
});

test('the life of an escalation: again, paused, fixed, resumed', async () => {
  const bench = await newDay({ failed: ['adds'] });
  const { server, workspace } = bench;
  await bench.job(1);
  await workspace.remove('.pace');
  const again = await bench.job(1);
  expect([again.code, server.issues.length, server.issues[0]?.notes]).toEqual([1, 1, []]);

  const paused = await bench.job(2);
  expect([paused.code, paused.variables['PACE_DECISION']]).toEqual([0, 'PAUSED']);

  await bench.push({ 'report.xml': junitXml() });
  const shipped = await bench.job(1);
  expect([shipped.code, shipped.variables['PACE_DECISION']]).toEqual([0, 'SHIP']);
  expect(server.issues).toMatchObject([{ state: 'closed' }]);
  expect(server.issues[0]?.notes.map(({ body }) => body)).toEqual([
    'closed',
    expect.stringMatching(/^Day 1 ships at commit/),
  ]);
  expect(gateStatus(bench)).toMatchObject([{ status: 'success', description: 'Day 1 SHIP' }]);
  expect((await bench.job(2)).variables['PACE_DECISION']).toBe('SHIP');
});

test('a human-gate day opens one merge request; closed unmerged it pauses, merged it goes on', async () => {
  const bench = await newDay({ files: { 'plan.yaml': PLAN } });
  const { server } = bench;
  const run = await bench.job(2);
  expect(run.variables['PACE_REVIEW_URL']).toBe(`${server.origin}/acme/pace-demo/-/merge_requests/1`);
  expect(server.mergeRequests).toMatchObject([
    {
      title: '[PACE Review Gate] Days 1–2',
      sourceBranch: 'pace/review-day-2',
      targetBranch: 'main',
      labels: ['pace-review'],
      description: expect.stringContaining('## Context\n\nPlease try it.'),
    },
  ]);
  const document = server.state.commits
    .get(server.branches.get('pace/review-day-2') ?? '')
    ?.get('.pace/day-2/review-pr.md');
  expect(document).toContain('# PACE Review Gate — Days 1–2');
  await bench.job(2);
  expect(server.mergeRequests.length).toBe(1);

  const [request] = server.mergeRequests;
  Object.assign(request ?? {}, { state: 'closed' });
  expect((await bench.job(3)).variables).toMatchObject({
    PACE_DECISION: 'PAUSED',
    PACE_REVIEW_URL: run.variables['PACE_REVIEW_URL'],
  });
  Object.assign(request ?? {}, { state: 'merged' });
  expect((await bench.job(3)).variables['PACE_DECISION']).toBe('SHIP');
});

describe('the jobs of the own pipeline', () => {
  test('one that may fail does not hold, one that may not does', async () => {
    const bench = await newDay();
    bench.pipeline([...PIPELINE, { name: 'lint', status: 'failed', allowFailure: true }]);
    expect((await bench.job(1)).variables['PACE_DECISION']).toBe('SHIP');
    bench.pipeline([...PIPELINE, { name: 'lint', status: 'failed' }]);
    expect((await bench.job(1)).variables).toMatchObject({ PACE_DECISION: 'HOLD', PACE_HOLD_REASON: 'ci: lint' });
  });

  test('one that is started by hand is said, and holds only where others stand behind it', async () => {
    const bench = await newDay();
    bench.pipeline([{ name: 'preview', status: 'manual', allowFailure: true }, ...PIPELINE]);
    expect((await bench.job(1)).variables['PACE_DECISION']).toBe('SHIP');
    expect((await bench.workspace.decision(1)).findings).toContainEqual(
      expect.objectContaining({
        ...{ check: 'preview', result: 'ADVISORY' },
        evidence: 'Waits for somebody who may run jobs of the project to start it.',
      }),
    );
    bench.pipeline([{ name: 'approve', status: 'manual' }, ...PIPELINE, { name: 'e2e', status: 'created' }]);
    expect((await bench.job(1)).variables['PACE_DECISION']).toBe('UNKNOWN');
  });

  test('only blocked ones besides the gate: nothing has been tested', async () => {
    const bench = await newDay();
    bench.pipeline(PIPELINE.filter(({ name }) => name !== 'test'));
    const run = await bench.job(1);
    expect((await bench.workspace.decision(1)).findings).toContainEqual(
      expect.objectContaining({ check: 'no CI found', result: 'ADVISORY' }),
    );
    expect(run.code).toBe(0);
  });
});

describe('tokens', () => {
  test("the job's own token cannot escalate: the HOLD stands, the fault names PACE_GITLAB_TOKEN", async () => {
    const bench = await newDay({ failed: ['adds'] });
    const run = await bench.job(1, { PACE_GITLAB_TOKEN: '' });
    expect([run.code, run.variables['PACE_DECISION'], run.variables['PACE_ESCALATION_URL']]).toEqual([1, 'HOLD', '']);
    const { faults, pending } = await bench.workspace.decision(1);
    for (const { remedy } of faults) expect(remedy).toContain('Please add a CI/CD variable PACE_GITLAB_TOKEN');
    expect(pending.map(({ operation }) => operation)).toEqual(['openEscalationIssue', 'setCommitStatus']);
    expect(await bench.workspace.read('pace-summary.md')).toMatch(/PACE\\?_GITLAB\\?_TOKEN/);
  });

  test("the job's own token ships where it may read the jobs and no issue pauses, and nothing where not", async () => {
    const files = { 'pace.config.yaml': `${CONFIG}pause: { by: variable }\n`, 'report.xml': junitXml() };
    const open = await newBench(files, { jobTokenReadsJobs: true });
    const seen = await open.job(1, { PACE_GITLAB_TOKEN: '', PACE_PAUSED: 'false' });
    expect([seen.code, seen.variables['PACE_DECISION']]).toEqual([0, 'SHIP']);
    expect(seen.stderr).toMatch(/^Warning: CI_JOB_TOKEN only sees the jobs of this pipeline/m);
    await open.workspace.write({ 'pace.config.yaml': CONFIG });
    const unaware = await open.job(2, { PACE_GITLAB_TOKEN: '' });
    expect([unaware.code, unaware.variables['PACE_DECISION']]).toEqual([0, 'UNKNOWN']);
    const { findings } = await open.workspace.decision(2);
    expect(findings).toContainEqual(
      expect.objectContaining({ result: 'UNKNOWN', evidence: expect.stringMatching(/^It cannot be known whether an/) }),
    );
    const closed = await newDay();
    const blind = await closed.job(1, { PACE_GITLAB_TOKEN: '' });
    expect([blind.code, blind.variables['PACE_DECISION']]).toEqual([0, 'UNKNOWN']);
  });

  test.each([
    ['scope read_api', { scope: 'read_api' }, /scope `api`/],
    ['role Guest', { role: 'Guest' }, /role (Reporter|Developer)/],
    ['no access to the project', { role: 'none' }, /GitLab/],
  ] as const)('%s: the HOLD stands, the fault says what to give', async (_, options, remedy) => {
    const bench = await newBench({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') }, options);
    const run = await bench.job(1);
    expect([run.code, run.variables['PACE_DECISION']]).toEqual([1, 'HOLD']);
    const told = (await bench.workspace.decision(1)).faults.map((fault) => `${fault.message} ${fault.remedy}`);
    expect(told).toContainEqual(expect.stringMatching(remedy));
  });

  test('a wrong token is told and never shown', async () => {
    const bench = await newDay();
    const token = 'glpat-wrongWrongWrongWrong';
    const run = await bench.job(1, { PACE_GITLAB_TOKEN: token });
    expect([run.code, run.variables['PACE_DECISION']]).toEqual([0, 'UNKNOWN']);
    expect(run.stderr).toMatch(/GitLab .*401/);
    const files = Object.values(await bench.workspace.files()).map((text) => Buffer.from(text, 'base64').toString());
    expect([run.stdout, run.stderr, ...files].join('\n')).not.toContain(token);
  });
});

describe('the variable PACE_PAUSED', () => {
  test('is set by a HOLD and stops later jobs until it is false', async () => {
    const bench = await newDay({ failed: ['adds'], config: 'pause: { by: variable }' });
    await bench.job(1);
    expect(bench.server.variables).toMatchObject([{ key: 'PACE_PAUSED', value: 'true' }]);
    await bench.workspace.write({ 'report.xml': junitXml() });
    expect((await bench.job(2)).variables['PACE_DECISION']).toBe('PAUSED');
    Object.assign(bench.server.variables[0] ?? {}, { value: 'false' });
    expect((await bench.job(2)).variables['PACE_DECISION']).toBe('SHIP');
  });

  test('that the token may not write is a fault, and the issue pauses all the same', async () => {
    const files = { 'pace.config.yaml': `${CONFIG}pause: { by: both }\n`, 'report.xml': junitXml('adds') };
    const bench = await newBench(files, { role: 'Developer' });
    const run = await bench.job(1);
    expect([run.code, run.variables['PACE_DECISION'], bench.server.issues.length]).toEqual([1, 'HOLD', 1]);
    const { faults } = await bench.workspace.decision(1);
    expect(faults).toContainEqual(
      expect.objectContaining({ operation: 'setVariable', remedy: expect.stringContaining('Maintainer') }),
    );
    expect((await bench.job(2)).variables['PACE_DECISION']).toBe('PAUSED');
  });
});

test('one note with the summary is kept at the merge request', async () => {
  const bench = await newDay({ config: 'reporter: { change_note: true }', files: { 'plan.yaml': PLAN } });
  await bench.job(2);
  const inRequest = {
    CI_MERGE_REQUEST_IID: '1',
    CI_MERGE_REQUEST_PROJECT_PATH: bench.server.project,
    CI_PIPELINE_SOURCE: 'merge_request_event',
  };
  await bench.job(3, inRequest);
  await bench.workspace.write({ 'report.xml': junitXml('adds') });
  await bench.job(3, inRequest);
  const notes = bench.server.mergeRequests[0]?.notes.map(({ body }) => body);
  expect(notes).toEqual([expect.stringContaining('# PACE Change 1 — 🔴 HOLD')]);
});

test('what a test says is text: no quick action of it is executed', async () => {
  const bench = await newDay({
    failed: [
      'a"/><testcase name="b"><failure>x&#10;/close&#10;/label ~hacked&#10;</failure></testcase><testcase name="&#10;/close&#10;c',
    ],
  });
  await bench.workspace.write({ '.pace/day-1/handoff.md': 'notes: |\n  /close\n/close\n```\n/label ~hacked\n' });
  await bench.job(1);
  await bench.workspace.write({ 'report.xml': junitXml('&#10;/reopen&#10;/title x') });
  await bench.job(1);
  expect(bench.server.quickActions).toEqual([]);
  expect(bench.server.issues).toMatchObject([{ state: 'opened', labels: ['pace-day-1', 'pace-hold'] }]);
});
