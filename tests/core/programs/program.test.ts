import { existsSync, mkdirSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLooseJson } from '../../../core/programs/loose-json.ts';
import { commandWords, createProgram, option, refusedBy } from '../../../core/programs/program.ts';
import type { After } from '../../../core/world.ts';
import { refusal } from '../../contract/refusal.ts';
import { isRunning, pidsIn, until } from '../../support/running.ts';
import { untimed } from '../../support/untimed.ts';
import { testWorld } from '../../support/world.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pace-program-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A program that is this text for Node. */
async function program(
  script: string,
  around: { env?: Record<string, string>; wholeMs?: number; cwd?: string; after?: After } = {},
) {
  const file = join(folder, 'tool');
  const source = join(folder, 'tool.mjs');
  await writeFile(source, script);
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${source}' "$@"\n`);
  await chmod(file, 0o755);
  const world = testWorld({
    cwd: folder,
    env: { PATH: process.env['PATH'], ...around.env },
    answerLimits: { firstByteMs: 1000, wholeMs: around.wholeMs ?? 20_000, maxResponseBytes: 100_000 },
    ...(around.after ? { after: around.after } : {}),
  });
  return { run: createProgram(world, { ...OPTIONS, command: './tool', cwd: around.cwd ?? folder }), world };
}

const OPTIONS = {
  platform: 'tool',
  title: 'Tool',
  cwd: tmpdir(),
  maySee: /^TOOL_/,
  howToGet: 'Please install it with `get tool`.',
} as const;

const ECHO = 'process.stdout.write(JSON.stringify(process.argv.slice(2)))';

describe('a program', () => {
  test('gets its arguments as they are, and no shell reads them', async () => {
    const { run } = await program(ECHO);
    const args = ['$(touch x)', '; touch x', '\'"\\', '*', '', ' a  b ', '-x', 'ü🚦\nsecond line', '%PATH%'];
    const { code, stdout, stderr } = await run(args);
    expect([code, stderr, JSON.parse(stdout)]).toEqual([0, '', args]);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  test('gets what is piped into it, and nothing to wait for otherwise', async () => {
    const { run } = await program('process.stdin.pipe(process.stdout)');
    expect((await run([], 'piped')).stdout).toBe('piped');
    expect((await run([])).stdout).toBe('');
  });

  test('sees only what every program needs, and its own variables', async () => {
    const { run } = await program('process.stdout.write(Object.keys(process.env).sort().join())', {
      env: { HOME: folder, TOOL_X: '1', GITHUB_TOKEN: 'secret', PACE_JIRA_TOKEN: 'secret', ANYTHING: '1' },
    });
    const names = (await run([])).stdout.split(',').filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name));
    expect(names).toEqual(['HOME', 'NO_COLOR', 'PATH', 'TOOL_X']);
  });

  test('is told by its exit code and both streams', async () => {
    const { run } = await program("process.stdout.write('out'); process.stderr.write('err'); process.exitCode = 3");
    expect(await run([])).toEqual({ code: 3, stdout: 'out', stderr: 'err' });
  });

  test('that is not there ends in words that tell how to get it', async () => {
    const run = createProgram(testWorld({ env: { PATH: '/nowhere' } }), { ...OPTIONS, command: 'no-such-tool' });
    const error = await refusal(() => run(['list']), { kinds: ['configuration'] });
    expect(error.message).toBe('Tool needs the program `no-such-tool`, and it was not found.');
    expect(error.remedy).toContain('get tool');
    expect(error.remedy).toContain('tool.command');
  });

  test('that may not be run, or has no folder to work in, is told apart from one that is missing', async () => {
    const { run } = await program(ECHO);
    await chmod(join(folder, 'tool'), 0o644);
    expect((await refusal(() => run([]), { kinds: ['configuration'] })).message).toContain('EACCES');
    const elsewhere = (await program(ECHO, { cwd: join(folder, 'nowhere') })).run;
    const { message, remedy } = await refusal(() => elsewhere([]), { kinds: ['configuration'] });
    expect([message, remedy]).toEqual([
      expect.stringContaining('no folder'),
      expect.stringContaining('tool.directory'),
    ]);
  });

  test('that hangs is ended with all that it has started', async () => {
    const script = `
      import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)']);
      writeFileSync('pids', process.pid + ' ' + child.pid + ' ');
      setInterval(() => {}, 1000);`;
    const { after, newTimers } = untimed();
    const { run } = await program(script, { after });
    const refused = refusal(() => run(['show', 'it']), { kinds: ['transient'] });
    const pids = await pidsIn(join(folder, 'pids'), 2);
    await until(() => {
      for (const timer of newTimers()) timer.pass();
      return !pids.some(isRunning);
    });
    expect((await refused).message).toBe('`./tool show it` did not finish: still running after 20 s.');
  });

  test('that has hung twice is not waited for again, but tried after a minute', async () => {
    const { run, world } = await program('setInterval(() => {}, 1000)', { wholeMs: 300 });
    for (const words of ['still running after 0.3 s', 'still running after 0.3 s', 'hung twice', 'hung twice']) {
      expect((await refusal(() => run(['list']), { kinds: ['transient'] })).message).toContain(words);
    }
    world.advance(60_000);
    expect((await refusal(() => run(['list']), { kinds: ['transient'] })).message).toContain('still running after');
  });

  test('is ended with the run that uses it', async () => {
    const script =
      "import { writeFileSync } from 'node:fs'; writeFileSync('pid', process.pid + ' '); setInterval(() => {}, 1000)";
    const { run, world } = await program(script);
    const running = refusal(() => run([]), { kinds: ['transient'] });
    await pidsIn(join(folder, 'pid'), 1);
    for (const end of world.endings) await end();
    expect((await running).message).toContain('stopped with this run');
  });

  test('that never stops talking is ended', async () => {
    const { run } = await program("setInterval(() => process.stdout.write('x'.repeat(50000)), 1)");
    expect((await refusal(() => run([]), { kinds: ['unexpected'] })).message).toContain('100 kB');
  });

  test('is not started for a text that no argument can hold', async () => {
    const { run } = await program(ECHO);
    await refusal(() => run([option('title', 'a\0b')]), { kinds: ['validation'] });
    await refusal(() => run(['x'.repeat(3_000_000)]), { kinds: ['validation'] });
    expect((await run(['still there'])).stdout).toBe('["still there"]');
  });

  test('runs once at a time', async () => {
    mkdirSync(join(folder, 'seen'), { recursive: true });
    const script = `
      import { mkdirSync, rmdirSync } from 'node:fs';
      mkdirSync('seen/one');
      setTimeout(() => rmdirSync('seen/one'), 20);`;
    const { run } = await program(script);
    const answers = await Promise.all([run([]), run([]), run([])]);
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0]);
  });
});

