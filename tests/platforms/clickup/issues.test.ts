import { afterEach, describe, expect, test } from 'vitest';
import { asPaceError } from '../../../core/errors.ts';
import type { Settings, TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { type ClickUp, type ClickUpOptions, startClickUp } from '../../support/clickup.ts';
import { asked, expectDescribed, trackerOn } from './bench.ts';

const opened: ClickUp[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) {
    await server.close();
    expectDescribed(server);
  }
});

async function on(options: ClickUpOptions = {}, settings: Settings = {}) {
  const server = await startClickUp(options);
  opened.push(server);
  const { tracker: driver, world } = await trackerOn(server, settings);
  const tracker = completeTracker({ driver, name: 'ClickUp', world });
  /** Method and path of what the work asks for. */
  async function requests(work: () => Promise<unknown>): Promise<string[]> {
    const before = server.exchanges.length;
    await work();
    return asked({ exchanges: server.exchanges.slice(before) });
  }
  return { server, tracker, driver, world, requests };
}

function failure(work: Promise<unknown>) {
  return work.then(
    () => expect.unreachable('it went through'),
    (error: unknown) => asPaceError(error),
  );
}

const draft = { title: 'A task', body: 'Text.' };

describe('requests', () => {
  test('a plain create, read and change are one each', async () => {
    const { tracker, requests } = await on();
    expect(await requests(() => tracker.createIssue(draft))).toEqual(['POST /list/901234567890/task']);
    expect(await requests(() => tracker.getIssue('86c100'))).toEqual(['GET /task/86c100']);
    const both = { body: 'Other.', metadata: { a: 1 } };
    expect(await requests(() => tracker.updateIssue('86c100', both))).toEqual(['PUT /task/86c100']);
    expect(await requests(() => tracker.transitionIssue('86c100', 'done'))).toHaveLength(3);
    expect(await requests(() => tracker.transitionIssue('86c100', 'open'))).toHaveLength(2);
  });

  test('tags are looked for once, and made where they are missing', async () => {
    const { server, tracker, requests } = await on();
    const labels = ['known', 'new/one'];
    expect(await requests(() => tracker.createIssue({ ...draft, labels }))).toEqual([
      'GET /list/901234567890',
      'GET /space/790/tag',
      'POST /space/790/tag',
      'POST /list/901234567890/task',
    ]);
    expect(await requests(() => tracker.createIssue({ ...draft, labels }))).toHaveLength(1);
    expect(server.state.tags.map(({ name }) => name)).toEqual(labels);
  });

  test('a tag that is deleted meanwhile is made again', async () => {
    const { server, tracker } = await on();
    await tracker.createIssue({ ...draft, labels: ['gone'] });
    server.state.tags = [];
    expect((await tracker.createIssue({ ...draft, labels: ['gone'] })).labels).toEqual(['gone']);
    server.state.tags = [];
    expect((await tracker.updateIssue('86c100', { addLabels: ['gone', 'new'] })).labels).toContain('new');
  });

  test('a change that is refused leaves the tags as they were', async () => {
    const { server, tracker } = await on();
    const { key } = await tracker.createIssue({ ...draft, labels: ['old', 'gone'] });
    server.trouble(({ method, path }) => method === 'PUT' && path.endsWith(`/task/${key}`), {
      status: 400,
      json: { err: 'Status not found', ECODE: 'CRTSK_001' },
    });
    const patch = { state: 'done', addLabels: ['new'], removeLabels: ['gone'] } as const;
    await expect(tracker.updateIssue(key, patch)).rejects.toThrow();
    const { labels, state } = await tracker.getIssue(key);
    expect([labels.toSorted(), state]).toEqual([['gone', 'old'], 'open']);
  });

  test('a change whose answer is lost leaves the tags as they are now, and tells of them', async () => {
    const { server, tracker } = await on();
    const { key } = await tracker.createIssue({ ...draft, labels: ['old', 'gone'] });
    const isPut = ({ method, path }: { method: string; path: string }) =>
      method === 'PUT' && path.endsWith(`/task/${key}`);
    server.trouble(isPut, () => ({ status: 502, json: {} }));
    const patch = { state: 'done', addLabels: ['new'], removeLabels: ['gone'] } as const;
    await expect(tracker.updateIssue(key, patch)).rejects.toMatchObject({
      ...{ kind: 'transient', unsure: true, done: [`${key}: labels`] },
    });
    expect((await tracker.getIssue(key)).labels.toSorted()).toEqual(['new', 'old']);
  });

  test('a change that was done keeps its tags when only looking at it is refused', async () => {
    const { server, tracker } = await on({ bareAnswers: true });
    const { key } = await tracker.createIssue({ ...draft, labels: ['old'] });
    const before = await tracker.getIssue(key);
    let isDone = false;
    const isLook = ({ method, path }: { method: string; path: string }) => {
      const isLater = isDone;
      isDone ||= method === 'PUT';
      return isLater && method === 'GET' && path.endsWith(`/task/${key}`);
    };
    server.trouble(isLook, { status: 401, json: { err: 'Team not authorized', ECODE: 'OAUTH_027' } });
    const refused = tracker.updateIssue(key, { state: 'done', addLabels: ['new'] });
    await expect(refused).rejects.toMatchObject({ done: [`${key}: labels`, `${key}: state`] });
    const after = await tracker.getIssue(key);
    expect([before.state, after.state, after.labels.toSorted()]).toEqual(['open', 'done', ['new', 'old']]);
  });

  test('a task that is created and cannot be looked at says that it is there', async () => {
    const { server, tracker } = await on({ bareAnswers: true });
    const isLook = ({ method, path }: { method: string; path: string }) => method === 'GET' && path.includes('/task/');
    server.trouble(isLook, { status: 401, json: { err: 'Team not authorized', ECODE: 'OAUTH_027' } });
    const error = await tracker.createIssue(draft).catch((met: unknown) => met);
    const [task] = await collect(tracker.listIssues());
    expect(error).toMatchObject({ operation: 'createIssue', done: [`${task?.key}: created`] });
  });

  test('answers to writes without Markdown are completed', async () => {
    const { tracker } = await on({ bareAnswers: true });
    const created = await tracker.createIssue({ ...draft, metadata: { a: 1 } });
    expect([created.body, created.metadata]).toEqual(['Text.', { a: 1 }]);
    expect((await tracker.transitionIssue(created.key, 'done')).metadata).toEqual({ a: 1 });
  });
});

