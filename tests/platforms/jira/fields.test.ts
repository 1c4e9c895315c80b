import { afterEach, describe, expect, it } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import { PaceError } from '../../../core/errors.ts';
import type { IssueDraft, IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import jira from '../../../platforms/jira/index.ts';
import { refusal } from '../../contract/refusal.ts';
import { isWrite, type Jira, type JiraOptions, startJira } from '../../support/jira.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

const open: Jira[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

interface Bench {
  readonly server: Jira;
  readonly world: TestWorld;
  readonly tracker: IssueTracker;
  /** Requests since the last call, as `METHOD path` below the API. */
  asked(): string[];
}

async function start(options: JiraOptions = {}, env: Record<string, string> = {}): Promise<Bench> {
  const server = await startJira(options);
  open.push(server);
  const world = testWorld();
  const given = {
    JIRA_URL: server.url,
    JIRA_EMAIL: server.email,
    JIRA_TOKEN: server.token,
    JIRA_PROJECT_KEY: server.projectKey,
    JIRA_DEPLOYMENT: options.deployment ?? 'Cloud',
    ...env,
  };
  const { settings } = resolveSettings({ platform: jira, side: 'tracker', env: given });
  const tracker = completeTracker({ driver: await jira.createTracker(world, settings), name: 'Jira', world });
  let seen = 0;
  const asked = () => {
    const fresh = server.exchanges
      .slice(seen)
      .map(({ asked: { method, path } }) => `${method} ${path.replace(/^.*\/rest\/api\/\d/, '')}`);
    seen = server.exchanges.length;
    return fresh;
  };
  return { server, world, tracker, asked };
}

const draft = (more: Partial<IssueDraft> = {}): IssueDraft => ({ title: 'a', body: '', ...more });
const dataCenter = { deployment: 'Data Center' } as const;

describe('Requests', () => {
  for (const deployment of ['Cloud', 'Data Center'] as const) {
    it(`are few for what the gate does in ${deployment}`, async () => {
      const { tracker, asked } = await start({ deployment });
      await tracker.createIssue(draft({ labels: ['x'], metadata: { a: 1 }, purpose: 'hold' }));
      expect(asked()).toEqual(['POST /issue', 'GET /issue/PACE-1']);
      await tracker.updateIssue('PACE-1', { title: 'b', body: 'c', labels: ['y'], metadata: { a: 2 } });
      // what Markdown has no words for is looked at before a text is written anew
      expect(asked()).toEqual(['GET /issue/PACE-1', 'PUT /issue/PACE-1', 'GET /issue/PACE-1']);
      await tracker.updateIssue('PACE-1', { title: 'b', labels: ['y'], metadata: { a: 2 } });
      expect(asked()).toEqual(['PUT /issue/PACE-1', 'GET /issue/PACE-1']);
      await tracker.updateIssue('PACE-1', { metadata: { a: 3 } });
      expect(asked()).toEqual(['PUT /issue/PACE-1/properties/pace', 'GET /issue/PACE-1']);
      await tracker.transitionIssue('PACE-1', 'done');
      expect(asked()).toEqual(['GET /issue/PACE-1', 'GET /issue/PACE-1/transitions', 'POST /issue/PACE-1/transitions', 'GET /issue/PACE-1']);
      await collect(tracker.listIssues({ labels: ['y'], state: 'closed' }));
      // a search of Data Center does not tell metadata
      expect(asked()).toEqual(deployment === 'Cloud' ? ['GET /search/jql'] : ['GET /search', 'GET /issue/PACE-1/properties/pace']);
    }); // biome-ignore format: a call and its outcome, each in a line
  }

  it('of one change are one write, but for a transition', async () => {
    const { server, tracker } = await start();
    await tracker.createMilestone({ title: '1.0' });
    await tracker.createIssue(draft());
    const before = server.exchanges.length;
    await tracker.updateIssue('PACE-1', {
      ...{ title: 'b', body: 'c', type: 'bug', priority: 0, assignees: [server.people[1] ?? ''], milestone: '1.0' },
      ...{ addLabels: ['x'], storyPoints: 3, dueDate: '2026-12-31', metadata: { a: 1 } },
    });
    expect(server.exchanges.slice(before).filter(({ asked }) => isWrite(asked)).length).toBe(1);
  });

  it('bring the metadata after a change that did not take it', async () => {
    const { tracker } = await start({ dropsProperties: true });
    await tracker.createIssue(draft());
    expect((await tracker.updateIssue('PACE-1', { title: 'b', metadata: { a: 1 } })).metadata).toEqual({ a: 1 });
  });
});

describe('Labels', () => {
  it('are added and removed beside those that others have added meanwhile', async () => {
    const { server, tracker } = await start();
    await tracker.createIssue(draft({ labels: ['a', 'b'] }));
    Object.assign(server.issues[0] ?? {}, { labels: ['a', 'b', 'theirs'] });
    const changed = await tracker.updateIssue('PACE-1', { addLabels: ['c d'], removeLabels: ['a', 'none'] });
    expect(changed.labels).toEqual(['b', 'c d', 'theirs']);
  });

  it('are listed in Cloud, and cannot be in Data Center', async () => {
    const { tracker } = await start({ pageSize: 2 });
    await tracker.createIssue(draft({ labels: ['e', 'd', 'c', 'b b', 'a'] }));
    expect((await collect(tracker.listLabels())).map(({ name }) => name)).toEqual(['a', 'b b', 'c', 'd', 'e']);
    const other = await start(dataCenter);
    await refusal(() => collect(other.tracker.listLabels()), { kinds: ['unsupported'] });
  });
});

describe('Parents', () => {
  it('decide the type where none is named', async () => {
    for (const deployment of ['Cloud', 'Data Center'] as const) {
      const { server, tracker } = await start({ deployment });
      await tracker.createIssue(draft({ type: 'Epic' }));
      const story = await tracker.createIssue(draft({ parent: 'PACE-1' }));
      const part = await tracker.createIssue(draft({ parent: story.key }));
      expect([story.type, story.parent, part.type, part.parent]).toEqual(['task', 'PACE-1', 'subtask', 'PACE-2']);
      expect(await tracker.createSubtask('PACE-2', 'b', 'c', { storyPoints: 1 })).toBe('PACE-4');
      expect(server.issues.map(({ type }) => type)).toEqual(['Epic', 'Task', 'Sub-task', 'Sub-task']);
    }
  });

  it('that cannot be are refused before anything is written, with what can', async () => {
    const { server, tracker } = await start();
    await tracker.createIssue(draft({ type: 'epic' }));
    await tracker.createIssue(draft({ parent: 'PACE-1' }));
    await tracker.createIssue(draft({ parent: 'PACE-2' }));
    const before = server.issues.length;
    for (const [more, words] of [
      [{ type: 'subtask', parent: 'PACE-1' }, '“Bug”, “Task”, “Story”'],
      [{ parent: 'PACE-3' }, 'it cannot be a parent'],
      [{ parent: 'PACE-99' }, 'no issue PACE-99'],
    ] as const) {
      const error = await refusal(() => tracker.createIssue(draft(more)), { kinds: ['validation'], operation: 'createIssue' });
      expect(`${error.message} ${error.remedy}`).toContain(words);
    }
    await refusal(() => tracker.updateIssue('PACE-2', { parent: 'PACE-99' }), { kinds: ['validation'], operation: 'updateIssue' });
    expect(server.issues.length).toBe(before);
  }); // biome-ignore format: a call and its outcome, each in a line
});

describe('Milestones', () => {
  it('are the first of several versions, and leave the others', async () => {
    const { server, tracker } = await start();
    for (const title of ['1.0', '1.1', '2.0']) await tracker.createMilestone({ title, dueDate: '2026-12-31' });
    await tracker.createIssue(draft({ milestone: '1.0' }));
    const [first, second] = server.issues[0]?.versions ?? [];
    const ids = (await collect(tracker.listMilestones())).map(({ title }) => title);
    expect([ids, second]).toEqual([['1.0', '1.1', '2.0'], undefined]);
    const other = String(Number(first) + 1);
    Object.assign(server.issues[0] ?? {}, { versions: [first, other] });
    expect((await tracker.updateIssue('PACE-1', { milestone: '2.0' })).milestone).toBe('2.0');
    expect(server.issues[0]?.versions.slice(1)).toEqual([other]);
    expect((await tracker.updateIssue('PACE-1', { milestone: null })).milestone).toBeUndefined();
    expect(server.issues[0]?.versions).toEqual([]);
  });

  it('that are not there are refused with those that are, before anything is written', async () => {
    const { server, tracker } = await start();
    await tracker.createMilestone({ title: '1.0' });
    const error = await refusal(() => tracker.createIssue(draft({ milestone: '9.9' })), { kinds: ['validation'], operation: 'createIssue' });
    expect([error.message, server.issues.length]).toEqual([expect.stringContaining('“1.0”'), 0]);
    await refusal(() => tracker.updateMilestone('9.9', { state: 'closed' }), { kinds: ['not-found'], operation: 'updateMilestone' });
    await refusal(() => tracker.createMilestone({ title: '1.0' }), { kinds: ['validation', 'conflict'], operation: 'createMilestone' });
  }); // biome-ignore format: a call and its outcome, each in a line

  it('open and close, and change their words', async () => {
    const { tracker } = await start();
    await tracker.createMilestone({ title: '1.0', description: 'First' });
    expect(await tracker.updateMilestone('1.0', { title: '1.0.0', state: 'closed' })).toEqual({ title: '1.0.0', description: 'First', state: 'closed' });
    expect((await tracker.updateMilestone('1.0.0', { state: 'open' })).state).toBe('open');
    await tracker.deleteMilestone('1.0.0');
    expect(await collect(tracker.listMilestones())).toEqual([]);
  }); // biome-ignore format: a call and its outcome, each in a line
});

describe('People', () => {
  it('are known by id, by e-mail address and by a name that only one has', async () => {
    for (const [deployment, emma, akim] of [
      ['Cloud', '5b10ac8d82e05b22cc7d4ef5', '712020:f58131cb-b67d-43c7-b30d-6b58d40bd077'],
      ['Data Center', 'emma.richards', 'akim'],
    ] as const) {
      const { tracker, world } = await start({ deployment });
      await tracker.createIssue(draft());
      for (const who of [emma, 'emma@example.org', 'Emma Richards', 'emma richards'])
        expect((await tracker.updateIssue('PACE-1', { assignees: [who] })).assignees).toEqual([{ id: emma, name: 'Emma Richards', ...(deployment === 'Cloud' ? {} : { email: 'emma@example.org' }) }]);
      expect((await tracker.updateIssue('PACE-1', { assignees: [akim] })).assignees[0]?.id).toBe(akim);
      const twice = await refusal(() => tracker.updateIssue('PACE-1', { assignees: ['Alex Kim'] }), { kinds: ['validation'], operation: 'updateIssue' });
      expect(twice.message).toContain(akim);
      await refusal(() => tracker.updateIssue('PACE-1', { assignees: ['nobody'] }), { kinds: ['validation'], operation: 'updateIssue' });
      expect((await tracker.createIssue(draft({ assignees: ['Alex Kim'] }))).assignees).toEqual([]);
      expect(world.lines.join()).toContain('The issue has no assignee. “Alex Kim” is the name of several people');
      expect((await collect(tracker.listUsers())).length).toBe(4);
    }
  }); // biome-ignore format: a call and its outcome, each in a line
});

describe('Story points', () => {
  it('are refused for a type whose screen lacks them, with those that have', async () => {
    const { tracker } = await start();
    const error = await refusal(() => tracker.createIssue(draft({ type: 'epic', storyPoints: 3 })), {
      kinds: ['validation'],
    });
    expect(error.message).toContain(
      'The type “Epic” in PACE has no story points; these have: “Bug”, “Task”, “Story”, “Sub-task”.',
    );
    const other = await start({ refuseFields: ['customfield_10016'] });
    await refusal(() => other.tracker.createIssue(draft({ storyPoints: 3 })), { kinds: ['unsupported'] });
  });

  it('stand in the field that a person has named', async () => {
    const { tracker, server } = await start({}, { JIRA_STORY_POINTS_FIELD: 'customfield_10016' });
    expect((await tracker.createIssue(draft({ storyPoints: 0.5 }))).storyPoints).toBe(0.5);
    expect(server.issues[0]?.points).toBe(0.5);
  });
});

describe('Statuses that a person has named', () => {
  const transitions = [
    { id: '1', name: 'a', to: { name: 'Parked', category: 'new' } },
    { id: '2', name: 'b', to: { name: 'Shipped', category: 'indeterminate' } },
    { id: '3', name: 'c', to: { name: 'Done', category: 'done' } },
    { id: '4', name: 'd', to: { name: 'To Do', category: 'new' } },
  ] as const;

  it('count, to and fro and in lists', async () => {
    const { tracker } = await start({ transitions }, { PACE_JIRA_STATES: 'blocked=Parked; done=Shipped' });
    const { states } = await tracker.capabilities();
    // what was Jira's own for done still reads so
    expect(states).toEqual(['open', 'blocked', 'done', 'canceled']);
    for (const title of ['a', 'b', 'c', 'd']) await tracker.createIssue(draft({ title }));
    expect((await tracker.transitionIssue('PACE-1', 'blocked')).stateName).toBe('Parked');
    expect((await tracker.transitionIssue('PACE-2', 'done')).stateName).toBe('Shipped');
    expect((await tracker.transitionIssue('PACE-3', 'Done')).state).toBe('done');
    const found = async (filter: object) => (await collect(tracker.listIssues(filter))).map(({ key }) => key).sort();
    expect(await found({ state: 'closed' })).toEqual(['PACE-2', 'PACE-3']);
    expect(await found({ state: 'open' })).toEqual(['PACE-1', 'PACE-4']);
    expect(await found({ states: ['blocked'] })).toEqual(['PACE-1']);
    expect(await found({ states: ['in_review'] })).toEqual([]);
    const error = await refusal(() => tracker.transitionIssue('PACE-1', 'in_progress'), { kinds: ['unsupported'] });
    expect(error.remedy).toContain('open, blocked, done, canceled');
  });

  it('that cannot be reached are never replaced by others', async () => {
    const { tracker } = await start({ transitions }, { PACE_JIRA_STATES: 'done=Released' });
    await tracker.createIssue(draft());
    const error = await refusal(() => tracker.transitionIssue('PACE-1', 'done'), { kinds: ['transition'] });
    expect(error.remedy).toContain('“Released”');
  });
});

describe('Several new issues', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => draft({ title: `No. ${index}`, metadata: { index }, labels: ['x'] }));

  for (const deployment of ['Cloud', 'Data Center'] as const) {
    it(`go fifty to a request in ${deployment}`, async () => {
      const { server, tracker } = await start({ deployment, pageSize: 100 });
      const answers = await tracker.createMany(many(60));
      expect(answers.map((answer) => answer.ok && [answer.issue.title, answer.issue.metadata])).toEqual(
        many(60).map(({ title, metadata }) => [title, metadata]),
      );
      expect(server.exchanges.filter(({ asked }) => isWrite(asked)).length).toBe(2);
    });
  }

  it('have an answer each: a bad one does not touch the others', async () => {
    const { server, tracker } = await start({ priorities: ['Highest', 'High', 'Medium'] }, { JIRA_HOLD_PRIORITY: 'P0' });
    const answers = await tracker.createMany([
      draft({ title: 'good' }),
      draft({ title: 'no such version', milestone: '9.9' }),
      draft({ title: 'no such priority, which it can do without', purpose: 'hold' }),
      draft({ title: 'done at once', state: 'done' }),
      draft({ title: 'no such parent', parent: 'PACE-99' }),
    ]);
    expect(answers.map((answer) => (answer.ok ? answer.issue.state : answer.error.kind))).toEqual(['open', 'validation', 'open', 'done', 'validation']);
    expect(server.issues.map(({ summary }) => summary).sort()).toEqual(['done at once', 'good', 'no such priority, which it can do without']);
  }); // biome-ignore format: a call and its outcome, each in a line

  it('are answered one by one when Jira refuses them all', async () => {
    const { tracker } = await start({ lacks: ['Create'] });
    const answers = await tracker.createMany(many(3));
    expect(answers.map((answer) => !answer.ok && answer.error instanceof PaceError && answer.error.kind)).toEqual(['permission', 'permission', 'permission']);
  }); // biome-ignore format: a call and its outcome, each in a line
});

