/** The command as a whole: help, versions, errors and their codes, output that is safe, and the ends of a run. */
import { EventEmitter } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { VERSION } from '../../../core/version.ts';
import { json, jsonLine } from '../../../src/cli/json.ts';
import { outputTo } from '../../../src/cli/output.ts';
import { TestStream } from '../../support/in-process.ts';
import { loopback } from '../../support/loopback.ts';
import { paceHere } from '../../support/pace-here.ts';

describe('help', () => {
  test.each<[string[], string]>([
    [['--help'], 'First steps:'],
    [['--help'], 'backend'],
    [['issue', '--help'], 'An issue is named by 12, #12'],
    [['issue', '--help'], '   64  some of it was done, and some of it failed'],
    [['issue', 'list', '-h'], '--any-label <label>'],
    [['help', 'gate'], '--dry-run'],
  ])('%j ends with 0, on stdout', async (args, words) => {
    const { pace } = await paceHere();
    const run = await pace(...args);
    expect([run.code, run.stderr, run.stdout]).toEqual([0, '', expect.stringContaining(words)]);
  });

  test.each<[string[], string]>([
    [['isue'], "unknown command 'isue'\n(Did you mean issue?)"],
    [['issue', 'lst'], '(Did you mean list?)'],
    [['issue', 'list', '--stat', 'open'], '(Did you mean --state?)'],
    [['issue', 'list', 'word'], 'too many arguments'],
    [['issue', 'show'], "missing required argument 'key'"],
    [['issue', 'create', 'x', '--label'], "option '-l, --label <label>' argument missing"],
    [['completion', 'csh'], 'Allowed choices are bash, zsh, fish.'],
    [['issue'], 'Usage: pace issue'],
    [[], 'Usage: pace'],
  ])('%j ends with 2, and stderr says what there is', async (args, words) => {
    const { pace } = await paceHere();
    const run = await pace(...args);
    expect([run.code, run.stdout, run.stderr]).toEqual([2, '', expect.stringContaining(words)]);
  });

  test('the version is that of the package', async () => {
    const { pace } = await paceHere();
    for (const flag of ['--version', '-V']) expect(await pace(flag)).toMatchObject({ code: 0, stdout: `${VERSION}\n` });
  });
});

test.each(['bash', 'zsh', 'fish'])('completion of %s knows every group, and -h', async (name) => {
  const { pace } = await paceHere();
  const run = await pace('completion', name);
  expect([run.code, run.stderr]).toEqual([0, '']);
  for (const word of ['issue', 'milestone', 'completion', 'version', 'help']) expect(run.stdout).toContain(word);
});

describe('trouble', () => {
  const server = async (status: number, headers: Record<string, string> = {}) => {
    const vendor = await loopback({ 'GET /:rest*': () => ({ status, json: { message: 'Sorry' }, headers }) });
    onTestFinished(vendor.close);
    return {
      PACE_BACKEND: 'github',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_API_URL: vendor.origin,
      PACE_GITHUB_TOKEN: 'ghs_aTokenOfNoWorthAtAll',
    };
  };

  test.each([
    [401, 5],
    [403, 7],
    [404, 9],
    [409, 10],
    [410, 9],
    [422, 6],
  ])('an answer %i ends a verb with %i, and the error stands alone on stderr', async (status, code) => {
    const { pace } = await paceHere({ env: await server(status) });
    const run = await pace('issue', 'show', '1');
    expect([run.code, run.stdout, run.stderr]).toEqual([code, '', expect.stringMatching(/^Error: /)]);
    expect(run.stderr).not.toContain('ghs_');
    // to a program the same is said in one object
    const told = await pace('issue', 'show', '1', '--json');
    expect([told.code, told.stdout, told.stderr.trimEnd().split('\n').length]).toEqual([code, '', 1]);
    const { error } = JSON.parse(told.stderr);
    expect(Object.keys(error)).toEqual(['kind', 'message', 'remedy', 'operation']);
    expect(`Error: ${[error.message, error.remedy].filter(Boolean).join('\n')}\n`).toBe(run.stderr);
    // both are asked at once
    expect(['getIssue', 'listComments']).toContain(error.operation);
  });

  test('of a gate is 2 for what a person can mend', async () => {
    const { pace } = await paceHere({ files: { 'pace.config.yaml': 'gate: []\n' } });
    expect((await pace('gate', '--day', '1')).code).toBe(2);
    expect((await pace('issue', 'list')).code).toBe(2);
    expect((await pace('gate', '--config', 'nowhere.yaml')).code).toBe(2);
  });

  test('an error of others has no power over the terminal', async () => {
    const { pace } = await paceHere();
    const run = await pace('issue', 'show', 'a\u001b[31m b\u0007');
    expect([run.code, run.stderr.includes('\u001b'), run.stderr.includes('\u0007')]).toEqual([6, false, false]);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s ends a verb at once with %i, also while a request is under way', async (signal, code) => {
    const signals = new EventEmitter();
    const vendor = await loopback({
      'GET /:rest*': () => {
        setImmediate(() => signals.emit(signal));
        return new Promise(() => undefined);
      },
    });
    onTestFinished(vendor.close);
    const env = { ...(await server(500)), GITHUB_API_URL: vendor.origin };
    const { run } = await paceHere({ env });
    const ended = await run({ args: ['issue', 'list', '--format', 'ids'], signals });
    expect([ended.code, ended.stdout, ended.stderr, ended.exits]).toEqual([code, '', '', [code]]);
  });
});