test('capitals in labels are refused with what to write, and looked for without regard to them', async () => {
  const { tracker, requests } = await on();
  const sent = await requests(async () => {
    const { kind, remedy } = await failure(tracker.createIssue({ ...draft, labels: ['Bug'] }));
    expect([kind, remedy]).toEqual(['validation', 'Please write it as “bug”.']);
  });
  expect(sent).toEqual([]);
  const { key } = await tracker.createIssue({ ...draft, labels: ['bug'] });
  expect((await collect(tracker.listIssues({ labels: ['BUG'] }))).map((issue) => issue.key)).toEqual([key]);
  expect((await tracker.updateIssue(key, { removeLabels: ['BUG'] })).labels).toEqual([]);
});

test('lists are newest first, whichever way ClickUp turns them', async () => {
  for (const oldestFirst of [false, true]) {
    const { server, tracker, requests } = await on({ oldestFirst });
    for (const title of ['1', '2', '3']) await tracker.createIssue({ ...draft, title });
    const titles = async () => (await collect(tracker.listIssues())).map(({ title }) => title);
    expect(await titles()).toEqual(['3', '2', '1']);
    expect(await requests(titles)).toHaveLength(1);
    expect(server.exchanges.at(-1)?.asked.query.get('reverse')).toBe(oldestFirst ? 'true' : null);
  }
});

test('comments come from more than one page, oldest first', async () => {
  const { server, tracker, requests } = await on();
  const { key } = await tracker.createIssue(draft);
  const row = server.state.tasks[0];
  for (let count = 0; count < 60; count += 1)
    row?.comments.push({ id: 1000 + count, text: `No. ${count}`, userId: 812, at: 1e12 + Math.floor(count / 2) });
  const found = () => collect(tracker.listComments(key));
  expect((await found()).map(({ body }) => body)).toEqual(Array.from({ length: 60 }, (_, count) => `No. ${count}`));
  expect(await requests(found)).toHaveLength(4);
});

test('a claim holds though the editor formats comments', async () => {
  const { tracker, world } = await on({ formatsComments: true });
  const { key } = await tracker.createIssue(draft);
  const held = await tracker.claim(key, { agent: 'ann', forMs: 60_000 });
  expect(await tracker.currentClaim(key)).toEqual(held);
  expect(held.until).toBe(world.now() + 60_000);
});

test('a comment keeps its links, boxes and images though the editor formats it', async () => {
  const { tracker } = await on({ formatsComments: true });
  const { key } = await tracker.createIssue(draft);
  const body = 'Fixed by <https://example.org/pull/8>\n- [x] done\n- [ ] todo\n![a b.png](https://files.example.org/1)';
  await tracker.addComment(key, body);
  expect((await collect(tracker.listComments(key))).map((comment) => comment.body)).toEqual([body]);
});

test.each([-11, -8, 0, 5.5, 12])('a day that is due keeps its date for a user at UTC%+d', async (zone) => {
  const { tracker } = await on({ zone });
  expect((await tracker.createIssue({ ...draft, dueDate: '2028-02-29' })).dueDate).toBe('2028-02-29');
});

test('a subtask that ClickUp does not let go stays one, and nothing else is written', async () => {
  const { server, tracker } = await on({ keepsParents: true });
  const parent = await tracker.createIssue(draft);
  const { key } = await tracker.createIssue({ ...draft, parent: parent.key });
  const error = await failure(tracker.updateIssue(key, { parent: null, title: 'Never' }));
  expect([error.kind, error.remedy]).toEqual(['unsupported', expect.stringContaining('Convert to task')]);
  expect(server.state.tasks.map(({ name }) => name)).toEqual(['A task', 'A task']);
});

