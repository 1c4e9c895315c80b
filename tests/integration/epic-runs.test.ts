/** An epic into the embedded tracker and back, into GitHub's stand-in, and killed at what it writes. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { runBundle } from '../support/bundle.ts';
import { EPIC } from '../support/epic.ts';
import { type GitHub, startGitHub } from '../support/github.ts';
import { type PaceHere, paceHere } from '../support/pace-here.ts';
import { copyOf, newWorkspace, type Workspace } from '../support/workspace.ts';

const workspaces: Workspace[] = [];
const servers: GitHub[] = [];
afterAll(async () => {
  for (const workspace of workspaces) await workspace.dispose();
  for (const server of servers) await server.close();
});

interface Told {
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly type: string | null;
  readonly priority: string | null;
  readonly parent: string | null;
  readonly storyPoints: number | null;
}

async function issues(here: PaceHere, backend = 'local'): Promise<Told[]> {
  const fields = '--json=key,title,body,state,type,priority,parent,storyPoints';
  return (await here.data(
    'issue',
    'list',
    '--state',
    'all',
    '--sort',
    'created:asc',
    '--backend',
    backend,
    fields,
  )) as Told[];
}

const told = (all: readonly Told[]) =>
  all.map(({ key, title, state, type, parent, storyPoints }) => [key, title, state, type, parent, storyPoints]);

const LOCAL = ['epic', '--tracker', 'local', '--markdown', 'EPIC.md'];

describe('the embedded tracker', () => {
  test('gets epics, stories and subtasks with all that they say, once', async () => {
    const here = await paceHere({ files: { 'EPIC.md': EPIC } });
    const first = await here.pace(...LOCAL, '--execute');
    expect([first.code, first.stdout]).toEqual([
      0,
      expect.stringContaining('Created 5, added 1 comment and made 1 link'),
    ]);
    expect(told(await issues(here))).toEqual([
      ['1', 'Sign in', 'open', 'epic', null, null],
      ['2', 'Log in', 'in_progress', 'story', '1', 5],
      ['3', 'Form', 'done', 'subtask', '2', 2],
      ['4', 'Session', 'open', 'subtask', '2', 3],
      ['5', 'Log out', 'done', 'story', '1', 1],
    ]);
    expect(await here.workspace.read('EPIC.md')).toBe(EPIC);
    const database = await readFile(join(here.workspace.path, '.pace/pace.db'));
    const second = await here.pace(...LOCAL, '--execute');
    expect([second.code, second.stdout]).toEqual([0, expect.stringContaining('nothing to write')]);
    expect(await here.workspace.read('EPIC.md')).toBe(EPIC);
    expect((await readFile(join(here.workspace.path, '.pace/pace.db'))).equals(database)).toBe(true);
  });

  test('gives back what has changed there, and what is new below the epic, and nothing else of the file moves', async () => {
    const here = await paceHere({ files: { 'EPIC.md': EPIC } });
    await here.pace(...LOCAL, '--execute');
    for (const words of [
      ['issue', 'edit', '2', '--title', 'Log in with a password', '--points', '8'],
      ['issue', 'close', '4'],
      ['issue', 'create', 'Reset', '--type', 'story', '--parent', '1', '--body', 'By mail.'],
      ['issue', 'create', 'Elsewhere', '--body', 'Not of the epic.'],
    ])
      expect((await here.pace(...words)).code, words.join(' ')).toBe(0);
    const pulled = await here.pace(...LOCAL, '--pull', '--execute');
    expect([pulled.code, pulled.stdout]).toEqual([0, expect.stringContaining('Created 1 and changed 2')]);
    const text = await here.workspace.read('EPIC.md');
    const kept = text
      .replace('### 🔧 US-001: Log in with a password', '### 🔧 US-001: Log in')
      .replace('| **Story Points** | 8 |', '| **Story Points** | 5 |')
      .replace(/\| 2 \| Session .*/, '| 2 | Session | A cookie | 3 | 📋 Planned |');
    expect(kept.startsWith(EPIC.trimEnd())).toBe(true);
    expect(text).toMatch(/### US-003: Reset\n[\s\S]*By mail\.\n/);
    expect(text).not.toContain('Elsewhere');
    expect((await here.pace(...LOCAL, '--pull', '--execute')).stdout).toContain('nothing to write');
    expect((await here.pace(...LOCAL, '--execute')).stdout).toContain('nothing to write');
    expect(await here.workspace.read('EPIC.md')).toBe(text);
  });

  test('a new file gets the epic that is named, with what stands below it', async () => {
    const here = await paceHere();
    for (const words of [
      ['issue', 'create', 'The epic', '--type', 'epic', '--body', 'All of it.'],
      ['issue', 'create', 'One', '--type', 'story', '--parent', '1', '--body', ''],
      ['issue', 'create', 'Part', '--type', 'subtask', '--parent', '2', '--body', ''],
      ['issue', 'create', 'Elsewhere', '--body', ''],
    ])
      expect((await here.pace(...words)).code, words.join(' ')).toBe(0);
    const words = ['epic', '--tracker', 'local', '--markdown', 'docs/NEW.md', '--epic', '1', '--pull', '--execute'];
    const pulled = await here.pace(...words);
    expect([pulled.code, pulled.stdout]).toEqual([0, expect.stringContaining('Created 3')]);
    const data = await here.data(
      'issue',
      'list',
      '--backend',
      'docs/NEW.md',
      '--json=title,parent',
      '--sort',
      'created:asc',
    );
    expect((data as { title: string }[]).map(({ title }) => title).sort()).toEqual(['One', 'Part', 'The epic']);
    const again = await here.pace(...words);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('nothing to write')]);
  });

  test('what both have changed is left, and a backup brings back what was overwritten', async () => {
    const here = await paceHere({ files: { 'EPIC.md': EPIC } });
    await here.pace(...LOCAL, '--execute');
    await here.pace('issue', 'edit', '5', '--title', 'Leave');
    await here.workspace.write({ 'EPIC.md': EPIC.replace('US-002: Log out', 'US-002: Go away') });
    const left = await here.pace(...LOCAL, '--execute');
    expect([left.code, left.stdout]).toEqual([64, expect.stringContaining('Left: 1 conflict')]);
    const decided = await here.pace(...LOCAL, '--execute', '--prefer', 'file');
    expect(decided.code).toBe(0);
    expect((await issues(here)).at(-1)?.title).toBe('Go away');
    const { backups } = (await here.data('epic', '--list-backups', '--json')) as { backups: { backup_id: string }[] };
    const id = backups[0]?.backup_id ?? '';
    const dry = await here.pace('epic', '--restore-backup', id);
    expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining('5 title: Go away → Leave')]);
    expect((await issues(here)).at(-1)?.title).toBe('Go away');
    expect((await here.pace('epic', '--restore-backup', id, '--execute')).code).toBe(0);
    expect((await issues(here)).at(-1)?.title).toBe('Leave');
  });

  test('--update-source writes once which issue each story is, and a backup takes it out again', async () => {
    const here = await paceHere({ files: { 'EPIC.md': EPIC } });
    await here.pace(...LOCAL, '--execute');
    const dry = await here.pace(...LOCAL, '--update-source');
    expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining('Would write into EPIC.md')]);
    expect(await here.workspace.read('EPIC.md')).toBe(EPIC);
    const first = await here.pace(...LOCAL, '--execute', '--update-source');
    expect(first.stdout).toContain('Wrote into EPIC.md');
    const text = await here.workspace.read('EPIC.md');
    expect(text.match(/> \*\*Issue\*\*: \d/g)).toHaveLength(3);
    await here.pace(...LOCAL, '--execute', '--update-source');
    expect(await here.workspace.read('EPIC.md')).toBe(text);
    const { backups } = (await here.data('epic', '--list-backups', '--json')) as { backups: { backup_id: string }[] };
    expect((await here.pace('epic', '--restore-backup', backups[0]?.backup_id ?? '', '--execute')).code).toBe(0);
    expect(await here.workspace.read('EPIC.md')).toBe(EPIC);
  });
});

