import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { endMarked } from '../../../../../core/programs/family.ts';
import type { After } from '../../../../../core/world.ts';
import { readCommand } from '../../../../../src/gate/evidence/command/command.ts';
import { commandEnvironment } from '../../../../../src/gate/evidence/command/environment.ts';
import { runCommand } from '../../../../../src/gate/evidence/command/run.ts';
import { isRunning, pidsIn, until } from '../../../../support/running.ts';
import { type Timer, untimed } from '../../../../support/untimed.ts';
import { testWorld } from '../../../../support/world.ts';
import { configOf, contextIn, lines, workspace } from '../workspace.support.ts';

const PATH = process.env.PATH ?? '';

interface Around {
  env?: Record<string, string>;
  secretNames?: string[];
  signal?: AbortSignal;
  cwd?: string;
  after?: After;
}

async function run(script: string, settings: Record<string, unknown> = {}, around: Around = {}) {
  const { env = {}, cwd = workspace(), after, ...rest } = around;
  const world = testWorld({ cwd, env: { PATH, ...env }, ...(after ? { after } : {}) });
  return readCommand(configOf({ type: 'command', run: script, ...settings }), contextIn(cwd, { world, ...rest }));
}

it('passes with exit code 0 and fails with any other, with the last lines as proof', async () => {
  expect(lines(await run('echo fine'))).toEqual(['PASS echo fine | fine⏎Ended with exit code 0.']);
  expect(lines(await run('echo out; echo err >&2; exit 3'))).toEqual([
    'FAIL echo out; echo err >&2; exit 3 | out⏎err⏎Ended with exit code 3.',
  ]);
  expect(lines(await run('kill -9 $$'))).toEqual(['FAIL kill -9 $$ | Ended by signal SIGKILL.']);
});

it('may be missing, where that is allowed', async () => {
  for (const [on_missing, words] of [
    ['hold', 'FAIL no-such-command |'],
    ['advisory', 'ADVISORY no-such-command |'],
    ['ship', 'PASS no-such-command | missing, and allowed to be:'],
  ] as const) {
    const [line = ''] = lines(await run('no-such-command', { on_missing }));
    expect(line.startsWith(words)).toBe(true);
    expect(line).toContain('Ended with exit code 127.');
  }
  expect(lines(await run('exit 126', { on_missing: 'ship' }))).toEqual(['FAIL exit 126 | Ended with exit code 126.']);
});

it('does what `on_fail` says', async () => {
  expect(lines(await run('exit 1', { on_fail: 'observe' }))).toEqual(['OBSERVED exit 1 | Ended with exit code 1.']);
});

it('runs in the workspace, knows the day, and keeps the name of its check over days', async () => {
  const reading = await run('pwd; echo day {day}');
  expect(reading.findings[0]?.evidence).toMatch(/pace-evidence-\w+\nday 3\n/);
  expect(reading.findings[0]?.check).toBe('pwd; echo day {day}');
});

it('keeps the end of a long output, without terminal escapes', async () => {
  const reading = await run(
    'i=0; while [ $i -lt 30 ]; do echo "line $i"; i=$((i+1)); done; printf "\\033[31mred\\033[0m\\n"',
  );
  const proof = reading.findings[0]?.evidence.split('\n') ?? [];
  expect(proof).toHaveLength(21);
  expect([proof[0], ...proof.slice(-2)]).toEqual(['line 11', 'red', 'Ended with exit code 0.']);
  const flood = await run('yes abcdefg | head -c 5000000');
  expect(flood.findings[0]?.evidence.length).toBeLessThanOrEqual(2_000);
});