test('custom ids are read and written to', async () => {
  const { tracker, requests } = await on({ prefix: 'SHOP' });
  const { key } = await tracker.createIssue(draft);
  expect(await requests(() => tracker.getIssue('shop-1'))).toEqual(['GET /team', 'GET /task/SHOP-1']);
  expect((await tracker.updateIssue('SHOP-1', { title: 'Other' })).key).toBe(key);
  await tracker.addComment('SHOP-1', 'Text.');
  expect(await collect(tracker.listComments(key))).toHaveLength(1);
  const { tracker: told } = await trackerOn(opened[0] as ClickUp, { workspace: '9012345678' });
  expect((await told.getIssue('SHOP-1')).key).toBe(key);
});

test('the Workspace is found among several', async () => {
  const { tracker } = await on({ otherWorkspaces: 2 });
  expect((await collect(tracker.listUsers())).map(({ name }) => name)).toContain('Ada Lovelace');
  const { tracker: wrong } = await on({}, { workspace: '7' });
  expect((await failure(collect(wrong.listUsers()))).message).toContain('no Workspace 7');
});

test('people are found by name and e-mail address, types by name', async () => {
  const { tracker, world } = await on();
  const assignees = ['ada lovelace', 'GRACE@example.org', '813', 'nobody'];
  const issue = await tracker.createIssue({ ...draft, assignees, type: 'Bug' });
  expect([issue.assignees.map(({ id }) => id), issue.type]).toEqual([['812', '813'], 'bug']);
  expect(world.lines.join('\n')).toContain('ClickUp does not know nobody');
});

test('a Space without a ClickApp says which', async () => {
  const features = { points: { enabled: false }, due_dates: { enabled: false }, priorities: { enabled: false } };
  const { tracker } = await on({ features, severalAssignees: false });
  const { unsupported, priorities } = await tracker.capabilities();
  expect(priorities).toEqual([]);
  expect(Object.keys(unsupported)).toEqual(
    expect.arrayContaining(['storyPoints', 'dueDate', 'priority', 'several assignees']),
  );
  expect((await failure(tracker.createIssue({ ...draft, storyPoints: 3 }))).remedy).toContain('Sprint Points');
});

test('a configured status is where new tasks begin', async () => {
  const { tracker } = await on({}, { states: '{"open":["blocked"]}' });
  expect(await tracker.createIssue(draft)).toMatchObject({ state: 'open', stateName: 'blocked' });
});

describe('refusals', () => {
  test.each([
    ['read', 'addComment', 'Comment', (tracker: TrackerDriver, key: string) => tracker.addComment(key, 'Text.')],
    [
      'comment',
      'updateIssue',
      'Edit',
      (tracker: TrackerDriver, key: string) => tracker.updateIssue(key, { title: 'x' }),
    ],
    ['edit', 'createIssue', 'Full edit', (tracker: TrackerDriver) => tracker.createIssue(draft)],
  ] as const)('of a user who may only %s: %s names the permission', async (level, operation, needs, call) => {
    const { server, driver } = await on();
    const { key } = await driver.createIssue(draft);
    Object.assign(server.state.options, { level });
    const error = await failure(call(driver, key));
    expect([error.kind, error.operation]).toEqual(['permission', operation]);
    expect(error.remedy).toContain(`“${needs}” on the List 901234567890`);
  });

  test('what is not there is not taken for a wrong token, and the other way round', async () => {
    const { tracker } = await on();
    const gone = await failure(tracker.getIssue('86czzz'));
    expect([gone.kind, gone.remedy]).toEqual(['not-found', expect.stringContaining('gives the same answer')]);
    const { tracker: stranger } = await on({}, { token: 'pk_wrong' });
    expect((await failure(stranger.getIssue('86c100'))).kind).toBe('authentication');
  });

  test('a limit is waited for until it is over', async () => {
    const { server, tracker, world } = await on();
    const reset = String(Math.ceil(world.now() / 1000) + 20);
    const headers = { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    const answer = { status: 429, headers, json: { err: 'Rate limit reached', ECODE: 'APP_002' } };
    server.trouble(({ method }) => method === 'GET', answer);
    await tracker.getCurrentUser();
    expect(world.waits).toEqual([20_000]);
  });
});

test('an issue is trusted when the token’s own user has made it', async () => {
  const { server, driver } = await on();
  const issue = await driver.createIssue(draft);
  expect(await driver.isTrusted?.(issue)).toBe(true);
  Object.assign(server.state.tasks[0] ?? {}, { userId: 812 });
  expect(await driver.isTrusted?.(await driver.getIssue(issue.key))).toBe(false);
});

test.each([
  [{ list: 'Releases' }, /not the id of a List/],
  [{ api_url: 'ftp://x' }, /not a URL/],
])('the setting %j is refused at once', async (settings, words) => {
  await expect(on({}, settings)).rejects.toThrow(words);
});