describe('What a project can do', () => {
  it('is found by looking at its screens, types, statuses and links', async () => {
    const { server, tracker } = await start({
      ...{ refuseFields: ['priority', 'duedate', 'customfield_10020'], issueTypes: ['Task', 'Sub-task'], linkTypes: [] },
      ...{ transitions: [{ id: '1', name: 'End', to: { name: 'Done', category: 'done' } }] },
    });
    const { unsupported, states, priorities, linkTypes, types } = await tracker.capabilities();
    expect(Object.keys(unsupported).sort()).toEqual(
      ['create labels', 'delete labels', 'dueDate', 'edit labels', 'links', 'priority', 'several assignees', 'sprint'].sort(),
    );
    expect([states, priorities, linkTypes, types]).toEqual([['open', 'done', 'canceled'], [], [], ['task', 'subtask']]);
    expect(server.exchanges.filter(({ asked }) => isWrite(asked))).toEqual([]);
  }); // biome-ignore format: a call and its outcome, each in a line

  it('is told by very old servers in one answer, and by those that tell nothing in words of theirs', async () => {
    const old = await start({ ...dataCenter, wholeCreatemeta: true });
    const now = await start(dataCenter);
    expect(await old.tracker.capabilities()).toEqual(await now.tracker.capabilities());
    expect((await old.tracker.createIssue(draft({ type: 'bug', storyPoints: 2, priority: 1 }))).type).toBe('bug');
    now.server.trouble(
      ({ path }) => path.includes('/createmeta'),
      { status: 404, json: { errorMessages: ['gone'] } },
      9,
    );
    await refusal(() => now.tracker.createIssue(draft({ type: 'nonsense' })), { kinds: ['validation'] });
  });

  it('takes old priorities by their order, and shows them', async () => {
    const { tracker } = await start({
      ...dataCenter,
      priorities: ['Blocker', 'Critical', 'Major', 'Minor', 'Trivial'],
    });
    expect((await tracker.createIssue(draft({ priority: 1 }))).priority).toBe(1);
    expect((await tracker.createIssue(draft())).priority).toBe(2);
    expect((await collect(tracker.listIssues({ priority: 1 }))).map(({ key }) => key)).toEqual(['PACE-1']);
    const other = await start({ priorities: ['Now', 'Soon', 'Later'] });
    const error = await refusal(() => other.tracker.createIssue(draft({ priority: 1 })), { kinds: ['unsupported'] });
    expect(error.remedy).toContain('does not know the order');
  });
});

