import { afterEach, describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { IssueTracker, Settings } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { loadPlatform, openTracker, type Side } from '../../../platforms/index.ts';
import { identifierOf, isMutation, type Linear, type LinearOptions, startLinear } from '../../support/linear.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';
import { settingsFor } from './bench.ts';

const open: Linear[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

interface Scene {
  readonly server: Linear;
  readonly world: TestWorld;
  readonly tracker: IssueTracker;
  /** What has been sent since the last question, by the outermost fields. */
  sent(): string[];
}

async function scene(options: LinearOptions = {}, more: Settings = {}): Promise<Scene> {
  const server = await startLinear(options);
  open.push(server);
  const world = testWorld();
  const side: Side = { platform: await loadPlatform('linear'), section: settingsFor(server, more) };
  let told = 0;
  const sent = () => {
    const news = server.exchanges
      .slice(told)
      .map(({ asked }) => fieldsOf(String((asked.body as { query: string }).query)));
    told = server.exchanges.length;
    return news;
  };
  return { server, world, tracker: await openTracker(world, side), sent };
}

/** `query teams issueLabels` */
function fieldsOf(query: string): string {
  const [kind = ''] = query.split(' ');
  let depth = 0;
  const inner = query.slice(query.indexOf('{') + 1);
  const fields: string[] = [];
  for (const [token] of inner.matchAll(/\w+:|\w+|[{}()]/g)) {
    if (token === '{' || token === '(') depth += 1;
    else if (token === '}' || token === ')') depth -= 1;
    else if (depth === 0 && !token.endsWith(':')) fields.push(token);
  }
  return [kind, ...fields].join(' ');
}

function recentOn({ listSilentComments }: IssueTracker, since: number) {
  if (!listSilentComments) throw new Error('no list of all comments');
  return collect(listSilentComments(since));
}

async function caught(call: Promise<unknown>): Promise<PaceError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PaceError) return error;
  throw new Error(`no PaceError: ${String(error)}`);
}

const METADATA = { pace: { kind: 'escalation', day: 3 } };

describe('requests to Linear', () => {
  test('are two for a first issue with labels and metadata, and one for the next', async () => {
    const { tracker, sent } = await scene();
    await tracker.createIssue({ title: 'First', body: '', labels: ['pace'], metadata: METADATA });
    expect(sent()).toEqual([
      'query teams issueLabels',
      'mutation issueLabelCreate',
      'mutation issueCreate attachmentCreate',
    ]);
    await tracker.createIssue({ title: 'Second', body: '', labels: ['PACE'], metadata: METADATA });
    expect(sent()).toEqual(['mutation issueCreate attachmentCreate']);
  });

  test('are one for a change, and two for a transition', async () => {
    const { tracker, sent } = await scene();
    const { key } = await tracker.createIssue({ title: 'One', body: '' });
    sent();
    await tracker.updateIssue(key, { body: 'New.', metadata: METADATA });
    expect(sent()).toEqual(['mutation issueUpdate attachmentCreate']);
    await tracker.transitionIssue(key, 'done');
    expect(sent()).toEqual(['query issue', 'mutation issueUpdate']);
    await tracker.updateIssue(key, { state: 'open', title: 'Two' });
    expect(sent()).toEqual(['query issue', 'mutation issueUpdate']);
  });

  test('are one for a list, metadata included, of a page that costs little', async () => {
    const { server, tracker, sent } = await scene();
    await tracker.createIssue({ title: 'One', body: '', metadata: METADATA });
    sent();
    const [issue] = await collect(tracker.listIssues({ state: 'open' }));
    expect(issue?.metadata).toEqual(METADATA);
    expect(sent()).toEqual(['query issues']);
    expect(Number(server.exchanges.at(-1)?.answer.headers?.['x-complexity'])).toBeLessThan(2500);
  });

  test('are as large as the limit allows from the second page on', async () => {
    const { server, tracker } = await scene();
    const drafts = Array.from({ length: 60 }, (_, index) => ({ title: `No. ${index}`, body: '' }));
    await tracker.createMany(drafts);
    expect(await collect(tracker.listIssues())).toHaveLength(60);
    const costs = server.exchanges.slice(-2).map(({ answer }) => Number(answer.headers?.['x-complexity']));
    expect(costs[1]).toBeGreaterThan(5000);
    expect(costs[1]).toBeLessThanOrEqual(10_000);
  });

  test('become smaller where Linear finds them too complex', async () => {
    const { server, tracker } = await scene({ mostPoints: 1000 });
    const { key } = await tracker.createIssue({ title: 'One', body: '' });
    expect((await collect(tracker.listIssues())).map((issue) => issue.key)).toEqual([key]);
    expect(server.exchanges.slice(-2).map(({ answer }) => answer.status)).toEqual([400, 200]);
  });

  test('are three for fifty new issues, and two for the same change of all', async () => {
    const { tracker, sent } = await scene();
    const drafts = Array.from({ length: 50 }, (_, day) => ({ title: `Day ${day}`, body: '', metadata: { day } }));
    const created = await tracker.createMany(drafts);
    expect(sent().map((each) => each.slice(0, 30))).toEqual([
      'query teams',
      'mutation issueBatchCreate atta',
      'query issues',
    ]);
    const issues = created.flatMap((answer) => (answer.ok ? [answer.issue] : []));
    expect(issues.map(({ metadata }) => metadata)).toEqual(drafts.map(({ metadata }) => metadata));
    const closed = await tracker.updateMany(issues.map(({ key }) => ({ key, patch: { state: 'canceled' } })));
    expect(sent()).toEqual(['query issues', 'mutation issueBatchUpdate']);
    expect(new Set(closed.map((answer) => answer.ok && answer.issue.state))).toEqual(new Set(['canceled']));
  });
});

