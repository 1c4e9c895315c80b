/** `pace sync run` with what the configuration says of its pairs, on embedded trackers. */
import { expect, test } from 'vitest';
import { paceHere } from '../support/pace-here.ts';

const CONFIG = `platform: { ci: local, tracker: local }
backends:
  board: { platform: local, database: board.db }
  laptop: { platform: local, database: laptop.db }
sync:
  - name: company
    a: local
    b: board
    query: label:shared
    prefer: a
    types: { chore: task }
    labels: { ui: frontend }
    without: [milestone, comments]
    origin: false
  - name: offline
    a: local
    b: laptop
    direction: to_b
`;

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly type: string | null;
  readonly labels: readonly string[];
}

async function started() {
  const here = await paceHere({ files: { 'pace.config.yaml': CONFIG } });
  const shown = async (backend: string) =>
    (await here.data(
      'issue',
      'list',
      '--backend',
      backend,
      '--state',
      'all',
      '--json',
      'title,body,type,labels',
    )) as Shown[];
  const create = (title: string, ...more: string[]) => here.pace('issue', 'create', title, '--body', 'Words.', ...more);
  return { ...here, shown, create };
}

test('each pair by its query, maps, direction and fields; a second run writes nothing', async () => {
  const { pace, shown, create, workspace } = await started();
  await create('Page', '--label', 'shared', '--label', 'ui', '--type', 'chore');
  await create('Secret');
  const first = await pace('sync', 'run', '--all');
  expect([first.code, first.stdout.split('\n').at(-2)]).toEqual([0, '2 of 2 pairs of trackers are in step.']);
  expect(await shown('board')).toEqual([
    { title: 'Page', body: 'Words.', type: 'task', labels: ['frontend', 'shared'] },
  ]);
  expect((await shown('laptop')).map(({ title }) => title).sort()).toEqual(['Page', 'Secret']);
  const files = await workspace.files();
  const second = await pace('sync', 'run', '--all');
  expect([second.code, second.stdout.match(/nothing to write/g)]).toEqual([0, Array(2).fill('nothing to write')]);
  expect(Object.keys(files).filter((path) => path.startsWith('.pace/sync/')).length).toBeGreaterThan(0);
  const kept = (all: Record<string, string>) => Object.entries(all).filter(([path]) => path.startsWith('.pace/sync/'));
  expect(kept(await workspace.files())).toEqual(kept(files));
});

test('where both changed one field, the configured side is kept, and what loses is listed', async () => {
  const { pace, shown, create, data } = await started();
  await create('Page', '--label', 'shared');
  await pace('sync', 'run', 'company');
  await pace('issue', 'edit', '1', '--title', 'Ours');
  await pace('issue', 'edit', '1', '--title', 'Theirs', '--backend', 'board');
  expect((await pace('sync', 'run', 'company')).code).toBe(0);
  expect((await shown('board')).map(({ title }) => title)).toEqual(['Ours']);
  expect(await data('sync', 'conflicts', '--all', '--json')).toMatchObject([
    { field: 'title', winner: 'a', by: 'policy', a: { value: 'Ours' }, b: { value: 'Theirs' } },
  ]);
});

test('what was changed on the side that is only written to stays there', async () => {
  const { pace, shown, create } = await started();
  await create('Page');
  await pace('sync', 'run', 'offline');
  await pace('issue', 'edit', '1', '--title', 'On the laptop', '--backend', 'laptop');
  await pace('issue', 'create', 'Only there', '--backend', 'laptop');
  const run = await pace('sync', 'run', 'offline');
  expect([run.code, (await shown('local')).map(({ title }) => title)]).toEqual([0, ['Page']]);
  expect((await shown('laptop')).map(({ title }) => title).sort()).toEqual(['On the laptop', 'Only there']);
});
