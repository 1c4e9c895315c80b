/** The action in a step: inputs as the runner hands them over; annotations, outputs and an exit code back. */
import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { type ActionOptions, type ActionRun, runActionHere, TestStream } from '../support/in-process.ts';
import { loopback } from '../support/loopback.ts';
import { junitXml, newWorkspace, type Workspace } from '../support/workspace.ts';

const CONFIG = 'platform: { ci: local, tracker: local }\n';
const JUNIT = 'evidence: [{ name: unit, type: junit, path: report.xml }]\n';
const SARIF = 'evidence: [{ name: scan, type: sarif, path: scan.sarif }]\n';

const opened: Workspace[] = [];
afterEach(async () => {
  for (const workspace of opened.splice(0)) await workspace.dispose();
});

async function checkout(files: Record<string, string>): Promise<Workspace> {
  const workspace = await newWorkspace(files, { git: false });
  opened.push(workspace);
  return workspace;
}

async function step(
  files: Record<string, string>,
  inputs: ActionOptions['inputs'] = {},
  more: Partial<ActionOptions> = {},
): Promise<ActionRun & { workspace: Workspace }> {
  const workspace = await checkout(files);
  return { ...(await runActionHere({ cwd: workspace.path, inputs, ...more })), workspace };
}

const held = { 'pace.config.yaml': CONFIG + JUNIT, 'report.xml': junitXml('adds') };
const fine = { 'pace.config.yaml': CONFIG + JUNIT, 'report.xml': junitXml() };

/** As they stand in the log. */
const annotations = ({ stdout }: ActionRun) =>
  stdout.split('\n').filter((line) => /^::(error|warning|notice)/.test(line));

interface Place {
  readonly level: 'error' | 'warning';
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** One finding for each, in a scan whose rules are named `rule1`, `rule2` … */
function sarif(places: readonly Place[]): string {
  const results = places.map(({ level, file, line, column }, index) => ({
    ruleId: `rule${index + 1}`,
    level,
    message: { text: `what is wrong ${index + 1}` },
    ...(file === undefined
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file },
                ...(line === undefined
                  ? {}
                  : { region: { startLine: line, ...(column ? { startColumn: column } : {}) } }),
              },
            },
          ],
        }),
  }));
  return JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'scanner' } }, results }] });
}

const scan = (places: readonly Place[], waivers = '') => ({
  'pace.config.yaml': CONFIG + SARIF + waivers,
  'scan.sarif': sarif(places),
});
const many = (count: number, level: Place['level']) =>
  Array.from({ length: count }, (_, index): Place => ({ level, file: `src/${index + 1}.ts`, line: index + 1 }));

