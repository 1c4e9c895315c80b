/** The completion scripts, run by the shells that are there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { placesOf } from '../../../src/cli/completion-places.ts';
import { bashScript, fishScript, zshScript } from '../../../src/cli/completion-scripts.ts';
import { commandNames, defineCommands } from '../../../src/cli/groups.ts';
import type { Shell } from '../../../src/cli/shell.ts';
import { errorExitCode, TRACKER_EXIT_CODES } from '../../../src/commands/exit-codes.ts';
import { FileNotFound } from '../../../src/tracker/files.ts';
import { lacking, testUnless } from '../../support/required.ts';

const shell = {} as Shell;
const cli = new Command('pace').version('1.0.0');
defineCommands(cli, shell);
const places = placesOf(cli);

function lackingShell(name: string): string | undefined {
  return lacking(spawnSync(name, ['-c', 'exit 0']).status === 0, `there is no ${name} here`);
}

const bashTest = testUnless(lackingShell('bash'));
const zshTest = testUnless(lackingShell('zsh'));
const fishTest = testUnless(lackingShell('fish'));

function bash(...words: string[]): string[] {
  const script = `${bashScript(places)}
COMP_WORDS=("$@"); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _pace; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const text = execFileSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  return text.split('\n').filter(Boolean);
}

test('a verb that is called is defined alone, and all of them for a word that is none', async () => {
  const verbs = async (...words: string[]) => {
    const own = new Command('pace');
    defineCommands(own, shell, words);
    return own.commands.map((group) => [group.name(), group.commands.length]);
  };
  const whole = cli.commands.map((group) => [group.name(), group.commands.length]);
  expect(await verbs('issue', 'list')).toEqual([['issue', 1]]);
  expect(await verbs('issue', 'sync', 'pull')).toEqual([['issue', 1]]);
  expect(await verbs('issue', 'lst')).toEqual(whole.filter(([name]) => name === 'issue'));
  expect(await verbs('isue')).toEqual(whole);
});

test('every group of commands is there, with what is below it', () => {
  expect(cli.commands.map((command) => command.name())).toEqual(commandNames);
  expect(places.map(({ path }) => path)).toContain('issue transition');
});

test('every place has its options, and -h, each with what it takes', () => {
  const at = (path: string) => places.find((place) => place.path === path);
  for (const { path, options } of places) {
    expect([path, options.filter(({ long }) => long === '--help')]).toEqual([
      path,
      [{ short: '-h', long: '--help', about: 'show help', takes: 'nothing', values: [] }],
    ]);
    expect(new Set(options.map(({ long }) => long)).size).toBe(options.length);
  }
  const takes = (path: string, flag: string) => at(path)?.options.find(({ long }) => long === flag)?.takes;
  expect([
    takes('issue list', '--json'),
    takes('issue list', '--explain'),
    takes('issue list', '--limit'),
    takes('issue list', '--config'),
    takes('issue list', '--directory'),
    takes('issue create', '--body-file'),
    takes('gate', '--dotenv'),
  ]).toEqual(['nothing', 'nothing', 'value', 'file', 'folder', 'file', 'file']);
  expect(at('')?.words.map(({ word }) => word)).toEqual(commandNames);
  expect(at('')?.options.map(({ long, short }) => `${short} ${long}`)).toEqual(['-V --version', '-h --help']);
  expect(at('completion')?.words).toEqual(['bash', 'zsh', 'fish'].map((word) => ({ word, about: '' })));
  expect(at('issue')?.words.every(({ about }) => about !== '')).toBe(true);
  expect(at('issue list')?.options.find(({ long }) => long === '--sort')?.values).toEqual([
    'created',
    'updated',
    'priority',
  ]);
});

describe('bash completes', () => {
  bashTest.each<[string[], string[]]>([
    [['pace', 'is'], ['issue']],
    [
      ['pace', 'issue', 'cl'],
      ['close', 'claim', 'claims'],
    ],
    [
      ['pace', 'issue', 'list', '--state', 'c'],
      ['closed', 'canceled'],
    ],
    [['pace', 'sync', 'bi'], ['bidirectional']],
    [['pace', 'issue', 'sy'], ['sync']],
    [
      ['pace', 'issue', 'sync', 'pu'],
      ['pull', 'push'],
    ],
    [
      ['pace', 'issue', 'config', ''],
      ['detect', 'validate', 'init'],
    ],
    [
      ['pace', 'issue', 'sync', 'pull', 'x', 'y', '--prefer', ''],
      ['a', 'b', 'newer', 'ask'],
    ],
    [['pace', 'issue', 'list', '--state', '=', 'b'], ['blocked']],
    [['pace', 'issue', 'list', '--json', '--exp'], ['--explain']],
    [['pace', 'issue', 'list', '--he'], ['--help']],
    [['pace', '--v'], ['--version']],
    [['pace', 'issue', 'list', '-s', 'blo'], ['blocked']],
    [['pace', 'issue', 'list', '--label', 'edit', '--sor'], ['--sort']],
    [['pace', 'issue', 'list', '--label', ''], []],
    [
      ['pace', 'completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [
      ['pace', 'issue', 'close', '1', '--reason', ''],
      ['done', 'not-planned'],
    ],
  ])('%j', (words, expected) => {
    expect(bash(...words)).toEqual(expected);
  });
});

zshTest('zsh can read its script', () => {
  expect(() => execFileSync('zsh', ['-n', '-c', zshScript(places)])).not.toThrow();
});

fishTest('fish completes verbs, flags and choices', () => {
  const fish = (line: string) => {
    // longer than an argument of a program may be
    const file = join(mkdtempSync(join(tmpdir(), 'pace-fish-')), 'complete.fish');
    writeFileSync(file, `${fishScript(places)}\ncomplete -C '${line}'\n`);
    const text = execFileSync('fish', ['--no-config', file], { encoding: 'utf8' });
    rmSync(dirname(file), { recursive: true });
    return text.split('\n').map((each) => each.split('\t')[0]);
  };
  expect(fish('pace is')).toContain('issue');
  expect(fish('pace issue cla')).toContain('claim');
  expect(fish('pace issue list --stat')).toContain('--state');
});

test('a description cannot end a quote of the fish script', () => {
  for (const line of fishScript(places).split('\n')) expect(line.split("'").length % 2).toBe(1);
});

describe('exit codes', () => {
  const error = (kind: PaceError['kind']) => new PaceError({ kind, message: 'x', remedy: '' });

  test('every kind of error has one', () => {
    expect(
      Object.fromEntries(TRACKER_EXIT_CODES.flatMap(({ code, kinds = [] }) => kinds.map((kind) => [kind, code]))),
    ).toEqual({
      configuration: 2,
      output: 74,
      transient: 4,
      authentication: 5,
      validation: 6,
      'not-found': 9,
      conflict: 10,
      transition: 6,
      unsupported: 11,
      permission: 7,
      'rate-limit': 8,
      unexpected: 8,
    });
    expect(errorExitCode(error('permission'))).toBe(7);
    expect(errorExitCode(new Error('wrapped', { cause: error('rate-limit') }))).toBe(8);
  });

  test('a missing file and a defect have their own', () => {
    expect([
      errorExitCode(new FileNotFound('x')),
      errorExitCode(new TypeError('x')),
      errorExitCode(error('unexpected')),
    ]).toEqual([3, 1, 8]);
  });
});
