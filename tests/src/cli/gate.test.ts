/** `gate`, `init`, `validate` and `doctor` as commands: flags and environment in; report, files and exit code out. */
import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/gate/report.ts';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';
import { junitXml } from '../../support/workspace.ts';

const CONFIG = 'platform: { ci: local, tracker: local }\n';
const JUNIT = 'evidence: [{ name: unit, type: junit, path: report.xml }]\n';

const held = { 'pace.config.yaml': CONFIG + JUNIT, 'report.xml': junitXml('adds') };
const fine = { 'pace.config.yaml': CONFIG + JUNIT, 'report.xml': junitXml() };

async function report(here: PaceHere, ...flags: string[]): Promise<Report> {
  return JSON.parse((await here.pace('gate', '--json', ...flags)).stdout);
}

describe('gate', () => {
  test('a HOLD ends with 1, unless it is to be neutral or only observed', async () => {
    const code = async (more: string) => {
      const here = await paceHere({ files: { ...held, 'pace.config.yaml': CONFIG + JUNIT + more } });
      const run = await here.pace('gate', '--day', '1');
      expect(run.stdout).toContain('PACE day 1: HOLD');
      return run.code;
    };
    expect([
      await code(''),
      await code('gate: { on_hold: neutral }\n'),
      await code('gate: { mode: observe }\n'),
    ]).toEqual([1, 0, 0]);
  });

  test('the day is that of the flag, else of PACE_DAY', async () => {
    const here = await paceHere({ files: fine, env: { PACE_DAY: '5' } });
    expect([(await report(here)).day, (await report(here, '--day', '7')).day]).toEqual([5, 7]);
    for (const day of ['0', 'x', '1.5']) {
      const run = await here.pace('gate', '--day', day);
      expect([run.code, run.stdout, run.stderr]).toEqual([2, '', expect.stringMatching(/^Error: The day/)]);
    }
    const variable = await here.run({ args: ['gate'], env: { PACE_DAY: 'x' } });
    expect([variable.code, variable.stderr]).toEqual([2, expect.stringMatching(/^Error: PACE_DAY/)]);
  });

  test('an attempt is one more than the last one of the day, whatever gaps there are', async () => {
    const here = await paceHere({ files: fine });
    const attempts = [];
    for (const flags of [[], [], ['--attempt', '7'], [], ['--attempt', '2'], []]) {
      attempts.push((await report(here, '--day', '1', ...flags)).attempt);
    }
    expect(attempts).toEqual([1, 2, 7, 8, 2, 9]);
    expect((await report(here, '--day', '2')).attempt).toBe(1);
  });

  test('is else that of the CI’s run, of a flag or variable first', async () => {
    const attempt = async (env: Record<string, string>, ...flags: string[]) => {
      const here = await paceHere({ files: fine, env });
      return (await report(here, '--day', '1', ...flags)).attempt;
    };
    expect(await attempt({ GITHUB_RUN_ATTEMPT: '4' })).toBe(4);
    expect(await attempt({ GITHUB_RUN_ATTEMPT: '0' })).toBe(1);
    expect(await attempt({ GITHUB_RUN_ATTEMPT: '1.5' })).toBe(1);
    expect(await attempt({ GITHUB_RUN_ATTEMPT: 'x' })).toBe(1);
    expect(await attempt({ PACE_ATTEMPT: '3', GITHUB_RUN_ATTEMPT: '4' })).toBe(3);
    expect(await attempt({ PACE_ATTEMPT: '3' }, '--attempt', '5')).toBe(5);
  });

  test.each(['0', '-1', '1.5', 'x', '1000000', '01'])('the attempt %j is refused', async (attempt) => {
    const here = await paceHere({ files: fine });
    const run = await here.pace('gate', '--day', '1', `--attempt=${attempt}`);
    expect([run.code, run.stderr]).toEqual([
      2,
      `Error: The attempt "${attempt}" is not a whole number from 1 up.\nPlease pass a whole number, e.g. --attempt 2.\n`,
    ]);
    expect(Object.keys(await here.workspace.files())).toEqual(['pace.config.yaml', 'report.xml']);
  });

  test('a commit is judged by any name that the checkout knows; others are refused', async () => {
    const here = await paceHere({ files: fine, git: true });
    const first = await here.workspace.git('rev-parse', 'HEAD');
    await here.workspace.git('tag', 'v1');
    const second = await here.workspace.commit();
    expect((await report(here, '--day', '1')).sha).toBe(second);
    expect((await report(here, '--day', '1', '--sha', first.slice(0, 10))).sha).toBe(first);
    expect((await report(here, '--day', '1', '--sha', 'v1')).sha).toBe(first);
    for (const name of ['nowhere', '-x', 'f'.repeat(40)]) {
      const run = await here.pace('gate', '--day', '1', `--sha=${name}`);
      expect([run.code, run.stderr]).toEqual([
        2,
        expect.stringContaining(`"${name}" is not a commit in this checkout.`),
      ]);
    }
  });

  test('--dry-run writes nothing anywhere', async () => {
    const here = await paceHere({ files: held });
    const before = await here.workspace.files();
    const run = await here.pace('gate', '--day', '1', '--dry-run');
    expect([run.code, run.stdout]).toEqual([1, expect.stringContaining('dry run: nothing was written')]);
    expect(await here.workspace.files()).toEqual(before);
  });

  test('--config names the configuration, which the gate cannot do without', async () => {
    const here = await paceHere({ files: { 'other.yaml': CONFIG, 'pace.config.yaml': 'gate: { mode: sometimes }\n' } });
    expect((await here.pace('gate', '--day', '1', '--config', 'other.yaml')).code).toBe(0);
    expect((await here.pace('gate', '--day', '1')).code).toBe(2);
    const empty = await paceHere();
    const none = await empty.pace('gate', '--day', '1');
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/^Error: There is no configuration: /)]);
  });

  test('a warning of the configuration is said on stderr', async () => {
    const here = await paceHere({ files: { ...fine, 'pace/pace.config.yaml': CONFIG } });
    const run = await here.pace('gate', '--day', '1', '--json');
    expect(run.stderr).toContain('Warning: pace.config.yaml:1:1: pace/pace.config.yaml exists too and is not read.');
    expect(JSON.parse(run.stdout)).toMatchObject({ decision: 'SHIP' });
  });

  test('--dotenv hands the outcome on, in the folder only; that it cannot is a warning', async () => {
    const here = await paceHere({ files: held });
    const run = await here.pace('gate', '--day', '1', '--dotenv', 'pace.env');
    expect(run.code).toBe(1);
    expect(await here.workspace.read('pace.env')).toBe(
      [
        'PACE_DECISION=HOLD',
        'PACE_DAY=1',
        'PACE_CHANGE=',
        'PACE_HOLD_REASON=unit: app adds',
        'PACE_ESCALATION_URL=.pace/day-1/escalation-issue.md',
        'PACE_ADVISORY_URL=',
        'PACE_REVIEW_URL=',
        'PACE_OPEN_ADVISORIES=1',
        'PACE_REPORT_PATH=.pace/day-1/decision.yaml',
        '',
      ].join('\n'),
    );
    const outside = await here.pace('gate', '--day', '1', '--dotenv', '../pace.env');
    expect([outside.code, outside.stderr]).toEqual([
      1,
      expect.stringMatching(/^Warning: The outcome could not be handed on to later steps: /m),
    ]);
    const dry = await here.pace('gate', '--day', '1', '--dry-run', '--dotenv', 'dry.env');
    expect(dry.code).toBe(1);
    expect(await here.workspace.read('dry.env')).toContain('PACE_REPORT_PATH=\n');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s ends it with %i: it stops by itself, and gives back what it holds', async (signal, code) => {
    const signals = new EventEmitter();
    const config = `${CONFIG}evidence: [{ name: slow, type: command, run: 'echo > started; sleep 60' }]\n`;
    const here = await paceHere({ files: { 'pace.config.yaml': config } });
    const run = here.run({ args: ['gate', '--day', '1'], signals });
    while (!('started' in (await here.workspace.files()))) await new Promise((done) => setTimeout(done, 10));
    signals.emit(signal);
    const ended = await run;
    expect([ended.code, ended.stdout, ended.exits]).toEqual([code, '', []]);
    expect(Object.keys(await here.workspace.files())).toEqual(['pace.config.yaml', 'started']);
  });
});

