/** `status`, `pause` and `resume` as commands, and what a run says of them. */
import { describe, expect, test } from 'vitest';
import type { Status } from '../../../src/commands/status.ts';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';
import { junitXml } from '../../support/workspace.ts';

const CONFIG = 'platform: { ci: local, tracker: local }\nci: { enabled: false }\n';
const JUNIT = 'evidence: [{ name: unit, type: junit, path: report.xml }]\n';
const green = { 'pace.config.yaml': CONFIG + JUNIT, 'report.xml': junitXml() };
const red = { ...green, 'report.xml': junitXml('adds') };
const ANN = { env: { USER: 'ann' } };

async function decision(here: PaceHere, ...flags: string[]): Promise<[string, string]> {
  const { stdout } = await here.pace('gate', '--json', ...flags);
  const { decision: decided, holdReason } = JSON.parse(stdout) as { decision: string; holdReason: string };
  return [decided, holdReason];
}

const status = async (here: PaceHere) => (await here.data('status', '--json')) as Status;

test('a pause stops days and changes, names who and why, and ends with resume', async () => {
  const here = await paceHere({ files: green, git: true, ...ANN });
  const paused = await here.pace('pause', '--reason', 'The team is away');
  expect([paused.code, paused.stdout]).toEqual([
    0,
    'Gate gate is paused until `pace resume`, for days and changes. Only runs in this checkout see it. Elsewhere set the variable PACE_PAUSED to true, or configure `state.persist: branch`.\n',
  ]);
  const reason = 'Paused by ann: The team is away. To resume, run `pace resume`.';
  expect(await decision(here, '--day', '1')).toEqual(['PAUSED', reason]);
  expect(await decision(here, '--change', '12')).toEqual(['PAUSED', reason]);
  expect(await status(here)).toMatchObject({
    ...{ gate: 'gate', day: null, paused: true, unknown: [] },
    pauses: [{ kind: 'person', reason, until: '', by: 'ann', url: '' }],
  });
  const resumed = await here.pace('resume');
  expect(resumed.stdout).toBe('Gate gate goes on. What else pauses it: pace status\n');
  expect(await decision(here, '--day', '1')).toEqual(['SHIP', '']);
  expect((await here.pace('resume')).stdout).toContain('was not paused by a person');
});

test('a credential in the reason is not written down', async () => {
  const token = 'ghp_ofNoWorth0123456789abcdefghijklmnop';
  const here = await paceHere({ files: green, git: true, env: { ...ANN.env, PACE_GITHUB_TOKEN: token } });
  await here.pace('pause', '--reason', `because of ${token}`);
  expect(await here.workspace.read('.pace/pause.yaml')).toContain('because of ***');
});

test('a pause with an end says it in the time zone of the sprint, and ends by itself', async () => {
  const files = { ...green, 'pace.config.yaml': `${CONFIG}${JUNIT}sprint: { timezone: Europe/Berlin }\n` };
  const here = await paceHere({ files, git: true, ...ANN });
  const paused = await here.pace('pause', '--reason', 'Holidays', '--until', '2099-12-27');
  expect(paused.stdout).toContain('until 2099-12-28 00:00 (Europe/Berlin)');
  const reason = 'Paused by ann until 2099-12-28 00:00 (Europe/Berlin): Holidays. To resume, run `pace resume`.';
  expect((await status(here)).pauses).toEqual([
    { kind: 'person', reason, until: '2099-12-27T23:00:00.000Z', by: 'ann', url: '' },
  ]);
  await here.workspace.write({ '.pace/pause.yaml': 'reason: x\nby: ann\nuntil: 2020-01-01T00:00:00Z\n' });
  expect((await status(here)).paused).toBe(false);
});

test.each([
  [['pause'], /A pause needs a reason/],
  [['pause', '--reason', ' '], /A pause needs a reason/],
  [['pause', '--reason', 'x', '--until', 'tomorrow'], /"tomorrow" is not a date or a time/],
  [['pause', '--reason', 'x', '--until', '2020-02-30'], /is not a date or a time/],
  [['pause', '--reason', 'x', '--until', '2020-01-01'], /2020-01-01 is over in UTC/],
])('%j is refused, and nothing is written', async (args, words) => {
  const here = await paceHere({ files: green, git: true });
  const run = await here.pace(...args);
  expect([run.code, run.stdout, run.stderr]).toEqual([2, '', expect.stringMatching(words)]);
  expect(Object.keys(await here.workspace.files()).filter((path) => path.startsWith('.pace/'))).toEqual([]);
});

