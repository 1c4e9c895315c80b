/** Output that cannot be written, and errors as programs read them. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { OutputLost, outputTo, talkTo } from '../../../src/cli/output.ts';
import { asksForJson } from '../../../src/cli/trouble.ts';
import { writerTo } from '../../../src/process/whole-writes.ts';
import { TestStream } from '../../support/in-process.ts';
import { paceHere } from '../../support/pace-here.ts';

/** A stream of the process itself, on this file. */
function streamOn(path: string, flags: string): TestStream {
  const fd = openSync(path, flags);
  onTestFinished(() => closeSync(fd));
  return Object.assign(new TestStream(), { fd });
}

/** What can be read and not be written. */
const unwritable = () => streamOn('/dev/null', 'r');

const LOST = {
  kind: 'output',
  message: 'The output could not be written (EBADF: bad file descriptor).',
  remedy: 'Please name a file that can be written, as in `> file`.',
  operation: 'print',
};

describe('a verb whose output cannot be written', () => {
  test.each([
    [['issue', 'list', '--format', 'markdown']],
    [['issue', 'show', '1']],
    [['issue', 'export']],
    [['--help']],
    [['issue', '--help']],
    [['describe']],
    [['--version']],
    [['completion', 'bash']],
    [['backend', 'list']],
  ])('%j ends with 74, and says why', async (args) => {
    const { run, pace } = await paceHere({ env: { PACE_BACKEND: 'local' } });
    await pace('issue', 'create', 'A title', '--body', '');
    const ended = await run({ args, stdout: unwritable() });
    expect([ended.code, ended.stderr]).toEqual([74, `Error: ${LOST.message}\n${LOST.remedy}\n`]);
  });

  test('has done what it was asked for all the same', async () => {
    const { run, data } = await paceHere({ env: { PACE_BACKEND: 'local' } });
    const ended = await run({ args: ['issue', 'create', 'A title', '--body', '', '--json'], stdout: unwritable() });
    expect([ended.code, JSON.parse(ended.stderr.split('\n').at(-2) ?? '')]).toEqual([74, { error: LOST }]);
    expect(await data('issue', 'list', '--json', 'title')).toEqual([{ title: 'A title' }]);
  });

  test('is the same on a disk that is full', async () => {
    const { run, pace } = await paceHere({ env: { PACE_BACKEND: 'local' } });
    await pace('issue', 'create', 'A title', '--body', '');
    const ended = await run({ args: ['issue', 'export'], stdout: streamOn('/dev/full', 'w') });
    expect([ended.code, ended.stderr]).toEqual([
      74,
      'Error: The output could not be written (ENOSPC: no space left on device).\nThe disk is full: please make room, and run it again. What was printed so far is not all of it.\n',
    ]);
  });

  test('reads no further page of a list', async () => {
    const { run, pipe } = await paceHere({ env: { PACE_BACKEND: 'local' } });
    const lines = Array.from({ length: 900 }, (_, index) => JSON.stringify({ title: `Issue ${index}` }));
    await pipe(lines.join('\n'), 'issue', 'import', '-');
    const ended = await run({ args: ['issue', 'list', '--limit', 'all', '--json'], stdout: unwritable() });
    expect([ended.code, JSON.parse(ended.stderr)]).toEqual([74, { error: LOST }]);
  });

  test('ends with 74 as well where a terminal or a pipe tells of it later', async () => {
    const gone = new TestStream({
      onWrite: (_, stream) => {
        setImmediate(() => stream.emit('error', Object.assign(new Error('write EIO'), { code: 'EIO' })));
        return true;
      },
    });
    const { run } = await paceHere({ env: { PACE_BACKEND: 'local' } });
    const ended = await run({ args: ['issue', 'list', '--format', 'markdown'], stdout: gone });
    expect([ended.code, ended.stderr]).toEqual([
      74,
      'Error: The output could not be written (write EIO).\nPlease check where the output goes. What was printed so far is not all of it.\n',
    ]);
  });

  test.each(['EPIPE', 'ECONNRESET'])('is no trouble where its reader has left (%s)', async (code) => {
    const left = new TestStream({
      onWrite: (_, stream) => {
        stream.emit('error', Object.assign(new Error('gone'), { code }));
        return true;
      },
    });
    const { run } = await paceHere({ env: { PACE_BACKEND: 'local' } });
    const ended = await run({ args: ['issue', 'list', '--format', 'markdown'], stdout: left });
    expect([ended.code, ended.stderr]).toEqual([0, '']);
  });
});

test('a gate keeps the exit code of its decision, and says that its report is lost', async () => {
  const files = { 'pace.config.yaml': 'gate: {}\nplatform: {type: local}\n' };
  const { run } = await paceHere({ files });
  const args = ['gate', '--day', '1', '--dry-run', '--json'];
  const said = await run({ args });
  const ended = await run({ args, stdout: unwritable() });
  const { decision } = JSON.parse(said.stdout);
  expect(ended.code).toBe(said.code);
  expect(ended.stderr).toContain(`Warning: ${LOST.message} The decision is ${decision}, and stands. ${LOST.remedy}\n`);
});