describe('what a program refuses', () => {
  const world = testWorld({ redact: (text) => text.replaceAll('hunter22', '***') });
  const known = [{ like: /not found/, kind: 'not-found', remedy: 'Please look.' }] as const;

  test('is told in its own words, in one line, without credentials', () => {
    const words = 'issue\u001b[31m x not found\nin hunter22';
    const { kind, message, remedy } = refusedBy(world, { spoken: 'tool show', words, code: 1 }, known);
    expect([kind, message, remedy]).toEqual([
      'not-found',
      '`tool show` failed: issue x not found in ***',
      'Please look.',
    ]);
  });

  test('without a word is told by its exit code', () => {
    const { kind, message } = refusedBy(world, { spoken: 'tool show', words: ' ', code: 7 }, known);
    expect([kind, message]).toEqual(['unexpected', '`tool show` failed: it ended with exit code 7 and said nothing']);
  });

  test('is named without the texts that it was given', () => {
    expect(commandWords(['--json', 'dep', 'add', 'bd-1', '--type=blocks'])).toBe('dep add');
    expect(commandWords(['comments', 'add', '--', 'bd-1', 'secret words'])).toBe('comments add');
    expect(commandWords(['show', 'bd-a1b2'])).toBe('show');
  });
});

describe('JSON as programs print it', () => {
  test.each([
    ['as it should be', '{"a": [1]}', { a: [1] }],
    ['behind a warning', 'Warning: {odd} things\n[{"a": 1}]\n', [{ a: 1 }]],
    [
      'with control characters in texts',
      '{"a": "one\ntwo\tthree \\" \u0007", "b": 2}',
      { a: 'one\ntwo\tthree " \u0007', b: 2 },
    ],
    ['null', 'null\n', null],
    ['half of it', '{"a": [1', undefined],
    ['words', 'No issues found.', undefined],
    ['nothing', '', undefined],
  ])('%s', (_, text, value) => {
    expect(readLooseJson(text)).toEqual(value);
  });
});