test('a gate that is paused leaves another one alone', async () => {
  const other = { 'packages/shop/pace.config.yaml': CONFIG + JUNIT };
  const here = await paceHere({ files: { ...green, ...other }, git: true, ...ANN });
  await here.pace('pause', '--reason', 'Away', '--config', 'packages/shop/pace.config.yaml');
  expect((await decision(here, '--day', '1'))[0]).toBe('SHIP');
  expect((await decision(here, '--day', '1', '--config', 'packages/shop/pace.config.yaml'))[0]).toBe('PAUSED');
  expect(await here.workspace.read('.pace/gates/packages/shop/pause.yaml')).toContain('reason: Away');
});

describe('status', () => {
  test('says which days hold, the day itself too, and writes nothing to the tracker', async () => {
    const here = await paceHere({ files: red, git: true });
    expect((await here.pace('status')).stdout).toMatch(
      /^Gate gate \(pace-run-\w+\)\nNothing holds and nothing is paused\.\n$/,
    );
    await here.pace('gate', '--day', '3');
    const { stdout } = await here.pace('status');
    expect(stdout).toContain('Held:       Day 3 is held by issue 1.');
    expect((await status(here)).pauses).toMatchObject([{ kind: 'hold', url: '.pace/day-3/escalation-issue.md' }]);
    await here.pace('issue', 'close', '1');
    expect((await status(here)).paused).toBe(false);
  });

  test('lists all that pauses at once', async () => {
    const freeze = 'freeze: [{ from: 2020-01-01, to: 2099-12-31, reason: Year end }]\n';
    const here = await paceHere({
      ...{ files: { ...red, 'pace.config.yaml': CONFIG + JUNIT }, git: true },
      env: { USER: 'ann' },
    });
    await here.pace('gate', '--day', '3');
    await here.workspace.write({ 'pace.config.yaml': CONFIG + JUNIT + freeze });
    await here.pace('pause', '--reason', 'Away');
    const { stdout } = await here.run({ args: ['status', '--json'], env: { PACE_PAUSED: 'on' } });
    const { pauses } = JSON.parse(stdout) as Status;
    expect(pauses.map(({ kind }) => kind)).toEqual(['variable', 'person', 'freeze', 'hold']);
    expect(pauses[2]).toMatchObject({ until: '2099-12-31', reason: 'Frozen until 2099-12-31: Year end' });
  });

  test('an unknown word of PACE_PAUSED is an error that lists the words', async () => {
    const here = await paceHere({ files: green, git: true });
    const run = await here.run({ args: ['status'], env: { PACE_PAUSED: 'perhaps' } });
    expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(/PACE_PAUSED is "perhaps".*true, 1, yes, on/s)]);
  });

  test('a tracker that cannot be asked is said', async () => {
    const here = await paceHere({ files: green, git: true });
    await here.workspace.write({ '.pace/pace.db': 'this is no database at all, and long enough to be taken for one' });
    const known = await status(here);
    expect([known.paused, known.unknown.length]).toEqual([false, 1]);
    expect((await here.pace('status')).stdout).toContain('Nothing is known to hold or to pause.');
  });
});

test('resume takes back the variable that a hold has set', async () => {
  const config = `${CONFIG}${JUNIT}pause: { by: variable }\n`;
  const here = await paceHere({ files: { ...red, 'pace.config.yaml': config }, git: true });
  await here.pace('gate', '--day', '1');
  expect((await decision(here, '--day', '2'))[0]).toBe('PAUSED');
  expect((await here.pace('resume')).stdout).toBe(
    'Gate gate was not paused by a person. PACE_PAUSED is false. What else pauses it: pace status\n',
  );
  expect((await decision(here, '--day', '2'))[0]).toBe('HOLD');
});
