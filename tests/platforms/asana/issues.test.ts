import { afterEach, describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { Issue, Settings, TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { PERMISSIONS } from '../../../platforms/asana/refusals.ts';
import { refusal } from '../../contract/refusal.ts';
import { type AsanaOptions, type AsanaServer, startAsana } from '../../support/asana.ts';
import { asked, expectDescribed, settingsFor, trackerFor } from './bench.ts';

const servers: AsanaServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    expectDescribed(server);
    await server.close();
  }
});

async function open(options: AsanaOptions = {}, settings: Settings = {}) {
  const server = await startAsana(options);
  servers.push(server);
  const { world, tracker } = trackerFor(server, settings);
  return { server, world, tracker, whole: completeTracker({ driver: tracker, name: 'Asana', world }) };
}

const DRAFT = { title: 'One', body: 'Text.' };

describe('what is asked', () => {
  test('a plain issue is one request, a change another, and a label that was seen costs nothing', async () => {
    const { server, tracker } = await open();
    const { key } = await tracker.createIssue({ ...DRAFT, metadata: { a: 1 } });
    await tracker.updateIssue(key, { title: 'Two', body: 'Other.', metadata: {} });
    expect(asked(server)).toEqual(['POST /tasks', `PUT /tasks/${key}`]);
    await tracker.createIssue({ ...DRAFT, labels: ['pace-hold'] });
    const another = trackerFor(server).tracker;
    const from = server.exchanges.length;
    await collect(another.listIssues({ labels: ['pace-hold'] }));
    await another.createIssue({ ...DRAFT, labels: ['PACE-HOLD'] });
    expect(asked(server, from)).toEqual(['GET /tasks', 'POST /tasks']);
    expect(server.state.tags.map(({ name }) => name)).toEqual(['pace-hold']);
  });

  test('a change that is refused leaves the tags as they were', async () => {
    const { server, tracker } = await open();
    const { key } = await tracker.createIssue({ ...DRAFT, labels: ['old', 'gone'] });
    server.trouble(({ method }) => method === 'PUT', { status: 400, json: { errors: [{ message: 'Because.' }] } });
    const patch = { title: 'Never', addLabels: ['new'], removeLabels: ['gone'] };
    await expect(tracker.updateIssue(key, patch)).rejects.toThrow();
    expect((await tracker.getIssue(key)).labels.toSorted()).toEqual(['gone', 'old']);
  });

  test('a change whose answer is lost leaves the tags as they are now, and tells of them', async () => {
    const { server, tracker } = await open();
    const { key } = await tracker.createIssue({ ...DRAFT, labels: ['old', 'gone'] });
    server.trouble(
      ({ method }) => method === 'PUT',
      () => ({ status: 502, json: {} }),
    );
    const patch = { title: 'Perhaps', addLabels: ['new'], removeLabels: ['gone'] };
    await expect(tracker.updateIssue(key, patch)).rejects.toMatchObject({
      ...{ kind: 'transient', unsure: true, done: [`${key}: labels`] },
      message: expect.stringMatching(new RegExp(`^${key} was changed in part: labels is written\\. `)),
    });
    expect((await tracker.getIssue(key)).labels.toSorted()).toEqual(['new', 'old']);
  });

  test('a change that is refused leaves parent and section as they were', async () => {
    const { server, tracker } = await open();
    const above = await tracker.createIssue(DRAFT);
    const { key } = await tracker.createIssue(DRAFT);
    server.trouble(({ method }) => method === 'PUT', { status: 400, json: { errors: [{ message: 'Because.' }] } });
    const patch = { title: 'Never', parent: above.key, state: 'in_progress' } as const;
    await expect(tracker.updateIssue(key, patch)).rejects.toMatchObject({ kind: 'validation', done: undefined });
    const after = await tracker.getIssue(key);
    expect([after.title, after.parent, after.state]).toEqual(['One', undefined, 'open']);
  });

  test('a task that is created and cannot be moved says that it is there', async () => {
    const { server, tracker } = await open();
    server.trouble(({ path }) => path.endsWith('/addTask'), { status: 403, json: { errors: [{ message: 'No.' }] } });
    const call = () => tracker.createIssue({ ...DRAFT, state: 'in_progress' });
    const error = await refusal(call, { kinds: ['permission'], operation: 'createIssue' });
    const [task] = await collect(tracker.listIssues());
    expect([error.done, task?.title]).toEqual([[`${task?.key}: created`], 'One']);
  });

  test('the workspace is not asked for where it is configured', async () => {
    const { server, tracker } = await open();
    await tracker.createIssue({ ...DRAFT, labels: ['a'] });
    const { workspace, project } = server.state;
    const path = `/workspaces/${workspace}`;
    expect(asked(server)).toEqual([
      `GET /projects/${project}`,
      `GET ${path}/typeahead`,
      `POST ${path}/tags`,
      'POST /tasks',
    ]);
    const from = server.exchanges.length;
    await trackerFor(server, { workspace }).tracker.createIssue({ ...DRAFT, labels: ['b'] });
    expect(asked(server, from)).toEqual([`GET ${path}/typeahead`, `POST ${path}/tags`, 'POST /tasks']);
  });

  test('closing is the section and then the flag, together with the rest', async () => {
    const { server, tracker } = await open();
    const { key } = await tracker.createIssue(DRAFT);
    const from = server.exchanges.length;
    await tracker.updateIssue(key, { metadata: { a: 1 }, state: 'done' });
    const [done] = server.state.sections.filter(({ name }) => name === 'Done');
    expect(asked(server, from)).toEqual([
      `GET /tasks/${key}`,
      `GET /projects/${server.state.project}/sections`,
      `POST /sections/${done?.gid}/addTask`,
      `PUT /tasks/${key}`,
    ]);
  });

  test('lists of open issues, and of what is new, are shorter', async () => {
    const { server, tracker } = await open();
    const queries = async (filter: Parameters<TrackerDriver['listIssues']>[0]) => {
      await collect(tracker.listIssues(filter));
      const { query } = server.exchanges.at(-1)?.asked ?? {};
      return ['completed_since', 'modified_since'].map((name) => query?.get(name));
    };
    expect(await queries({ state: 'open' })).toEqual(['2026-03-02T09:00:00.000Z', null]);
    expect(await queries({ states: ['open', 'blocked'] })).toEqual(['2026-03-02T09:00:00.000Z', null]);
    expect(await queries({ states: ['open', 'done'] })).toEqual([null, null]);
    expect(await queries({ createdSince: 5000, updatedSince: 1000 })).toEqual([null, '1970-01-01T00:00:05.000Z']);
  });

  test('only what is read', async () => {
    const { server, tracker } = await open();
    const { key } = await tracker.createIssue(DRAFT);
    await tracker.getIssue(key);
    expect(server.exchanges.at(-1)?.asked.query.get('opt_fields')?.split(',')).toEqual(
      expect.arrayContaining(['html_notes', 'memberships.section.name', 'custom_fields.enum_value.name']),
    );
  });
});

