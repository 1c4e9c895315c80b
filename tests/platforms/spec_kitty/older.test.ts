/** Missions from before the log: their lanes stand in the files of the work packages. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { createTracker } from '../../../platforms/spec_kitty/issues.ts';
import { testWorld } from '../../support/world.ts';

const FOLDER = 'kitty-specs/012-owl-call-log';

function older(files: Readonly<Record<string, string>>) {
  const cwd = mkdtempSync(join(tmpdir(), 'pace-spec-kitty-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  mkdirSync(join(cwd, FOLDER, 'tasks'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, FOLDER, name), text);
  const world = testWorld({ cwd, env: { PACE_AGENT: 'tester' }, now: Date.now, random: Math.random });
  return {
    tracker: createTracker(world, {}),
    text: (name: string) => readFileSync(join(cwd, FOLDER, name), 'utf8'),
    has: (name: string) => existsSync(join(cwd, FOLDER, name)),
  };
}

const pack = (id: string, lane: string) =>
  `---\nwork_package_id: "${id}"\ntitle: "Write ${id}"\nlane: "${lane}"\nassignee: "ann"\n---\n# ${id}\n\nText.\n`;

const OLD = {
  'meta.json': '{"feature_number": "012", "slug": "012-owl-call-log"}',
  'tasks/WP01-write.md': pack('WP01', 'doing'),
  'tasks/WP02-write.md': pack('WP02', 'for_review'),
  'tasks/WP03-write.md': pack('WP03', 'somewhere'),
};

it('tells the lanes of the files where there is no log', async () => {
  const issues = await collect(older(OLD).tracker.listIssues());
  expect(issues.map(({ key, stateName, state, assignees }) => [key, stateName, state, assignees[0]?.id])).toEqual([
    ['WP03', 'genesis', 'open', 'ann'],
    ['WP02', 'for_review', 'in_review', 'ann'],
    ['WP01', 'in_progress', 'in_progress', 'ann'],
  ]);
});

it('goes by the log alone as soon as there is one', async () => {
  const issues = await collect(older({ ...OLD, 'status.events.jsonl': '' }).tracker.listIssues());
  expect(issues.map(({ state }) => state)).toEqual(['open', 'open', 'open']);
});

it('begins no log that would hide the lanes of the others', async () => {
  const { tracker, has } = older(OLD);
  await expect(tracker.transitionIssue('WP01', { state: 'blocked' })).rejects.toThrow(/has no log/);
  expect(await tracker.getAvailableTransitions('WP01')).toEqual([{ name: 'in_progress', state: 'in_progress' }]);
  await expect(tracker.addComment('WP01', 'x')).rejects.toThrow(/has no log/);
  await expect(tracker.createIssue({ title: 'x', body: '' })).rejects.toThrow(/has no log/);
  expect([has('status.events.jsonl'), has('status.json'), has('tasks/WP04-x.md')]).toEqual([false, false, false]);
});

it('changes the texts of such a mission, and nothing around them', async () => {
  const { tracker, text } = older(OLD);
  await tracker.updateIssue('WP02', { title: 'Read' });
  expect(text('tasks/WP02-write.md')).toBe(pack('WP02', 'for_review').replace('"Write WP02"', 'Read'));
});

it('begins the log of a mission that has no lanes at all', async () => {
  const bare = (id: string) => pack(id, '').replace('lane: ""\n', '');
  const { tracker, text } = older({ 'meta.json': OLD['meta.json'], 'tasks/WP01-write.md': bare('WP01') });
  expect(await tracker.transitionIssue('WP01', { state: 'in_progress' })).toMatchObject({ stateName: 'in_progress' });
  const lanes = text('status.events.jsonl').trim().split('\n');
  expect(lanes.map((line) => JSON.parse(line).to_lane)).toEqual(['planned', 'claimed', 'in_progress']);
});
