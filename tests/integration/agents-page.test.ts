/** The commands of docs/agents.md, run as they stand there. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { AGENT_FILES } from '../../src/agent/tools.ts';
import { bundle } from '../support/bundle.ts';
import { type PaceHere, paceHere } from '../support/pace-here.ts';

let page = '';
let scripts: readonly string[] = [];

beforeAll(async () => {
  page = await readFile(new URL('../../docs/agents.md', import.meta.url), 'utf8');
  scripts = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, script]) => script ?? '');
});

/** The script of the page that holds these words. */
function scriptWith(words: string): string {
  const found = scripts.filter((script) => script.includes(words));
  expect([words, found.length]).toEqual([words, 1]);
  return found[0] ?? '';
}

/** Runs it in a shell that stops at the first mistake; what it has printed. */
async function runScript({ workspace }: PaceHere, script: string, agent: string): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'pace-home-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const program = join(home, 'pace');
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${await bundle()}" "$@"\n`);
  await chmod(program, 0o755);
  const env = { PATH: `${home}:${process.env['PATH']}`, HOME: home, GIT_CONFIG_NOSYSTEM: '1', PACE_AGENT: agent };
  return new Promise((resolve, reject) => {
    execFile('sh', ['-eu', '-c', script], { cwd: workspace.path, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr}`));
      else resolve(stdout);
    });
  });
}

const CONFIG = { 'pace.config.yaml': 'platform: { ci: local, tracker: local }\n' };

interface Issue {
  readonly key: string;
  readonly state: string;
  readonly labels: readonly string[];
  readonly comments: readonly { readonly body: string }[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly claim: unknown;
}

async function issuesOf(here: PaceHere): Promise<Issue[]> {
  const fields = 'key,state,labels,comments,metadata,claim';
  return (await here.data('issue', 'list', '--state', 'all', '--sort', 'created:asc', '--json', fields)) as Issue[];
}

test('the loop, by two agents at once: each issue is worked on once', async () => {
  const here = await paceHere({ files: CONFIG, git: true });
  for (const title of ['One', 'Two', 'Three', 'Four']) await here.pace('issue', 'create', title);
  const loop = scriptWith('ready --claim');
  await Promise.all(['coder-1', 'coder-2'].map((agent) => runScript(here, loop, agent)));
  const commit = await here.workspace.git('rev-parse', 'HEAD');
  expect(await issuesOf(here)).toEqual(
    ['1', '2', '3', '4'].map((key) => ({
      ...{ key, state: 'in_review', labels: [], metadata: { commit }, claim: null },
      comments: [expect.objectContaining({ body: expect.stringMatching(/^Done in [0-9a-f]{7,}\.$/) })],
    })),
  );
});

test('the roles hand an issue from one to the next, by its label', async () => {
  const here = await paceHere({ files: CONFIG, git: true });
  await here.pace('issue', 'create', 'One', '--label', 'needs-implementation');
  await here.pace('issue', 'create', 'Not for them');
  for (const role of ['implemented: ', 'review: approved', 'tests: passed'])
    await runScript(here, scriptWith(role), 'one');
  const [worked, other] = await issuesOf(here);
  expect(worked).toMatchObject({ state: 'done', labels: ['reviewed'] });
  expect(worked?.comments.map(({ body }) => body.split(':')[0])).toEqual(['implemented', 'review', 'tests']);
  expect(other).toMatchObject({ state: 'open', comments: [] });
});

test('what is found, said, asked and planned', async () => {
  const here = await paceHere({ files: CONFIG, git: true });
  await here.pace('issue', 'create', 'One');
  await runScript(here, scriptWith('discovered-from'), 'one');
  expect(await here.data('issue', 'links', '2', '--json')).toEqual([{ type: 'discovered from', target: '1' }]);
  const shown = await runScript(here, scriptWith('--meta attempt=2'), 'one');
  expect(shown).toContain('"attempt": 2');
  expect(shown).toContain('tests: 3 of 40 fail');
  await here.pace('issue', 'claim', '1', '--as', 'one');
  await runScript(here, scriptWith('question: '), 'one');
  expect((await issuesOf(here))[0]).toMatchObject({ state: 'blocked', labels: ['needs-answer'], claim: null });
  const children = await runScript(here, scriptWith('--type epic'), 'one');
  expect(children.trim().split('\n').slice(-2).sort()).toEqual(['4', '5']);
  expect(await here.data('issue', 'ready', '--label', 'needs-implementation', '--json', 'key')).toEqual([{ key: '4' }]);
});

test('every script of the page is one of those above, and every file that setup knows is named', () => {
  expect(scripts).toHaveLength(8);
  for (const tool of Object.keys(AGENT_FILES)) expect(page).toContain(`\`${tool}\``);
  for (const { file } of Object.values(AGENT_FILES)) expect(page).toContain(file);
});