describe('lists', () => {
  test('have all pages, newest first, each issue once, also while others are created', async () => {
    let clock = Date.UTC(2026, 2, 1);
    const { server, tracker } = await open({
      now: () => {
        clock += 1000;
        return clock;
      },
    });
    const drafts = Array.from({ length: 230 }, (_, index) => ({ title: `No. ${index}`, body: '' }));
    for (let at = 0; at < drafts.length; at += 10) await tracker.batch?.create?.(drafts.slice(at, at + 10));
    const from = server.exchanges.length;
    server.trouble(
      ({ query }) => query.has('offset'),
      (answer) => {
        // all later pages move by one
        server.state.tasks.unshift({ ...(server.state.tasks[0] as (typeof server.state.tasks)[number]), gid: '5' });
        return answer;
      },
      1,
    );
    const titles = (await collect(tracker.listIssues())).map(({ title }) => title);
    expect(titles).toEqual(drafts.map(({ title }) => title).reverse());
    expect(asked(server, from)).toEqual(['GET /tasks', 'GET /tasks', 'GET /tasks']);
  });

  test('of children have also those that people have made, which are in no project', async () => {
    const { server, tracker } = await open();
    const parent = await tracker.createIssue(DRAFT);
    const child = await tracker.createIssue({ ...DRAFT, parent: parent.key });
    const bare = await tracker.createIssue({ ...DRAFT, parent: parent.key });
    for (const task of server.state.tasks) if (task.gid === bare.key) task.section = undefined;
    const found = await collect(tracker.listIssues({ parent: parent.key }));
    expect(found.map(({ key, stateName }) => [key, stateName]).sort()).toEqual([
      [child.key, 'To do'],
      [bare.key, 'Incomplete'],
    ]);
    expect((await tracker.transitionIssue(bare.key, { state: 'done' })).state).toBe('done');
    await refusal(() => tracker.transitionIssue(bare.key, { state: 'blocked' }), { kinds: ['transition'] });
  });

  test('that lie about their next page are strange', async () => {
    const { server, tracker } = await open();
    server.trouble(
      ({ path }) => path.endsWith('/tasks'),
      (answer) => ({ ...answer, json: { data: [], next_page: {} } }),
    );
    await refusal(() => collect(tracker.listIssues()), { kinds: ['unexpected'] });
  });
});