describe('many issues at once', () => {
  test('go one by one when a bad one has spoiled the whole', async () => {
    const { server, tracker } = await scene();
    server.space.labels.push(group(server));
    const drafts = [
      { title: 'A', body: '' },
      { title: 'B', body: '', labels: ['Area'] },
      { title: 'C', body: '', parent: '77' },
      { title: 'D', body: '' },
    ];
    const answers = await tracker.createMany(drafts);
    expect(answers.map((answer) => (answer.ok ? answer.issue.title : answer.error.kind))).toEqual([
      'A',
      'validation',
      'not-found',
      'D',
    ]);
  });

  test('are changed one by one where they are not alike', async () => {
    const { tracker } = await scene();
    const keys = [];
    for (const title of ['A', 'B', 'C']) keys.push((await tracker.createIssue({ title, body: '' })).key);
    const patches = [{ title: 'A2' }, { priority: 1 as const }, { priority: 1 as const }];
    const changes = keys.map((key, index) => ({ key, patch: patches[index] ?? {} }));
    const answers = await tracker.updateMany([...changes, { key: 'PACE-99', patch: { priority: 1 } }]);
    expect(
      answers.map((answer) => (answer.ok ? `${answer.issue.title} ${answer.issue.priority}` : answer.error.kind)),
    ).toEqual(['A2 undefined', 'B 1', 'C 1', 'not-found']);
  });
});

function group({ space }: Linear) {
  return {
    id: crypto.randomUUID(),
    name: 'Area',
    description: null,
    color: '#000000',
    isGroup: true,
    parent: null,
    team: space.teams[0] ?? null,
  };
}

describe('a new issue', () => {
  test.each(['reset-after', 'cut-body'] as const)(
    'is there once, and told, when its answer is lost: %s',
    async (trouble) => {
      const { server, tracker } = await scene();
      server.trouble(isMutation, trouble);
      const { key, metadata } = await tracker.createIssue({ title: 'Lost', body: '', metadata: METADATA });
      expect(metadata).toEqual(METADATA);
      expect(server.space.issues.map(identifierOf)).toEqual([key]);
    },
  );

  test('gets its metadata when only the issue itself was written', async () => {
    const { server, tracker } = await scene();
    server.failing.add('attachmentCreate');
    const { metadata } = await tracker.createIssue({ title: 'Half', body: '', metadata: METADATA });
    expect(metadata).toEqual(METADATA);
    expect(server.space.issues).toHaveLength(1);
  });

  test('that was refused is not looked for', async () => {
    const { server, tracker, sent } = await scene();
    server.denied.set('issueCreate', 'issues:create');
    const error = await caught(tracker.createIssue({ title: 'No', body: '', metadata: METADATA }));
    expect(error).toMatchObject({ kind: 'permission', operation: 'createIssue' });
    expect(error.remedy).toBe(
      'Please give the API key the permission “Create issues” (an OAuth token: the scope `issues:create`) and access to the team PACE.',
    );
    expect(sent()).toEqual(['query teams', 'mutation issueCreate attachmentCreate']);
  });

  test('goes into the configured project', async () => {
    const { server, tracker } = await scene({}, { project: 'website-0123456789ab' });
    await tracker.createIssue({ title: 'In it', body: '' });
    expect(server.space.issues[0]?.project?.name).toBe('Website');
  });

  test('cannot have a milestone without a project, and hears what to set', async () => {
    const { tracker, sent } = await scene();
    const error = await caught(tracker.createIssue({ title: 'No', body: '', milestone: 'Beta' }));
    expect([error.kind, error.remedy]).toEqual([
      'unsupported',
      'Milestones belong to a project in Linear: please set `linear.project`.',
    ]);
    expect(await caught(collect(tracker.listMilestones()))).toMatchObject({ kind: 'unsupported' });
    expect(sent()).toEqual(['query teams']);
  });

  test('is refused where the configured project is not there', async () => {
    const { tracker } = await scene({}, { project: 'Webseite' });
    expect(await caught(tracker.createIssue({ title: 'No', body: '' }))).toMatchObject({ kind: 'configuration' });
  });

  test('is opened without somebody who is not there, which is said', async () => {
    const { world, tracker } = await scene();
    const { assignees } = await tracker.createIssue({ title: 'One', body: '', assignees: ['Nobody'] });
    expect(assignees).toEqual([]);
    expect(world.lines.join('\n')).toContain('Linear does not know Nobody');
  });

  test.each(['grace', 'GRACE', 'Grace Hopper', 'grace@example.org'])('may name its person as %s', async (who) => {
    const { tracker } = await scene();
    const { assignees } = await tracker.createIssue({ title: 'One', body: '', assignees: [who] });
    expect(assignees).toEqual([{ id: 'grace', name: 'Grace Hopper', email: 'grace@example.org' }]);
  });
});

