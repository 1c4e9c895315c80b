/** `pace issue attachments` at the command line. */
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Answer, loopback } from '../../support/loopback.ts';
import { paceHere } from '../../support/pace-here.ts';

const AT = '2026-03-01T12:00:00Z';
const uuid = (number: number) => `0123abcd-0000-4000-8000-00000000000${number}`;

/** A Gitea with one issue that has these files; `undefined` for one that it has lost. */
async function bench(files: readonly (readonly [name: string, text: string | undefined])[]) {
  const asset = (name: string, number: number, size: number) => ({
    ...{
      id: number + 1,
      name,
      size,
      created_at: AT,
      browser_download_url: `https://git.example/attachments/${uuid(number)}`,
    },
  });
  const issue = {
    ...{ number: 1, html_url: 'https://git.example/a/b/issues/1', title: 'T', body: '', state: 'open', labels: [] },
    ...{ assignees: [], user: { login: 'ann' }, created_at: AT, updated_at: AT },
    assets: files.map(([name, text = ''], index) => asset(name, index, text.length)),
  };
  const server = await loopback({
    'GET /api/v1/repos/a/b': () => ({ json: { full_name: 'a/b', has_issues: true } }),
    'GET /api/v1/repos/a/b/issues/1': () => ({ json: issue }),
    'GET /api/v1/repos/a/b/issues/1/comments': () => ({ json: [] }),
    'GET /attachments/:uuid': ({ params }): Answer => {
      const text = files[Number(params['uuid']?.slice(-1))]?.[1];
      return text === undefined ? { status: 404, json: { message: 'gone' } } : { text };
    },
  });
  onTestFinished(() => server.close());
  const here = await paceHere({
    git: true,
    files: {
      'pace.config.yaml': `platform: { tracker: gitea }\ngitea: { url: "${server.origin}", repository: a/b }\n`,
    },
    env: { PACE_GITEA_TOKEN: 'secret' },
  });
  return { ...here, saved: (folder: string) => readdir(join(here.workspace.path, folder)), server };
}

describe('pace issue attachments', () => {
  test('lists what there is', async () => {
    const { pace, data, server } = await bench([['a.log', 'abc']]);
    const run = await pace('issue', 'attachments', '1');
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('a.log');
    expect(await data('issue', 'attachments', '1', '--json')).toEqual([
      {
        ...{ id: '1', name: 'a.log', size: 3, type: null, url: `https://git.example/attachments/${uuid(0)}` },
        ...{ author: { id: 'ann', name: 'ann' }, createdAt: '2026-03-01T12:00:00.000Z' },
      },
    ]);
    expect(server.exchanges.map(({ asked }) => asked.path)).not.toContain(`/attachments/${uuid(0)}`);
  });

  test('says that there are none', async () => {
    const { pace } = await bench([]);
    const run = await pace('issue', 'attachments', '1');
    expect([run.code, run.stdout, run.stderr]).toEqual([0, '', 'No attachments.\n']);
  });

  test('saves all of them, or those that are named, and tells where', async () => {
    const { pace, data, saved, workspace } = await bench([
      ['a.log', 'abc'],
      ['../a.log', 'up'],
      ['a.log', 'again'],
    ]);
    expect(await data('issue', 'attachments', '1', '--download', 'files', '--json', 'name,path')).toEqual([
      { name: 'a.log', path: join('files', 'a.log') },
      { name: '../a.log', path: join('files', '_a.log') },
      { name: 'a.log', path: join('files', 'a (2).log') },
    ]);
    expect((await saved('files')).sort()).toEqual(['_a.log', 'a (2).log', 'a.log']);
    expect(readFileSync(join(workspace.path, 'files', 'a (2).log'), 'utf8')).toBe('again');
    const one = await pace('issue', 'attachments', '1', '2', '-d', 'one', '--format', 'ids');
    expect([one.code, one.stdout, await saved('one')]).toEqual([0, '2\n', ['_a.log']]);
  });

  test('saves them where the person stands', async () => {
    const { pace, saved, workspace } = await bench([['a.log', 'abc']]);
    await workspace.write({ 'pkg/text.md': '' });
    const run = await pace('issue', 'attachments', '1', '-d', 'files', '--directory', 'pkg', '--format', 'ids');
    expect([run.code, run.stdout, await saved('pkg/files')]).toEqual([0, '1\n', ['a.log']]);
  });

  test('goes on after one that cannot be had, and ends with 64', async () => {
    const { pace, saved } = await bench([
      ['gone.log', undefined],
      ['there.log', 'x'],
    ]);
    const run = await pace('issue', 'attachments', '1', '--download', 'f', '--format', 'ids');
    expect([run.code, run.stdout, await saved('f')]).toEqual([64, '2\n', ['there.log']]);
    expect(run.stderr).toMatch(/^Warning: gone\.log: Gitea answered 404/);
    const named = await pace('issue', 'attachments', '1', 'there.log', 'none.log', '-d', 'f', '--format', 'ids');
    expect([named.code, named.stderr]).toEqual([
      64,
      'Warning: none.log: The issue has no attachment called none.log. Please check its name: `pace issue attachments KEY` lists all of them.\n',
    ]);
    expect((await saved('f')).sort()).toEqual(['there (2).log', 'there.log']);
  });

  test('of which none can be had is the error of the first', async () => {
    const { pace } = await bench([['gone.log', undefined]]);
    expect((await pace('issue', 'attachments', '1', '--download', 'f')).code).toBe(9);
    const run = await pace('issue', 'attachments', '1', 'a', 'b', '--download', 'f');
    expect([run.code, run.stdout]).toEqual([9, '']);
  });

  test('needs a folder for what is named', async () => {
    const { pace } = await bench([]);
    const run = await pace('issue', 'attachments', '1', 'a.log');
    expect([run.code, run.stderr]).toEqual([
      2,
      'Error: Files are named, and no folder to save them in.\nPlease add --download FOLDER.\n',
    ]);
    expect((await pace('issue', 'attachments', '1', '--download', ' ')).code).toBe(2);
  });

  test('says of the embedded tracker that it keeps none', async () => {
    const { pace } = await paceHere();
    await pace('issue', 'create', 'x');
    const run = await pace('issue', 'attachments', '1');
    expect(run.code).toBe(11);
    expect(run.stderr).toContain('It keeps no files: please commit the file, and link to it in the text.');
  });
});
