/** Texts and lines from files and stdin, and questions to a person. */
import type { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { ask } from '../../../src/cli/ask.ts';
import { bodyOf } from '../../../src/cli/body.ts';
import { userFilePath } from '../../../src/tracker/backends/user-file.ts';
import { readLines, readWhole, shownName } from '../../../src/tracker/files.ts';
import { testWorld } from '../../support/world.ts';

const MB = 1024 * 1024;

async function* pieces(...given: (string | Buffer)[]): AsyncGenerator<string | Buffer> {
  yield* given;
}

const lines = (...given: (string | Buffer)[]) => collect(readLines('-', { cwd: '/' }, pieces(...given)));

describe('lines', () => {
  test.each<[string, (string | Buffer)[], [number, string][]]>([
    ['nothing', [], []],
    ['an empty piece', [''], []],
    ['one without an end', ['a'], [[1, 'a']]],
    ['one with an end', ['a\n'], [[1, 'a']]],
    [
      'empty ones',
      ['\n\na\n'],
      [
        [1, ''],
        [2, ''],
        [3, 'a'],
      ],
    ],
    [
      'those that are cut anywhere',
      ['a', 'b\nc', '\n', 'd'],
      [
        [1, 'ab'],
        [2, 'c'],
        [3, 'd'],
      ],
    ],
    ['a character in two pieces', [Buffer.from([0x63, 0xc3]), Buffer.from([0xbc, 0x0a])], [[1, 'cü']]],
    [
      'those of another system',
      ['a\r\nb\r\n'],
      [
        [1, 'a\r'],
        [2, 'b\r'],
      ],
    ],
  ])('of %s', async (_, given, expected) => {
    expect((await lines(...given)).map(({ number, text }) => [number, text])).toEqual(expected);
  });

  test('are as long as 10 MB, and a file may be longer', async () => {
    const line = Buffer.alloc(10 * MB, 'x');
    expect((await lines(line, '\n', line))[1]?.text).toHaveLength(10 * MB);
    await expect(lines('a\n', line, 'x')).rejects.toThrow('stdin: line 2 is larger than 10 MB.');
  });

  test('are UTF-8', async () => {
    await expect(lines('a\n', Buffer.from([0xff]), '\n')).rejects.toThrow('stdin is not UTF-8.');
  });
});

test('a text has at most 10 MB', async () => {
  expect(await readWhole('-', { cwd: '/' }, pieces(Buffer.alloc(10 * MB, 'x')))).toHaveLength(10 * MB);
  await expect(readWhole('-', { cwd: '/' }, pieces(Buffer.alloc(10 * MB, 'x'), 'x'))).rejects.toThrow(
    'stdin is larger than 10 MB.',
  );
});

test('a file is shown by its name in one line', () => {
  expect([shownName('-'), shownName('a\u001b[31m\nb'), shownName('x'.repeat(301))]).toEqual([
    'stdin',
    'a b',
    `${'x'.repeat(299)}…`,
  ]);
});

test('a body is none where none is given, and loses its blank end only where it comes from a file', async () => {
  const context = { world: testWorld(), stdin: pieces('piped \n\n') };
  expect(await bodyOf({}, context)).toBeUndefined();
  expect(await bodyOf({ body: '' }, context)).toBe('');
  expect(await bodyOf({ body: 'x \n' }, context)).toBe('x \n');
  expect(await bodyOf({ bodyFile: '-' }, context)).toBe('piped');
});

describe('a question', () => {
  function terminal() {
    const input = new PassThrough();
    const output = new PassThrough();
    return { input, output, shown: () => String(output.read() ?? '') };
  }

  test('has an answer in one line, without the blanks round it', async () => {
    const { input, output, shown } = terminal();
    input.write('  an answer \nmore\n');
    expect(await ask('Title: ', { input, output })).toBe('an answer');
    expect(shown()).toContain('Title: ');
  });

  test.each([
    ['says nothing', (input: PassThrough) => input.write(' \n')],
    ['leaves', (input: PassThrough) => input.end()],
  ])('to somebody who %s sends nothing', async (_, act) => {
    const { input, output } = terminal();
    act(input);
    await expect(ask('Title: ', { input, output })).rejects.toMatchObject({
      kind: 'configuration',
      message: 'Nothing was entered: nothing was sent.',
    });
  });

  test('leaves the terminal as it was', async () => {
    const { input, output } = terminal();
    input.write('x\n');
    await ask('Title: ', { input, output });
    expect((input as EventEmitter).listenerCount('keypress')).toBe(0);
    expect(input.isPaused()).toBe(true);
  });
});

test.each([
  [{ XDG_CONFIG_HOME: '/x', APPDATA: '/a', HOME: '/h', USERPROFILE: '/u' }, '/x/pace/backends.yaml'],
  [{ APPDATA: '/a', HOME: '/h' }, '/a/pace/backends.yaml'],
  [{ HOME: '/h', USERPROFILE: '/u' }, '/h/.config/pace/backends.yaml'],
  [{ USERPROFILE: '/u' }, '/u/.config/pace/backends.yaml'],
  [{ XDG_CONFIG_HOME: '', APPDATA: '', HOME: '/h' }, '/h/.config/pace/backends.yaml'],
  [{ HOME: '' }, undefined],
  [{}, undefined],
])('with %j a person’s own file is %s', (env, path) => {
  expect(userFilePath({ env })).toBe(path);
});