describe('milestones', () => {
  test('are those of the project; they change but close by themselves', async () => {
    const { server, tracker } = await scene({}, { project: 'Website' });
    await tracker.createMilestone({ title: 'Beta', description: 'For testers', dueDate: '2026-05-01' });
    const { key } = await tracker.createIssue({ title: 'One', body: '', milestone: 'beta' });
    const changed = await tracker.updateMilestone('BETA', { title: 'Beta 2', dueDate: '2026-06-01', state: 'open' });
    expect(changed).toEqual({ title: 'Beta 2', description: 'For testers', state: 'open', dueDate: '2026-06-01' });
    expect((await tracker.getIssue(key)).milestone).toBe('Beta 2');
    expect(await caught(tracker.updateMilestone('Beta 2', { state: 'closed' }))).toMatchObject({ kind: 'unsupported' });
    const [milestone] = server.space.projects[0]?.milestones ?? [];
    if (milestone) milestone.status = 'done';
    expect((await collect(tracker.listMilestones())).map(({ state }) => state)).toEqual(['closed']);
  });
});

describe('labels', () => {
  test('of the team go before those of the workspace', async () => {
    const { server, tracker } = await scene();
    const label = (team: Linear['space']['teams'][number] | null) => ({
      ...group(server),
      name: 'bug',
      isGroup: false,
      team,
    });
    const [everywhere, own] = [label(null), label(server.space.teams[0] ?? null)];
    server.space.labels.push(everywhere, own);
    await tracker.createIssue({ title: 'One', body: '', labels: ['Bug'] });
    expect(server.space.issues[0]?.labels.map(({ id }) => id)).toEqual([own.id]);
  });

  test('of one group cannot be two, which is said before anything is written', async () => {
    const { server, tracker } = await scene();
    const parent = group(server);
    const [web, api] = ['Web', 'API'].map((name) => ({ ...group(server), name, isGroup: false, parent }));
    server.space.labels.push(parent, ...[web, api].flatMap((label) => label ?? []));
    const error = await caught(tracker.createIssue({ title: 'No', body: '', labels: ['web', 'api'] }));
    expect(error).toMatchObject({ kind: 'validation', operation: 'createIssue' });
    expect(error.message).toBe('“Web” and “API” are of the group “Area”, of which an issue has one.');
    expect(server.space.issues).toEqual([]);
    const { key } = await tracker.createIssue({ title: 'Yes', body: '', labels: ['web'] });
    expect((await caught(tracker.updateIssue(key, { addLabels: ['api'] }))).remedy).toMatch(/one label of a group/);
  });

  test('are all read, however many', async () => {
    const { tracker } = await scene();
    const labels = Array.from({ length: 45 }, (_, index) => `label-${index}`);
    const created = await tracker.createIssue({ title: 'Many', body: '', labels, type: 'bug' });
    expect(created.labels.toSorted()).toEqual(labels.toSorted());
    expect((await collect(tracker.listIssues({ type: 'bug' }))).map((issue) => issue.labels.length)).toEqual([45]);
    const changed = await tracker.updateIssue(created.key, { type: 'task' });
    expect([changed.type, changed.labels.length]).toEqual(['task', 45]);
  });
});

