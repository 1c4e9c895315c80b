/** `pace sync link`, `unlink` and `resolve` as they are typed, between two databases. */
import { readdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { paceHere } from '../support/pace-here.ts';

const backends = (database = 'board.db') => `platform: { ci: local, tracker: local }
backends:
  board: { platform: local, database: ${database} }
  third: { platform: local, database: third.db }
`;

async function started(sync = '') {
  const here = await paceHere({ files: { 'pace.config.yaml': `${backends()}${sync}` } });
  const { pace, data } = here;
  /** Throws where it does not end with this code. */
  const ended = async (code: number, ...words: string[]) => {
    const run = await pace(...words);
    expect([words.join(' '), run.code, run.stdout + run.stderr]).toEqual([words.join(' '), code, expect.any(String)]);
    return run;
  };
  const done = (...words: string[]) => ended(0, ...words);
  const create = (title: string, backend: string) =>
    done('issue', 'create', title, '--body', 'Words.', '--backend', backend);
  const edit = (backend: string, ...words: string[]) => done('issue', 'edit', '1', '--backend', backend, ...words);
  const titles = async (backend: string) =>
    ((await data('issue', 'list', '--backend', backend, '--state', 'all', '--json', 'title')) as { title: string }[])
      .map(({ title }) => title)
      .sort();
  const open = async () => (await data('sync', 'conflicts', '--json')) as { id: string; field: string }[];
  const comments = async (backend: string) =>
    (await done('issue', 'show', '1', '--comments', '--backend', backend)).stdout;
  return { ...here, ended, done, create, edit, titles, open, comments };
}

test('what was linked is one where .pace/sync is lost, and what was parted is not copied', async () => {
  const { workspace, done, ended, create, titles } = await started();
  await create('Page', 'local');
  await create('Page', 'board');
  await done('sync', 'link', 'local#1', 'board#1');
  await rm(join(workspace.path, '.pace/sync'), { recursive: true });
  const again = await done('sync', 'bidirectional', 'local', 'board', '--yes');
  expect(again.stdout).toContain('1 pair');
  await done('sync', 'unlink', 'board#1');
  expect((await ended(9, 'sync', 'unlink', 'board#1')).stderr).toContain('1 is not in step with another issue here');
  await done('sync', 'bidirectional', 'local', 'board', '--yes');
  expect([await titles('local'), await titles('board')]).toEqual([['Page'], ['Page']]);
});

test('a database that was moved is known by its id when two are parted', async () => {
  const { workspace, done, create } = await started();
  await create('Page', 'local');
  await create('Page', 'board');
  await done('sync', 'link', 'local#1', 'board#1');
  await rename(join(workspace.path, 'board.db'), join(workspace.path, 'moved.db'));
  await workspace.write({ 'pace.config.yaml': backends('moved.db') });
  expect((await done('sync', 'unlink', 'board#1')).stdout).toMatch(/#1 and local .*#1 are no longer one/);
});

test('an issue that is in step with several is parted from the one that is named', async () => {
  const { done, ended, create, data } = await started();
  for (const name of ['local', 'board', 'third']) await create('Page', name);
  await done('sync', 'link', 'local#1', 'board#1');
  await done('sync', 'link', 'local#1', 'third#1');
  expect((await ended(6, 'sync', 'unlink', 'local#1')).stderr).toContain('is in several pairs');
  expect(await data('sync', 'unlink', 'local#1', 'third#1', '--json')).toMatchObject({ b: { key: '1' } });
  expect((await done('sync', 'unlink', 'local#1')).stdout).toContain('board.db#1');
});

test('what a link would write is shown first, as data too, and what lost is kept', async () => {
  const { workspace, ended, done, create, titles, comments, data } = await started();
  await create('Of local', 'local');
  await create('Of board', 'board');
  expect((await ended(10, 'sync', 'link', 'local#1', 'board#1')).stderr).toContain('1 and 1 differ in title');
  const link = ['sync', 'link', 'local#1', 'board#1', '--prefer', 'a', '--json'];
  const change = { kind: 'update', side: 'b', key: '1', field: 'title', before: 'Of board', after: 'Of local' };
  const shown = await data(...link, '--dry-run');
  expect(shown).toMatchObject({ names: { a: 'local', b: 'board' }, flow: 'both', dryRun: true });
  expect(shown).toHaveProperty('written', [expect.objectContaining(change)]);
  expect(readdirSync(join(workspace.path, '.pace/sync'))).toEqual([]);
  expect([await titles('board'), await comments('board')]).toEqual([
    ['Of board'],
    expect.not.stringContaining('Of local'),
  ]);
  const real = await data(...link);
  expect(real).toMatchObject({ dryRun: false, inStep: true, counts: { pairs: 1 }, left: [] });
  expect(real).toHaveProperty('written', [expect.objectContaining(change)]);
  expect([await titles('board'), await comments('board')]).toEqual([['Of local'], expect.stringContaining('Of board')]);
  expect(await data('sync', 'conflicts', '--all', '--json')).toMatchObject([
    { field: 'title', winner: 'a', by: 'person' },
  ]);
  expect((await done('sync', 'bidirectional', 'local', 'board')).stdout).toContain('nothing to write');
});

test('who names the two the other way round decides and parts in the same file', async () => {
  const { workspace, ended, done, create, edit, titles, open, data } = await started();
  await create('Page', 'local');
  await done('sync', 'bidirectional', 'local', 'board', '--yes');
  for (const name of ['local', 'board']) await edit(name, '--title', `Of ${name}`);
  await ended(64, 'sync', 'bidirectional', 'board', 'local');
  const [{ id = '' } = {}] = await open();
  expect(await data('sync', 'resolve', id, '--take', 'board', '--json')).toMatchObject({ inStep: true, left: [] });
  expect([await titles('local'), await titles('board')]).toEqual([['Of board'], ['Of board']]);
  await done('sync', 'unlink', 'board#1', 'local#1');
  const files = readdirSync(join(workspace.path, '.pace/sync'));
  expect(files).toEqual([expect.stringMatching(/^[\w-]+\.jsonl$/)]);
});

test('a text of a person’s own is written to both, and both values that stood there are kept', async () => {
  const { ended, done, create, edit, titles, open, comments, data } = await started();
  await create('Page', 'local');
  await done('sync', 'bidirectional', 'local', 'board', '--yes');
  for (const name of ['local', 'board']) await edit(name, '--title', `Of ${name}`);
  await edit('local', '--priority', '1');
  await edit('board', '--priority', '3');
  await ended(64, 'sync', 'bidirectional', 'local', 'board');
  const [title] = (await open()).filter(({ field }) => field === 'title');
  await ended(64, 'sync', 'resolve', title?.id ?? '', '--text', 'Of both');
  expect([await titles('local'), await titles('board')]).toEqual([['Of both'], ['Of both']]);
  for (const name of ['local', 'board']) expect(await comments(name)).toContain(`Of ${name}`);
  expect((await open()).map(({ field }) => field)).toEqual(['priority']);
  expect(await data('sync', 'conflicts', '--all', '--json')).toContainEqual(
    expect.objectContaining({
      ...{ id: title?.id, winner: 'neither', by: 'person' },
      a: expect.objectContaining({ value: 'Of local' }),
      b: expect.objectContaining({ value: 'Of board' }),
    }),
  );
  const [body] = await open();
  await done('sync', 'resolve', body?.id ?? '', '--take', 'board');
  await done('sync', 'status', 'local', 'board');
});

test('a decision goes by the maps and the direction of the configuration, under the names of its pair', async () => {
  const { ended, done, create, edit, open, data } = await started(
    'sync: [{ name: company, a: board, b: local, direction: to_a, types: { chore: task } }]\n',
  );
  await create('Page', 'local');
  await edit('local', '--type', 'bug');
  await done('sync', 'run', '--all', '--yes');
  await edit('local', '--type', 'task');
  await edit('board', '--type', 'feature');
  await ended(64, 'sync', 'run', '--all');
  const [{ id = '' } = {}] = await open();
  const refused = await ended(6, 'sync', 'resolve', id, '--take', 'board');
  expect(refused.stderr).toContain('Nothing may be written to local');
  await done('sync', 'resolve', id, '--take', 'local');
  expect(await data('issue', 'show', '1', '--backend', 'board', '--json', 'type')).toMatchObject({ type: 'chore' });
  expect((await done('sync', 'run', '--all')).stdout).toContain('nothing to write');
});
