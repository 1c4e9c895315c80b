// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are written this way
/** Mistakes as they are told: how many, in which order, and how much of a value is shown. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ConfigError, type Problem, show, sortProblems } from '../../../core/yaml/problems.ts';
import { nearest } from '../../../core/yaml/suggest.ts';
import { parseYaml } from '../../../core/yaml/yaml-file.ts';
import { checkBackendsFile } from '../../../src/config/backends-file.ts';
import { literalSecrets, resolveReferences } from '../../../src/config/secrets.ts';
import { check, problemsIn } from '../../src/config/check.ts';
import { testWorld } from '../../support/world.ts';

const problem = (line: number, column = 1, message = 'wrong'): Problem => ({ file: 'f', line, column, message });

test.each([
  [200, 200, false],
  [201, 200, true],
])('of %i mistakes %i are told; that there are more: %s', (count, told, more) => {
  const error = new ConfigError(Array.from({ length: count }, (_, index) => problem(index + 1)));
  expect(error.problems).toHaveLength(told);
  expect(error.message.split('\n')).toHaveLength(told + (more ? 1 : 0));
  expect(error.message.endsWith('…and more.')).toBe(more);
});

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

test.each<[string, (count: number) => string]>([
  ['keys that are unknown', (count) => `gate:\n${lines(count, (index) => `  k${index}: 1`)}`],
  ['values that are wrong', (count) => `sprint:\n  holidays:\n${lines(count, (index) => `    - day${index}`)}`],
  [
    'settings that are unknown',
    (count) => `platform: { tracker: local }\nlocal:\n${lines(count, (index) => `  k${index}: x`)}`,
  ],
])('of a file with more than two hundred %s the first ones are told, and that there are more', async (_, text) => {
  const error = (count: number) =>
    check(text(count)).then(
      () => undefined,
      (thrown: unknown) => (thrown instanceof ConfigError ? thrown : undefined),
    );
  const [some, more] = [await error(200), await error(201)];
  expect([some?.problems.length, some?.message.includes('…and more.')]).toEqual([200, false]);
  expect([more?.problems.length, more?.message.split('\n').at(-1)]).toEqual([200, '…and more.']);
});

test('mistakes stand in the order of the file, each once', () => {
  const found = [problem(2), problem(1, 5), problem(1, 2), problem(2), problem(2, 1, 'other')];
  expect(sortProblems(found)).toEqual([problem(1, 2), problem(1, 5), problem(2), problem(2, 1, 'other')]);
});

test('a value is shown in one line of sixty characters, and only by its kind where it is none', () => {
  const redact = (text: string) => text.replaceAll('hunter2', '***');
  expect([
    show('x'.repeat(60), redact),
    show('x'.repeat(61), redact),
    show('a\n  hunter2', redact),
    show([1], redact),
    show({ a: 1 }, redact),
    show(null, redact),
    show(7, redact),
    show(true, redact),
  ]).toEqual([`"${'x'.repeat(60)}"`, `"${'x'.repeat(59)}…"`, '"a ***"', 'a list', 'a mapping', 'null', '7', 'true']);
});

describe('a secret known by its key', () => {
  const secrets = (text: string) => literalSecrets(parseYaml('f', text));

  test('is hidden from four characters on', () => {
    expect(secrets('a: { password: abc }').redact('abc')).toBe('abc');
    expect(secrets('a: { password: abcd }').redact('abcd')).toBe('***');
    expect(secrets('a: { password: abcd, secret: abcdefg }').redact('abcdefg')).toBe('***');
  });

  test.each([
    ['password: 4096', 1],
    ['max_token: 4096', 0],
    ['max-token: 4096', 0],
    ['max_token: x4096', 1],
    ['password: true', 0],
    ['password: null', 0],
    ['password: ""', 0],
    ['password: env:NAME', 0],
    ['password: "${NAME}"', 0],
    ['password: "x${NAME}"', 1],
    ['apiKey: abcdef', 1],
    ['api-key: abcdef', 1],
    ['keys: abcdef', 0],
    ['token_file: abcdef', 0],
  ])('%s: %i', (text, count) => {
    expect(secrets(text).problems).toHaveLength(count);
  });

  test('of more than two hundred nothing is shown at all', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => `a${index}: { password: secret${index} }`).join('\n');
    expect(secrets(many(200)).redact('harmless secret7')).toBe('harmless ***');
    expect(secrets(many(201)).redact('harmless')).toBe('***');
  });
});

test('a reference is replaced as a whole or within a text; what is not set is named', () => {
  const env = { A: 'x', EMPTY: '' };
  expect(resolveReferences('env:A', env)).toEqual({ text: 'x', missing: [], malformed: false });
  expect(resolveReferences('a-${A}-${A}', env)).toEqual({ text: 'a-x-x', missing: [], malformed: false });
  expect(resolveReferences('env:EMPTY', env)).toEqual({ text: '', missing: ['EMPTY'], malformed: false });
  expect(resolveReferences('${A}${NOT}', env)).toEqual({ text: 'x', missing: ['NOT'], malformed: false });
  expect(resolveReferences('env:toString', env).missing).toEqual(['toString']);
  expect(
    ['env:1A', 'env: A', '${A', '${1}', 'an env:A', '$A'].map((text) => resolveReferences(text, env).malformed),
  ).toEqual([true, true, true, true, false, false]);
});

test('a word is near within a third of its letters, and the nearest one is meant', () => {
  expect(nearest('abcdef', ['abcxyf', 'abcxef'])).toBe('abcxef');
  expect(nearest('abcdef', ['abxyef'])).toBe('abxyef');
  expect(nearest('abcdef', ['xbxyef'])).toBeUndefined();
  expect(nearest('ab', ['xb'])).toBe('xb');
  expect(nearest('ab', ['xy'])).toBeUndefined();
  expect(nearest('mo', ['monday_long'])).toBeUndefined();
  expect(nearest('mon', ['monday_long'])).toBe('monday_long');
});

describe('backends', () => {
  test('of a project are all looked at where everything is checked, and else only when they are used', async () => {
    const text =
      'backends:\n  a: { platform: local, databse: x }\n  b: { platform: jenkins }\n  c: { platform: local }\n';
    expect(await problemsIn(text)).toEqual([]);
    expect(await problemsIn(text, { everyPlatform: true })).toEqual([
      expect.stringMatching(/^2:\d+: Unknown key `databse` in `backends\.a`\. Did you mean "database"\?/),
      expect.stringMatching(/^3:\d+: Jenkins tracks no issues\. /),
    ]);
    const { backends } = await check(text);
    expect(backends.names).toEqual(['a', 'b', 'c']);
    expect((await backends.side('c')).platform.name).toBe('local');
    await expect(backends.side('b')).rejects.toThrow(ConfigError);
  });

  test('in a file of their own may have a default, and nothing else', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'pace-backends-'));
    onTestFinished(() => rm(cwd, { recursive: true }));
    const world = testWorld({ cwd });
    const file = async (text: string) => {
      await writeFile(join(cwd, 'b.yaml'), text);
      return checkBackendsFile(world, 'b.yaml');
    };
    const good = await file('backends: { a: { platform: local } }\ndefault_backend: a\n');
    expect([good.names, good.defaultName, good.platformName('a'), good.platformName('b')]).toEqual([
      ['a'],
      'a',
      'local',
      undefined,
    ]);
    expect((await file('')).names).toEqual([]);
    const secret = 'backends: { a: { platform: github, token: hunter2x } }\n';
    await expect(file(secret)).rejects.toThrow(/^b\.yaml:1:\d+: `token` holds a secret/);
    await expect(file('a: [')).rejects.toThrow(/^b\.yaml:1:/);
  });
});