describe('estimates', () => {
  test('are refused where the team has none', async () => {
    const { server, tracker } = await scene();
    const [team] = server.space.teams;
    if (team) team.estimates = { type: 'notUsed', zero: false, extended: false };
    expect((await tracker.capabilities()).unsupported.storyPoints).toMatch(/switch estimates on/);
    expect(await caught(tracker.createIssue({ title: 'No', body: '', storyPoints: 3 }))).toMatchObject({
      kind: 'unsupported',
    });
  });

  test('that are not on the scale of the team are refused with those that are', async () => {
    const { tracker, server } = await scene();
    const error = await caught(tracker.createIssue({ title: 'No', body: '', storyPoints: 4 }));
    expect([error.kind, error.remedy]).toEqual(['validation', 'Please choose one of: 1, 2, 3, 5, 8, 13, 21.']);
    expect(server.space.issues).toEqual([]);
  });
});

test('new comments of all issues of the team are listed in one request', async () => {
  const { server, tracker, sent } = await scene();
  const keys: string[] = [];
  for (const title of ['One', 'Two', 'Gone', 'Moved']) {
    const { key } = await tracker.createIssue({ title, body: '' });
    keys.push(key);
    await tracker.addComment(key, `Old, of ${title}`);
  }
  const [, two = '', gone = '', moved = ''] = keys;
  for (const { comments } of server.space.issues)
    for (const comment of comments) Object.assign(comment, { createdAt: '2020-01-01T00:00:00.000Z' });
  for (const key of [two, gone, moved]) await tracker.addComment(key, `New, of ${key}`);
  await tracker.deleteIssue?.(gone);
  server.moveAway(moved);
  const recent = (since: number) => recentOn(tracker, since);
  sent();
  expect(await recent(Date.parse('2021-01-01T00:00:00Z'))).toMatchObject([
    { key: two, comment: { body: `New, of ${two}` } },
  ]);
  expect(sent()).toEqual(['query comments']);
  expect(await recent(0)).toHaveLength(3);
});

describe('an issue that was deleted', () => {
  test('is in no list, and is not there', async () => {
    const { server, tracker } = await scene();
    const { key } = await tracker.createIssue({ title: 'Gone', body: '' });
    const [issue] = server.space.issues;
    if (issue) issue.trashed = true;
    expect(await collect(tracker.listIssues())).toEqual([]);
    for (const call of [
      tracker.getIssue(key),
      tracker.transitionIssue(key, 'done'),
      tracker.updateIssue(key, { title: 'x' }),
    ])
      expect(await caught(call)).toMatchObject({ kind: 'not-found' });
  });
});

describe('states that a person has configured', () => {
  test('are written, read, and filtered by, whatever their type', async () => {
    const states = 'in_progress=Todo; done=In Review';
    const { tracker } = await scene({}, { states });
    const one = await tracker.createIssue({ title: 'One', body: '' });
    const two = await tracker.createIssue({ title: 'Two', body: '' });
    expect((await tracker.transitionIssue(one.key, 'done')).stateName).toBe('In Review');
    expect((await tracker.transitionIssue(two.key, 'in_progress')).stateName).toBe('Todo');
    const keys = async (filter: object) => (await collect(tracker.listIssues(filter))).map(({ key }) => key);
    expect(await keys({ state: 'closed' })).toEqual([one.key]);
    expect(await keys({ state: 'open' })).toEqual([two.key]);
    expect(await keys({ states: ['in_progress'] })).toEqual([two.key]);
  });
});

test('no issue is asked for in states that the team does not have', async () => {
  const { tracker, sent } = await scene({ states: { Todo: 'unstarted', Done: 'completed' } });
  await tracker.createIssue({ title: 'One', body: '' });
  sent();
  expect(await collect(tracker.listIssues({ states: ['in_review'] }))).toEqual([]);
  expect(sent()).toEqual([]);
});