describe('labels', () => {
  test('of one name are one, wherever two runs have made two tags', async () => {
    const { server, tracker, whole } = await open();
    await tracker.createIssue({ ...DRAFT, labels: ['twin'] });
    for (const { gid } of server.state.tags) server.state.hiddenTags.add(gid);
    const other = await trackerFor(server).tracker.createIssue({ ...DRAFT, labels: ['twin'] });
    expect(server.state.tags.map(({ name }) => name)).toEqual(['twin', 'twin']);
    expect(await collect(whole.listIssues({ labels: ['twin'] }))).toHaveLength(2);
    expect(await collect(whole.listLabels())).toEqual([{ name: 'twin' }]);
    await tracker.updateIssue(other.key, { removeLabels: ['TWIN'] });
    expect((await tracker.getIssue(other.key)).labels).toEqual([]);
    await whole.deleteLabel('twin');
    expect(server.state.tags).toEqual([]);
  });

  test('that cannot be created are asked for again the next time', async () => {
    const { server, tracker } = await open();
    server.state.denied.add('tags:write');
    const { remedy } = await refusal(() => tracker.createIssue({ ...DRAFT, labels: ['new'] }), {
      kinds: ['permission'],
    });
    expect(remedy).toContain('`tags:write`');
    expect(server.state.tasks).toEqual([]);
    server.state.denied.clear();
    expect((await tracker.createIssue({ ...DRAFT, labels: ['new'] })).labels).toEqual(['new']);
  });
});

describe('fields', () => {
  test('that the project lacks are unsupported, with the way to add them', async () => {
    const { whole } = await open({
      fields: { Priority: ['Blau', 'Rot'], Estimate: 0 },
      sections: ['Untitled section'],
    });
    const { unsupported, states, priorities } = await whole.capabilities();
    expect([states, priorities]).toEqual([['open', 'done'], []]);
    expect(Object.keys(unsupported)).toEqual(expect.arrayContaining(['priority', 'type', 'milestone', 'sprint']));
    expect(unsupported.storyPoints).toBeUndefined();
    const { remedy } = await refusal(() => whole.createIssue({ ...DRAFT, type: 'bug' }), { kinds: ['unsupported'] });
    expect(remedy).toContain('Customize → Fields');
    expect((await whole.createIssue({ ...DRAFT, storyPoints: 3 })).storyPoints).toBe(3);
    await refusal(() => whole.createIssue({ ...DRAFT, storyPoints: 0.5 }), { kinds: ['validation'] });
  });

  test('have the options that the project has', async () => {
    const { whole } = await open({ fields: { priority: ['P0', 'Urgent', 'Low'], 'Issue type': ['Incident'] } });
    const { priorities, types } = await whole.capabilities();
    expect([priorities, types]).toEqual([[0, 3], ['incident']]);
    const { priority, type } = await whole.createIssue({ ...DRAFT, priority: 3, type: 'Incident' });
    expect([priority, type]).toEqual([3, 'incident']);
  });
});