describe('the time-out', () => {
  it('ends the whole group, also what ignores the friendly signal', async () => {
    const cwd = workspace();
    const { after, newTimers } = untimed();
    const stubborn = 'sh -c \'trap "" TERM; echo $$ > pid; while :; do sleep 1; done\'';
    const running = run(`echo begun; ${stubborn} & sleep 300`, { timeout_seconds: 7 }, { cwd, after });
    const [pid = 0] = await pidsIn(join(cwd, 'pid'), 1);
    for (const timer of newTimers()) timer.pass();
    // the shell itself goes at once; what it has left behind is given some time
    let grace: Timer[] = [];
    await until(() => {
      grace = [...grace, ...newTimers()];
      return grace.length === 2;
    });
    expect([isRunning(pid), grace.map(({ milliseconds }) => milliseconds)]).toEqual([true, [3000, 3000]]);
    for (const timer of grace) timer.pass();
    const reading = await running;
    expect(reading.findings[0]).toMatchObject({
      result: 'FAIL',
      evidence: 'begun\nStopped after 7 s, its time-out. Make it faster or raise `timeout_seconds`.',
    });
    expect(reading.complete).toBe(false);
    await until(() => !isRunning(pid));
  });

  it('lets a command say good-bye', async () => {
    const cwd = workspace();
    const { after, newTimers } = untimed();
    const quietly = 'sleep 300 >/dev/null 2>&1';
    const running = run(`trap "echo bye; exit 1" TERM; ${quietly} & echo $$ > pid; wait`, {}, { cwd, after });
    await pidsIn(join(cwd, 'pid'), 1);
    for (const timer of newTimers()) timer.pass();
    expect((await running).findings[0]?.evidence).toMatch(/^bye\nStopped after/);
  });

  it('is real time otherwise', async () => {
    const reading = await run('sleep 300', { timeout_seconds: 0.1 });
    expect(reading.findings[0]?.evidence).toMatch(/^Stopped after 0.1 s, its time-out/);
  });
});

it('does not wait for what a command leaves behind, and ends it', async () => {
  const cwd = workspace();
  const reading = await run('sleep 300 & echo $! > pid; echo done', {}, { cwd });
  expect(lines(reading)[0]).toContain('| done⏎Ended with exit code 0.');
  const [pid = 0] = await pidsIn(join(cwd, 'pid'), 1);
  await until(() => !isRunning(pid));
});

// https://man7.org/linux/man-pages/man5/proc.5.html
describe('what has left the group of its command', () => {
  beforeEach(({ skip }) => {
    if (process.platform !== 'linux') skip('nothing but Linux shows which processes belong together');
  });

  it.each([
    ['a session of its own', 'setsid sh -c "echo \\$\\$ > pid; exec sleep 300" </dev/null >/dev/null 2>&1 &'],
    ['a session, and parents that have ended', '(setsid sh -c "echo \\$\\$ > pid; exec sleep 300 >/dev/null 2>&1" &)'],
    ['the pipes still open', 'setsid sh -c "echo \\$\\$ > pid; exec sleep 300" &'],
    [
      'children in sessions of their own',
      'setsid sh -c "setsid sh -c \'echo \\$\\$ > pid; sleep 300; true\' & sleep 300" >/dev/null 2>&1 &',
    ],
  ])('is ended with it: %s', async (_, script) => {
    const cwd = workspace();
    expect(lines(await run(`${script}\nuntil [ -s pid ]; do sleep 0.01; done`, {}, { cwd }))).toEqual([
      expect.stringContaining('Ended with exit code 0.'),
    ]);
    const [pid = 0] = await pidsIn(join(cwd, 'pid'), 1);
    await until(() => !isRunning(pid));
  });

  it('is ended with it, also where it has thrown its environment away', async () => {
    const cwd = workspace();
    const inner = 'echo $$ > pid; exec sleep 300';
    // so long it is seen beside its parents
    const script = `env -i PATH="$PATH" setsid sh -c '${inner}' >/dev/null 2>&1 & until [ -s pid ]; do sleep 0.01; done; sleep 1`;
    await run(script, {}, { cwd });
    const [pid = 0] = await pidsIn(join(cwd, 'pid'), 1);
    await until(() => !isRunning(pid));
  });

  it('and belongs to somebody else is left alone', async () => {
    const cwd = workspace();
    const stranger = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
    await run('sleep 0.2', {}, { cwd });
    expect(isRunning(stranger.pid ?? 0)).toBe(true);
    expect(stranger.kill('SIGKILL')).toBe(true);
  });

  it('is ended once more by the mark of the run', async () => {
    const [mine, other] = ['mark-of-this-run', 'mark-of-another'].map((mark) =>
      spawn('sleep', ['300'], { detached: true, stdio: 'ignore', env: { PATH, PACE_COMMAND: mark } }),
    );
    expect(await endMarked('mark-of-this-run')).toBe('ended');
    await until(() => !isRunning(mine?.pid ?? 0));
    expect(isRunning(other?.pid ?? 0)).toBe(true);
    expect(other?.kill('SIGKILL')).toBe(true);
  });
});

