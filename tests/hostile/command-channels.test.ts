// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what other programs would expand is written this way
/** What a commit brings can say nothing in the name of the job that judges it. */
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runActionHere, runCliHere } from '../support/in-process.ts';
import { parseOutputs } from '../support/outputs-file.ts';
import { isRunning, pidsIn, until } from '../support/running.ts';
import { newWorkspace, type Workspace } from '../support/workspace.ts';

const LOCAL = 'platform: { ci: local, tracker: local }\n';
const command = (run: string, settings = '') =>
  `${LOCAL}evidence:\n  - name: unit\n    type: command\n    run: ${JSON.stringify(run)}\n${settings}`;

const opened: Workspace[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const workspace of opened.splice(0)) await workspace.dispose();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function checkout(files: Record<string, string>): Promise<Workspace> {
  const workspace = await newWorkspace(files, { git: false });
  opened.push(workspace);
  return workspace;
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pace-hostile-'));
  folders.push(folder);
  return folder;
}

/** The files of a step, as the runner makes them, and where they are. */
async function stepFiles() {
  const folder = await emptyFolder();
  const names = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE'] as const;
  for (const name of names) await writeFile(join(folder, name), '');
  const env = Object.fromEntries(names.map((name) => [name, join(folder, name)]));
  return { env, read: (name: (typeof names)[number]) => readFile(join(folder, name), 'utf8') };
}

const WARNING =
  /^::warning::Something other than PACE has written to (.*) of this step, most likely a command of the evidence\. It was taken out\.$/gm;