describe('init', () => {
  test('writes a configuration once; --force replaces it, --config names another place', async () => {
    const here = await paceHere();
    const first = await here.pace('init');
    expect([first.code, first.stdout]).toEqual([
      0,
      expect.stringMatching(/^Wrote pace\.config\.yaml\. .*\nNext: pace validate, then pace gate --day 1\n$/),
    ]);
    await here.workspace.write({ 'pace.config.yaml': '# mine\n' });
    const second = await here.pace('init');
    expect([second.code, second.stdout, second.stderr]).toEqual([
      2,
      '',
      'Error: pace.config.yaml exists already.\nPlease edit it, or pass --force to replace it.\n',
    ]);
    expect(await here.workspace.read('pace.config.yaml')).toBe('# mine\n');
    expect((await here.pace('init', '--force')).code).toBe(0);
    expect(await here.workspace.read('pace.config.yaml')).not.toBe('# mine\n');
    expect((await here.pace('init', '--config', 'other.yaml')).stdout).toContain('Wrote other.yaml.');
    expect((await here.pace('validate', '-c', 'other.yaml')).stdout).toContain('other.yaml is valid.');
  });

  test('writes nothing outside the folder', async () => {
    const here = await paceHere();
    const run = await here.pace('init', '--config', '../outside.yaml');
    expect([run.code, run.stdout]).toEqual([2, '']);
  });
});

