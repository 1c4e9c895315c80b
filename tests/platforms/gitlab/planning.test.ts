import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { type GitLabServer, startGitLab } from '../../support/gitlab.ts';
import { expectDescribed, shellEnv, trackerIn } from './bench.ts';

async function* none(): AsyncGenerator<never> {}

let server: GitLabServer;
let tracker: TrackerDriver;

beforeEach(async () => {
  server = await startGitLab();
  tracker = (await trackerIn(shellEnv(server))).tracker;
});
afterEach(async () => {
  expectDescribed(server.exchanges);
  await server.close();
});

describe('labels', () => {
  const list = () => collect(tracker.listLabels?.() ?? none());

  it('are made, changed and taken away', async () => {
    const label = { name: 'ui', description: 'What people see', color: 'd73a4a' };
    expect(await tracker.createLabel?.(label)).toEqual(label);
    expect(await tracker.updateLabel?.('ui', { name: 'front', color: '#00FF00' })).toEqual({
      ...{ name: 'front', description: 'What people see', color: '00ff00' },
    });
    expect(await tracker.updateLabel?.('front', { description: '' })).toEqual({ name: 'front', color: '00ff00' });
    expect(await list()).toEqual([{ name: 'front', color: '00ff00' }]);
    await tracker.deleteLabel?.('front');
    expect(await list()).toEqual([]);
  });

  it('that are called by a number are not taken for another one’s id', async () => {
    await tracker.createLabel?.({ name: 'first' });
    const [first] = server.state.labels;
    await tracker.createLabel?.({ name: String(first?.id) });
    await tracker.deleteLabel?.(String(first?.id));
    expect((await list()).map(({ name }) => name)).toEqual(['first']);
  });

  it('differ by capitals; those that are like it are named', async () => {
    await tracker.createLabel?.({ name: 'UI' });
    await expect(tracker.deleteLabel?.('ui')).rejects.toMatchObject({
      ...{ kind: 'not-found', operation: 'deleteLabel', message: 'There is no label “ui” in the project.' },
      remedy: 'Please check the name; capital letters matter. Similar ones: “UI”.',
    });
  });

  it('of a group are shown, and changed nowhere but there', async () => {
    server.state.labels.push({ id: 3, name: 'shared', color: '#111111', description: null, isOurs: false });
    expect(await list()).toEqual([{ name: 'shared', color: '111111' }]);
    await expect(tracker.updateLabel?.('shared', { color: '222222' })).rejects.toMatchObject({
      kind: 'validation',
      message: 'The label “shared” is that of a group.',
    });
  });

  it('with a comma, or with a colour that is none, are refused unsent', async () => {
    await expect(tracker.createLabel?.({ name: 'a,b' })).rejects.toMatchObject({ kind: 'validation' });
    await expect(tracker.createLabel?.({ name: 'a', color: 'red' })).rejects.toMatchObject({ kind: 'validation' });
    expect(server.exchanges).toEqual([]);
  });

  it('that exist already are a conflict', async () => {
    await tracker.createLabel?.({ name: 'ui' });
    await expect(tracker.createLabel?.({ name: 'ui' })).rejects.toMatchObject({ kind: 'conflict' });
  });
});

describe('milestones', () => {
  const list = () => collect(tracker.listMilestones?.() ?? none());

  it('are made, changed and taken away', async () => {
    const milestone = { title: 'v1', description: 'First', dueDate: '2026-03-31' };
    expect(await tracker.createMilestone?.(milestone)).toEqual({ ...milestone, state: 'open' });
    expect(await tracker.updateMilestone?.('V1', { title: 'v1.0', state: 'closed' })).toEqual({
      ...{ ...milestone, title: 'v1.0', state: 'closed' },
    });
    expect(await tracker.updateMilestone?.('v1.0', {})).toMatchObject({ title: 'v1.0' });
    expect((await list()).map(({ state }) => state)).toEqual(['closed']);
    await tracker.deleteMilestone?.('v1.0');
    expect(await list()).toEqual([]);
  });

  it('of a group can be given to issues, and are changed nowhere but there', async () => {
    const shared = { id: 3, title: 'Q1', description: null, state: 'active', dueDate: null, isOurs: false } as const;
    server.state.milestones.push({ ...shared });
    expect((await tracker.createIssue({ title: 'x', body: '', milestone: 'q1' })).milestone).toBe('Q1');
    await expect(tracker.deleteMilestone?.('Q1')).rejects.toMatchObject({
      kind: 'validation',
      message: 'The milestone “Q1” is that of a group.',
    });
  });

  it('that are not there are not found', async () => {
    await expect(tracker.updateMilestone?.('v9', { title: 'v10' })).rejects.toMatchObject({ kind: 'not-found' });
  });
});

it('people are the members, without those who are blocked', async () => {
  expect((await collect(tracker.listUsers?.() ?? none())).map(({ id }) => id)).toEqual(['pace-bot', 'ada', 'grace']);
});

it('tells whose token it is, and that a job’s token tells nothing', async () => {
  expect(await tracker.getCurrentUser()).toEqual({ id: 'pace-bot', name: 'PACE' });
  const { PACE_GITLAB_TOKEN: _, ...env } = shellEnv(server);
  const { tracker: other } = await trackerIn({ ...env, CI_JOB_TOKEN: server.jobToken });
  await expect(other.getCurrentUser()).rejects.toMatchObject({ kind: 'permission', operation: 'getCurrentUser' });
});