it('stops with the run, and then says nothing about the commit', async () => {
  const late = await run('sleep 300', {}, { signal: AbortSignal.timeout(200) });
  expect(lines(late)).toEqual(['UNKNOWN sleep 300 | Stopped, because this run of the gate was.']);
  const early = await run('sleep 30', {}, { signal: AbortSignal.abort() });
  expect(early.findings[0]?.result).toBe('UNKNOWN');
});

it('is a finding where no shell can be started', async () => {
  const reading = await run('true', {}, { env: { PATH: '/nowhere' } });
  expect(lines(reading)).toEqual([
    'FAIL true | It could not be started: spawn sh ENOENT. A shell named `sh` must be on the PATH.',
  ]);
  const gone = await run('true', {}, { cwd: '/nowhere/at/all' });
  expect(gone.findings[0]?.result).toBe('FAIL');
});

describe('the environment of a command', () => {
  const secrets = {
    GITHUB_TOKEN: 'ghs_123456789',
    CI_JOB_TOKEN: 'job',
    NPM_TOKEN: 'npm',
    DB_PASSWORD: 'pw',
    SOME_API_KEY: 'key',
  };
  const plain = { HOME: '/home/x', KEYBOARD: 'de', TOKENIZER: 'yes' };

  it('holds no credential, by name or by value', async () => {
    const env = { ...secrets, ...plain, MY_JIRA: 'jira-secret-1', COPY: 'https://x:jira-secret-1@host' };
    const reading = await run(
      'env | cut -d= -f1 | grep -vE "^(PWD|SHLVL|_|OLDPWD)$" | sort',
      {},
      { env, secretNames: ['MY_JIRA'] },
    );
    expect(reading.findings[0]?.evidence).toBe(
      'HOME\nKEYBOARD\nPACE_COMMAND\nPATH\nTOKENIZER\nEnded with exit code 0.',
    );
  });

  it('holds those that the configuration names', async () => {
    const reading = await run('echo $NPM_TOKEN $CI_JOB_TOKEN', { env: ['NPM_TOKEN'] }, { env: secrets });
    expect(reading.findings[0]?.evidence).toBe('npm\nEnded with exit code 0.');
  });
});

describe('what a command may see of credentials', () => {
  const seen = (env: Record<string, string>, secretNames: string[], allowed: string[] = []) =>
    Object.keys(commandEnvironment(env, secretNames, allowed));

  it('is neither those of PACE, nor what is one by its name, nor what repeats one of eight characters or more', () => {
    const env = { MINE: '12345678', COPY: 'x-12345678-y', MY_TOKEN: 'a', OTHER: '1234567', HOME: '/' };
    expect(seen(env, ['MINE'])).toEqual(['OTHER', 'HOME']);
    expect(seen({ MINE: '1234567', COPY: '1234567' }, ['MINE'])).toEqual(['COPY']);
    expect(seen({ MINE: '', COPY: '' }, ['MINE', 'ABSENT'])).toEqual(['COPY']);
  });

  it('is what is named, all the same', () => {
    expect(seen({ MINE: '12345678', MY_TOKEN: 'a', COPY: '12345678' }, ['MINE'], ['MINE', 'COPY'])).toEqual([
      ...['MINE', 'COPY'],
    ]);
  });
});

