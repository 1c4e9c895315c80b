import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import type { Issue, IssueFilter, TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import jira from '../../../platforms/jira/index.ts';
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { refusal } from '../../contract/refusal.ts';
import { adfProblems } from '../../support/jira/adf.ts';
import { asSent, kindOf, vendorRequest } from '../../support/jira/vendor-client.ts';
import {
  defaultTransitions,
  isWrite,
  type Jira,
  type JiraOptions,
  resolutionField,
  startJira,
} from '../../support/jira.ts';
import type { RecordedExchange } from '../../support/loopback.ts';
import { oddAnswers, spoiling } from '../../support/odd-answers.ts';
import { loadSpec } from '../../support/openapi.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

interface Bench {
  readonly server: Jira;
  readonly world: TestWorld;
  readonly tracker: TrackerDriver;
}

const exchanges: RecordedExchange[] = [];
const open: Jira[] = [];

async function start(options: JiraOptions = {}, env: Record<string, string> = {}): Promise<Bench> {
  const world = testWorld();
  // every look at the clock is a little later, so that no two issues have the same age
  let extra = 0;
  const server = await startJira({ now: () => world.now() + extra++, ...options });
  open.push(server);
  return { server, world, tracker: await connect(server, world, env) };
}

function connect(server: Jira, world: TestWorld, env: Record<string, string> = {}): Promise<TrackerDriver> {
  const { settings } = resolveSettings({
    platform: jira,
    side: 'tracker',
    env: {
      JIRA_URL: `${server.url}/`,
      JIRA_EMAIL: server.email,
      JIRA_TOKEN: server.token,
      JIRA_PROJECT_KEY: server.projectKey,
      ...env,
    },
  });
  return jira.createTracker(world, settings);
}

async function keys(tracker: TrackerDriver, filter?: IssueFilter): Promise<string[]> {
  const found: Issue[] = [];
  for await (const issue of tracker.listIssues(filter)) found.push(issue);
  return found.map(({ key }) => key);
}

async function stop(): Promise<void> {
  for (const server of open.splice(0)) {
    exchanges.push(...server.exchanges);
    await server.close();
  }
}

const MALFORMED_KEYS = [
  '',
  ' ',
  '../1',
  'PACE-1/comments',
  'PACE-1?state=open',
  'PACE-1#x',
  '%2e%2e',
  'no such key!',
  '-1',
  'PACE-1 OR 1=1',
  '1',
  'PACE-0',
];

/** Several statuses read as one state. */
const TRANSITIONS = [
  ...defaultTransitions,
  { id: '12', name: 'Put aside', to: { name: 'Backlog', category: 'new' } },
  { id: '42', name: 'Close', to: { name: 'Closed', category: 'done' }, resolution: 'Done' },
] as const;

for (const deployment of ['Cloud', 'Data Center'] as const) {
  issueTrackerContract(`Jira ${deployment}`, async () => {
    // tokens of Data Center stand for themselves; its addresses often have a path
    const [options, env] =
      deployment === 'Cloud'
        ? [{ transitions: TRANSITIONS }, {}]
        : [{ deployment, prefix: '/jira', transitions: TRANSITIONS }, { JIRA_EMAIL: '' }];
    const { server, tracker, world } = await start(options, env);
    return {
      tracker,
      facts: {
        bodyFidelity: 'equivalent',
        manyIssues: true,
        // Data Center tells entity properties issue by issue: ten are asked for at once
        costOfThree: deployment === 'Cloud' ? 1 : 11,
        unknownKey: 'PACE-999999',
        malformedKeys: MALFORMED_KEYS,
        people: server.people,
        defaults: { type: 'task', priority: 2 },
        parent: { type: 'epic' },
        child: { type: 'story' },
      },
      another: () => connect(server, testWorld(), env),
      ...oddAnswers(server, isWrite),
      spoil: spoiling(server, 'key'),
      putIntoSprint: server.putIntoSprint,
      moveAway: server.moveAway,
      tick: () => world.advance(60_000),
      dispose: stop,
    };
  });
}

describe('Jira', () => {
  afterEach(stop);

  it('opens issues of the type and priority that stand for the purpose', async () => {
    const { server, tracker } = await start({}, { JIRA_ADVISORY_ISSUE_TYPE: 'Epic' });
    for (const purpose of ['hold', 'advisory', 'story'] as const)
      await tracker.createIssue({ title: purpose, body: '', purpose });
    expect(server.issues.map(({ type, priority }) => [type, priority])).toEqual([
      ['Bug', 'High'],
      ['Epic', 'Medium'],
      ['Story', 'Medium'],
    ]);
  });

  it('takes an issue that is for nothing in particular as a task without a priority', async () => {
    const { server, tracker } = await start({ issueTypes: ['Task'] });
    await tracker.createIssue({ title: 'a', body: '' });
    const body = server.exchanges.find(({ asked }) => isWrite(asked))?.asked.body;
    expect(body).toEqual({
      fields: { project: { key: 'PACE' }, issuetype: { name: 'Task' }, summary: 'a', description: null },
    });
  });

  it('keeps the metadata out of the text, and the title in one line', async () => {
    const { server, tracker } = await start();
    const created = await tracker.createIssue({
      title: ' Two\nlines ',
      body: '- [ ] a',
      labels: ['two words'],
      metadata: { day: 3 },
      assignees: ['5b10a2844c20165700ede21g'],
    });
    const { now: _, ...rest } = { now: 0, ...created };
    expect(rest).toMatchObject({
      key: 'PACE-1',
      url: `${server.origin}/browse/PACE-1`,
      title: 'Two lines',
      labels: ['two words'],
      metadata: { day: 3 },
      assignees: [{ id: '5b10a2844c20165700ede21g', name: 'Mia Krystof' }],
    });
    expect(server.issues[0]).toMatchObject({
      summary: 'Two lines',
      labels: ['two␣words'],
      properties: { pace: { day: 3 } },
    });
    expect(JSON.stringify(server.issues[0]?.description)).not.toContain('day');
  });

  it('of which the move is impossible keeps all that was to be changed with it', async () => {
    const { server, tracker } = await start();
    const { key } = await tracker.createIssue({ title: 'Kept', body: '', labels: ['old'] });
    server.trouble(({ path }) => path.endsWith('/transitions'), { json: { transitions: [] } });
    const patch = { title: 'Never', addLabels: ['never'], state: 'done' } as const;
    await refusal(() => tracker.updateIssue(key, patch), { kinds: ['transition'] });
    const { title, labels, state } = await tracker.getIssue(key);
    expect([title, labels, state]).toEqual(['Kept', ['old'], 'open']);
  });

  it('writes the metadata afterwards where a create does not take it', async () => {
    const { server, tracker } = await start({ dropsProperties: true });
    expect((await tracker.createIssue({ title: 'a', body: '', metadata: { a: 1 } })).metadata).toEqual({ a: 1 });
    expect(server.issues.length).toBe(1);
  });

  it('keeps the issue when a field is on no screen, and says so', async () => {
    const { server, tracker, world } = await start({ refuseFields: ['priority', 'labels'] });
    const created = await tracker.createIssue({
      title: 'a',
      body: 'Text.',
      labels: ['pace-hold'],
      metadata: { a: 1 },
      purpose: 'hold',
    });
    expect([created.labels, created.body, created.metadata, server.issues.length]).toEqual([[], 'Text.', { a: 1 }, 1]);
    expect(world.lines.filter((line) => line.startsWith('warn:'))).toEqual([
      expect.stringContaining('Jira did not accept labels and priority'),
    ]);
  });

  it('keeps the issue when the project has no such priority', async () => {
    const { tracker, world } = await start({}, { JIRA_HOLD_PRIORITY: 'P0' });
    await tracker.createIssue({ title: 'a', body: '', purpose: 'hold' });
    expect(world.lines.join()).toContain('The priority selected is invalid.');
  });

  it('does not hide that a field it needs was refused', async () => {
    const { server, tracker } = await start({ refuseFields: ['description'] });
    const error = await refusal(() => tracker.createIssue({ title: 'a', body: 'b' }), {
      kinds: ['validation'],
      operation: 'createIssue',
    });
    expect(error.message).toContain("description: Field 'description' cannot be set");
    await refusal(() => tracker.updateIssue('PACE-1', { labels: [] }), { kinds: ['not-found'] });
    expect(server.issues).toEqual([]);
  });

  it('lists the issue types when the configured one does not exist', async () => {
    const { tracker } = await start({ issueTypes: ['Task', 'Incident'] });
    const error = await refusal(() => tracker.createIssue({ title: 'a', body: '', purpose: 'hold' }), {
      kinds: ['validation'],
      operation: 'createIssue',
    });
    expect(error.message).toBe('The project PACE of Jira has no issue type “Bug”; it has Task, Incident.');
    expect(error.remedy).toContain('JIRA_HOLD_ISSUE_TYPE');
  });

  it('sends the description as a valid document', async () => {
    const { server, tracker } = await start();
    await tracker.createIssue({
      title: 'a',
      body: '# H\n\n| a |\n| - |\n|  |\n\n- # x\n  > y\n\n<details>\n\n```\n```\n\n</details>\n\n<b>',
    });
    expect(adfProblems(server.issues[0]?.description)).toEqual([]);
  });

  it('refuses a text above the limit with the words of Jira', async () => {
    const { tracker } = await start();
    const error = await refusal(() => tracker.createIssue({ title: 'a', body: 'x'.repeat(33_000) }), {
      kinds: ['validation'],
    });
    expect(error.message).toContain('32767 characters');
  });

  it('tells what not everybody can see', async () => {
    for (const deployment of ['Cloud', 'Data Center'] as const) {
      const { server, tracker } = await start({ deployment }, deployment === 'Cloud' ? {} : { JIRA_EMAIL: '' });
      const { key } = await tracker.createIssue({ title: 'a', body: '' });
      for (const body of ['For all', 'For a role', 'For agents']) await tracker.addComment(key, body);
      const [issue] = server.issues;
      const [, ofRole, ofAgents] = issue?.comments ?? [];
      if (!issue || !ofRole || !ofAgents) throw new Error('There is no issue with comments.');
      expect(await tracker.getIssue(key)).not.toHaveProperty('isPrivate');
      issue.security = 'Management';
      ofRole.role = 'Administrators';
      ofAgents.isInternal = true;
      server.reindex();
      const listed = await collect(tracker.listIssues());
      expect([(await tracker.getIssue(key)).isPrivate, listed[0]?.isPrivate]).toEqual([true, true]);
      const comments = await collect(tracker.listComments(key));
      expect(comments.map(({ isPrivate }) => isPrivate)).toEqual([undefined, true, true]);
    }
  });
});

describe('Search in Jira', () => {
  afterEach(stop);

  it('sees what this run has written although the index is late', async () => {
    const { server, world, tracker } = await start({ staleIndex: true });
    const { key } = await tracker.createIssue({ title: 'a', body: '', labels: ['x'] });
    expect(await keys(tracker, { labels: ['x'], state: 'open' })).toEqual([key]);
    await tracker.transitionIssue(key, { state: 'done' });
    expect(await keys(tracker, { labels: ['x'], state: 'open' })).toEqual([]);
    const another = await connect(server, world);
    expect(await keys(another, { labels: ['x'] })).toEqual([]);
    server.reindex();
    expect(await keys(another, { labels: ['x'] })).toEqual([key]);
  });

  it('names the last fifty at most', async () => {
    const { server, tracker } = await start({ staleIndex: true });
    for (let index = 0; index < 60; index += 1) await tracker.createIssue({ title: `${index}`, body: '' });
    expect((await keys(tracker)).length).toBe(50);
    expect(server.exchanges.at(-1)?.asked.query.getAll('reconcileIssues').length).toBe(50);
  });

  it('goes by the label as it is written, not as Jira compares it', async () => {
    const { tracker } = await start();
    await tracker.createIssue({ title: 'a', body: '', labels: ['Pace'] });
    expect(await keys(tracker, { labels: ['pace'] })).toEqual([]);
  });

  it('does not end for ever on a page that says nothing new', async () => {
    const { server, tracker } = await start();
    const page = { json: { issues: [], nextPageToken: 'same', isLast: false } };
    server.trouble(({ path }) => path.endsWith('/search/jql'), page, 5);
    expect(await keys(tracker)).toEqual([]);
    expect(server.exchanges.filter(({ asked }) => asked.path.endsWith('/search/jql')).length).toBe(2);
  });

  it('takes times that no calendar has', async () => {
    const { tracker } = await start();
    const { key } = await tracker.createIssue({ title: 'a', body: '' });
    expect(await keys(tracker, { createdSince: -1 })).toEqual([key]);
    expect(await keys(tracker, { createdSince: Number.MAX_SAFE_INTEGER })).toEqual([]);
  });

  it('tells an empty list from credentials that Jira ignores', async () => {
    const { tracker } = await start({}, { JIRA_TOKEN: 'expired' });
    const error = await refusal(() => keys(tracker), { kinds: ['authentication'], operation: 'listIssues' });
    expect(error.remedy).toContain('JIRA_TOKEN');
  });
});

describe('Transitions in Jira', () => {
  afterEach(stop);

  it('go by the category of the status, and fill the resolution', async () => {
    const { server, tracker } = await start();
    const { key } = await tracker.createIssue({ title: 'a', body: '' });
    const steps: [string, string, string | undefined][] = [];
    for (const state of ['in_progress', 'in_review', 'done', 'canceled', 'done', 'open', 'canceled'] as const) {
      const issue = await tracker.transitionIssue(key, { state });
      expect(issue.state).toBe(state);
      steps.push([state, issue.stateName, server.issues[0]?.resolution]);
    }
    expect(steps).toEqual([
      ['in_progress', 'In Progress', undefined],
      ['in_review', 'In Review', undefined],
      ['done', 'Done', 'Done'],
      ['canceled', "Won't Do", "Won't Do"],
      ['done', 'Done', 'Done'],
      ['open', 'To Do', undefined],
      ['canceled', "Won't Do", "Won't Do"],
    ]);
  });

  it('cancel by resolution where the workflow has one final status', async () => {
    const transitions = defaultTransitions.filter(({ name }) => name !== 'Drop');
    const { server, tracker } = await start({ transitions });
    const { key } = await tracker.createIssue({ title: 'a', body: '' });
    expect((await tracker.transitionIssue(key, { state: 'canceled' })).state).toBe('canceled');
    expect(server.issues[0]).toMatchObject({ status: { name: 'Done' }, resolution: "Won't Do" });
  });

  it('settle for the category where the workflow has no better status', async () => {
    const transitions = [
      { id: '1', name: 'Go', to: { name: 'Doing', category: 'indeterminate' } },
      { id: '2', name: 'End', to: { name: 'Done', category: 'done' } },
    ] as const;
    const { tracker, world } = await start({ transitions });
    const { key } = await tracker.createIssue({ title: 'a', body: '' });
    expect((await tracker.transitionIssue(key, { state: 'in_review' })).stateName).toBe('Doing');
    expect((await tracker.transitionIssue(key, { state: 'blocked' })).stateName).toBe('Doing');
    expect((await tracker.transitionIssue(key, { state: 'canceled' })).state).toBe('done');
    expect(world.lines.filter((line) => line.includes('no better status')).length).toBe(1);
  });

  it('fill other required fields with the first allowed value and say so', async () => {
    const screen = {
      customfield_1: { name: 'Root cause', required: true, type: 'option', allowed: [{ id: '7', value: 'Unknown' }] },
      resolution: { ...resolutionField, required: false },
    };
    const { server, tracker, world } = await start({
      transitions: [{ id: '1', name: 'End', to: { name: 'Closed', category: 'done' }, screen }],
    });
    const { key } = await tracker.createIssue({ title: 'a', body: '' });
    await tracker.transitionIssue(key, { state: 'done' });
    expect(server.issues[0]).toMatchObject({
      status: { name: 'Closed' },
      resolution: 'Done',
      others: { customfield_1: { id: '7' } },
    });
    expect(world.lines).toContain(`warn: The transition “End” of ${key} asked for values: Root cause: Unknown.`);
  });

  it('name a required field that cannot be guessed', async () => {
    const screen = { customfield_1: { name: 'Invoice', required: true, type: 'string' } };
    const { tracker } = await start({
      transitions: [{ id: '1', name: 'End', to: { name: 'Closed', category: 'done' }, screen }],
    });
    const { key } = await tracker.createIssue({ title: 'a', body: '' });
    const error = await refusal(() => tracker.transitionIssue(key, { state: 'done' }), {
      kinds: ['transition'],
      operation: 'transitionIssue',
    });
    expect(error.message).toContain('“Invoice”');
  });

  it('say what the workflow offers when none leads there', async () => {
    const { tracker } = await start({
      transitions: [{ id: '1', name: 'Start', to: { name: 'Doing', category: 'indeterminate' } }],
    });
    const { key } = await tracker.createIssue({ title: 'a', body: '' });
    const error = await refusal(() => tracker.transitionIssue(key, { state: 'done' }), {
      kinds: ['transition'],
      operation: 'transitionIssue',
    });
    expect(error.message).toBe(
      `${key} cannot go from “To Do” to done: Jira offers “Start” to “Doing” (indeterminate).`,
    );
  });

  it('name the permission when there are none at all', async () => {
    const { tracker } = await start({ lacks: ['Transition'] });
    const { key } = await tracker.createIssue({ title: 'a', body: '' });
    const error = await refusal(() => tracker.transitionIssue(key, { state: 'done' }), { kinds: ['transition'] });
    expect(error.remedy).toContain('“Transition Issues”');
  });
});

describe('Who closed an issue of Jira', () => {
  afterEach(stop);

  for (const deployment of ['Cloud', 'Data Center'] as const) {
    it(`is who has moved it to the final status it has, in ${deployment}`, async () => {
      const { server, tracker, world } = await start({ deployment }, deployment === 'Cloud' ? {} : { JIRA_EMAIL: '' });
      const { key } = await tracker.createIssue({ title: 'a', body: '' });
      await tracker.transitionIssue(key, { state: 'done' });
      world.advance(60_000);
      server.move(key, { name: 'In Progress', category: 'indeterminate' });
      expect(await tracker.closedBy?.(key)).toBeUndefined();
      world.advance(60_000);
      server.move(key, { name: 'Done', category: 'done' });
      world.advance(60_000);
      await tracker.updateIssue(key, { title: 'b' });
      expect((await tracker.closedBy?.(key))?.id).toBe(server.people[1]);
    });
  }

  for (const kind of ['Cloud', 'Data Center'] as const) {
    it(`and what has changed is told, oldest first, in ${kind}`, async () => {
      const { server, world, tracker } = await start(
        { deployment: kind, pageSize: 2 },
        kind === 'Cloud' ? {} : { JIRA_EMAIL: '' },
      );
      const { key } = await tracker.createIssue({ title: 'a', body: '' });
      for (const title of ['b', 'c', 'd']) {
        world.advance(60_000);
        await tracker.updateIssue(key, { title });
      }
      world.advance(60_000);
      server.move(key, { name: 'Done', category: 'done' });
      if (kind === 'Cloud') server.tellChanges(2);
      const changes = tracker.history ? await collect(tracker.history(key)) : [];
      expect(changes.map(({ kind: what, field, before, after }) => [what, field, before, after])).toEqual([
        ['created', undefined, undefined, undefined],
        ['changed', 'title', 'a', 'b'],
        ['changed', 'title', 'b', 'c'],
        ['changed', 'title', 'c', 'd'],
        ['changed', 'stateName', 'To Do', 'Done'],
      ]);
      expect(changes.map(({ at }) => at)).toEqual(changes.map(({ at }) => at).toSorted((one, other) => one - other));
      expect(new Set(changes.map((change) => change.key))).toEqual(new Set([key]));
      expect(changes.every(({ actor }) => actor !== undefined)).toBe(true);
    });
  }

  it('is looked for in all pages when many changes came after it, and is nobody when the issue began so', async () => {
    const { server, tracker } = await start({ pageSize: 2 });
    const { key } = await tracker.createIssue({ title: 'a', body: '' });
    server.move(key, { name: 'Done', category: 'done' });
    for (const title of ['b', 'c', 'd']) await tracker.updateIssue(key, { title });
    server.tellChanges(2);
    expect((await tracker.closedBy?.(key))?.id).toBe(server.people[1]);
    const born = await tracker.createIssue({ title: 'e', body: '' });
    Object.assign(server.issues.at(-1) ?? {}, { status: { name: 'Done', category: 'done' } });
    expect(await tracker.closedBy?.(born.key)).toBeUndefined();
  });
});

describe('Refusals of Jira', () => {
  afterEach(stop);

  for (const [lacking, permission, call] of [
    ['Create', 'Create Issues', (tracker: TrackerDriver) => tracker.createIssue({ title: 'b', body: '' })],
    ['Edit', 'Edit Issues', (tracker: TrackerDriver) => tracker.updateIssue('PACE-1', { title: 'b' })],
    ['Edit', 'Edit Issues', (tracker: TrackerDriver) => tracker.updateIssue('PACE-1', { metadata: { a: 1 } })],
    ['Comment', 'Add Comments', (tracker: TrackerDriver) => tracker.addComment('PACE-1', 'b')],
    ['Browse', 'Browse Projects', (tracker: TrackerDriver) => keys(tracker)],
  ] as const) {
    it(`name the permission “${permission}”`, async () => {
      const lacks: ('Create' | 'Edit' | 'Comment' | 'Browse')[] = [];
      const { tracker } = await start({ lacks });
      await tracker.createIssue({ title: 'a', body: '' });
      lacks.push(lacking);
      const error = await refusal(() => call(tracker), { kinds: ['permission'] });
      expect(error.remedy).toContain(`“${permission}” in the project PACE`);
    });
  }

  it('say what was written before a move that is refused, of an issue that is there or new', async () => {
    const { server, tracker } = await start();
    const { key } = await tracker.createIssue({ title: 'a', body: '' });
    const isMove = ({ method, path }: { method: string; path: string }) =>
      method === 'POST' && path.endsWith('/transitions');
    const no = { status: 403, json: { errorMessages: ['No.'], errors: {} } };
    server.trouble(isMove, no);
    const patch = { title: 'b', state: 'done', metadata: { c: 1 } } as const;
    const changed = await refusal(() => tracker.updateIssue(key, patch), { kinds: ['permission'] });
    expect(changed.done).toEqual([`${key}: title`, `${key}: metadata`]);
    server.trouble(isMove, no);
    const created = await refusal(() => tracker.createIssue({ title: 'd', body: '', state: 'done' }), {
      kinds: ['permission'],
    });
    const [newest] = await keys(tracker);
    expect(created.done).toEqual([`${newest}: created`]);
  });

  it('say that a missing “Add Comments” does not keep the state from being changed, whatever status tells it', async () => {
    for (const status of [400, 401, 403]) {
      const { server, tracker } = await start();
      const { key } = await tracker.createIssue({ title: 'a', body: '' });
      const words = 'Ada Lovelace, you do not have the permission to comment on this issue.';
      server.trouble(({ path }) => path.endsWith('/comment'), { status, json: { errorMessages: [words], errors: {} } });
      const error = await refusal(() => tracker.addComment(key, 'b'), {
        kinds: ['permission'],
        operation: 'addComment',
      });
      expect(error.remedy).toContain('“Add Comments” in the project PACE');
      expect(error.remedy).toContain('To change the state of an issue it is not needed.');
      expect((await tracker.transitionIssue(key, { state: 'done' })).state).toBe('done');
      await stop();
    }
  });

  it('name the project key when there is no such project', async () => {
    const { tracker } = await start({}, { JIRA_PROJECT_KEY: 'NOPE' });
    for (const call of [() => tracker.createIssue({ title: 'a', body: '' }), () => keys(tracker)]) {
      const error = await refusal(call, { kinds: ['permission'] });
      expect(error.message).toContain('project NOPE');
      expect(error.remedy).toContain('JIRA_PROJECT_KEY (NOPE)');
    }
  });

  it('say that the login failed, whatever the address answers', async () => {
    const { tracker } = await start({}, { JIRA_TOKEN: 'wrong' });
    for (const call of [
      () => tracker.getIssue('PACE-1'),
      () => tracker.createIssue({ title: 'a', body: '' }),
      () => collect(tracker.listComments('PACE-1')),
    ]) {
      const error = await refusal(call, { kinds: ['authentication'] });
      expect(error.remedy).toContain('JIRA_EMAIL');
      expect(error.message + error.remedy).not.toContain('wrong');
    }
  });

  for (const [name, answer, kind, words] of [
    [
      'a scope that is missing',
      { status: 401, json: { code: 401, message: 'Unauthorized; scope does not match' } },
      'permission',
      'read:jira-work',
    ],
    [
      'an API that is gone',
      { status: 410, json: { errorMessages: ['removed'], errors: {} } },
      'unsupported',
      'update PACE',
    ],
    ['a full issue', { status: 413, json: { errorMessages: ['limit'], errors: {} } }, 'validation', 'limit of Jira'],
    [
      'a CAPTCHA',
      {
        status: 403,
        json: {},
        headers: { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://x' },
      },
      'authentication',
      'CAPTCHA',
    ],
  ] as const) {
    it(`explain ${name}`, async () => {
      const { server, tracker } = await start();
      server.trouble(() => true, answer);
      const error = await refusal(() => tracker.getIssue('PACE-1'), { kinds: [kind], operation: 'getIssue' });
      expect(error.remedy).toContain(words);
    });
  }

  it('wait when Jira says so, and name the reason when it is too long', async () => {
    const { server, tracker, world } = await start();
    await tracker.createIssue({ title: 'a', body: '' });
    const limited = (seconds: string) => ({
      status: 429,
      json: {},
      headers: { 'retry-after': seconds, 'ratelimit-reason': 'jira-burst-based' },
    });
    server.trouble(() => true, limited('7'));
    await tracker.addComment('PACE-1', 'b');
    expect(world.waits).toEqual([7000]);
    server.trouble(() => true, limited('700'));
    const error = await refusal(() => tracker.getIssue('PACE-1'), { kinds: ['rate-limit'] });
    expect(error.message).toContain('jira-burst-based');
  });

  it('never repeat a write whose answer was lost', async () => {
    const { server, tracker } = await start();
    server.trouble(({ method }) => method === 'POST', 'reset-after');
    await refusal(() => tracker.createIssue({ title: 'a', body: '' }), {
      kinds: ['transient'],
      operation: 'createIssue',
    });
    expect(server.issues.length).toBe(1);
  });

  it('tell a web page from Jira', async () => {
    const { server, tracker } = await start();
    server.trouble(() => true, { status: 200, text: '<html>Log in</html>' });
    await refusal(() => tracker.getIssue('PACE-1'), { kinds: ['unexpected'], operation: 'getIssue' });
  });

  it('name JIRA_EMAIL, JIRA_TOKEN or JIRA_URL when it is missing or wrong', async () => {
    const good = { url: 'https://example.atlassian.net', email: 'a@example.org', token: 'secret', project_key: 'P' };
    for (const [wrong, name] of [
      [{ email: '' }, 'JIRA_EMAIL'],
      [{ email: 'mia' }, 'JIRA_EMAIL'],
      [{ token: '' }, 'JIRA_TOKEN'],
      [{ url: 'jira' }, 'JIRA_URL'],
      [{ url: 'https://a:secret@x' }, 'JIRA_URL'],
    ] as const) {
      const error = await refusal(() => jira.createTracker(testWorld(), { ...good, ...wrong }), {
        kinds: ['configuration'],
      });
      expect(error.message + error.remedy).toContain(name);
      expect(error.message + error.remedy).not.toContain('secret');
    }
  });
});

describe('The address of Jira', () => {
  it('may be that of a board, or that for tokens with scopes', async () => {
    const asked: string[] = [];
    const world = testWorld({
      fetch: async (input) => {
        asked.push(String(input).replace(/\?.*/, ''));
        const fields = {
          summary: 'a',
          description: null,
          status: { name: 'To Do', statusCategory: { key: 'new' } },
          resolution: null,
          created: '2026-03-02T09:00:00.000+0000',
          updated: '2026-03-02T09:00:00.000+0000',
        };
        return Response.json(
          String(input).endsWith('/serverInfo')
            ? { baseUrl: 'https://team.atlassian.net' }
            : { id: '1', key: 'P-1', fields },
        );
      },
    });
    for (const url of [
      'http://team.atlassian.net/jira/software/projects/P/boards/1',
      'https://api.atlassian.com/ex/jira/11-22',
    ]) {
      const tracker = await jira.createTracker(world, { url, email: 'a@example.org', token: 't', project_key: 'P' });
      expect((await tracker.getIssue('P-1')).url).toBe('https://team.atlassian.net/browse/P-1');
    }
    expect(asked).toEqual([
      'https://team.atlassian.net/rest/api/3/issue/P-1',
      'https://api.atlassian.com/ex/jira/11-22/rest/api/3/issue/P-1',
      'https://api.atlassian.com/ex/jira/11-22/rest/api/3/serverInfo',
    ]);
  });
});

describe('Which kind of Jira it is', () => {
  afterEach(stop);
  const good = { email: 'a@example.org', token: 't', project_key: 'P' };
  const asked = (server: Jira) => server.exchanges.map(({ asked: { path } }) => path);

  it('is looked at once, by an address that both kinds have', async () => {
    for (const [deployment, path] of [
      ['Cloud', '/rest/api/3/myself'],
      ['Data Center', '/rest/api/2/myself'],
    ] as const) {
      const { server, tracker } = await start({ deployment });
      await Promise.all([tracker.getCurrentUser(), tracker.getCurrentUser()]);
      expect(asked(server)).toEqual(['/rest/api/2/serverInfo', path, path]);
    }
  });

  it('may be said by a setting, which saves the look', async () => {
    for (const [deployment, said, path] of [
      ['Cloud', 'cloud', '/rest/api/3/myself'],
      ['Data Center', 'Data-Center', '/rest/api/2/myself'],
      ['Data Center', 'server', '/rest/api/2/myself'],
    ] as const) {
      const { server, tracker } = await start({ deployment }, { JIRA_DEPLOYMENT: said });
      await tracker.getCurrentUser();
      expect(asked(server)).toEqual([path]);
    }
    const wrong = { ...good, url: 'https://jira.example.org', deployment: 'onprem' };
    const error = await refusal(() => jira.createTracker(testWorld(), wrong), { kinds: ['configuration'] });
    expect(error.remedy).toContain('JIRA_DEPLOYMENT');
  });

  it('shows by the addresses that exist where a proxy hides what the site says of itself', async () => {
    const { server, tracker } = await start();
    server.trouble(({ path }) => path === '/rest/api/2/serverInfo', { status: 404, json: {} });
    await tracker.getCurrentUser();
    expect(asked(server)).toEqual(['/rest/api/2/serverInfo', '/rest/api/3/serverInfo', '/rest/api/3/myself']);
  });

  it('is asked for again after the look has failed', async () => {
    const { server, tracker } = await start({ deployment: 'Data Center' });
    server.trouble(({ path }) => path.endsWith('/serverInfo'), { status: 403, json: { message: 'no' } });
    const error = await refusal(() => tracker.getCurrentUser(), { kinds: ['permission'], operation: 'getCurrentUser' });
    expect(error.remedy).toContain('“Browse Projects”');
    expect((await tracker.getCurrentUser()).id).toBe('mia');
  });

  it('is not Jira when it says nothing of itself', async () => {
    const { server, tracker } = await start();
    server.trouble(({ path }) => path.endsWith('/serverInfo'), { json: { hello: 'world' } });
    const error = await refusal(() => tracker.getCurrentUser(), { kinds: ['unexpected'] });
    expect(error.remedy).toContain('JIRA_URL');
  });

  it('asks no issue for its properties that was changed before what is meant', async () => {
    const { server, world, tracker } = await start({ deployment: 'Data Center' });
    await tracker.createIssue({ title: 'Before', body: '' });
    world.advance(60_000);
    const { key, updatedAt } = await tracker.createIssue({ title: 'After', body: '' });
    server.exchanges.length = 0;
    expect(await keys(tracker, { updatedSince: updatedAt })).toEqual([key]);
    expect(asked(server).slice(1)).toEqual([`/rest/api/2/issue/${key}/properties/pace`]);
  });

  it('wrongly said is told from a missing issue', async () => {
    const { tracker } = await start({ deployment: 'Data Center' }, { JIRA_DEPLOYMENT: 'cloud' });
    const error = await refusal(() => tracker.getIssue('PACE-1'), { kinds: ['not-found'], operation: 'getIssue' });
    expect(error.remedy).toContain('JIRA_DEPLOYMENT');
  });

  it('says what the credentials must be', async () => {
    const { server, tracker } = await start({}, { JIRA_EMAIL: '' });
    const error = await refusal(() => tracker.getIssue('PACE-1'), { kinds: ['configuration'], operation: 'getIssue' });
    expect(error.message).toContain('JIRA_EMAIL');
    expect(server.exchanges.length).toBe(1);
    const dataCenter = await start({ deployment: 'Data Center' });
    expect((await dataCenter.tracker.getCurrentUser()).id).toBe('mia');
    expect(dataCenter.server.exchanges.at(-1)?.asked.headers['authorization']).toMatch(/^Basic /);
  });

  it('decides how texts are measured, as soon as it is known', async () => {
    const { tracker } = await start({ deployment: 'Data Center' });
    expect(tracker.formatDescription('**a**')).toMatchObject({ type: 'doc' });
    await tracker.getCurrentUser();
    expect([tracker.formatDescription('**a**'), tracker.measureBody('**a**')]).toEqual(['*a*', 3]);
    const bearer = await start({ deployment: 'Data Center' }, { JIRA_EMAIL: '' });
    expect(bearer.tracker.formatDescription('**a**')).toBe('*a*');
  });
});

describe('Everything that was sent and imitated', () => {
  afterAll(stop);

  it('agrees with the description of the vendor', () => {
    const spec = loadSpec('jira', { nullable: true });
    const ours = exchanges.filter(
      ({ asked, answer }) => asked.path.startsWith('/rest/api/3/') && !(answer.status === 200 && answer.text),
    );
    expect(ours.length).toBeGreaterThan(500);
    expect([...new Set(spec.violations(ours))]).toEqual([]);
  });

  it('agrees with it in version 2, where that has the same shape', () => {
    const spec = loadSpec('jira', { nullable: true });
    const alike =
      /\/rest\/api\/2\/(?:version|issueLink|issueLinkType|priority|resolution|mypermissions|issue\/[^/]+\/(?:transitions|properties\/\w+)|project\/[^/]+(?:\/(?:versions|statuses))?)(?:\/[^/]+)?$/;
    const translated = exchanges
      .filter(({ asked, answer }) => alike.test(asked.path) && !(answer.status === 200 && answer.text))
      .map(({ asked, answer }) => ({
        answer,
        asked: { ...asked, path: asked.path.replace(/^.*\/rest\/api\/2/, '/rest/api/3') },
      }));
    expect(translated.length).toBeGreaterThan(200);
    expect([...new Set(spec.violations(translated))]).toEqual([]);
  });

  it('is what jira.js sends for the same purpose, where it has the like', async () => {
    const toCloud = exchanges.map(({ asked }) => asked).filter(({ path }) => path.startsWith('/rest/api/3/'));
    const pairs = await Promise.all(toCloud.map(async (asked) => [asked, await vendorRequest(asked)] as const));
    const alike = pairs.filter(([, theirs]) => theirs !== undefined);
    expect(alike.length).toBeGreaterThan(500);
    expect(new Set(alike.map(([asked]) => kindOf(asked))).size).toBeGreaterThan(25);
    for (const [asked, theirs] of alike) expect(asSent(asked)).toEqual(theirs);
    // Atlassian has declared both out of date, and answers them; Data Center has nothing else
    const others = pairs.filter(([, theirs]) => theirs === undefined).map(([asked]) => kindOf(asked));
    expect([...new Set(others)].sort()).toEqual(['DELETE version/:id', 'GET resolution']);
  });

  it('would differ from it by a misspelt parameter, in the query and in the body', async () => {
    const [read, create] = [/\/issue\/PACE-1$/, /\/issue$/].map(
      (path) => exchanges.find(({ asked, answer }) => answer.status < 300 && path.test(asked.path))?.asked,
    );
    if (!read || !create) throw new Error('nothing was read or created');
    const misread = { ...read, query: new URLSearchParams([...read.query, ['expands', 'names']]) };
    const miscreated = { ...create, body: { ...Object(create.body), propertys: [] } };
    for (const [good, bad] of [
      [read, misread],
      [create, miscreated],
    ] as const) {
      expect(await vendorRequest(good)).toEqual(asSent(good));
      expect(await vendorRequest(bad)).not.toEqual(asSent(bad));
    }
  });
});
