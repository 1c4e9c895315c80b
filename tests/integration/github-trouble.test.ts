import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { isRecord } from '../../core/record.ts';
import type { Asked } from '../support/loopback.ts';
import { refusingAddress } from '../support/refusing.ts';
import { junitXml } from '../support/workspace.ts';
import { type Bench, expectDescribedExchanges, JUNIT, newBench, QUICK_CI } from './github-bench.ts';

afterAll(expectDescribedExchanges);

const QUICK_END = QUICK_CI.replace('}', ', timeout_minutes: 0.01 }');
const CONFIG = `${QUICK_END}\n${JUNIT}\n`;
const REFUSED = { status: 403, json: { message: 'Resource not accessible by integration' } };
const PLAN = 'days:\n  - { day: 1, target: Look, human_gate: true }\n  - { day: 2, target: Build }\n';

function newDay(...failed: string[]): Promise<Bench> {
  return newBench({ 'pace.config.yaml': CONFIG, 'pace/plan.yaml': PLAN, 'report.xml': junitXml(...failed) });
}

async function faultsOf({ workspace }: Bench): Promise<string[]> {
  const { faults } = await workspace.decision(1);
  return faults.map(({ operation, message, remedy }) => `${operation}: ${message} ${remedy}`);
}

describe('a token without one permission: the decision stands, the fault says what to add', () => {
  const asks = (method: string, path: RegExp) => (asked: Asked) => asked.method === method && path.test(asked.path);
  const yaml = (permission: string) => new RegExp(`permissions:\\s+${permission}`);

  test.each([
    ['issues: read', 'HOLD', asks('GET', /\/issues$/)],
    ['issues: write', 'HOLD', asks('POST', /\/issues$/)],
    ['statuses: write', 'HOLD', asks('POST', /\/statuses\//)],
    ['statuses: read', 'HOLD', asks('GET', /\/status$/)],
    ['checks: read', 'HOLD', asks('GET', /\/check-runs$/)],
    ['contents: write', 'SHIP', asks('POST', /\/git\/(trees|commits|refs)$/)],
    ['pull-requests: read', 'SHIP', asks('GET', /\/pulls$/)],
    ['pull-requests: write', 'SHIP', asks('POST', /\/pulls$/)],
    ['statuses: write', 'SHIP', asks('POST', /\/statuses\//)],
  ] as const)('%s, on a day to %s', async (permission, decision, match) => {
    const bench = await newDay(...(decision === 'HOLD' ? ['adds'] : []));
    bench.github.trouble(match, REFUSED, 99);
    const run = await bench.step({ day: '1' });
    expect([run.code, run.outputs['decision']]).toEqual([decision === 'HOLD' ? 1 : 0, decision]);
    expect(await faultsOf(bench)).toContainEqual(expect.stringMatching(yaml(permission)));
    expect(run.summary).toMatch(yaml(permission));
    expect(run.stdout).toContain('::warning::');
  });

  test.each([
    ['checks: read', asks('GET', /\/check-runs$/)],
    ['statuses: read', asks('GET', /\/status$/)],
  ])('%s: without the checks nothing ships', async (permission, match) => {
    const bench = await newDay();
    bench.github.trouble(match, REFUSED, 99);
    const run = await bench.step({ day: '1' });
    expect([run.code, run.outputs['decision']]).toEqual([0, 'UNKNOWN']);
    expect(run.outputs['hold-reason']).toBe('PACE could not judge: ci: commit CI');
    expect(await faultsOf(bench)).toContainEqual(expect.stringMatching(yaml(permission)));
  });

  test('actions: read is a warning: late jobs may be missed', async () => {
    const bench = await newDay();
    bench.github.trouble(asks('GET', /\/actions\/runs/), REFUSED, 99);
    const run = await bench.step({ day: '1' });
    expect([run.code, run.outputs['decision']]).toEqual([0, 'SHIP']);
    expect(run.stdout).toMatch(/^::warning::The token may not list workflow runs .*actions: read/m);
  });

  test('variables: a HOLD pauses by its issue all the same', async () => {
    const bench = await newDay('adds');
    await bench.workspace.write({ 'pace.config.yaml': `${CONFIG}pause: { by: both }\n` });
    bench.github.trouble(({ path }) => path.includes('/actions/variables'), REFUSED, 99);
    const run = await bench.step({ day: '1' });
    expect([run.code, run.outputs['decision']]).toEqual([1, 'HOLD']);
    expect(await faultsOf(bench)).toContainEqual(
      expect.stringMatching(/^setVariable: .*"Variables: write".*`pause\.by: issue`/),
    );
    expect((await bench.step({ day: '2' })).outputs['decision']).toBe('PAUSED');
  });
});

test('what could not be escalated is escalated by the next run', async () => {
  const bench = await newDay('adds');
  bench.github.trouble(({ method, path }) => method === 'POST' && path.endsWith('/issues'), REFUSED);
  const first = await bench.step({ day: '1' });
  expect([first.code, first.outputs['escalation-url']]).toEqual([1, '']);
  expect((await bench.workspace.decision(1)).pending).toMatchObject([{ operation: 'openEscalationIssue' }]);
  const second = await bench.step({ day: '1' });
  expect([second.code, second.outputs['escalation-url']]).toEqual([1, expect.stringMatching(/issues\/1$/)]);
  expect((await bench.workspace.decision(1)).pending).toEqual([]);
});

test('a HOLD that could not be escalated is escalated by the next day, which then pauses', async () => {
  const bench = await newDay('adds');
  bench.github.trouble(({ method, path }) => method === 'POST' && path.endsWith('/issues'), REFUSED);
  await bench.step({ day: '1' });
  await bench.workspace.write({ 'report.xml': junitXml() });
  const dry = await bench.step({ day: '2', 'dry-run': 'true' });
  expect([dry.outputs['decision'], await bench.issues()]).toEqual(['SHIP', []]);
  const next = await bench.step({ day: '2' });
  expect([next.code, next.outputs['decision']]).toEqual([0, 'PAUSED']);
  expect(await bench.issues()).toMatchObject([{ state: 'open', title: '[PACE HOLD] Day 1 — unit: app adds' }]);
  expect(await bench.workspace.decision(1)).toMatchObject({ pending: [], escalation: { key: '1' } });
});

test('an escalation that could not be closed does not pause the next day', async () => {
  const bench = await newDay('adds');
  await bench.step({ day: '1' });
  await bench.workspace.write({ 'report.xml': junitXml() });
  bench.github.trouble(({ method, path }) => method === 'POST' && path.endsWith('/comments'), REFUSED);
  const shipped = await bench.step({ day: '1' });
  expect([shipped.code, shipped.outputs['decision']]).toEqual([0, 'SHIP']);
  expect((await bench.workspace.decision(1)).pending).toMatchObject([{ operation: 'resolveEscalation' }]);
  const next = await bench.step({ day: '2' });
  expect([next.code, next.outputs['decision']]).toEqual([0, 'SHIP']);
  expect((await bench.issues()).map(({ state }) => state)).toEqual(['closed']);
  expect((await bench.workspace.decision(1)).pending).toEqual([]);
});

test('a decision file that makes no sense decides nothing', async () => {
  const bench = await newDay();
  await bench.workspace.write({
    '.pace/day-1/decision.yaml': 'decision: 7\npending: [null, 3]\nfindings: x\nescalation: 1\ncoverage: []\n',
    '.pace/day-1/attempts.yaml': '[null, { run: x }, 7]\n',
  });
  for (const day of ['2', '1']) {
    const run = await bench.step({ day });
    expect([run.code, run.outputs['decision']], run.stdout).toEqual([0, 'SHIP']);
  }
});

test('the answer to the new issue is lost: still one issue, and its link is known', async () => {
  const bench = await newDay('adds');
  bench.github.trouble(({ method, path }) => method === 'POST' && path.endsWith('/issues'), 'reset-after');
  const run = await bench.step({ day: '1' });
  expect(run.outputs['escalation-url']).toMatch(/issues\/1$/);
  await bench.step({ day: '1' });
  expect((await bench.issues()).length).toBe(1);
});

/** What is said before anything is judged. */
function isPending(status: unknown): boolean {
  return isRecord(status) && status['state'] === 'pending';
}

test('killed right after the issue was opened: the next run finds it', async () => {
  const bench = await newDay('adds');
  const kill = new AbortController();
  bench.github.trouble(({ method, path, body }) => {
    const isVerdict = method === 'POST' && path.includes('/statuses/') && !isPending(body);
    if (isVerdict) kill.abort();
    return isVerdict;
  }, 'hang');
  const killed = await bench.step({ day: '1' }, {}, { killedBy: kill.signal });
  expect([killed.code, (await bench.issues()).length]).toEqual([null, 1]);
  expect(bench.github.statuses(bench.github.sha)).toMatchObject([{ context: 'pace/gate', state: 'pending' }]);
  const files = Object.keys(await bench.workspace.files());
  expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  const run = await bench.step({ day: '1' });
  expect([run.code, run.outputs['escalation-url']]).toEqual([1, expect.stringMatching(/issues\/1$/)]);
  expect((await bench.issues()).length).toBe(1);
});

test('two runs of a day at the same time leave one open issue, and both name it', async () => {
  const bench = await newDay('adds');
  const runs = await Promise.all([bench.step({ day: '1' }), bench.step({ day: '1' })]);
  const open = (await bench.issues()).filter(({ state }) => state === 'open');
  expect(open.length).toBe(1);
  expect(new Set(runs.map(({ outputs }) => outputs['escalation-url']))).toEqual(new Set([open[0]?.html_url]));
});

test('GitHub is down: UNKNOWN, exit 0 and loud; with on_unknown: hold it stops', async () => {
  const bench = await newDay();
  await bench.workspace.write({ 'pace.config.yaml': `${CONFIG}gate: { on_unknown: hold }\n`, 'pass.yaml': CONFIG });
  const nobody = await refusingAddress();
  onTestFinished(() => nobody.close());
  const down = { GITHUB_API_URL: nobody.origin };
  const [pass, hold] = await Promise.all([
    bench.step({ day: '1', config: 'pass.yaml' }, down),
    bench.step({ day: '2' }, down),
  ]);
  expect([pass.code, pass.outputs['decision']]).toEqual([0, 'UNKNOWN']);
  expect(pass.stdout).toMatch(/^::warning title=PACE day 1%3A UNKNOWN::PACE could not judge: ci: commit CI/m);
  expect(pass.summary).toContain('# PACE Day 1 — ⚠️ UNKNOWN');
  expect(pass.summary).toMatch(/GitHub could not be reached at .* \(ECONNREFUSED\)\. Please check the URL/);
  expect(pass.summary).not.toContain('Nothing needs attention');
  expect(pass.summary).not.toContain('did not change the decision');
  expect([hold.code, hold.outputs['decision']]).toEqual([1, 'UNKNOWN']);
});

test('no token: UNKNOWN with the variable to set; a failing test holds all the same', async () => {
  const bench = await newDay();
  const none = { INPUT_TOKEN: '' };
  const run = await bench.step({ day: '1' }, none);
  expect([run.code, run.outputs['decision'], bench.requests()]).toEqual([0, 'UNKNOWN', []]);
  expect(run.stdout).toContain('GitHub needs PACE_GITHUB_TOKEN');
  expect(run.stdout).toContain('Please set PACE_GITHUB_TOKEN');
  await bench.workspace.write({ 'report.xml': junitXml('adds') });
  const held = await bench.step({ day: '1' }, none);
  expect([held.code, held.outputs['decision']]).toEqual([1, 'HOLD']);
});

test('a wrong token: UNKNOWN, the token is named and never shown', async () => {
  const bench = await newDay();
  const token = 'ghp_wrongTokenThatMustNotBeSeen000000000';
  const run = await bench.step({ day: '1', token });
  expect([run.code, run.outputs['decision']]).toEqual([0, 'UNKNOWN']);
  expect(run.summary).toContain('GitHub does not accept the token.');
  const files = Object.values(await bench.workspace.files()).map((text) => Buffer.from(text, 'base64').toString());
  const shown = [run.summary, run.stderr, run.stdout.replaceAll(`::add-mask::${token}\n`, ''), ...files].join('\n');
  expect(shown).not.toContain(token);
});

test('a commit that GitHub does not know', async () => {
  const bench = await newDay();
  const run = await bench.step({ day: '1', sha: bench.github.missingSha });
  expect([run.code, run.outputs['decision']]).toEqual([0, 'UNKNOWN']);
  expect(run.summary).toContain('GitHub does not know this commit in octo-org/octo-repo. Please push the commit first');
});

test('a full disk changes no decision: what could not be written is said', async () => {
  const bench = await newDay();
  const full = { GITHUB_OUTPUT: '/dev/full', GITHUB_STEP_SUMMARY: '/dev/full' };
  const run = await bench.step({ day: '1' }, full);
  expect([run.code, run.stderr], run.stdout).toEqual([0, '']);
  expect(run.stdout).toContain('PACE day 1: SHIP');
  expect(run.stdout).toMatch(/^::warning::writeJobSummary: .*ENOSPC.* The disk is full: please make room\./m);
  expect(run.stdout).toMatch(/^::warning::The outcome could not be handed on to later steps: .*ENOSPC/m);
});

test('a container without the files of the runner: the decision stands, and what they are is said', async () => {
  const bench = await newDay();
  const gone = { GITHUB_OUTPUT: '/nowhere/output', GITHUB_STEP_SUMMARY: join(bench.workspace.path, 'no-summary') };
  const run = await bench.step({ day: '1' }, gone);
  expect([run.code, run.stderr], run.stdout).toEqual([0, '']);
  const remedy = 'The runner makes that file for every step: a container of your own must have it at the same place.';
  expect(run.stdout).toMatch(
    new RegExp(`^::warning::writeJobSummary: Unable to access summary file: .* ${remedy}`, 'm'),
  );
  expect(run.stdout).toMatch(new RegExp(`^::warning::The outcome could not be .*: /nowhere/output\\. ${remedy}`, 'm'));
});

test('issues are switched off in the repository: the fault says where to switch them on', async () => {
  const bench = await newDay('adds');
  const message = 'Issues has been disabled in this repository.';
  bench.github.trouble(({ path }) => path.endsWith('/issues'), { status: 410, json: { message } }, 99);
  const run = await bench.step({ day: '1' });
  expect([run.code, run.outputs['decision']]).toEqual([1, 'HOLD']);
  expect(await faultsOf(bench)).toContainEqual(
    expect.stringMatching(/^openEscalationIssue: Issues are disabled .*Please enable them/),
  );
});

test('a pull request from a fork: what its token cannot do is explained, and the decision stands', async () => {
  const bench = await newDay('adds');
  const { github, workspace } = bench;
  const repository = (full_name: string) => ({ repo: { full_name } });
  await workspace.write({
    '.git/event.json': JSON.stringify({
      pull_request: {
        number: 12,
        head: { sha: github.sha, ...repository('ann/fork') },
        base: repository(github.repository),
      },
    }),
  });
  github.trouble(({ method }) => method !== 'GET', REFUSED, 99);
  const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: `${workspace.path}/.git/event.json` };
  const run = await bench.step({ day: '1' }, env);
  expect([run.code, run.outputs['decision']]).toEqual([1, 'HOLD']);
  const { faults } = await workspace.change('12');
  expect(faults.map(({ remedy, message }) => `${message} ${remedy}`)).toContainEqual(
    expect.stringContaining('belongs to a pull request from a fork'),
  );
});

test('a short outage passes unnoticed, a refused write by rate limit is made up for by the next run', async () => {
  const bench = await newDay('adds');
  const { github } = bench;
  github.trouble(({ method, path }) => method === 'GET' && path.endsWith('/issues'), {
    status: 502,
    text: '<html>Bad gateway</html>',
  });
  github.trouble(({ method, path }) => method === 'POST' && path.endsWith('/issues'), {
    status: 403,
    headers: { 'retry-after': '3600' },
    json: { message: 'You have exceeded a secondary rate limit.' },
  });
  const limited = await bench.step({ day: '1' });
  expect([limited.code, limited.outputs['escalation-url']]).toEqual([1, '']);
  expect(await faultsOf(bench)).toEqual([expect.stringMatching(/^openEscalationIssue: .*rate limit/)]);
  const next = await bench.step({ day: '1' });
  expect([next.code, next.outputs['escalation-url']]).toEqual([1, expect.stringMatching(/issues\/1$/)]);
});

test('an issue that has lost its labels is found again before a second one is opened', async () => {
  const bench = await newDay('adds');
  await bench.step({ day: '1' });
  await bench.github.api('PATCH', `/repos/${bench.github.repository}/issues/1`, { labels: [], title: 'Ours now' });
  await bench.workspace.remove('.pace');
  const run = await bench.step({ day: '1' });
  expect([run.outputs['escalation-url'], (await bench.issues()).length]).toEqual([
    expect.stringMatching(/issues\/1$/),
    1,
  ]);
});