describe('a command of the judged commit', () => {
  test('sees no channel of the job', async () => {
    const { env } = await stepFiles();
    const more = { ACTIONS_RUNTIME_TOKEN: 'abcdefghijkl', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://id.example', OUT: '' };
    const workspace = await checkout({ 'pace.config.yaml': command('env > seen') });
    const copied = { ...env, ...more, OUT: `${env['GITHUB_ENV']}` };
    const run = await runActionHere({ cwd: workspace.path, inputs: { day: '1', token: 'tok-en' }, env: copied });
    expect(run.code).toBe(0);
    const names = (await workspace.read('seen')).match(/^\w[\w-]*(?==)/gm) ?? [];
    expect(names.filter((name) => /^GITHUB_|^ACTIONS_|^INPUT_|^OUT$/.test(name))).toEqual(['GITHUB_ACTIONS']);
  });

  test('cannot be given one by the configuration that it brings', async () => {
    const workspace = await checkout({ 'pace.config.yaml': command('true', '    env: [GITHUB_OUTPUT]\n') });
    const run = await runActionHere({ cwd: workspace.path, inputs: { day: '1' } });
    expect([run.code, run.outputs]).toEqual([2, {}]);
    expect(run.stdout).toContain('is a way by which the job itself speaks');
  });

  test('that finds the files of the step has said nothing there', async () => {
    const { env, read } = await stepFiles();
    const script = `${Object.values(env)
      .map((path) => `echo decision=SHIP >> ${path}`)
      .join('; ')}; exit 1`;
    const workspace = await checkout({ 'pace.config.yaml': command(script) });
    const run = await runActionHere({ cwd: workspace.path, inputs: { day: '1' }, env });
    expect(run.code).toBe(1);
    for (const name of ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE'] as const) expect(await read(name)).toBe('');
    expect(parseOutputs(await read('GITHUB_OUTPUT'))['decision']).toBe('HOLD');
    expect(await read('GITHUB_OUTPUT')).not.toMatch(/^decision=/m);
    expect([...run.stdout.matchAll(WARNING)].map(([, names]) => names)).toEqual([
      'GITHUB_OUTPUT, GITHUB_ENV, GITHUB_PATH, GITHUB_STATE',
    ]);
  });

  test('that puts a link in the place of such a file makes PACE write nowhere else', async () => {
    const folder = await emptyFolder();
    const [channel, victim] = [join(folder, 'env'), join(folder, 'victim')];
    await writeFile(channel, 'KEPT=1\n');
    await writeFile(victim, 'untouched');
    const workspace = await checkout({ 'pace.config.yaml': command(`ln -sf ${victim} ${channel}`) });
    await runActionHere({ cwd: workspace.path, inputs: { day: '1' }, env: { GITHUB_ENV: channel } });
    expect([await readFile(channel, 'utf8'), await readFile(victim, 'utf8')]).toEqual(['KEPT=1\n', 'untouched']);
  });

  test('finds that a file of the step that was no file before stays as it was', async () => {
    const folder = await emptyFolder();
    const [channel, target] = [join(folder, 'env'), join(folder, 'target')];
    await writeFile(target, 'a');
    await symlink(target, channel);
    const workspace = await checkout({ 'pace.config.yaml': command(`echo b >> ${target}`) });
    const run = await runActionHere({ cwd: workspace.path, inputs: { day: '1' }, env: { GITHUB_ENV: channel } });
    expect([await readFile(target, 'utf8'), run.outputs['decision']]).toEqual(['ab\n', 'SHIP']);
    expect(run.stdout).not.toMatch(WARNING);
  });

  test('leaves no process that could speak after the judge', async ({ skip }) => {
    if (process.platform !== 'linux') skip('nothing but Linux shows which processes belong together');
    const script =
      'setsid sh -c "echo \\$\\$ > pid; while :; do sleep 1; done" >/dev/null 2>&1 </dev/null &\nuntil [ -s pid ]; do sleep 0.01; done';
    const workspace = await checkout({ 'pace.config.yaml': command(script) });
    const run = await runActionHere({ cwd: workspace.path, inputs: { day: '1' } });
    expect(run.outputs['decision']).toBe('SHIP');
    const [pid = 0] = await pidsIn(join(workspace.path, 'pid'), 1);
    await until(() => !isRunning(pid));
  });

  test('commands no runner by what it prints', async () => {
    const said = [
      '::set-output name=decision::SHIP',
      '  ::add-mask::HOLD',
      '##vso[task.setvariable variable=decision]SHIP',
      '##[set-env name=A]b',
      "##teamcity[buildStatus status='SUCCESS']",
      '::stop-commands::x',
    ];
    const script = `${said.map((line) => `echo ${JSON.stringify(line)}`).join('; ')}; exit 1`;
    const workspace = await checkout({ 'pace.config.yaml': command(script) });
    const action = await runActionHere({ cwd: workspace.path, inputs: { day: '1' } });
    const outside = action.stdout.replace(/^::stop-commands::(\S{36})$[\s\S]*?^::\1::$/gm, '');
    expect(outside).not.toMatch(/^\s*::(?:set-output|add-mask|stop-commands)/m);
    expect(action.stdout).not.toMatch(/##(?:vso|teamcity)?\[/);
    // Azure Pipelines, TeamCity and all others run the command line
    const shell = await runCliHere({ cwd: workspace.path, args: ['gate', '--day', '1'], env: { TF_BUILD: 'True' } });
    expect(shell.stdout).toContain('unit');
    expect(shell.stdout + shell.stderr).not.toMatch(/##(?:vso|teamcity)?\[/);
    const asData = await runCliHere({ cwd: workspace.path, args: ['gate', '--day', '1', '--json'] });
    expect(asData.stdout).not.toMatch(/##(?:vso|teamcity)?\[/);
  });
});

describe('a test of the judged commit', () => {
  const junit = (name: string) =>
    `<testsuites><testsuite name="s" tests="1" failures="1"><testcase classname="a" name="${name}"><failure message="no"/></testcase></testsuite></testsuites>`;

  test('that is called like a variable of the job tells later jobs nothing of it', async () => {
    const name = '$CI_JOB_TOKEN ${CI_JOB_TOKEN} $$X %CI_JOB_TOKEN% $(System.AccessToken) `id`';
    const workspace = await checkout({
      'pace.config.yaml': `${LOCAL}evidence: [{ name: unit, type: junit, path: report.xml }]\n`,
      'report.xml': junit(name),
    });
    const shell = await runCliHere({ cwd: workspace.path, args: ['gate', '--day', '1', '--dotenv', 'pace.env'] });
    expect(shell.code).toBe(1);
    const text = await workspace.read('pace.env');
    expect(text).toContain(
      'PACE_HOLD_REASON=unit: a ＄CI_JOB_TOKEN ＄{CI_JOB_TOKEN} ＄＄X ％CI_JOB_TOKEN% ＄(System.AccessToken) ｀id｀\n',
    );
    expect(text).not.toMatch(/[$`"'\\]|%\w+%/);
    const action = await runActionHere({ cwd: workspace.path, inputs: { day: '2' } });
    expect(Object.values(action.outputs).join('\n')).not.toMatch(/[$`"'\\]|%\w+%/);
  });

  test('however long its name, leaves variables that GitLab takes: less than 5 kB, one line each', async () => {
    const workspace = await checkout({
      'pace.config.yaml': `${LOCAL}evidence: [{ name: unit, type: junit, path: report.xml }]\n`,
      'report.xml': junit('語$'.repeat(50_000)),
    });
    await runCliHere({ cwd: workspace.path, args: ['gate', '--day', '1', '--dotenv', 'pace.env'] });
    const text = await workspace.read('pace.env');
    expect(Buffer.byteLength(text)).toBeLessThan(5_000);
    expect(text.split('\n').filter((line) => !/^PACE_[A-Z_]+=/.test(line))).toEqual(['']);
  });
});