describe('validate', () => {
  test('names file, platforms, plan and evidence', async () => {
    const plan = 'days:\n  - { day: 1 }\n  - { day: 2 }\n';
    const here = await paceHere({ files: { ...fine, 'plan.yaml': plan } });
    const run = await here.pace('validate');
    expect([run.code, run.stdout]).toEqual([
      0,
      'pace.config.yaml is valid.\nCI: Local (platform.ci). Tracker: Local (platform.tracker).\nA change is judged by the configuration of the branch that it goes to, a day by that of its commit.\nplan.yaml is valid: 2 days.\nEvidence: unit.\n',
    ]);
    const bare = await paceHere({ files: { 'pace.config.yaml': CONFIG } });
    expect((await bare.pace('validate')).stdout).toMatch(
      /There is no plan; days are counted by the calendar or named with --day\.\nEvidence: the commit CI only\.\n$/,
    );
  });

  test('tells every mistake with its place, and of a file that is not there how to make one', async () => {
    const here = await paceHere({ files: { 'pace.config.yaml': 'gate:\n  mode: sometimes\n  retires: 1\n' } });
    const run = await here.pace('validate');
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(/pace\.config\.yaml:2:9: .*mode/);
    expect(run.stderr).toMatch(/pace\.config\.yaml:3:3: .*Did you mean "retries"/);
    const none = await paceHere();
    const missing = await none.pace('validate');
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('Please run `pace init` to write one')]);
  });

  test('looks at the sections of all platforms, and of a variable that is not set only warns', async () => {
    const config = `${CONFIG}local: { database: "env:NOT_SET_HERE" }\njira: { urll: x }\n`;
    const here = await paceHere({ files: { 'pace.config.yaml': config } });
    const run = await here.pace('validate');
    expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(/pace\.config\.yaml:3:9: Unknown key `urll`/)]);
    await here.workspace.write({ 'pace.config.yaml': `${CONFIG}local: { database: "env:NOT_SET_HERE" }\n` });
    const warned = await here.pace('validate');
    expect([warned.code, warned.stdout]).toEqual([
      0,
      expect.stringMatching(/^Warning: pace\.config\.yaml:2:.*NOT_SET_HERE/),
    ]);
    expect((await here.pace('gate', '--day', '1')).code).toBe(2);
  });
});

test('doctor prints a table, or the same as JSON, and its exit code says how it is', async () => {
  const here = await paceHere({
    files: { 'pace.config.yaml': `${CONFIG}sprint: { start_date: 2026-01-05 }\n` },
    git: true,
  });
  const run = await here.pace('doctor');
  expect([run.code, run.stdout]).toEqual([0, expect.stringMatching(/^machine\n {2}ok .*\n\n\d+ ok\n$/s)]);
  const diagnoses = (await here.data('doctor', '--json')) as { state: string }[];
  expect(run.stdout).toContain(`\n\n${diagnoses.length} ok\n`);
  await here.workspace.remove('.git');
  expect((await here.pace('doctor')).code).toBe(1);
  await here.workspace.remove('pace.config.yaml');
  expect((await here.pace('doctor')).code).toBe(2);
});
