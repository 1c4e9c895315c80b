/** `pace sync WP03 --to …` and back, and the same as a library, between a mission of Spec Kitty and a database. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTaskTracker } from '../../src/task-tracker.ts';
import { paceHere } from '../support/pace-here.ts';

const MISSION = 'kitty-specs/owl-log-01M8N6R9';
const EVENT = {
  ...{ actor: 'ann', evidence: null, execution_mode: 'direct_repo', force: false, policy_metadata: null, reason: null },
  ...{ mission_id: '01M8N6R9HQ5EDV87NKCYPVPGMA', mission_slug: 'owl-log-01M8N6R9', review_ref: null },
};
const line = (wp: string, nth: number) =>
  JSON.stringify({
    ...EVENT,
    ...{ at: '2026-01-01T00:00:00.000000+00:00', event_id: `01M8N6R9HQ5EDV87NKCYPVPG0${nth}` },
    ...{ from_lane: 'genesis', to_lane: 'planned', wp_id: wp },
  });

const files = {
  'pace.config.yaml': 'platform: { ci: local, tracker: local }\n',
  [`${MISSION}/meta.json`]:
    '{\n  "mission_id": "01M8N6R9HQ5EDV87NKCYPVPGMA",\n  "mission_slug": "owl-log-01M8N6R9",\n  "topology": "single_branch"\n}\n',
  [`${MISSION}/tasks/WP01-note.md`]:
    '---\nwork_package_id: WP01\ntitle: Note a call\n---\n\n# Work Package Prompt: WP01 – Note a call\n\nWrite it down.\n',
  [`${MISSION}/tasks/WP02-list.md`]:
    '---\nwork_package_id: WP02\ntitle: List calls\n---\n\n# Work Package Prompt: WP02 – List calls\n\nShow them.\n',
  [`${MISSION}/status.events.jsonl`]: `${line('WP01', 1)}\n${line('WP02', 2)}\n`,
};

async function started() {
  const here = await paceHere({ files });
  const ended = async (code: number, ...words: string[]) => {
    const run = await here.pace(...words);
    expect([words.join(' '), run.code, run.stdout + run.stderr]).toEqual([words.join(' '), code, expect.any(String)]);
    return run;
  };
  await ended(0, 'issue', 'create', 'Note a call', '--backend', 'local');
  const stateOf = async (backend: string, key: string) =>
    ((await here.data('issue', 'show', key, '--backend', backend, '--json', 'state')) as { state: string }).state;
  const log = () => readFileSync(join(here.workspace.path, MISSION, 'status.events.jsonl'), 'utf8');
  return { ...here, ended, stateOf, log };
}

test('the state of a work package goes to an issue, whose name stands in the log; a second time nothing is written', async () => {
  const { ended, stateOf, log } = await started();
  await ended(0, 'issue', 'transition', 'WP01', 'in_progress', '--backend', MISSION);
  expect((await ended(0, 'sync', 'WP01', '--to', 'local#1', '--dry-run')).stdout).toContain(
    'state: open → in_progress',
  );
  expect(await stateOf('local', '1')).toBe('open');
  await ended(0, 'sync', 'WP01', '--mission', 'owl-log', '--to', 'local#1');
  expect(await stateOf('local', '1')).toBe('in_progress');
  expect(log()).toContain('"tracker_refs": ["local:1"]');
  const before = log();
  await ended(0, 'sync', 'wp01', '--to', 'local#1');
  expect(log()).toBe(before);
});

test('what one side alone has changed goes over without a note, also over what the other has changed since', async () => {
  const { ended, stateOf, data } = await started();
  await ended(0, 'sync', 'WP01', '--to', 'local#1');
  await ended(0, 'issue', 'transition', 'WP01', 'blocked', '--backend', MISSION);
  await ended(0, 'sync', 'WP01', '--to', 'local#1');
  expect(await stateOf('local', '1')).toBe('blocked');
  expect(await data('sync', 'conflicts', '--all', '--json')).toEqual([]);
  await ended(0, 'issue', 'transition', '1', 'in_progress', '--backend', 'local');
  await ended(0, 'sync', 'WP01', '--to', 'local#1');
  expect(await stateOf('local', '1')).toBe('blocked');
  expect(await data('sync', 'conflicts', '--all', '--json')).toMatchObject([{ field: 'state' }]);
});

test('the state of an issue goes to its work package, as far as nobody has to approve of it', async () => {
  const { ended, stateOf, log } = await started();
  await ended(0, 'issue', 'transition', '1', 'in_progress', '--backend', 'local');
  await ended(0, 'sync', '--from', 'local#1', '--to', 'WP01');
  expect(await stateOf(MISSION, 'WP01')).toBe('in_progress');
  await ended(0, 'issue', 'close', '1', '--backend', 'local');
  const run = await ended(64, 'sync', '--from', 'local#1', '--to', 'WP01');
  expect(run.stdout + run.stderr).toMatch(/WP01 stays in in_progress/);
  expect(log()).toContain('needs the approval of a reviewer');
});

test('what is typed wrongly is told before anything is opened', async () => {
  const { ended } = await started();
  for (const words of [
    [],
    ['staus'],
    ['WP01'],
    ['WP01', '--from', 'local#1'],
    ['--from', 'local#1'],
    ['--from', 'local#1', '--to', 'local#2'],
    ['WP01', '--to', 'local#1', '--to-jira', 'OWL-1'],
    ['WP01', '--to', '12'],
  ])
    await ended(2, 'sync', ...words);
  await ended(9, 'sync', 'WP01', '--to', 'local#1', '--mission', 'owls');
  await ended(9, 'sync', 'WP07', '--to', 'local#1');
});

test('a library brings an issue and its work package in step, and makes the specification', async () => {
  const { workspace, ended, stateOf } = await started();
  const connector = await openTaskTracker({ tracker: 'local', cwd: workspace.path, env: {} });
  expect((await connector.fetchIssue('1')).title).toBe('Note a call');
  expect(await connector.createSpecFromIssue('1')).toBe(`${MISSION}/spec.md`);
  const wp = await connector.syncIssueToWp('1');
  expect(wp).toBe('WP03');
  expect(await connector.syncIssueToWp('1')).toBe('WP03');
  await ended(0, 'issue', 'transition', wp, 'in_progress', '--backend', MISSION);
  await connector.syncWpStatusToIssue(wp, 'in_progress');
  expect(await stateOf('local', '1')).toBe('in_progress');
  await expect(connector.syncWpStatusToIssue(wp, 'done')).rejects.toThrow('is in the lane in_progress, not in done');
  await expect(connector.syncWpStatusToIssue('WP01', 'planned')).rejects.toThrow(
    'is not in step with an issue of local',
  );
  await connector.close();
});
