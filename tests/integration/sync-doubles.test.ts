/** Two runs at once on two machines, each of which has made a copy: what is told leads out of it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { paceHere } from '../support/pace-here.ts';

const CONFIG = `platform: { ci: local, tracker: local }
backends:
  board: { platform: local, database: board.db }
`;

test('an issue with two copies is told with a remedy that works', async () => {
  const { pace, workspace } = await paceHere({ files: { 'pace.config.yaml': CONFIG } });
  await pace('issue', 'create', 'Page', '--body', 'Words.');
  expect((await pace('sync', 'bidirectional', 'local', 'board')).code).toBe(0);
  await pace('issue', 'create', 'Page', '--body', 'Words.', '--backend', 'board');
  // as the state of both machines becomes one
  const folder = join(workspace.path, '.pace', 'sync');
  const [name = ''] = readdirSync(folder).filter((one) => /^[^.]+\.jsonl$/.test(one));
  const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
  const pair = lines.map((line) => JSON.parse(line)).find(({ kind }) => kind === 'pair');
  const second = { ...pair, id: `${pair.id}0`, b: { id: '2', key: '2', url: pair.b.url.replace(/1$/, '2') } };
  writeFileSync(join(folder, name), `${[...lines, JSON.stringify(second)].join('\n')}\n`);

  const told = await pace('sync', 'bidirectional', 'local', 'board');
  expect(told.code).toBe(64);
  expect(told.stdout).toContain('1 has several others: 1, 2. Nothing is written to any of them.');
  const [, command = ''] = /`pace (sync unlink [^`]+)`/.exec(told.stdout) ?? [];
  expect(command).toBe('sync unlink local#1 board#2');
  expect((await pace(...command.split(' '))).code).toBe(0);
  expect((await pace('issue', 'close', '2', '--backend', 'board')).code).toBe(0);

  await pace('issue', 'edit', '1', '--title', 'Page, renamed');
  const after = await pace('sync', 'bidirectional', 'local', 'board');
  expect([after.code, after.stdout]).toEqual([0, expect.stringContaining('1 pair')]);
  const { stdout } = await pace('issue', 'list', '--backend', 'board', '--state', 'all', '--json', 'key,title,state');
  expect(
    JSON.parse(stdout)
      .map(({ key, title }: Record<string, string>) => [key, title])
      .sort(),
  ).toEqual([
    ['1', 'Page, renamed'],
    ['2', 'Page'],
  ]);
});
