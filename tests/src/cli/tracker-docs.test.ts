/** docs/hosted.md is tried line by line: its commands are run one after the other, and what it shows is what they print. */
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { descriptions } from '../../../src/commands/catalogue.ts';
import { EXIT_CODES } from '../../../src/commands/exit-codes.ts';
import { type BdIssue, newBd } from '../../support/bd.ts';
import { newIssue, startHosted } from '../../support/hosted.ts';
import { runCliHere } from '../../support/in-process.ts';
import { installStandIn } from '../../support/programs.ts';
import { linesOf, wordsOf } from '../../support/shell-line.ts';
import { newWorkspace } from '../../support/workspace.ts';

const page = readFileSync(new URL('../../../docs/hosted.md', import.meta.url), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = [...page.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', text = '']) => ({ language, text }),
);

const OWL: BdIssue = {
  ...{
    id: 'owl-1',
    title: 'Feed the owls',
    description: '',
    status: 'open',
    priority: 2,
    issue_type: 'task',
    assignee: '',
  },
  ...{ created_at: '2026-03-02T09:00:00Z', created_by: 'ann', updated_at: '2026-03-02T09:00:00Z', labels: [] },
};

test('every block of commands prints what stands below it', async () => {
  const server = await startHosted({ confirms: true });
  newIssue(server.state, { title: 'Note a call' });
  const bd = await installStandIn('bd', 'bd/program.ts', newBd('1.0.5', { prefix: 'owl', issues: [OWL] }));
  const files = blocks.flatMap(({ language, text }) => {
    const [, name] = /file=(\S+)/.exec(language) ?? [];
    return name === undefined ? [] : [[name, text] as const];
  });
  const workspace = await newWorkspace({
    ...Object.fromEntries(files),
    'password.txt': `${server.state.person.password}\n`,
  });
  onTestFinished(async () => {
    await Promise.all([server.close(), bd.dispose(), workspace.dispose()]);
  });
  const env = { HOME: `${workspace.path}/home`, PATH: bd.path };
  const here = (text: string) => text.replaceAll('https://tracker.example.org', server.origin);

  async function ran(line: string): Promise<{ code: number; stdout: string; stderr: string }> {
    const [command = '', input] = here(line).split(' < ');
    const [name, ...args] = wordsOf(command);
    expect(name).toBe('pace');
    const given = input === undefined ? {} : { input: await workspace.read(input) };
    return runCliHere({ cwd: workspace.path, args, env, ...given });
  }

  let count = 0;
  for (const [index, { language, text }] of blocks.entries()) {
    if (!language.startsWith('sh')) continue;
    const [fails, shown] = [language.includes('fails'), blocks[index + 1]];
    let printed = '';
    for (const line of linesOf(text)) {
      const { code, stdout, stderr } = await ran(line);
      expect(code, `${line}: ${stderr}`).toBe(fails ? 1 : 0);
      printed += fails ? stderr : stdout;
      count += 1;
    }
    expect(printed, text).toBe(here(shown?.text ?? ''));
  }
  expect(count).toBeGreaterThan(20);
});

test('every verb is named, and every exit code', () => {
  const verbs = descriptions().filter(({ name }) => name.startsWith('tracker '));
  expect(verbs.length).toBeGreaterThan(12);
  expect(verbs.filter(({ name }) => !page.includes(`pace ${name}`)).map(({ name }) => name)).toEqual([]);
  const rows = EXIT_CODES.facade.filter(({ code }) => code < 74).map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
});
