import { afterEach, describe, expect, it } from 'vitest';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import type { GitLabOptions } from '../../support/gitlab/state.ts';
import { type GitLabServer, startGitLab } from '../../support/gitlab.ts';
import type { TestWorld } from '../../support/world.ts';
import { asked, expectDescribed, shellEnv, trackerIn } from './bench.ts';

let server: GitLabServer;
let tracker: TrackerDriver;
let world: TestWorld;

async function start(options: GitLabOptions = {}, env: Record<string, string> = {}): Promise<void> {
  server = await startGitLab(options);
  ({ tracker, world } = await trackerIn({ ...shellEnv(server), ...env }));
}
afterEach(async () => {
  expectDescribed(server.exchanges);
  await server.close();
});

/** What the calls ask of the server. */
async function requestsOf(calls: () => Promise<unknown>): Promise<string[]> {
  const before = server.exchanges.length;
  await calls();
  return asked(server).slice(before);
}

const lastBody = () => server.exchanges.at(-1)?.asked.body;

describe('how much is asked', () => {
  it('a plain issue costs what it always did', async () => {
    await start();
    const create = () => tracker.createIssue({ title: 'HOLD', body: 'Text.', labels: ['pace'], metadata: { a: 1 } });
    expect(await requestsOf(create)).toEqual(['POST /issues']);
    expect(await requestsOf(() => tracker.updateIssue('1', { body: 'Other.', metadata: { a: 2 } }))).toEqual([
      'PUT /issues/1',
    ]);
    expect(await requestsOf(() => tracker.updateIssue('1', { addLabels: ['x'], removeLabels: ['pace'] }))).toEqual([
      'PUT /issues/1',
    ]);
    expect(await requestsOf(() => tracker.updateIssue('1', { metadata: {}, body: '', state: 'done' }))).toEqual([
      'PUT /issues/1',
    ]);
    expect(await requestsOf(() => tracker.transitionIssue('1', { state: 'open' }))).toEqual([
      'GET /issues/1',
      'PUT /issues/1',
    ]);
  });

  it('the edition is looked at once, and only for a draft with story points', async () => {
    await start({ premium: true });
    const draft = { title: 'x', body: '', priority: 1, type: 'bug', dueDate: '2026-03-31' } as const;
    expect(await requestsOf(() => tracker.createIssue(draft))).toEqual(['POST /issues']);
    const twice = async () => {
      await tracker.createIssue({ title: 'y', body: '', storyPoints: 3 });
      await tracker.createIssue({ title: 'z', body: '', storyPoints: 5 });
    };
    const look = 'GET /issues?scope=all&issue_type=issue&page=1&per_page=1';
    expect(await requestsOf(twice)).toEqual([look, 'POST /issues', 'POST /issues']);
  });
});

describe('the edition', () => {
  const unsupportedIn = async () => Object.keys((await tracker.capabilities()).unsupported);

  it('is seen at an issue', async () => {
    await start({ premium: true });
    await tracker.createIssue({ title: 'x', body: '' });
    expect(await unsupportedIn()).toEqual([]);
    expect((await tracker.capabilities()).linkTypes).toEqual(['relates to', 'blocks', 'is blocked by']);
  });

  it('is seen at a project without issues', async () => {
    await start({ premium: true });
    expect(await unsupportedIn()).toEqual([]);
    await server.close();
    await start();
    expect(await unsupportedIn()).toEqual(['several assignees', 'parent', 'sprint']);
    expect((await tracker.capabilities()).linkTypes).toEqual(['relates to']);
  });

  it('has neither epics nor iterations for a project of a person', async () => {
    const namespace = { id: 1, kind: 'user', path: 'ada', full_path: 'ada' };
    await start({ premium: true, projectFields: { namespace } });
    expect(await unsupportedIn()).toEqual(['parent', 'sprint']);
  });

  it('is asked for again when the look failed', async () => {
    await start();
    server.trouble(() => true, { status: 403, json: { message: '403 Forbidden' } });
    await expect(tracker.capabilities()).rejects.toMatchObject({ kind: 'permission', operation: 'capabilities' });
    expect(await unsupportedIn()).toHaveLength(3);
  });
});