test('talk that cannot be written stops nothing, and changes no exit code', async () => {
  const { run, data } = await paceHere({ env: { PACE_BACKEND: 'local' } });
  const made = await run({ args: ['issue', 'create', 'x', '--body', '', '-v'], stderr: unwritable() });
  expect(made.code).toBe(0);
  const missing = await run({ args: ['issue', 'show', '77'], stderr: unwritable() });
  expect(missing.code).toBe(9);
  expect(await data('issue', 'list', '--json', 'title')).toEqual([{ title: 'x' }]);
});

describe('an output', () => {
  test('throws its trouble once, and is closed from then on', async () => {
    const output = outputTo(1, () => unwritable());
    expect(output.isClosed).toBe(false);
    // a fake of the process's own has to say what it is
    const guarded = outputTo(1, () => {
      const stream = unwritable();
      return { write: writerTo(stream) };
    });
    await expect(guarded.write('x')).rejects.toThrow(OutputLost);
    expect(guarded.isClosed).toBe(true);
    await guarded.write('y');
    await guarded.settled();
  });

  test('of talk never throws', async () => {
    const talk = talkTo(2, () => ({ write: writerTo(unwritable()) }));
    await talk.write('x');
    await talk.settled();
    expect(talk.isClosed).toBe(true);
  });
});

test('a text is written to a file as a whole', async () => {
  const { workspace } = await paceHere();
  const path = join(workspace.path, 'out.txt');
  const write = writerTo(streamOn(path, 'w'));
  write('ä'.repeat(70_000));
  write('');
  write('end');
  expect(readFileSync(path, 'utf8')).toBe(`${'ä'.repeat(70_000)}end`);
});

describe('an error, for a program', () => {
  test.each<[string[], string, number]>([
    [['issue', 'list', '--stat', 'open', '--json'], "unknown option '--stat'\n(Did you mean --state?)", 2],
    [['isue', '--json'], "unknown command 'isue'\n(Did you mean issue?)", 2],
    [['issue', 'show', '--format', 'json'], "missing required argument 'key'", 2],
  ])('of %j is one object, and nothing beside it', async (args, message, code) => {
    const { pace } = await paceHere();
    const run = await pace(...args);
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(JSON.parse(run.stderr)).toEqual({
      error: { kind: 'configuration', message, remedy: 'Please look at --help.', operation: 'usage' },
    });
  });

  test('has all mistakes of a query, and all of a configuration', async () => {
    const { pace } = await paceHere({ files: { 'bad.yaml': 'gate: []\nplatform: 3\n' } });
    const query = await pace('issue', 'list', '--json', '--since', 'soon', '--priority', 'huge');
    const { error } = JSON.parse(query.stderr);
    expect([query.code, error.kind, error.operation]).toEqual([2, 'configuration', 'usage']);
    expect(error.message.split('\n').map((line: string) => line.split(':')[0])).toEqual(['--since', '--priority']);
    const config = await pace('gate', '--json', '--config', 'bad.yaml');
    const found = JSON.parse(config.stderr).error;
    expect([config.code, found.kind, found.operation]).toEqual([2, 'configuration', 'configure']);
    expect(found.message.match(/bad\.yaml:\d+:\d+: /g)).toHaveLength(2);
  });

  test('of what was done in part is one object too, with each of them', async () => {
    const { pace } = await paceHere({ env: { PACE_BACKEND: 'local' } });
    await pace('issue', 'create', 'x', '--body', '');
    const partly = await pace('issue', 'edit', '1', '98', '99', '--title', 'y', '--json', 'key');
    const told = JSON.parse(partly.stderr.trimEnd().split('\n').at(-1) ?? '');
    expect([partly.code, JSON.parse(partly.stdout), told]).toEqual([
      64,
      [{ key: '1' }],
      {
        error: {
          kind: 'partial',
          message: [98, 99]
            .map(
              (key) =>
                `${key}: There is no issue ${key}. Please check the number: \`pace issue list\` shows all of them.`,
            )
            .join('\n'),
          remedy: 'What was done is on standard output.',
          operation: null,
        },
      },
    ]);
    const none = await pace('issue', 'edit', '98', '99', '--title', 'y', '--json', 'key');
    expect([none.code, JSON.parse(none.stderr.trimEnd().split('\n').at(-1) ?? '').error.kind]).toEqual([
      9,
      'not-found',
    ]);
    // people are told once
    expect((await pace('issue', 'edit', '1', '98', '--title', 'z')).stderr).not.toContain('{');
    // a warning beside what is done is no error
    expect((await pace('issue', 'list', '--json', 'key', '--explain')).stderr).not.toContain('"error"');
  });

  test('names no credential', async () => {
    const secret = 'the-secret-of-this-run';
    const { pace } = await paceHere({ env: { MY_TOKEN: secret } });
    const run = await pace('issue', 'show', secret, '--json');
    expect(JSON.parse(run.stderr).error.message).toContain('***');
    expect(run.stderr).not.toContain(secret);
  });

  test.each<[string[], boolean]>([
    [['issue', 'list', '--json'], true],
    [['issue', 'list', '--json=key'], true],
    [['issue', 'list', '--format', 'json'], true],
    [['issue', 'list', '--format=json'], true],
    [['issue', 'list', '--format', 'ids'], false],
    [['issue', 'create', '--', '--json'], false],
    [['issue', 'list'], false],
  ])('is asked for by %j: %s', (argv, asked) => {
    expect(asksForJson(argv)).toBe(asked);
  });
});