describe('Missing permissions', () => {
  it('are named for what people do', async () => {
    const lacks: ('Administer' | 'Link')[] = ['Administer', 'Link'];
    const { tracker } = await start({ lacks });
    for (let count = 0; count < 2; count += 1) await tracker.createIssue(draft());
    const milestone = await refusal(() => tracker.createMilestone({ title: '1.0' }), { kinds: ['permission'], operation: 'createMilestone' });
    expect(milestone.remedy).toContain('“Administer Projects” in the project PACE; a token with scopes needs manage:jira-project');
    const link = await refusal(() => tracker.createLink('PACE-1', { type: 'blocks', target: 'PACE-2' }), { kinds: ['not-found', 'permission'], operation: 'createLink' });
    expect(link.remedy).toContain('“Link Issues” in the project PACE');
  }); // biome-ignore format: a call and its outcome, each in a line

  it('are those of the token’s account where there is not an e-mail address', async () => {
    const { tracker } = await start({ ...dataCenter, lacks: ['Edit'] }, { JIRA_EMAIL: '' });
    await tracker.createIssue(draft());
    const error = await refusal(() => tracker.updateIssue('PACE-1', { title: 'b' }), { kinds: ['permission'] });
    expect(error.remedy).toBe('Please give the account of the token the permission “Edit Issues” in the project PACE.');
  });
});