describe('what a command may see of the job', () => {
  const seen = (env: Record<string, string>, allowed: string[] = []) =>
    Object.keys(commandEnvironment({ ...env, HOME: '/' }, [], allowed));

  it.each([
    ...['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY'].flatMap((name) =>
      ['GITHUB', 'GITEA', 'FORGEJO'].map((host) => `${host}_${name}`),
    ),
    ...['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RUNTIME_URL', 'ACTIONS_RESULTS_URL', 'ACTIONS_CACHE_URL'],
    ...['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
    ...['BUILDKITE_ENV_FILE', 'BUILDKITE_ENV_JSON_FILE', 'BUILDKITE_AGENT_ACCESS_TOKEN'],
    ...['BUILDKITE_AGENT_JOB_API_SOCKET', 'BUILDKITE_AGENT_JOB_API_TOKEN', 'BITBUCKET_PIPELINES_VARIABLES_PATH'],
    ...['DRONE_OUTPUT', 'DRONE_ENV', 'DRONE_CARD_PATH', 'HARNESS_OUTPUT_SECRET_FILE', 'VELA_OUTPUTS'],
    ...['VELA_MASKED_OUTPUTS', 'VELA_BASE64_OUTPUTS', 'APPVEYOR_API_URL', 'BUILDER_OUTPUT', 'ENVMAN_ENVSTORE_PATH'],
    ...['CM_ENV', 'CIRRUS_ENV', 'AC_ENV_FILE_PATH', 'TEAMCITY_BUILD_PROPERTIES_FILE', 'SD_META_PATH', 'SD_META_DIR'],
    ...['DAGGER_SESSION_PORT', 'DAGGER_SESSION_TOKEN', 'ENDPOINT_AUTH_SYSTEMVSSCONNECTION', 'SECUREFILE_TICKET_1'],
  ])('is not %s, whatever the configuration names', (name) => {
    expect(seen({ [name]: 'x' })).toEqual(['HOME']);
    expect(seen({ [name]: 'x', [name.toLowerCase()]: 'x' }, [name])).toEqual(['HOME']);
  });

  it('is no copy of the address of a channel, if it is long enough to be one', () => {
    const channel = { GITHUB_OUTPUT: '/tmp/out1' };
    expect(seen({ ...channel, OUT: '/tmp/out1', ALL: 'a:/tmp/out1:b', TMP: '/tmp' }, ['OUT'])).toEqual(['TMP', 'HOME']);
    expect(seen({ GITHUB_OUTPUT: '/tmp/ou', OUT: '/tmp/ou' })).toEqual(['OUT', 'HOME']);
    expect(seen({ GITHUB_OUTPUT: '/tmp/out', OUT: '/tmp/out' })).toEqual(['HOME']);
  });

  it('is all that tells of the job', () => {
    const told = { GITHUB_SHA: 'c0ffee', GITHUB_ENVIRONMENT: 'x', GITHUB_EVENT_PATH: '/e', RUNNER_TEMP: '/t', CI: '1' };
    expect(seen(told)).toEqual([...Object.keys(told), 'HOME']);
  });

  it('is not what later steps begin with, where they do', () => {
    expect(seen({ BASH_ENV: '/tmp/env' })).toEqual(['BASH_ENV', 'HOME']);
    expect(seen({ BASH_ENV: '/tmp/env', CIRCLECI: 'true' }, ['BASH_ENV'])).toEqual(['CIRCLECI', 'HOME']);
  });

  it('is no input of the action, unless it is named', () => {
    const given = { INPUT_DAY: '1', STATE_x: 'y' };
    expect(seen({ ...given, GITHUB_ACTIONS: 'true' })).toEqual(['GITHUB_ACTIONS', 'HOME']);
    expect(seen({ ...given, GITHUB_ACTIONS: 'true' }, ['INPUT_DAY'])).toEqual(['INPUT_DAY', 'GITHUB_ACTIONS', 'HOME']);
    expect(seen(given)).toEqual(['INPUT_DAY', 'STATE_x', 'HOME']);
  });
});

it('keeps twenty lines and 64 KiB of what a command says', async () => {
  const proof = async (script: string) => (await run(script)).findings[0]?.evidence ?? '';
  expect((await proof('seq 1 20')).split('\n')).toHaveLength(21);
  expect((await proof('seq 1 21')).split('\n')[0]).toBe('2');
  const tail = await runCommand('head -c 100000 /dev/zero | tr "\\0" a; printf end', {
    cwd: workspace(),
    env: { PATH },
    timeout: 60_000,
  });
  expect([tail.output.length, tail.output.endsWith('aend')]).toEqual([64 * 1024, true]);
});