describe('GitHub’s stand-in', () => {
  test('gets an epic by what .spectryn.yaml says, and the second run writes nothing', async () => {
    const github = await startGitHub({ people: ['ann'] });
    servers.push(github);
    const spectryn = 'tracker:\n  type: github\n  api_token: $' + '{SHOP_TOKEN}\n  project_id: octo-org/octo-repo\n';
    const here = await paceHere({
      files: { 'EPIC.md': EPIC, '.spectryn.yaml': spectryn },
      env: { SHOP_TOKEN: github.token, GITHUB_API_URL: github.origin, GITHUB_SERVER_URL: github.origin },
    });
    const words = ['epic', '--markdown', 'EPIC.md', '--execute'];
    const first = await here.pace(...words);
    expect([first.code, first.stderr]).toEqual([0, expect.anything()]);
    const all = (await github.api('GET', `/repos/${github.repository}/issues?state=all`)) as {
      title: string;
      state: string;
    }[];
    expect(all.map(({ title, state }) => [title, state]).reverse()).toEqual([
      ['Sign in', 'open'],
      ['Log in', 'open'],
      ['Form', 'closed'],
      ['Session', 'open'],
      ['Log out', 'closed'],
    ]);
    const before = github.exchanges.length;
    const second = await here.pace(...words);
    expect([second.code, second.stdout]).toEqual([0, expect.stringContaining('nothing to write')]);
    const asked = github.exchanges.slice(before).map(({ asked: { method, path } }) => `${method} ${path}`);
    expect(asked.filter((each) => !each.startsWith('GET '))).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(3);
    await here.workspace.write({
      'EPIC.md': EPIC.replace('🔄 In Progress', '✅ Done').replace('my orders', 'all orders'),
    });
    expect((await here.pace(...words)).stdout).toContain('Changed 1');
    const { backups } = (await here.data('epic', '--list-backups', '--json')) as { backups: { backup_id: string }[] };
    const story = async () => {
      const { body, state } = (await github.api('GET', `/repos/${github.repository}/issues/2`)) as Record<
        string,
        string
      >;
      return [state, body?.includes('all orders')];
    };
    expect(await story()).toEqual(['closed', true]);
    const restored = await here.pace('epic', '--restore-backup', backups[0]?.backup_id ?? '', '--execute');
    expect([restored.code, restored.stdout]).toEqual([0, expect.stringContaining('2 state: ')]);
    expect(await story()).toEqual(['open', false]);
    await here.workspace.write({ 'EPIC.md': EPIC });
    // lost: what was remembered is made anew from the marks
    await here.workspace.remove('.pace');
    const third = await here.pace(...words);
    expect([third.code, third.stdout]).toEqual([0, expect.stringContaining('nothing to write')]);
  });
});

