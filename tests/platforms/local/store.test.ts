import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync, chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync,
  symlinkSync, writeFileSync,
} from 'node:fs'; // biome-ignore format: a list
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { Issue, TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { createTracker } from '../../../platforms/local/issues.ts';
import { openStore } from '../../../platforms/local/store.ts';
import { refusal } from '../../contract/refusal.ts';
import { testWorld } from '../../support/world.ts';

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));
const folders: string[] = [];

function workspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pace-local-'));
  folders.push(folder);
  return folder;
}

function trackerAt(cwd: string, env: Record<string, string> = { PACE_AGENT: 'tester' }): TrackerDriver {
  return createTracker(testWorld({ cwd, env }), {});
}

async function all(tracker: TrackerDriver): Promise<Issue[]> {
  const issues: Issue[] = [];
  for await (const issue of tracker.listIssues()) issues.push(issue);
  return issues;
}

function writer(cwd: string, count: number, mode: 'batch' | 'turns'): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [WRITER, cwd, String(count), mode], { stdio: ['ignore', 'pipe', 'pipe'] });
}

function databaseOf(cwd: string): string {
  return join(cwd, '.pace', 'pace.db');
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('several processes at once', { timeout: 120_000 }, () => {
  test.each(['batch', 'turns'] as const)('get different numbers and lose nothing (%s)', async (mode) => {
    const cwd = workspace();
    const children = Array.from({ length: 4 }, () => writer(cwd, 50, mode));
    const outcomes = await Promise.all(
      children.map(async (child) => {
        const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
        return { keys: out.split('\n').filter(Boolean), errors };
      }),
    );
    expect(outcomes.map((outcome) => outcome.errors)).toEqual(['', '', '', '']);
    const keys = outcomes.flatMap((outcome) => outcome.keys);
    const stored = await all(trackerAt(cwd));
    expect(stored.length).toBe(200);
    expect(new Set(keys)).toEqual(new Set(stored.map((issue) => issue.key)));
    expect(keys.length).toBe(200);
    expect(new Set(stored.map((issue) => issue.author?.name)).size).toBe(4);
  });

  test('leave one whole file behind', async () => {
    const cwd = workspace();
    await Promise.all([writer(cwd, 5, 'batch'), writer(cwd, 5, 'turns')].map((child) => once(child, 'close')));
    expect(readdirSync(join(cwd, '.pace'))).toEqual(['pace.db']);
  });
});

test('a killed writer loses nothing that it was told is stored, and the store stays whole', {
  timeout: 120_000,
}, async () => {
  const cwd = workspace();
  for (const mode of ['batch', 'turns', 'batch'] as const) {
    const before = (await all(trackerAt(cwd))).map((issue) => issue.key);
    const child = writer(cwd, 1_000_000, mode);
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
      if (out.split('\n').length > 30) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const told = out.split('\n').slice(0, -1);
    const stored = await all(trackerAt(cwd));
    const keys = new Set(stored.map((issue) => issue.key));
    expect([...before, ...told].filter((key) => !keys.has(key))).toEqual([]);
    expect(stored.filter((issue) => issue.labels.length !== 2 || !('index' in issue.metadata))).toEqual([]);
    await turn();
    const db = new DatabaseSync(databaseOf(cwd));
    const count = db.prepare(
      "SELECT (SELECT count(*) FROM issue) = (SELECT count(*) FROM event WHERE kind = 'created') AS same",
    );
    expect([{ ...db.prepare('PRAGMA integrity_check').get() }, db.prepare('PRAGMA foreign_key_check').all()]).toEqual([
      { integrity_check: 'ok' },
      [],
    ]);
    expect({ ...count.get() }).toEqual({ same: 1 });
    db.close();
  }
});

test('a copy made between two steps has everything', async () => {
  const cwd = workspace();
  const copy = workspace();
  const { key } = await trackerAt(cwd).createIssue({ title: 'Kept', body: '' });
  await turn();
  mkdirSync(join(copy, '.pace'));
  copyFileSync(databaseOf(cwd), databaseOf(copy));
  expect((await trackerAt(copy).getIssue(key)).title).toBe('Kept');
});

test('a file that is replaced between two steps is read anew', async () => {
  const [cwd, other] = [workspace(), workspace()];
  const tracker = trackerAt(cwd);
  await tracker.createIssue({ title: 'Here', body: '' });
  await trackerAt(other).createIssue({ title: 'There', body: '' });
  await turn();
  rmSync(databaseOf(cwd));
  copyFileSync(databaseOf(other), databaseOf(cwd));
  expect((await all(tracker)).map((issue) => issue.title)).toEqual(['There']);
});

describe('looking', () => {
  test('creates nothing', async () => {
    const cwd = workspace();
    const tracker = trackerAt(cwd);
    expect(await all(tracker)).toEqual([]);
    for (const call of [
      () => tracker.getIssue('1'),
      () => collect(tracker.listComments('1')),
      () => tracker.addComment('1', 'x'),
      () => tracker.updateIssue('1', { title: 'x' }),
      () => tracker.transitionIssue('1', { state: 'done' }),
    ]) {
      await refusal(call, { kinds: ['not-found'] });
    }
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('at an empty file finds nothing, and writing begins in it', async () => {
    const cwd = workspace();
    mkdirSync(join(cwd, '.pace'));
    writeFileSync(databaseOf(cwd), '');
    expect(await all(trackerAt(cwd))).toEqual([]);
    expect((await trackerAt(cwd).createIssue({ title: 'First', body: '' })).key).toBe('1');
  });
});

describe('a file that is not ours', () => {
  const calls: Record<string, (tracker: TrackerDriver) => Promise<unknown>> = {
    createIssue: (tracker) => tracker.createIssue({ title: 'Never', body: '' }),
    listIssues: (tracker) => all(tracker),
    getIssue: (tracker) => tracker.getIssue('1'),
  };

  async function refusedEverywhere(cwd: string, hint: RegExp): Promise<void> {
    const before = existsSync(join(cwd, '.pace')) ? readdirSync(join(cwd, '.pace')) : [];
    for (const [operation, call] of Object.entries(calls)) {
      const error = await refusal(() => call(trackerAt(cwd)), { kinds: ['configuration'], operation });
      expect(error.message).toMatch(hint);
      await turn();
    }
    expect(existsSync(join(cwd, '.pace')) ? readdirSync(join(cwd, '.pace')) : []).toEqual(before);
  }

  test.each([
    ['a text', 'This is a text file, and somebody may need it.\n'.repeat(100)],
    ['one line', 'short'],
    ['binary data', Buffer.from(Array.from({ length: 8192 }, (_, index) => (index * 7) % 256))],
  ])('because it is %s is left as it is', async (_, content) => {
    const cwd = workspace();
    mkdirSync(join(cwd, '.pace'));
    writeFileSync(databaseOf(cwd), content);
    await refusedEverywhere(cwd, /damaged, or is not a SQLite database/);
    expect(readFileSync(databaseOf(cwd))).toEqual(Buffer.from(content));
  });

  test('because it is damaged is left as it is', async () => {
    const cwd = workspace();
    const tracker = trackerAt(cwd);
    for (let index = 0; index < 50; index += 1) await tracker.createIssue({ title: `${index}`, body: 'x'.repeat(500) });
    await turn();
    const bytes = readFileSync(databaseOf(cwd));
    bytes.fill(0xa5, 100, bytes.length - 4096);
    writeFileSync(databaseOf(cwd), bytes);
    await refusedEverywhere(cwd, /damaged, or is not a SQLite database/);
    expect(readFileSync(databaseOf(cwd))).toEqual(bytes);
  });

  test('because it is a folder is left as it is', async () => {
    const cwd = workspace();
    mkdirSync(databaseOf(cwd), { recursive: true });
    await refusedEverywhere(cwd, /is a folder/);
  });

  test('because another program has made it is left as it is', async () => {
    const cwd = workspace();
    mkdirSync(join(cwd, '.pace'));
    const db = new DatabaseSync(databaseOf(cwd));
    db.exec('CREATE TABLE theirs (id INTEGER)');
    db.close();
    await refusedEverywhere(cwd, /another program/);
  });

  test('because a newer PACE has written it is left as it is', async () => {
    const cwd = workspace();
    await trackerAt(cwd).createIssue({ title: 'Newer', body: '' });
    await turn();
    const db = new DatabaseSync(databaseOf(cwd));
    db.exec('PRAGMA user_version = 99');
    db.close();
    await refusedEverywhere(cwd, /newer PACE: its version is 99/);
  });

  test('because a file stands in the place of its folder', async () => {
    const cwd = workspace();
    writeFileSync(join(cwd, '.pace'), 'text');
    const call = () => trackerAt(cwd).createIssue({ title: 'Never', body: '' });
    await refusal(call, { kinds: ['configuration'], operation: 'createIssue' });
    expect(readFileSync(join(cwd, '.pace'), 'utf8')).toBe('text');
  });

  test('because it is a link, wherever that leads', async () => {
    const cwd = workspace();
    mkdirSync(join(cwd, '.pace'));
    symlinkSync(join(cwd, 'no-folder', 'pace.db'), databaseOf(cwd));
    const call = () => trackerAt(cwd).createIssue({ title: 'Never', body: '' });
    const { message } = await refusal(call, { kinds: ['configuration'], operation: 'createIssue' });
    expect(message).toBe('.pace/pace.db is a link, and PACE keeps its state in plain files and folders only.');
  });
});

describe('without the right to write', () => {
  const nobody = 65_534;
  const isRoot = process.getuid?.() === 0;

  /**
   * What a process without rights makes of it: root may write everywhere. It gives them up once all is loaded, since Node and these
   * sources may lie in a folder that is closed to others.
   */
  function asNobody(cwd: string, program: string): string {
    const source = `
      import { createTracker } from ${JSON.stringify(new URL('../../../platforms/local/issues.ts', import.meta.url).href)};
      ${isRoot ? `process.setgroups([]); process.setgid(${nobody}); process.setuid(${nobody});` : ''}
      const log = { warn() {} };
      const tracker = createTracker({ cwd: ${JSON.stringify(cwd)}, env: {}, log, now: () => 1 }, {});
      try { ${program} } catch (error) { console.log(error.kind + ' ' + error.operation + ': ' + error.remedy); }`;
    const args = ['--input-type=module-typescript', '--eval', source];
    return execFileSync(process.execPath, args, { encoding: 'utf8', cwd: '/' }).trim();
  }

  async function locked(): Promise<string> {
    const cwd = workspace();
    await trackerAt(cwd).createIssue({ title: 'Readable', body: 'Text.' });
    await turn();
    if (isRoot) for (const path of [cwd, join(cwd, '.pace')]) chownSync(path, 0, 0);
    chmodSync(databaseOf(cwd), 0o444);
    for (const path of [join(cwd, '.pace'), cwd]) chmodSync(path, 0o555);
    return cwd;
  }
  function unlocked(cwd: string): void {
    for (const path of [cwd, join(cwd, '.pace')]) chmodSync(path, 0o755);
  }

  test('issues can be read', async () => {
    const cwd = await locked();
    expect(asNobody(cwd, "console.log((await tracker.getIssue('1')).title)")).toBe('Readable');
    unlocked(cwd);
  });

  test('writing says what to allow, and leaves nothing behind', async () => {
    const cwd = await locked();
    const before = readFileSync(databaseOf(cwd));
    expect(asNobody(cwd, "await tracker.createIssue({ title: 'Never', body: '' })")).toMatch(
      /^permission createIssue: Please allow the user that runs PACE to write .*pace\.db/,
    );
    expect(readdirSync(join(cwd, '.pace'))).toEqual(['pace.db']);
    expect(readFileSync(databaseOf(cwd))).toEqual(before);
    unlocked(cwd);
  });

  test('writing in a folder without a database says so too', () => {
    const cwd = workspace();
    chmodSync(cwd, 0o555);
    expect(asNobody(cwd, "await tracker.createIssue({ title: 'Never', body: '' })")).toMatch(
      /^permission createIssue: /,
    );
    expect(readdirSync(cwd)).toEqual([]);
    chmodSync(cwd, 0o755);
  });

  test('a file that nobody may read is no empty tracker', async () => {
    const cwd = await locked();
    chmodSync(databaseOf(cwd), 0o000);
    expect(asNobody(cwd, 'for await (const issue of tracker.listIssues()) console.log(issue)')).toMatch(
      /^permission listIssues: /,
    );
    unlocked(cwd);
  });
});

describe('while another process writes', () => {
  function holding(cwd: string, lock: string): DatabaseSync {
    const other = new DatabaseSync(databaseOf(cwd));
    other.exec(lock);
    return other;
  }

  test('issues can be read', async () => {
    const cwd = workspace();
    await trackerAt(cwd).createIssue({ title: 'First', body: '' });
    const other = holding(cwd, 'BEGIN IMMEDIATE');
    expect((await all(trackerAt(cwd))).length).toBe(1);
    other.close();
  });

  test('writing waits, and is a passing trouble when it takes too long', async () => {
    const cwd = workspace();
    const tracker = trackerAt(cwd);
    await tracker.createIssue({ title: 'First', body: '' });
    await turn();
    const store = openStore(databaseOf(cwd), { patience: 100 });
    const call = async () => store.write((db) => db.run("UPDATE issue SET title = 'Never'"));
    for (const mode of ['WAL', 'DELETE']) {
      const other = holding(cwd, `PRAGMA journal_mode = ${mode}; BEGIN EXCLUSIVE`);
      await refusal(call, { kinds: ['transient'] });
      other.close();
      await turn();
    }
    expect((await tracker.createIssue({ title: 'Second', body: '' })).key).toBe('2');
    expect((await tracker.getIssue('1')).title).toBe('First');
  });
});

describe('what a database is known by', () => {
  test('is told before it is there, without making it, and stays what was told', async () => {
    const cwd = workspace();
    const tracker = trackerAt(cwd);
    const id = await tracker.containerId?.();
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(existsSync(databaseOf(cwd))).toBe(false);
    await tracker.createIssue({ title: 'First', body: '' });
    await turn();
    expect([await tracker.containerId?.(), await trackerAt(cwd).containerId?.()]).toEqual([id, id]);
  });

  test('goes with the file, and is another for another one', async () => {
    const [cwd, elsewhere] = [workspace(), workspace()];
    await trackerAt(cwd).createIssue({ title: 'First', body: '' });
    await turn();
    const id = await trackerAt(cwd).containerId?.();
    await turn();
    expect(await trackerAt(elsewhere).containerId?.()).not.toBe(id);
    mkdirSync(join(elsewhere, '.pace'));
    copyFileSync(databaseOf(cwd), databaseOf(elsewhere));
    expect(await trackerAt(elsewhere).containerId?.()).toBe(id);
  });
});

test('a log that a crash has left behind is used', async () => {
  const cwd = workspace();
  const copy = workspace();
  await trackerAt(cwd).createIssue({ title: 'First', body: '' });
  // still in this turn: the change is in the log only
  mkdirSync(join(copy, '.pace'));
  for (const suffix of ['', '-wal']) copyFileSync(`${databaseOf(cwd)}${suffix}`, `${databaseOf(copy)}${suffix}`);
  appendFileSync(`${databaseOf(copy)}-wal`, Buffer.alloc(100, 1));
  expect((await all(trackerAt(copy))).map((issue) => issue.title)).toEqual(['First']);
});
