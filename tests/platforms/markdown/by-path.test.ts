/** Files with issues named by their path, on the command line and as ends of sync. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TABLE } from '../../core/epics/samples.ts';
import { runCliHere } from '../../support/in-process.ts';

let cwd: string;
const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
const write = (name: string, text: string) => {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), text);
};
const pace = (...args: string[]) => runCliHere({ cwd, args, env: { PACE_AGENT: 'tester' } });
const json = async (...args: string[]) => JSON.parse((await pace(...args, '--json')).stdout);

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'pace-by-path-'));
  write('docs/EPIC.md', TABLE);
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

describe('a path', () => {
  test('is a backend: its issues are listed, shown by PATH#KEY, and changed in their file', async () => {
    const { stdout } = await pace('issue', 'list', '--backend', 'docs/EPIC.md', '--state', 'all');
    for (const key of ['US-001', 'US-002', 'SHOP-100']) expect(stdout).toContain(key);
    expect(await json('issue', 'show', 'docs/EPIC.md#US-001')).toMatchObject({ key: 'US-001', title: 'Pay by card' });
    await pace('issue', 'close', 'docs/EPIC.md#US-002');
    expect(read('docs/EPIC.md')).toBe(TABLE.replace('| **Status** | Planned |', '| **Status** | ✅ Done |'));
  });

  test('of a folder with EPIC.md is one too, and leads to all its files', async () => {
    write('docs/US-9.md', '# US-9: Alone\n\n> **Status**: Planned\n');
    write('docs/README.md', '# US-8: Not a story\n');
    const { stdout } = await pace('issue', 'list', '--backend', 'docs');
    expect(stdout).toContain('US-9');
    expect(stdout).not.toContain('US-8');
  });

  test.each([
    [['issue', 'list', '--backend', 'docs/NONE.md'], 'There is no docs/NONE.md.'],
    [['issue', 'show', 'docs/NONE.md#US-1'], 'There is no docs/NONE.md.'],
    [['issue', 'list', '--backend', 'src/'], 'There is no src/.'],
    [['issue', 'list', '--backend', '../EPIC.md'], '../EPIC.md does not lie in the workspace.'],
    [['sync', 'pull', 'docs/NONE.md', 'local'], 'There is no docs/NONE.md.'],
    [['sync', 'pull', 'docs/EPIC.md', 'docs/new.txt'], 'docs/new.txt is not there, and its name does not tell'],
  ])('that leads to nothing is told: %j', async (args, words) => {
    const { code, stderr } = await pace(...args);
    expect(code).not.toBe(0);
    expect(stderr).toContain(words);
  });

  test('of a file that holds no issues is told, and a wrong name stays a wrong name', async () => {
    write('docs/a.json', '{}');
    expect((await pace('issue', 'list', '--backend', 'docs/a.json')).stderr).toContain('docs/a.json holds no issues');
    expect((await pace('issue', 'list', '--backend', 'gthub')).stderr).toContain('does not name a tracker');
  });

  test('of a file with an id that is there twice is told with its line and column, and nothing is written', async () => {
    const text = '### US-1: One\n\n### US-1: Two\n';
    write('docs/EPIC.md', text);
    const { code, stderr } = await pace('issue', 'create', 'New', '--backend', 'docs/EPIC.md');
    expect(code).not.toBe(0);
    expect(stderr).toContain('docs/EPIC.md:3:1: E004 The id US-1 is there already');
    expect(read('docs/EPIC.md')).toBe(text);
  });
});

describe('sync', () => {
  test('reads a file into a tracker, writes nothing into it, and nothing at all the second time', async () => {
    expect((await pace('sync', 'pull', 'docs/EPIC.md', 'local')).code).toBe(0);
    expect(read('docs/EPIC.md')).toBe(TABLE);
    const again = await json('sync', 'pull', 'docs/EPIC.md', 'local');
    expect([again.written, again.left.filter(({ kind }: { kind: string }) => kind !== 'unsupported')]).toEqual([
      [],
      [],
    ]);
    const issues: { title: string; state: string }[] = await json(
      'issue',
      'list',
      '--backend',
      'local',
      '--state',
      'all',
    );
    expect(issues.map(({ title }) => title).sort()).toEqual(['Checkout', 'Form', 'Gateway', 'Pay by card', 'Refund']);
  });

  test('makes a new file, which the second run leaves as it is to the last byte', async () => {
    await pace('sync', 'pull', 'docs/EPIC.md', 'local');
    expect((await pace('sync', 'pull', 'local', 'plans/new.md')).code).toBe(0);
    const made = read('plans/new.md');
    expect(made).toContain(': Pay by card\n');
    const again = await json('sync', 'pull', 'local', 'plans/new.md');
    expect([again.written, read('plans/new.md')]).toEqual([[], made]);
  });

  test('carries what changes on either side, in the file one cell alone', async () => {
    await pace('sync', 'bidirectional', 'docs/EPIC.md', 'local');
    const before = read('docs/EPIC.md');
    expect(before).toBe(TABLE);
    const issues: { key: string; title: string }[] = await json(
      'issue',
      'list',
      '--backend',
      'local',
      '--state',
      'all',
    );
    const key = issues.find(({ title }) => title === 'Refund')?.key ?? '';
    await pace('issue', 'edit', `local:${key}`, '--priority', 'high');
    write('docs/EPIC.md', before.replace('Pay by card', 'Pay by any card'));
    expect((await pace('sync', 'bidirectional', 'docs/EPIC.md', 'local')).code).toBe(0);
    expect(read('docs/EPIC.md')).toBe(
      TABLE.replace('Pay by card', 'Pay by any card').replace(
        '| **Status** | Planned |',
        '| **Status** | Planned |\n| **Priority** | High |',
      ),
    );
    const { stdout } = await pace('issue', 'list', '--backend', 'local', '--state', 'all');
    expect(stdout).toContain('Pay by any card');
  });

  test('refuses a file that was numbered anew, before anything is written', async () => {
    await pace('sync', 'pull', 'docs/EPIC.md', 'local');
    write('docs/EPIC.md', TABLE.replaceAll('US-00', 'US-10').replace('SHOP-100', 'SHOP-200'));
    const { code, stderr } = await pace('sync', 'pull', 'docs/EPIC.md', 'local');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/markdown docs\/EPIC\.md looks renamed: 5 issues .*00\d → \S*10\d/);
    expect((await json('issue', 'list', '--backend', 'local', '--state', 'all')).length).toBe(5);
  });

  test('refuses it too where only some have other ids, and takes a story that stands in the place of another', async () => {
    await pace('sync', 'pull', 'docs/EPIC.md', 'local');
    write('docs/EPIC.md', TABLE.replace('### US-002: Refund', '### US-003: Something else'));
    expect((await pace('sync', 'pull', 'docs/EPIC.md', 'local')).stderr).not.toContain('looks renamed');
    write('docs/EPIC.md', TABLE.replaceAll('US-00', 'US-10'));
    expect((await pace('sync', 'pull', 'docs/EPIC.md', 'local')).stderr).toContain('looks renamed');
  });
});

describe('rows in step', () => {
  const issuesOf = async (
    backend: string,
  ): Promise<{ key: string; title: string; state: string; labels: string[] }[]> =>
    json('issue', 'list', '--backend', backend, '--state', 'all');
  const keyOf = async (backend: string, wanted: string) =>
    (await issuesOf(backend)).find(({ title }) => title === wanted)?.key ?? '';

  test('take what changes elsewhere: a cell, and what has no cell out of sight', async () => {
    await pace('sync', 'bidirectional', 'docs/EPIC.md', 'local');
    const key = await keyOf('local', 'Gateway');
    await pace('issue', 'close', `local:${key}`);
    await pace('issue', 'edit', `local:${key}`, '--add-label', 'bank');
    await pace('issue', 'comment', `local:${key}`, '--body', 'Called.');
    expect((await pace('sync', 'bidirectional', 'docs/EPIC.md', 'local')).code).toBe(0);
    const row = /^\| 2 \| Gateway <!-- pace:id (\S+) --> \| Calls the bank \| 3 \| ✅ Done \|$/m.exec(
      read('docs/EPIC.md'),
    );
    const shown = await json('issue', 'show', `docs/EPIC.md#${row?.[1]}`, '--comments');
    expect([shown.state, shown.labels, shown.parent]).toEqual(['done', ['bank'], 'US-001']);
    const before = read('docs/EPIC.md');
    const again = await json('sync', 'bidirectional', 'docs/EPIC.md', 'local');
    expect([again.written, read('docs/EPIC.md')]).toEqual([[], before]);
    expect(before.replaceAll(/ ?<!-- pace:.* -->\n?/g, '').replaceAll(/\n{3,}/g, '\n\n')).toBe(
      TABLE.replace('| Calls the bank | 3 | Planned |', '| Calls the bank | 3 | ✅ Done |'),
    );
  });

  test('and all others stay the same issues where somebody takes all hidden comments out of the file', async () => {
    await pace('issue', 'create', 'A story', '--backend', 'local', '--body', 'Text.', '--label', 'a');
    await pace('issue', 'create', 'A row', '--backend', 'local', '--type', 'subtask', '--parent', '1');
    await pace('sync', 'bidirectional', 'local', 'new.md');
    const stripped = read('new.md').replaceAll(/ ?<!-- pace:.*? -->/g, '');
    expect(stripped).not.toContain('<!--');
    write('new.md', stripped);
    const again = await json('sync', 'bidirectional', 'local', 'new.md');
    expect(again.written.filter(({ kind }: { kind: string }) => kind === 'create')).toEqual([]);
    expect([(await issuesOf('local')).length, (await issuesOf('new.md')).length]).toEqual([2, 2]);
  });
});