describe('killed in the middle', () => {
  const env = { PACE_AGENT: 'tester' };
  const words = [...LOCAL, '--execute', '--update-source'];
  const run = (workspace: Workspace, nodeArgs: string[] = []) =>
    runBundle({ cwd: workspace.path, args: words, env, nodeArgs });
  const killAt = (options: Record<string, string>) => {
    const url = pathToFileURL(join(import.meta.dirname, '..', 'support', 'kill-at.ts'));
    return ['--import', `${url}?${new URLSearchParams(options)}`];
  };
  const endOf = async (workspace: Workspace) => {
    const { stdout } = await runBundle({
      ...{ cwd: workspace.path, env },
      args: ['issue', 'list', '--state', 'all', '--backend', 'local', '--json=title,state,storyPoints,parent'],
    });
    const text = await workspace.read('EPIC.md');
    const titles = (JSON.parse(stdout) as { title: string }[]).sort((a, b) => (a.title < b.title ? -1 : 1));
    return { titles, text: text.replaceAll(/Last Synced.*|\*\*Issue\*\*: \d+/g, '') };
  };

  test('the next run ends where an undisturbed one does', async () => {
    const start = await newWorkspace({ 'EPIC.md': EPIC }, { git: false });
    workspaces.push(start);
    const another = async () => {
      const copy = await copyOf(start);
      workspaces.push(copy);
      return copy;
    };
    const undisturbed = await another();
    const folder = await mkdtemp(join(tmpdir(), 'pace-epic-'));
    await run(undisturbed, killAt({ log: join(folder, 'log') }));
    const steps = (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n').length;
    await rm(folder, { recursive: true });
    const expected = await endOf(undisturbed);
    expect(expected.titles).toHaveLength(5);
    const kills = Array.from({ length: 12 }, (_, index) => Math.ceil(((index + 1) * steps) / 12));
    for (const step of kills) {
      const workspace = await another();
      const { code } = await run(workspace, killAt({ step: String(step), torn: '1' }));
      expect(code, `step ${step}`).not.toBe(0);
      const next = await run(workspace);
      expect(next.code, `${step}: ${next.stdout}${next.stderr}`).toBe(0);
      expect(await endOf(workspace), `step ${step} of ${steps}`).toEqual(expected);
    }
  }, 300_000);
});