describe('the annotations', () => {
  test('of a HOLD are one for the decision, and one at the place of each finding that has one', async () => {
    const run = await step(
      scan([
        { level: 'warning', file: 'src/a.ts', line: 3 },
        { level: 'error', file: 'src/b.ts', line: 4, column: 5 },
        { level: 'error', file: 'src/c.ts' },
        { level: 'error' },
      ]),
      { day: '1' },
    );
    expect(run.code).toBe(1);
    expect(annotations(run)).toEqual([
      '::error title=PACE day 1%3A HOLD::scan: rule2 in src/b.ts (and 2 more)',
      '::error title=scan%3A rule2 in src/b.ts,file=src/b.ts,line=4,col=5::what is wrong 2',
      '::error title=scan%3A rule3 in src/c.ts,file=src/c.ts::what is wrong 3',
      '::warning title=scan%3A rule1 in src/a.ts,file=src/a.ts,line=3::what is wrong 1',
    ]);
  });

  test.each([
    [8, 9, []],
    [9, 10, []],
    [10, 11, ['::notice::1 more in the job summary.']],
    [30, 11, ['::notice::21 more in the job summary.']],
  ])(
    'of a HOLD with %i findings are as many as GitHub shows of a level: %i, with the count of the others',
    async (count, shown, notice) => {
      const run = await step(scan(many(count, 'error')), { day: '1' });
      expect(annotations(run)).toHaveLength(shown);
      expect(annotations(run).filter((line) => line.startsWith('::notice'))).toEqual(notice);
      expect(annotations(run)[0]).toMatch(/^::error title=PACE day 1%3A HOLD::/);
    },
  );

  test.each([
    [9, 9],
    [10, 10],
    [30, 11],
  ])('of a SHIP with %i advisories are %i: no decision takes a place', async (count, shown) => {
    const run = await step(scan(many(count, 'warning')), { day: '1' });
    expect([run.code, run.outputs['decision']]).toEqual([0, 'SHIP']);
    expect(annotations(run)).toHaveLength(shown);
    expect(annotations(run).filter((line) => line.startsWith('::warning title=scan'))).toHaveLength(
      Math.min(10, count),
    );
  });

  test.each([
    [3, 30, 0, 'for what is open comes first', '23 more in the job summary.'],
    [12, 4, 6, 'more of them than there are places', '6 more in the job summary.'],
  ])('%i waived failures beside %i advisories: %i are shown, %s', async (waived, others, shown, _, notice) => {
    const waivers = Array.from(
      { length: waived },
      (__, index) => `  - { check: "scan: rule${index + 1} in *", reason: known, owner: ann, expires: 2999-12-31 }\n`,
    );
    const places = [...many(waived, 'error'), ...many(others, 'warning')];
    const run = await step(scan(places, `waivers:\n${waivers.join('')}`), { day: '1' });
    expect([run.code, run.outputs['decision'], annotations(run).length]).toEqual([0, 'SHIP', 11]);
    expect(annotations(run).filter((line) => line.startsWith('::warning title=Waived%3A scan%3A rule'))).toHaveLength(
      shown,
    );
    expect(annotations(run).at(-1)).toBe(`::notice::${notice}`);
  });

  test('of what blocks are there whatever has been waived', async () => {
    const waivers = Array.from(
      { length: 15 },
      (_, index) => `  - { check: "scan: rule${index + 1} in *", reason: known, owner: ann, expires: 2999-12-31 }\n`,
    );
    const run = await step(scan(many(30, 'error'), `waivers:\n${waivers.join('')}`), { day: '1' });
    const of = (level: string) => annotations(run).filter((line) => line.startsWith(`::${level} `)).length;
    expect([run.code, of('error'), of('warning')]).toEqual([1, 10, 10]);
    expect(annotations(run).at(-1)).toBe('::notice::11 more in the job summary.');
  });

  test('of a day that could not be judged, or holds without an exit code, warn', async () => {
    const files = { ...held, 'pace.config.yaml': `${CONFIG}${JUNIT}gate: { on_hold: neutral }\n` };
    const run = await step(files, { day: '1' });
    expect([run.code, annotations(run)]).toEqual([0, ['::warning title=PACE day 1%3A HOLD::unit: app adds']]);
  });

  test('name a file from the root of the repository, also where the gate works below it', async () => {
    const workspace = await checkout(
      Object.fromEntries(
        Object.entries(scan([{ level: 'error', file: 'a.ts', line: 1 }])).map(([name, text]) => [`app/${name}`, text]),
      ),
    );
    const run = (env: Record<string, string>) =>
      runActionHere({ cwd: workspace.path, inputs: { day: '1', 'working-directory': 'app' }, env });
    expect(annotations(await run({ GITHUB_WORKSPACE: workspace.path }))[1]).toContain(',file=app/a.ts,');
    expect(annotations(await run({}))[1]).toContain(',file=a.ts,');
  });
});

