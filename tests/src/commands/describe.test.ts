/** What `pace describe` says, against what the command line does. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { commandNames, defineCommands } from '../../../src/cli/groups.ts';
import type { Shell } from '../../../src/cli/shell.ts';
import { catalogue, descriptions } from '../../../src/commands/catalogue.ts';
import type { CommandDescription } from '../../../src/commands/description.ts';
import { paceHere } from '../../support/pace-here.ts';

async function described(): Promise<readonly CommandDescription[]> {
  const here = await paceHere();
  const { commands } = (await here.data('describe', '--json')) as { commands: readonly CommandDescription[] };
  return commands;
}

test('one entry per verb, in a flat list, in the order of the help', async () => {
  const names = (await described()).map(({ name }) => name);
  expect(names).toEqual([...catalogue.keys()]);
  expect(new Set(names).size).toBe(names.length);
  expect([...new Set(names.map((name) => name.split(' ')[0]))]).toEqual(commandNames);
});

test('an entry says what is taken, with types, what is given, how it ends, and whether it writes', async () => {
  const commands = await described();
  const list = commands.find(({ name }) => name === 'issue list');
  expect(list).toMatchObject({ answer: 'list', writes: false });
  expect(list?.arguments).toContainEqual({
    ...{ name: 'label', type: 'string', about: 'with this label; several: with all of them' },
    ...{ required: false, many: true, flag: '--label', short: '-l', value: 'label' },
  });
  expect(list?.fields).toEqual(expect.arrayContaining(['key', 'title', 'state', 'labels', 'url']));
  expect(list?.exitCodes.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 64, 74, 130, 143]);
  const edit = commands.find(({ name }) => name === 'issue edit');
  expect(edit?.arguments.find(({ name }) => name === 'keys')).toEqual({
    ...{
      name: 'keys',
      type: 'string',
      about: 'e.g. 12 13, PROJ-12; - reads them from stdin',
      required: false,
      many: true,
    },
  });
  expect(commands.find(({ name }) => name === 'gate')?.exitCodes.map(({ code }) => code)).toEqual([0, 1, 2, 130, 143]);
});

test('what the command line adds to every verb is said too', async () => {
  const commands = await described();
  const flags = (name: string) =>
    commands
      .find((command) => command.name === name)
      ?.arguments.flatMap((each) => (each.commandLineOnly ? (each.flag ?? []) : []));
  expect(flags('issue list')).toEqual(['--directory', '--verbose', '--json', '--format']);
  expect(flags('issue export')).toEqual(['--directory', '--verbose']);
  expect(flags('gate')).toEqual(['--dotenv', '--directory', '--verbose', '--json']);
});

test('a flag that says no is told from one that says yes', async () => {
  const show = (await described()).find(({ name }) => name === 'issue show');
  expect(show?.arguments.filter(({ name }) => name === 'comments').map(({ flag, negates }) => [flag, negates])).toEqual(
    [
      ['--comments', undefined],
      ['--no-comments', true],
    ],
  );
});

test('what answers with one thing or several says so, and a line of an export has the fields that are told', async () => {
  const commands = await described();
  const either = commands.filter(({ answer }) => answer === 'either').map(({ name }) => name);
  const verbs = ['ready', 'defer', 'create', 'edit', 'close', 'reopen', 'delete', 'transition', 'comment'];
  expect(either).toEqual(verbs.map((verb) => `issue ${verb}`));
  const here = await paceHere();
  await here.pace('issue', 'create', 'One');
  const { stdout } = await here.pace('issue', 'export');
  const told = commands.find(({ name }) => name === 'issue export')?.fields ?? [];
  expect(Object.keys(JSON.parse(stdout)).sort()).toEqual([...told].sort());
});

test('what writes is said of every verb', async () => {
  const writes = (await described()).filter((command) => command.writes).map(({ name }) => name);
  const verbs = [
    ...['ready', 'undo', 'defer', 'create', 'edit', 'close', 'reopen', 'delete', 'transition', 'comment'],
    ...['link', 'unlink', 'claim', 'renew', 'release'],
  ];
  expect(writes).toEqual([
    ...['gate', 'pause', 'resume', 'init', 'evidence', ...verbs.map((verb) => `issue ${verb}`), 'issue import'],
    ...['create', 'edit', 'delete'].map((verb) => `label ${verb}`),
    ...['create', 'edit', 'close', 'delete'].map((verb) => `milestone ${verb}`),
    ...['add', 'remove', 'set-default'].map((verb) => `backend ${verb}`),
    'sync',
    ...['pull', 'push', 'bidirectional', 'run', 'link', 'unlink', 'resolve'].map((verb) => `sync ${verb}`),
    ...['login', 'logout', 'bind', 'unbind', 'map add'].map((verb) => `tracker ${verb}`),
    ...['pull', 'push', 'run'].map((verb) => `tracker sync ${verb}`),
    'sprint start',
    ...['agent setup', 'epic', 'specify', 'mcp'],
  ]);
});

test('every flag that is described is there at the command line, and every one there is described or the line’s own', () => {
  const cli = new Command('pace');
  defineCommands(cli, {} as Shell);
  const lines = ['--directory', '--verbose', '--json', '--format'];
  for (const { name, arguments: given } of descriptions()) {
    // one verb prints lines of text, or of JSON where it is asked to
    const own = lines.filter((flag) => !given.some((each) => each.flag === flag));
    const command = name
      .split(' ')
      .reduce<Command | undefined>((parent, word) => parent?.commands.find((each) => each.name() === word), cli);
    const flags = command?.options.map(({ long }) => long).filter((long) => !own.includes(long ?? ''));
    expect([name, flags]).toEqual([name, given.flatMap(({ flag }) => flag ?? [])]);
    const words = command?.registeredArguments.map((argument) => argument.name());
    expect([name, words]).toEqual([name, given.flatMap((each) => (each.flag === undefined ? [each.name] : []))]);
  }
});

test('every verb has what the command line does with it', async () => {
  const here = await paceHere();
  for (const name of catalogue.keys()) {
    const { code, stdout } = await here.pace(...name.split(' '), '--help');
    expect([name, code, stdout.startsWith(`Usage: pace ${name}`)]).toEqual([name, 0, true]);
  }
});

test('the fields of the gate’s report are those that a report has', async () => {
  const source = readFileSync(new URL('../../../src/gate/report.ts', import.meta.url), 'utf8');
  const [, body = ''] = /export interface Report \{\n(.*?)\n\}/s.exec(source) ?? [];
  const members = [...body.matchAll(/^ {2}readonly (\w+)/gm)].map(([, member]) => member);
  expect([...(catalogue.get('gate')?.fields ?? [])].sort()).toEqual(members.sort());
});

test('for people it is a list of usages', async () => {
  const here = await paceHere();
  const { stdout } = await here.pace('describe');
  expect(stdout).toContain(
    'pace issue edit [keys...] [options]\n  change one or several issues, or all that fit a query\n',
  );
  expect(stdout).toContain('pace completion <shell> [options]\n');
});

test('an option is checked by its schema: what a face hands over is refused with its name', () => {
  const result = catalogue.get('issue edit')?.options.safeParse({ keys: '1', addLabel: 'bug', dryRun: 'yes' });
  const paths = result?.error?.issues.map(({ path }) => path.join('.'));
  expect(paths?.sort()).toEqual(['addLabel', 'dryRun', 'keys']);
  expect(catalogue.get('issue close')?.options.safeParse({ keys: ['1'], reason: 'later' }).success).toBe(false);
  expect(catalogue.get('issue close')?.options.safeParse({ keys: ['1'], reason: 'not-planned' }).success).toBe(true);
});