describe('labels that are fields', () => {
  it('are written and read as fields, and weights are no labels', async () => {
    await start();
    const draft = { title: 'x', body: '', labels: ['ui'], type: 'bug', priority: 0, storyPoints: 2.5 } as const;
    const issue = await tracker.createIssue({ ...draft, state: 'in_review' });
    expect(server.issues[0]?.labels).toEqual(['points:2.5', 'priority:critical', 'status:in-review', 'type:bug', 'ui']);
    expect(issue).toMatchObject({ ...draft, state: 'in_review' });
    await server.close();
    await start({ premium: true });
    await tracker.createIssue({ ...draft, storyPoints: 2 });
    expect(server.issues[0]).toMatchObject({ weight: 2, labels: ['priority:critical', 'type:bug', 'ui'] });
  });

  it('stay when the other labels are replaced', async () => {
    await start();
    const { key } = await tracker.createIssue({ title: 'x', body: '', type: 'bug', state: 'blocked', labels: ['a'] });
    expect(await tracker.updateIssue(key, { labels: ['b'] })).toMatchObject({ type: 'bug', state: 'blocked' });
    expect(lastBody()).toEqual({ add_labels: 'b', remove_labels: 'a' });
    expect(server.issues[0]?.labels).toEqual(['b', 'status:blocked', 'type:bug']);
  });

  it('give way to one another when one is added by its name', async () => {
    await start();
    const { key } = await tracker.createIssue({ title: 'x', body: '', priority: 3, state: 'blocked' });
    const issue = await tracker.updateIssue(key, { addLabels: ['priority:high', 'status:in-progress'] });
    expect(issue).toMatchObject({ priority: 1, state: 'in_progress', labels: [] });
    expect(server.issues[0]?.labels).toEqual(['priority:high', 'status:in-progress']);
  });

  it('that say a state in other letters go when the state changes', async () => {
    await start();
    const { key } = await tracker.createIssue({ title: 'x', body: '', labels: ['ui'] });
    Object.assign(server.issues[0] ?? {}, { labels: ['Status:Blocked', 'ui'] });
    expect((await tracker.getIssue(key)).state).toBe('blocked');
    expect(await tracker.updateIssue(key, { state: 'in_progress' })).toMatchObject({
      state: 'in_progress',
      labels: ['ui'],
    });
    expect(server.issues[0]?.labels).toEqual(['status:in-progress', 'ui']);
  });

  it('do not make an open issue closed, nor a closed one open', async () => {
    await start();
    const { key } = await tracker.createIssue({ title: 'x', body: '', labels: ['status:canceled', 'ui'] });
    expect(await tracker.getIssue(key)).toMatchObject({ state: 'open', stateName: 'opened', labels: ['ui'] });
    const [row] = server.issues;
    Object.assign(row ?? {}, { state: 'closed', labels: ['status:in-progress', 'ui'] });
    expect(await tracker.getIssue(key)).toMatchObject({ state: 'done', stateName: 'closed', labels: ['ui'] });
  });

  it('are named by the setting', async () => {
    await start({}, { PACE_GITLAB_STATES: 'in_progress=Doing, Fixing; done=Shipped' });
    const { key } = await tracker.createIssue({ title: 'x', body: '', state: 'in_progress' });
    expect(server.issues[0]?.labels).toEqual(['Doing']);
    const names = (await tracker.getAvailableTransitions(key)).map(({ name }) => name);
    expect(names).toEqual(['opened', 'Fixing', 'status:in-review', 'status:blocked', 'Shipped', 'status:canceled']);
    const fixing = await tracker.transitionIssue(key, { state: 'in_progress', name: 'Fixing' });
    expect(fixing).toMatchObject({ state: 'in_progress', stateName: 'Fixing' });
    expect(await tracker.transitionIssue(key, { state: 'done' })).toMatchObject({
      state: 'done',
      stateName: 'Shipped',
    });
    expect(server.issues[0]).toMatchObject({ state: 'closed', labels: ['Shipped'] });
  });
});