describe('the inputs', () => {
  test('are read without the blanks round them, as the toolkit does', async () => {
    const inputs = {
      command: ' gate ',
      day: ' 3 ',
      attempt: '\t2\n',
      config: ' pace.config.yaml ',
      'dry-run': ' true ',
    };
    const run = await step(fine, inputs);
    expect([run.code, run.outputs['day'], run.outputs['decision']]).toEqual([0, '3', 'SHIP']);
    expect(run.stdout).toContain('attempt 2, dry run: nothing was written');
  });

  test('the command is the gate where none is named, or one of three', async () => {
    expect((await step(fine, { command: '', day: '1' })).outputs['decision']).toBe('SHIP');
    const valid = await step(fine, { command: 'validate' });
    expect([valid.code, valid.stdout, valid.outputs]).toEqual([
      0,
      expect.stringContaining('pace.config.yaml is valid.'),
      {},
    ]);
    const other = await step(fine, { command: 'Gate' });
    expect([other.code, annotations(other)]).toEqual([
      2,
      [
        '::error title=PACE::"Gate" is not a command of this action.%0APlease set `command` to gate, validate or doctor.',
      ],
    ]);
  });

  test.each([
    ['true', 'dry run'],
    ['TRUE', 'dry run'],
    ['false', 'attempt 1)'],
    ['False', 'attempt 1)'],
    ['', 'attempt 1)'],
  ])('dry-run: %j is understood', async (value, words) => {
    const run = await step(fine, { day: '1', 'dry-run': value });
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining(words)]);
  });

  test.each(['yes', '1', 'tru'])('dry-run: %j is neither true nor false, and nothing runs', async (value) => {
    const run = await step(fine, { day: '1', 'dry-run': value });
    expect([run.code, annotations(run), run.outputs]).toEqual([
      2,
      [`::error title=PACE::The input dry-run is "${value}".%0APlease set it to true or false.`],
      {},
    ]);
    expect(Object.keys(await run.workspace.files())).toEqual(['pace.config.yaml', 'report.xml']);
  });

  test('a folder that is none is told', async () => {
    const run = await step(fine, { 'working-directory': 'nowhere' });
    expect([run.code, annotations(run)]).toEqual([
      2,
      [expect.stringMatching(/^::error title=PACE::nowhere is not a folder\.%0A/)],
    ]);
  });

  test('the token is masked before anything else is said, and stands for GITHUB_TOKEN', async () => {
    const token = 'ghs_aTokenOfNoWorthAtAll';
    const config = 'platform: { ci: github, tracker: local }\nci: { enabled: false }\n';
    const server = await loopback({ 'GET /:rest*': () => ({ status: 401, json: { message: 'Bad credentials' } }) });
    const env = { GITHUB_REPOSITORY: 'o/r', GITHUB_API_URL: server.origin };
    const run = await step({ 'pace.config.yaml': config }, { command: 'doctor', token }, { env });
    await server.close();
    expect(run.stdout.split('\n')[0]).toBe(`::add-mask::${token}`);
    expect(run.stdout.replace(`::add-mask::${token}`, '')).not.toContain(token);
    const sent = server.exchanges.map(({ asked }) => asked.headers['authorization'] ?? '');
    expect(sent).toContainEqual(expect.stringContaining(token));
  });

  test('the check run of the own job is handed on, and not waited for', async () => {
    const files = {
      ...fine,
      'pace.config.yaml': `${CONFIG}evidence: [{ name: x, type: command, run: 'echo "$PACE_CHECK_RUN_ID" > seen' }]\n`,
    };
    const { workspace } = await step(files, { day: '1', 'check-run-id': '4711' });
    expect(await workspace.read('seen')).toBe('4711\n');
  });

  test('every line of a secret of several lines is masked', async () => {
    const env = { DEPLOY_PRIVATE_KEY: 'first line\r\nsecond line\nxy', PLAIN: 'no secret' };
    const run = await step(fine, { day: '1' }, { env });
    expect(run.stdout.split('\n').filter((line) => line.startsWith('::add-mask::'))).toEqual([
      '::add-mask::first line',
      '::add-mask::second line',
    ]);
  });
});

