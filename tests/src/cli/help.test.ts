/** `pace help …`: any command by its path, and the topics. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { platformNames } from '../../../platforms/index.ts';
import { TOPICS } from '../../../src/cli/help.ts';
import { OWN_VARIABLES, topicText } from '../../../src/cli/help-topics.ts';
import { EXIT_CODES } from '../../../src/commands/exit-codes.ts';
import { WORDS } from '../../../src/tracker/query/conditions.ts';
import { paceHere } from '../../support/pace-here.ts';

describe('help on a path', () => {
  test.each([
    [['issue', 'claim']],
    [['issue']],
    [['gate']],
    [['evidence', 'detect']],
    [['evidence']],
    [['milestone', 'close']],
    [['sync', 'pull']],
    [['issue', 'sync']],
    [['issue', 'sync', 'pull']],
    [['issue', 'backend', 'add']],
    [['issue', 'config', 'detect']],
  ])('of %j is what --help prints', async (path) => {
    const { pace } = await paceHere();
    const [help, flag] = [await pace('help', ...path), await pace(...path, '--help')];
    expect(help).toEqual({ ...flag, code: 0, stderr: '' });
    expect(help.stdout).toContain(`Usage: pace ${path.join(' ')}`);
  });

  test('of nothing is that of the program, with the topics', async () => {
    const { pace } = await paceHere();
    const help = await pace('help');
    expect(help).toEqual(await pace('--help'));
    for (const [name, about] of Object.entries(TOPICS))
      expect(help.stdout).toMatch(new RegExp(`^  ${name} +${about}$`, 'm'));
  });

  test.each<[string[], string]>([
    [['issue', 'claimm'], 'There is no help on “issue claimm”. Did you mean "issue claim"?'],
    [['exit-code'], 'There is no help on “exit-code”. Did you mean "exit-codes"?'],
    [['issue', 'claim', '7'], 'There is no help on “issue claim 7”. Did you mean "issue claim"?'],
  ])('that there is not, %j, is refused with what is near', async (path, words) => {
    const { pace } = await paceHere();
    const run = await pace('help', ...path);
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toBe(
      `Error: ${words}\nPlease see \`pace --help\` for the commands; the topics are environment, formatting, exit-codes, query, agents.\n`,
    );
  });
});

describe('a topic', () => {
  test.each(Object.keys(TOPICS))('%s is printed, in lines that fit', async (topic) => {
    const { pace } = await paceHere();
    const run = await pace('help', topic);
    expect([run.code, run.stderr, run.stdout.split('\n').length > 5]).toEqual([0, '', true]);
    expect(run.stdout).toMatch(/^\S[\s\S]*\S\n$/);
  });

  test('exit-codes has every code of every kind of command', async () => {
    const text = await topicText('exit-codes');
    for (const codes of Object.values(EXIT_CODES))
      for (const { code, meaning } of codes) expect(text).toContain(`  ${String(code).padStart(3)}  ${meaning}\n`);
  });

  test('query has every word', async () => {
    const text = await topicText('query');
    expect(WORDS.filter((word) => !new RegExp(`^  ${word} `, 'm').test(text))).toEqual([]);
    expect(text).toMatch(/^ {2}any-label +with at least one of these labels$/m);
    expect(text).toMatch(/OR means that one side is enough, and parentheses group\.$/m);
  });

  test('agents names verbs that there are, and the way to begin', async () => {
    const text = await topicText('agents');
    const { pace } = await paceHere();
    const verbs = new Set([...text.matchAll(/^ {2}pace (\w+ \w+)/gm)].map(([, verb = '']) => verb));
    expect([...verbs].slice(0, 3)).toEqual(['agent prime', 'issue ready', 'issue claim']);
    for (const verb of verbs) expect((await pace('help', ...verb.split(' '))).code).toBe(0);
  });

  test('environment has every variable of every platform, and those that the sources read themselves', async () => {
    const text = await topicText('environment');
    const { loadPlatform } = await import('../../../platforms/index.ts');
    const platforms = await Promise.all(platformNames.map(loadPlatform));
    const needs = platforms.flatMap((platform) => platform.needs).filter(({ env }) => env.length > 0);
    for (const { env, why } of needs) {
      expect(text).toContain(`  ${env.join(', ')}  `.trimEnd());
      expect(text).toContain(why);
    }
    const named = OWN_VARIABLES.map(([name]) => name).join(' ');
    const root = new URL('../../../src/', import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const read = files.flatMap((name) =>
      [...readFileSync(new URL(name, root), 'utf8').matchAll(/env\['(PACE_[A-Z_]+)'\]/g)].map(
        ([, variable = '']) => variable,
      ),
    );
    expect(read.length).toBeGreaterThan(4);
    expect(read.filter((variable) => !named.includes(variable))).toEqual([]);
  });
});