describe('in a job of Actions', () => {
  test('nothing that is printed becomes a command', async () => {
    const { pace, workspace } = await paceHere({ env: { GITHUB_ACTIONS: 'true', PACE_BACKEND: 'local' } });
    await pace('issue', 'create', '::error::x', '--body', ' ::warning::y\n##[group]z');
    const shown = await pace('issue', 'show', '1');
    expect(shown.stdout).not.toMatch(/^\s*::/m);
    expect(shown.stdout).not.toContain('##[');
    expect((await pace('issue', 'list', '--format', 'ids')).stdout).toBe('1\n');
    const exported = JSON.parse((await pace('issue', 'export')).stdout);
    expect([exported.title, exported.body]).toEqual(['::error::x', ' ::warning::y\n##[group]z']);
    expect(Object.keys(await workspace.files())).toContain('.pace/pace.db');
  });
});

test('a credential of the environment is printed by no verb', async () => {
  const secret = 'the-secret-of-this-run';
  const { pace } = await paceHere({ env: { MY_TOKEN: secret } });
  await pace('issue', 'create', 'A title', '--body', 'b', '--label', 'a');
  for (const words of [
    ['issue', 'show', secret],
    ['issue', 'list', '--label', secret, '--explain', '-v'],
    ['label', 'create', 'x', '--color', secret],
    ['backend', 'add', secret, 'local', '--set', `${secret}=x`],
  ]) {
    const { stdout, stderr } = await pace(...words);
    expect(stdout + stderr).not.toContain(secret);
  }
});

describe('JSON', () => {
  const world = { redact: (text: string) => text.replaceAll('hunter2', '***') };

  test('is the same data, with what could be a command or invisible as an escape', () => {
    const value = { a: 'x\u202ey\u2028z\u007f', b: '##[error]', c: '#[x] # ##', d: '\u{e0041}' };
    const text = json(world, value);
    expect(JSON.parse(text)).toEqual(value);
    for (const bad of ['\u202e', '\u2028', '\u007f', '##[', '\u{e0041}']) expect(text).not.toContain(bad);
    expect(text).toContain('#[x] # ##');
    expect(JSON.parse(jsonLine(world, value))).toEqual(value);
  });

  test('has no credential, deep in it neither, and one line where it is to be one', () => {
    const value = { list: [{ key: 'hunter2' }], hunter2: 'a\nb' };
    expect(json(world, value)).not.toContain('hunter2');
    expect(jsonLine(world, value)).not.toContain('hunter2');
    expect(jsonLine(world, value).match(/\n/g)).toHaveLength(1);
    expect(json(world, { a: 1 })).toBe('{\n  "a": 1\n}\n');
  });
});

describe('an output', () => {
  test('is opened when something is written, once', async () => {
    let count = 0;
    const stream = new TestStream();
    const output = outputTo(1, () => {
      count += 1;
      return stream;
    });
    await output.write('');
    expect(count).toBe(0);
    await output.write('a');
    await output.write('b');
    expect([count, stream.text, output.isClosed, output.isTerminal]).toEqual([1, 'ab', false, false]);
  });

  test.each(['drain', 'close', 'error'])('that is full waits, until %s', async (event) => {
    const stream = new TestStream({ onWrite: () => false });
    stream.on('error', () => undefined);
    const output = outputTo(1, () => stream);
    let isDone = false;
    const writing = output.write('a').then(() => {
      isDone = true;
    });
    await new Promise((done) => setImmediate(done));
    expect(isDone).toBe(false);
    stream.emit(event, Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await writing;
    expect(output.isClosed).toBe(event === 'error');
    await output.write(event === 'error' ? 'lost' : '');
    expect(stream.text).toBe('a');
  });

  test('that cannot be waited for goes on', async () => {
    const output = outputTo(1, () => ({ write: () => false }));
    await expect(output.write('a')).resolves.toBeUndefined();
  });
});