describe('people', () => {
  test('are known by number, address and name', async () => {
    const { server, tracker } = await open();
    const [, ada] = server.state.users;
    for (const who of [ada?.gid, ada?.email, 'ada lovelace'])
      expect((await tracker.createIssue({ ...DRAFT, assignees: [who ?? ''] })).assignees).toEqual([
        { id: ada?.gid, name: 'Ada Lovelace' },
      ]);
  });

  test('who are unknown do not lose a new issue, and it is said', async () => {
    const { tracker, world } = await open();
    for (const who of ['nobody', '42', 'nobody@example.org'])
      expect((await tracker.createIssue({ ...DRAFT, assignees: [who] })).assignees).toEqual([]);
    expect(world.lines.filter((line) => line.startsWith('warn: Asana does not know'))).toHaveLength(3);
  });

  test('who have opened an issue are trusted when it is the token’s own user', async () => {
    const { server, tracker } = await open();
    const issue = await tracker.createIssue(DRAFT);
    const other = { ...issue, author: { id: server.state.users[1]?.gid ?? '', name: 'Ada' } };
    expect([await tracker.isTrusted?.(issue), await tracker.isTrusted?.(other)]).toEqual([true, false]);
  });
});

describe('states', () => {
  test('a new issue does not stay in a first section that stands for something else', async () => {
    const { server, tracker } = await open({ sections: ['Doing', 'To do', 'Done'] });
    const issue = await tracker.createIssue(DRAFT);
    expect([issue.state, issue.stateName]).toEqual(['open', 'To do']);
    expect(asked(server).map((line) => line.split(' ')[0])).toEqual(['POST', 'GET', 'POST', 'GET']);
  });

  test('a missing section is refused before anything is written', async () => {
    const { server, whole } = await open({ sections: ['To do', 'Done'] });
    const { key } = await whole.createIssue(DRAFT);
    const from = server.exchanges.length;
    const { message } = await refusal(() => whole.transitionIssue(key, 'canceled'), { kinds: ['transition'] });
    expect(message).toContain('“To do”, “Done”');
    expect(asked(server, from).filter((line) => !line.startsWith('GET'))).toEqual([]);
  });
});

describe('batches', () => {
  test('are ten in a request; one that is refused does not touch the others', async () => {
    const { server, whole } = await open();
    const drafts = Array.from({ length: 12 }, (_, index) => ({ ...DRAFT, title: `No. ${index}` }));
    const state = 'blocked' as const;
    const answers = await whole.createMany([...drafts, { ...DRAFT, state }, { ...DRAFT, parent: '999999' }]);
    expect(answers.map(({ ok }) => ok)).toEqual([...drafts.map(() => true), true, false]);
    const last = answers.at(-2);
    expect(last?.ok && last.issue.state).toBe('blocked');
    const bad = answers.at(-1);
    expect(bad?.ok === false && [bad.error.kind, bad.error.message]).toEqual([
      'not-found',
      'There is no task 999999 that this token sees.',
    ]);
    expect(asked(server).filter((line) => line === 'POST /batch')).toHaveLength(2);
  });

  test('tell of a part that Asana refuses in its own words', async () => {
    const { server, whole } = await open();
    server.state.denied.add('tasks:write');
    const answers = await whole.createMany([DRAFT, DRAFT]);
    for (const answer of answers) {
      const error = answer.ok ? new PaceError({ kind: 'unexpected', message: '', remedy: '' }) : answer.error;
      expect([error.kind, error.remedy]).toEqual(['permission', expect.stringContaining('`tasks:write`')]);
    }
  });
});

