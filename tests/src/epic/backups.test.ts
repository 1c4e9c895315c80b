import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openKept } from '../../../core/kept/open-kept.ts';
import { type NewBackup, openBackups } from '../../../src/epic/backups.ts';
import { newWorkspace } from '../../support/workspace.ts';
import { testWorld } from '../../support/world.ts';

const DAY_MS = 24 * 60 * 60_000;

async function bench() {
  const workspace = await newWorkspace({}, { git: false });
  onTestFinished(() => workspace.dispose());
  const world = testWorld({ cwd: workspace.path });
  const folder = join(workspace.path, '.pace/backups');
  return { world, folder, store: () => openBackups(world, openKept(world)) };
}

const BACKUP: NewBackup = {
  ...{ epic_key: 'OWL-1', markdown_path: 'EPIC.md' },
  issues: [
    {
      ...{ key: 'OWL-2', summary: 'One', description: 'Text', status: 'Open', issue_type: 'story', assignee: null },
      ...{ story_points: 3, subtasks: ['OWL-3'], comments_count: 0, captured_at: '2026-03-01T10:00:00.000Z' },
    },
  ],
  files: [],
  metadata: { trigger: 'pre_sync', dry_run: false, tracker: 'jira', place: 'OWL' },
};

test('a backup is found again by its id, which tells the epic and the time', async () => {
  const { store, world, folder } = await bench();
  const saved = store().save(BACKUP);
  expect(saved.backup_id).toMatch(/^OWL-1_\d{8}_\d{6}_[0-9a-f]{8}$/);
  expect(saved.created_at).toBe(new Date(world.now()).toISOString());
  expect(await readdir(join(folder, 'OWL-1'))).toEqual([`${saved.backup_id}.json`]);
  expect(store().find(saved.backup_id)).toEqual({ ...BACKUP, ...saved });
  expect(() => store().find('OWL-1_20260101_000000_00000000')).toThrow('There is no backup');
  expect(() => store().find('../../etc/passwd')).toThrow('There is no backup');
});

test('ten of an epic are kept, none longer than thirty days, and those of others are not counted', async () => {
  const { store, world } = await bench();
  const other = store().save({ ...BACKUP, epic_key: 'OWL-9' });
  for (let count = 0; count < 12; count += 1) {
    world.advance(60_000);
    store().save(BACKUP);
  }
  expect(store().list('OWL-1')).toHaveLength(10);
  expect(store().list().at(-1)?.backup_id).toBe(other.backup_id);
  world.advance(31 * DAY_MS);
  const last = store().save(BACKUP);
  expect(store().list('OWL-1')).toEqual([last]);
});

test('what is no backup is told and left out, and an epic’s name leads nowhere', async () => {
  const { store, world, folder } = await bench();
  const saved = store().save({ ...BACKUP, epic_key: '../../x y' });
  expect(saved.backup_id).toMatch(/^-x-y_/);
  await mkdir(join(folder, 'OWL-1'), { recursive: true });
  const name = 'OWL-1_20260301_100000_0a0a0a0a';
  await writeFile(join(folder, 'OWL-1', `${name}.json`), '{"backup_id": 1}');
  await writeFile(join(folder, 'OWL-1', 'notes.txt'), 'mine');
  expect(
    store()
      .list()
      .map(({ backup_id }) => backup_id),
  ).toEqual([saved.backup_id]);
  expect(world.lines.join('\n')).toContain(`${name}.json cannot be read as a backup`);
  await rm(folder, { recursive: true });
  expect(store().list()).toEqual([]);
});