describe('a token', () => {
  test('that is a key stands alone, and one of OAuth behind Bearer', async () => {
    for (const [token, wanted] of [
      ['lin_api_x', 'lin_api_x'],
      ['lin_oauth_x', 'Bearer lin_oauth_x'],
      ['Bearer y', 'Bearer y'],
    ]) {
      const { server, tracker } = await scene({}, { token: token ?? '' });
      await tracker.testConnection();
      expect(server.exchanges[0]?.asked.headers['authorization']).toBe(wanted);
    }
  });

  test('that is wrong is named by its variable', async () => {
    const { tracker } = await scene({}, { token: 'lin_api_wrong' });
    const error = await caught(tracker.getCurrentUser());
    expect(error).toMatchObject({ kind: 'authentication', operation: 'getCurrentUser' });
    expect(error.remedy).toMatch(/^Please check PACE_LINEAR_TOKEN: create a key under Settings/);
  });

  test('hears which scope is missing, as Linear names it', async () => {
    const { server, tracker } = await scene();
    const { key } = await tracker.createIssue({ title: 'One', body: '' });
    server.denied.set('commentCreate', 'comments:create').set('issueUpdate', 'write');
    expect((await caught(tracker.addComment(key, 'x'))).remedy).toContain(
      '“Create comments” (an OAuth token: the scope `comments:create`)',
    );
    expect((await caught(tracker.transitionIssue(key, 'done'))).remedy).toContain(
      '“Write” (an OAuth token: the scope `write`)',
    );
  });

  test('that does not see the team hears so', async () => {
    const { tracker } = await scene({}, { team: 'NOPE' });
    const error = await caught(tracker.createIssue({ title: 'No', body: '' }));
    expect([error.kind, error.message]).toEqual(['not-found', 'Linear has no team NOPE that this token sees.']);
  });
});

describe('links', () => {
  test('are told at both ends, and made once', async () => {
    const { server, tracker } = await scene();
    const [a, b] = [
      await tracker.createIssue({ title: 'A', body: '' }),
      await tracker.createIssue({ title: 'B', body: '' }),
    ];
    await tracker.createLink(a.key, { type: 'is blocked by', target: b.key });
    await tracker.createLink(b.key, { type: 'blocks', target: a.key });
    expect(server.space.relations.map(({ type, issue }) => [type, identifierOf(issue)])).toEqual([['blocks', b.key]]);
    expect(await tracker.getIssueLinks(b.key)).toEqual([{ type: 'blocks', target: a.key }]);
  });

  test('of guesses are no links', async () => {
    const { server, tracker } = await scene();
    await tracker.createMany([
      { title: 'A', body: '' },
      { title: 'B', body: '' },
    ]);
    const [issue, relatedIssue] = server.space.issues;
    if (issue && relatedIssue)
      server.space.relations.push({ id: crypto.randomUUID(), type: 'similar', issue, relatedIssue });
    expect(await tracker.getIssueLinks('1')).toEqual([]);
  });
});

describe('odd answers', () => {
  test.each([
    { name: 'null in a list', json: { data: { issues: { nodes: [null], pageInfo: { hasNextPage: false } } } } },
    { name: 'no list', json: { data: { issues: null } } },
    {
      name: 'a list that never ends',
      json: { data: { issues: { nodes: [], pageInfo: { hasNextPage: true, endCursor: null } } } },
    },
    { name: 'data beside an error', json: { data: { issues: { nodes: [] } }, errors: [{ message: 'half of it' }] } },
  ])('are called so: $name', async ({ json }) => {
    const { server, tracker } = await scene();
    server.trouble(() => true, { json });
    const error = await caught(collect(tracker.listIssues()));
    expect(error).toMatchObject({ kind: 'unexpected', operation: 'listIssues' });
  });
});

describe('who closed an issue', () => {
  test('is who has moved it to the final state that it has, whatever came after', async () => {
    const { server, tracker } = await scene();
    const { key } = await tracker.createIssue({ title: 'One', body: '' });
    await tracker.transitionIssue(key, 'done');
    const [issue] = server.space.issues;
    Object.assign(issue?.history[0] ?? {}, { actor: server.space.users[1] });
    await tracker.updateIssue(key, { title: 'Two' });
    expect((await tracker.closedBy?.(key))?.name).toBe('Grace Hopper');
    // an automation
    Object.assign(issue?.history.find(({ toState }) => toState) ?? {}, { actor: null });
    expect(await tracker.closedBy?.(key)).toBeUndefined();
  });
});

describe('an issue that was moved to another team', () => {
  test('is told by its new identifier, and found and written to by both', async () => {
    const { server, tracker } = await scene();
    const { key } = await tracker.createIssue({ title: 'One', body: '' });
    server.moveAway(key);
    const moved = await tracker.getIssue(key);
    expect([moved.key, moved.url]).toEqual(['OPS-1', expect.stringContaining('OPS-1')]);
    expect((await tracker.transitionIssue('OPS-1', 'done')).state).toBe('done');
    expect((await tracker.updateIssue(key, { title: 'Two' })).key).toBe('OPS-1');
    expect(server.space.issues.length).toBe(1);
  });
});