describe('the end', () => {
  test('outputs say what became of the day', async () => {
    const run = await step(held, { day: '2' });
    expect(run.outputs).toEqual({
      decision: 'HOLD',
      day: '2',
      change: '',
      'hold-reason': 'unit: app adds',
      'escalation-url': '.pace/day-2/escalation-issue.md',
      'advisory-url': '',
      'review-url': '',
      'open-advisories': '1',
      'report-path': '.pace/day-2/decision.yaml',
    });
    const again = await runActionHere({ cwd: run.workspace.path, inputs: { day: '3' } });
    expect([again.code, again.outputs]).toMatchObject([0, { decision: 'PAUSED', 'report-path': '' }]);
    const dry = await runActionHere({ cwd: run.workspace.path, inputs: { day: '2', 'dry-run': 'true' } });
    expect([dry.code, dry.outputs]).toMatchObject([1, { decision: 'HOLD', 'report-path': '' }]);
  });

  test('that no output can be written is a warning; the outcome stands', async () => {
    const env = { GITHUB_OUTPUT: '/nowhere/at/all' };
    const run = await step(held, { day: '1' }, { env });
    expect([run.code, run.outputs]).toEqual([1, {}]);
    expect(run.stdout).toMatch(/^::warning::The outcome could not be handed on to later steps: /m);
    const old = await step(held, { day: '1' }, { env: { GITHUB_OUTPUT: '' } });
    expect([old.code, old.stdout]).toEqual([1, expect.not.stringContaining('handed on')]);
  });

  test('a defect ends with 1, and says that it is one', async () => {
    let isFirst = true;
    const stdout = new TestStream({
      onWrite: (text) => {
        if (!isFirst || !text.startsWith('::group::')) return true;
        isFirst = false;
        throw new TypeError('x is not a function');
      },
    });
    const run = await step(fine, { day: '1' }, { stdout });
    expect([run.code, annotations(run)]).toEqual([
      1,
      [expect.stringMatching(/^::error title=PACE::x is not a function%0AThis looks like a defect of PACE\./)],
    ]);
  });

  test('each mistake of the configuration is an annotation at its line, with exit code 2', async () => {
    const run = await step({ 'pace.config.yaml': `${CONFIG}gate:\n  retries: many\n  mode: sometimes\n` });
    expect([run.code, annotations(run)]).toEqual([
      2,
      [
        expect.stringMatching(/^::error title=PACE configuration,file=pace\.config\.yaml,line=3,col=12::.*retries/),
        expect.stringMatching(/^::error title=PACE configuration,file=pace\.config\.yaml,line=4,col=9::.*mode/),
      ],
    ]);
  });

  test('the group is closed before the report, also where the gate fails', async () => {
    const order = (run: ActionRun) => run.stdout.split('\n').filter((line) => /group|PACE day|^::error/.test(line));
    expect(order(await step(fine, { day: '1' }))).toEqual(['::group::PACE gate', '::endgroup::', expect.any(String)]);
    expect(order(await step(fine, { day: 'x' }))).toEqual([
      '::group::PACE gate',
      '::endgroup::',
      expect.stringMatching(/^::error title=PACE::/),
    ]);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('after %s it ends with %i, without an annotation', async (signal, code) => {
    const signals = new EventEmitter();
    const config = `${CONFIG}evidence: [{ name: slow, type: command, run: 'echo > started; sleep 60' }]\n`;
    const workspace = await checkout({ 'pace.config.yaml': config });
    const run = runActionHere({ cwd: workspace.path, inputs: { day: '1' }, signals });
    while (!('started' in (await workspace.files()))) await new Promise((resolve) => setTimeout(resolve, 10));
    signals.emit(signal);
    const ended = await run;
    expect([ended.code, annotations(ended), ended.outputs]).toEqual([code, [], {}]);
  });

  test('doctor: a table in the log, and an annotation with the counts only where something is wrong', async () => {
    const config = `${CONFIG}sprint: { start_date: 2026-01-05 }\n`;
    const workspace = await newWorkspace({ 'pace.config.yaml': config });
    opened.push(workspace);
    const well = await runActionHere({ cwd: workspace.path, inputs: { command: 'doctor' } });
    expect([well.code, annotations(well)]).toEqual([0, []]);
    expect(well.stdout).toMatch(/^machine\n {2}ok +Node .*\n\n\d+ ok\n/s);
    const degraded = await step({ 'pace.config.yaml': config }, { command: 'doctor' });
    expect([degraded.code, annotations(degraded)]).toEqual([
      1,
      [expect.stringMatching(/^::error title=PACE doctor::\d+ ok, 1 degraded$/)],
    ]);
    const broken = await step({ 'pace.config.yaml': 'gate: { mode: sometimes }\n' }, { command: 'doctor' });
    expect([broken.code, annotations(broken)]).toEqual([
      2,
      [expect.stringMatching(/^::error title=PACE doctor::.*\d+ broken/)],
    ]);
  });
});
