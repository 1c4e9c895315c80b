/** `pace agent skill`, `prime` and `setup` as commands. */
import { lstat, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../../core/ports/index.ts';
import { BLOCK } from '../../../src/agent/block.ts';
import { AGENT_FILES, TOOL_NAMES } from '../../../src/agent/tools.ts';
import { defineCommands } from '../../../src/cli/groups.ts';
import type { Shell } from '../../../src/cli/shell.ts';
import { SKILL_COMMANDS, skill } from '../../../src/commands/agent/skill.ts';
import { primeText } from '../../../src/output/prime-text.ts';
import { paceHere } from '../../support/pace-here.ts';

/** Throws where the command line would refuse the words. */
async function parsed(words: readonly string[]): Promise<void> {
  const called: string[] = [];
  const shell = {
    run: async () => void called.push('run'),
    serve: async () => void called.push('serve'),
  } as Partial<Shell>;
  const cli = new Command('pace').exitOverride().enablePositionalOptions();
  cli.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  defineCommands(cli, shell as Shell, words);
  await cli.parseAsync([...words], { from: 'user' });
  expect(called).toHaveLength(1);
}

describe('pace agent skill', () => {
  test('prints a skill file of about 300 tokens', async () => {
    const here = await paceHere();
    const { code, stdout, stderr } = await here.pace('agent', 'skill');
    expect([code, stderr, stdout]).toEqual([0, '', skill()]);
    expect(stdout).toMatch(/^---\nname: pace\ndescription: [^\n]+\n---\n/);
    expect(stdout.length / 4).toBeGreaterThan(200);
    expect(stdout.length / 4).toBeLessThanOrEqual(330);
  });

  test('every command in it is one that the command line takes', async () => {
    for (const words of SKILL_COMMANDS) await parsed(words);
    await expect(parsed(['issue', 'claim', 'KEY', '--fro', '2h'])).rejects.toThrow('unknown option');
    const shown = [...skill().matchAll(/`pace ((?:agent|issue) \w+)/g)].map(([, verb]) => verb);
    expect(SKILL_COMMANDS.map((words) => words.slice(0, 2).join(' ')).filter((verb) => !shown.includes(verb))).toEqual(
      [],
    );
  });
});

describe('pace agent setup', () => {
  test.each(TOOL_NAMES)('%s has the block in its file, once; run again it changes nothing', async (tool) => {
    const here = await paceHere();
    const { file, front = '' } = AGENT_FILES[tool];
    const first = await here.pace('agent', 'setup', tool, '--yes');
    expect([first.code, first.stdout, first.stderr]).toEqual([0, `Wrote ${file}. Next: pace agent prime\n`, '']);
    expect(await here.workspace.read(file)).toBe(`${front}${BLOCK.join('\n')}\n`);
    expect(Object.keys(await here.workspace.files())).toEqual([file]);
    const second = await here.pace('agent', 'setup', tool, '--yes');
    expect([second.code, second.stdout]).toEqual([0, `${file} is as it should be: nothing was written.\n`]);
    const third = await here.pace('agent', 'setup', tool, '--remove', '--yes');
    expect([third.code, third.stdout]).toEqual([0, `Took the block of PACE out of ${file}.\n`]);
    expect(await here.workspace.files()).toEqual({});
    expect((await here.pace('agent', 'setup', tool, '--remove', '--yes')).stdout).toContain('nothing was written');
  });

  test('what somebody has written stays, before and after', async () => {
    const here = await paceHere({ files: { 'CLAUDE.md': '# Ours\r\n' } });
    await here.pace('agent', 'setup', 'claude', '--yes');
    expect(await here.workspace.read('CLAUDE.md')).toBe(`# Ours\r\n\r\n${BLOCK.join('\r\n')}\r\n`);
    await here.pace('agent', 'setup', 'claude', '--remove', '--yes');
    expect(await here.workspace.read('CLAUDE.md')).toBe('# Ours\r\n');
  });

  test('where nobody can be asked, nothing is written without --yes', async () => {
    const here = await paceHere();
    const run = await here.pace('agent', 'setup', 'codex');
    expect([run.code, run.stdout, run.stderr]).toEqual([
      2,
      '',
      'Error: There is nobody to ask: nothing was written.\n--dry-run shows the change, --yes writes it.\n',
    ]);
    expect(await here.workspace.files()).toEqual({});
  });

  test('a dry run shows the change, for people and as data', async () => {
    const here = await paceHere({ files: { 'GEMINI.md': 'Ours.\n' } });
    const shown = ['  Ours.', '+', ...BLOCK.map((line) => `+ ${line}`)].join('\n');
    const { stdout } = await here.pace('agent', 'setup', 'gemini', '--dry-run');
    expect(stdout).toBe(`GEMINI.md would change so; nothing was written.\n${shown}\n`);
    expect(await here.data('agent', 'setup', 'gemini', '--dry-run', '--json')).toEqual({
      ...{ file: 'GEMINI.md', outcome: 'planned', change: shown },
    });
    expect(await here.workspace.read('GEMINI.md')).toBe('Ours.\n');
  });

  test('a link to another file of the project stays one: the block goes into that file', async () => {
    const here = await paceHere({ files: { 'AGENTS.md': '# Ours\n' } });
    const link = join(here.workspace.path, 'CLAUDE.md');
    await symlink('AGENTS.md', link);
    expect((await here.pace('agent', 'setup', 'claude', '--yes')).code).toBe(0);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await here.workspace.read('AGENTS.md')).toBe(`# Ours\n\n${BLOCK.join('\n')}\n`);
    expect((await here.pace('agent', 'setup', 'codex', '--yes')).stdout).toContain('nothing was written');
  });

  test.each([
    ['claude', 'CLAUDE.md'],
    ['codex', 'AGENTS.md'],
  ] as const)('a link to a file of which only the block was left leads to an empty one: %s', async (tool, file) => {
    const here = await paceHere();
    const link = join(here.workspace.path, 'CLAUDE.md');
    await here.pace('agent', 'setup', 'agents', '--yes');
    await symlink('AGENTS.md', link);
    const removing = ['agent', 'setup', tool, '--remove', '--yes'];
    expect((await here.pace(...removing)).stdout).toBe(`Took the block of PACE out of ${file}.\n`);
    expect([(await lstat(link)).isSymbolicLink(), await readFile(link, 'utf8')]).toEqual([true, '']);
    expect((await here.pace(...removing)).stdout).toBe(`${file} is as it should be: nothing was written.\n`);
  });

  test('a link to a file that is not there yet stays one, and the file is made', async () => {
    const here = await paceHere();
    const link = join(here.workspace.path, 'CLAUDE.md');
    await symlink('AGENTS.md', link);
    expect((await here.pace('agent', 'setup', 'claude', '--yes')).code).toBe(0);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await here.workspace.read('AGENTS.md')).toBe(`${BLOCK.join('\n')}\n`);
  });

  test('a link out of the project is refused, and what it leads to is not touched', async () => {
    const [here, elsewhere] = [await paceHere(), await paceHere({ files: { 'mine.md': 'Mine.\n' } })];
    await symlink(join(elsewhere.workspace.path, 'mine.md'), join(here.workspace.path, 'CLAUDE.md'));
    const run = await here.pace('agent', 'setup', 'claude', '--yes');
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('A link in it leads out of the workspace.')]);
    expect(await elsewhere.workspace.read('mine.md')).toBe('Mine.\n');
  });

  test('a file that is no text is left alone', async () => {
    const here = await paceHere();
    const path = join(here.workspace.path, 'AGENTS.md');
    const bytes = Buffer.from([0x23, 0xff, 0xfe, 0x0a]);
    await writeFile(path, bytes);
    const run = await here.pace('agent', 'setup', 'agents', '--yes');
    expect([run.code, run.stderr]).toEqual([
      2,
      expect.stringContaining('AGENTS.md is not a text in UTF-8: nothing was written.'),
    ]);
    expect(await readFile(path)).toEqual(bytes);
  });

  test('a tool that is not known is refused with those that are', async () => {
    const here = await paceHere();
    const run = await here.pace('agent', 'setup', 'clod');
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('Allowed choices are agents, claude, cline')]);
  });
});

test('the commands that an agent is told of in passing are ones that the command line takes', async () => {
  const some = { items: [], hasMore: true };
  const issue: Issue = {
    ...{ key: '1', url: '', title: '', body: '', state: 'open', stateName: '', labels: [], assignees: [] },
    ...{ createdAt: 0, updatedAt: 0, metadata: {} },
  };
  const claim = { key: '1', agent: 'a', until: 0 };
  const text = primeText({
    ...{ tracker: '', agent: '', at: 0, missing: [] },
    ...{ ready: { ...some, items: [issue] }, mine: { ...some, items: [issue] } },
    blocked: { ...some, items: [{ ...issue, blockedBy: [] }] },
    ending: { ...some, items: [claim] },
  });
  const told = [...text.matchAll(/pace ((?:issue|agent)(?: [\w@:=-]+)+)/g)].map(([, words = '']) => words.split(' '));
  const inBlock = [
    ...BLOCK.slice(1, -1)
      .join(' ')
      .matchAll(/`pace ([^`]+)`/g),
  ].map(([, words = '']) => words.split(' '));
  expect([told.length, inBlock.length]).toEqual([6, 2]);
  for (const words of [...told, ...inBlock]) await parsed(words);
});