describe('what cannot be kept', () => {
  const refusedDrafts = [
    [{ storyPoints: 0.5 }, '0.5 story points cannot be kept: the weight of a GitLab issue is a whole number.'],
    [{ storyPoints: -1 }, '-1 story points cannot be kept: the weight of a GitLab issue is a whole number.'],
    [{ dueDate: '2026-02-30' }, '“2026-02-30” is not a date.'],
    [{ dueDate: 'tomorrow' }, '“tomorrow” is not a date.'],
    [{ type: 'a,b' }, 'The label "type:a,b" has a comma, and GitLab labels cannot have one.'],
    [{ milestone: 'v9' }, 'There is no milestone “v9” in the project or in a group above it.'],
    [{ parent: '&9' }, 'There is no epic “&9”: the parent of a GitLab issue is an epic.'],
    [{ parent: '9' }, 'There is no epic “9”: the parent of a GitLab issue is an epic.'],
  ] as const;

  it.each(refusedDrafts)(
    '%o is refused before anything is written, in new issues and old ones',
    async (fields, message) => {
      await start({ premium: true });
      const { key } = await tracker.createIssue({ title: 'There', body: '' });
      const refused = { kind: 'validation', message };
      await expect(tracker.createIssue({ title: 'x', body: '', ...fields })).rejects.toMatchObject(refused);
      await expect(tracker.updateIssue(key, fields)).rejects.toMatchObject(refused);
      expect(server.exchanges.filter(({ asked: { method } }) => method !== 'GET')).toHaveLength(1);
    },
  );

  it('a milestone or an epic that is not there is refused with those that are', async () => {
    await start({ premium: true });
    await tracker.createMilestone?.({ title: 'v1' });
    await tracker.createMilestone?.({ title: 'v0' });
    await tracker.updateMilestone?.('v0', { state: 'closed' });
    server.state.epics.push({ id: 71, iid: 7, group: 'acme', title: 'Gates' });
    const draft = { title: 'x', body: '' };
    const milestone = { remedy: 'Please choose one of: “v1”.' };
    await expect(tracker.createIssue({ ...draft, milestone: 'v9' })).rejects.toMatchObject(milestone);
    const epic = { remedy: expect.stringContaining('`&7` (Gates)') };
    await expect(tracker.createIssue({ ...draft, parent: '&9' })).rejects.toMatchObject(epic);
  });

  it('an assignee whom GitLab does not know is refused in a change', async () => {
    await start();
    const { key } = await tracker.createIssue({ title: 'x', body: '' });
    await expect(tracker.updateIssue(key, { assignees: ['nobody'] })).rejects.toMatchObject({
      kind: 'validation',
      operation: 'updateIssue',
      message: 'GitLab does not know the user "nobody".',
    });
  });

  it('an assignee whom GitLab does not take is said', async () => {
    await start();
    const { assignees } = await tracker.createIssue({ title: 'x', body: '', assignees: ['ada', '@grace'] });
    expect(assignees.map(({ id }) => id)).toEqual(['ada']);
    expect(world.lines).toEqual([expect.stringContaining('is assigned to ada: GitLab did not accept everybody')]);
  });
});

describe('epics', () => {
  it('of the project’s group go by their number, others with their group', async () => {
    await start({ premium: true, path: 'acme/web/demo' });
    server.state.epics.push(
      { id: 71, iid: 7, group: 'acme/web', title: 'Own' },
      { id: 72, iid: 7, group: 'acme', title: 'Above' },
    );
    const draft = { title: 'x', body: '' };
    for (const [parent, shown] of [
      ['&7', '&7'],
      ['acme/web&7', '&7'],
      ['acme&7', 'acme&7'],
    ] as const) {
      expect((await tracker.createIssue({ ...draft, parent })).parent).toBe(shown);
    }
  });

  it('are found for a project that is named by its number', async () => {
    await start({ premium: true }, { GITLAB_PROJECT: '4217' });
    server.state.epics.push({ id: 71, iid: 7, group: 'acme', title: 'Own' });
    expect((await tracker.createIssue({ title: 'x', body: '', parent: '&7' })).parent).toBe('&7');
    expect((await tracker.updateIssue('1', { parent: null })).parent).toBeUndefined();
  });
});

it('a text of others does nothing, and is the same text', async () => {
  await start();
  const text =
    '/close\n  /label ~bug\nSee /usr/bin and /close it.\n\n```\n/title x\n```\n> /close\n/home/ann\r\n/Reopen';
  const body = tracker.harmless?.(text) ?? '';
  const { key } = await tracker.createIssue({ title: 'x', body });
  await tracker.addComment(key, body);
  expect(await tracker.getIssue(key)).toMatchObject({ title: 'x', state: 'open', labels: [], commentCount: 1 });
  expect(server.quickActions).toEqual([]);
  expect(body.split('\u2060').length - 1).toBe(4);
  expect(tracker.normalText?.of((await tracker.getIssue(key)).body)).toBe(tracker.normalText?.of(text));
  expect(tracker.harmless?.(body)).toBe(body);
});

it('a comment of nothing but quick actions is carried out, and said to be none', async () => {
  await start();
  await tracker.createIssue({ title: 'x', body: '' });
  expect(await tracker.addComment('1', '/close')).toMatchObject({ id: '', body: '' });
  expect((await tracker.getIssue('1')).state).toBe('done');
  expect(world.lines).toEqual([expect.stringContaining('GitLab took the whole text as quick actions')]);
});