describe('refusals', () => {
  const link = (target: string) => ({ type: 'blocks', target }) as const;
  type Deed = (tracker: TrackerDriver, key: string, comment: string) => unknown;
  const DEEDS: Readonly<Record<keyof typeof PERMISSIONS, Deed>> = {
    capabilities: (tracker) => tracker.capabilities(),
    getCurrentUser: (tracker) => tracker.getCurrentUser(),
    isTrusted: (tracker) => tracker.isTrusted?.(ISSUE),
    getIssue: (tracker, key) => tracker.getIssue(key),
    closedBy: (tracker, key) => tracker.closedBy?.(key),
    listIssues: (tracker) => collect(tracker.listIssues()),
    createIssue: (tracker) => tracker.createIssue(DRAFT),
    updateIssue: (tracker, key) => tracker.updateIssue(key, { title: 'x' }),
    transitionIssue: (tracker, key) => tracker.transitionIssue(key, { state: 'done' }),
    getAvailableTransitions: (tracker, key) => tracker.getAvailableTransitions(key),
    deleteIssue: (tracker, key) => tracker.deleteIssue?.(key),
    listAttachments: (tracker, key) => tracker.listAttachments && collect(tracker.listAttachments(key)),
    listComments: (tracker, key) => collect(tracker.listComments(key)),
    addComment: (tracker, key) => tracker.addComment(key, 'x'),
    updateComment: (tracker, key, comment) => tracker.updateComment?.(key, comment, 'x'),
    deleteComment: (tracker, key, comment) => tracker.deleteComment?.(key, comment),
    getIssueLinks: (tracker, key) => tracker.getIssueLinks?.(key),
    createLink: (tracker, key) => tracker.createLink?.(key, link('1')),
    deleteLink: (tracker, key) => tracker.deleteLink?.(key, link('1')),
    listLabels: (tracker) => tracker.listLabels && collect(tracker.listLabels()),
    createLabel: (tracker) => tracker.createLabel?.({ name: 'x' }),
    updateLabel: (tracker) => tracker.updateLabel?.('there', { name: 'x' }),
    deleteLabel: (tracker) => tracker.deleteLabel?.('there'),
    listUsers: (tracker) => tracker.listUsers && collect(tracker.listUsers()),
  };
  const ISSUE: Issue = {
    ...{ key: '1', url: '', title: '', body: '', stateName: '', labels: [], assignees: [] },
    ...{ state: 'open', createdAt: 0, updatedAt: 0, metadata: {}, author: { id: 'x', name: 'x' } },
  };

  test.each(Object.entries(PERMISSIONS))('%s names what is missing', async (operation, { scope }) => {
    const { server, tracker } = await open();
    await tracker.createLabel?.({ name: 'there' });
    const { key } = await tracker.createIssue(DRAFT);
    const { id: comment } = await tracker.addComment(key, 'Said.');
    server.state.denied.add(scope);
    const another = trackerFor(server).tracker;
    const call = async () => DEEDS[operation as keyof typeof PERMISSIONS](another, key, comment);
    const error = await refusal(call, { kinds: ['permission'], operation });
    expect(error.remedy).toContain(`\`${scope}\``);
    expect(error.remedy).toContain(server.state.project);
  });

  test.each([
    [402, 'unsupported', /plan/],
    [404, 'not-found', /check the number/],
    [401, 'authentication', /PACE_ASANA_TOKEN/],
    [500, 'transient', /next run/],
  ] as const)('%s is %s', async (status, kind, remedy) => {
    const { server, tracker } = await open();
    server.trouble(() => true, { status, json: { errors: [{ message: 'Because.' }] } }, 10);
    const error = await refusal(() => tracker.createIssue(DRAFT), { kinds: [kind], operation: 'createIssue' });
    expect(error.remedy).toMatch(remedy);
  });

  test('a limit is waited for as long as Asana says', async () => {
    const { server, tracker, world } = await open();
    const limited = { status: 429, json: { errors: [{ message: 'Slow.' }] }, headers: { 'retry-after': '30' } };
    server.trouble(() => true, limited);
    await tracker.createIssue(DRAFT);
    expect(world.waits).toEqual([30_000]);
    expect(server.state.tasks).toHaveLength(1);
  });

  test.each([
    [{ project: 'Release' }, /gid of a project/],
    [{ workspace: 'acme' }, /gid of a workspace/],
    [{ api_url: 'app.asana.com' }, /api_url/],
    [{ api_url: 'https://me:secret@app.asana.com' }, /user name/],
  ])('the settings %j are refused', async (settings, words) => {
    const { server } = await open();
    expect(() => trackerFor(server, settings)).toThrow(words);
  });

  test('another page in place of the API is told from it', async () => {
    const { server, tracker } = await open();
    const page = { status: 200, text: '<html>Please log in</html>', headers: { 'content-type': 'text/html' } };
    server.trouble(() => true, page, 5);
    const { remedy } = await refusal(() => tracker.getIssue('1'), { kinds: ['unexpected'], operation: 'getIssue' });
    expect(remedy).toContain('ASANA_API_URL');
  });

  test('an address with a path and a slash at its end is one', async () => {
    const { server } = await open();
    const settings = settingsFor(server, { api_url: `${server.apiUrl}/` });
    const { createTracker } = await import('../../../platforms/asana/issues.ts');
    const { testWorld } = await import('../../support/world.ts');
    expect((await createTracker(testWorld(), settings).getCurrentUser()).name).toBe('Release Bot');
  });
});
