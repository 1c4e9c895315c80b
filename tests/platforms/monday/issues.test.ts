import { afterEach, describe, expect, test } from 'vitest';
import { asPaceError, type PaceError } from '../../../core/errors.ts';
import type { Settings, TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import {
  isMutation,
  type Monday,
  type MondayOptions,
  startMonday,
  USUAL_COLUMNS,
  USUAL_LABELS,
} from '../../support/monday.ts';
import { trackerOn } from './bench.ts';

const open: Monday[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function bench(options: MondayOptions = {}, more: Settings = {}) {
  const server = await startMonday(options);
  open.push(server);
  return { server, ...trackerOn(server, more) };
}

function recentOn({ listSilentComments }: TrackerDriver, since: number) {
  if (!listSilentComments) throw new Error('no list of all comments');
  return collect(listSilentComments(since));
}

async function refused(call: Promise<unknown>): Promise<PaceError> {
  return call.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: unknown) => asPaceError(error),
  );
}

const DRAFT = { title: 'One', body: 'Text.', labels: ['pace-hold'], metadata: { a: 1 } };

describe('calls', () => {
  test('a first create looks at the board and writes all at once; later ones only write', async () => {
    const { server, tracker } = await bench();
    await tracker.createIssue(DRAFT);
    expect(server.exchanges).toHaveLength(2);
    await tracker.createIssue({
      ...DRAFT,
      dueDate: '2026-12-31',
      priority: 1,
      storyPoints: 3,
      type: 'bug',
      state: 'done',
    });
    expect(server.exchanges).toHaveLength(3);
    expect(server.exchanges.filter(({ asked: one }) => isMutation(one))).toHaveLength(2);
  });

  test('people, a parent and the board are looked up in one request', async () => {
    const { server, tracker } = await bench();
    const { key } = await tracker.createIssue(DRAFT);
    const fresh = trackerOn(server).tracker;
    const before = server.exchanges.length;
    await fresh.createIssue({ ...DRAFT, parent: key, assignees: ['ada@example.org', 'Grace Hopper', '7003'] });
    expect(server.exchanges.length - before).toBe(2);
    const query = JSON.stringify(server.exchanges.at(-2)?.asked.body);
    expect(query).toMatch(/boards\(.*tags \{.*items\(.*users\(.*complexity/);
  });

  test('what the gate changes takes one: metadata, text, state and title alike', async () => {
    const { server, tracker } = await bench();
    const { key } = await tracker.createIssue({ ...DRAFT, body: 'x'.repeat(5000) });
    const cost = async (call: () => Promise<unknown>) => {
      const before = server.exchanges.length;
      await call();
      return server.exchanges.length - before;
    };
    expect(await cost(() => tracker.updateIssue(key, { metadata: { b: 2 }, state: 'done' }))).toBe(1);
    expect(await cost(() => tracker.updateIssue(key, { title: 'Two', body: 'Other.', metadata: { c: 3 } }))).toBe(1);
    expect(await cost(() => tracker.updateIssue(key, { labels: ['other'] }))).toBe(1);
    expect(await cost(() => tracker.transitionIssue(key, { state: 'open' }))).toBe(1);
    expect(await cost(() => tracker.transitionIssue(key, { state: 'open' }))).toBe(1);
    expect(await cost(() => tracker.updateIssue(key, { body: 'Third.' }))).toBe(2);
    expect(await cost(() => collect(tracker.listComments(key)))).toBe(1);
    expect(await cost(() => tracker.addComment(key, 'Seen.'))).toBe(1);
    const { title, body, metadata, state } = await tracker.getIssue(key);
    expect([title, body, metadata, state]).toEqual(['Two', 'Third.', { c: 3 }, 'open']);
  });

  test('metadata alone keep the rest of a long text, also when it was seen long ago', async () => {
    const { tracker, world } = await bench();
    const body = 'y'.repeat(5000);
    const { key } = await tracker.createIssue({ ...DRAFT, body });
    for (const wait of [0, 3_600_000]) {
      world.advance(wait);
      await tracker.updateIssue(key, { metadata: { wait } });
      const found = await tracker.getIssue(key);
      expect([found.body, found.metadata]).toEqual([body, { wait }]);
    }
  });

  test('a long list takes a hundred items first, and five hundred a call then', async () => {
    const { server, tracker } = await bench();
    for (let index = 0; index < 700; index += 1) {
      server.account.items.push({
        ...{ id: String(5000 + index), boardId: server.account.boardId, name: `No. ${index}`, group: 'topics' },
        ...{
          state: 'active',
          createdAt: 1e12,
          updatedAt: 1e12,
          creator: null,
          values: new Map(),
          posts: [],
          subitems: [],
          assets: [],
        },
      });
    }
    expect(await collect(tracker.listIssues())).toHaveLength(700);
    expect(server.exchanges).toHaveLength(3);
  });

  test('a cursor that has ended is followed by a new list, and nothing comes twice', async () => {
    const { server, tracker } = await bench();
    for (let index = 0; index < 250; index += 1) {
      server.account.items.push({
        ...{ id: String(5000 + index), boardId: server.account.boardId, name: `No. ${index}`, group: 'topics' },
        ...{
          state: 'active',
          createdAt: 1e12,
          updatedAt: 1e12,
          creator: null,
          values: new Map(),
          posts: [],
          subitems: [],
          assets: [],
        },
      });
    }
    const seen: string[] = [];
    for await (const { key } of tracker.listIssues()) {
      if (seen.length === 50) server.expireCursors();
      seen.push(key);
    }
    expect([seen.length, new Set(seen).size]).toEqual([250, 250]);
  });

  test('a minute’s budget that is used up is waited for instead of being refused', async () => {
    const { server, tracker, world } = await bench();
    const told = { query: 30_000, after: 100, before: 30_100, reset_in_x_seconds: 42 };
    server.trouble(
      () => true,
      (answer) => ({
        ...answer,
        json: { ...Object(answer.json), data: { ...Object(answer.json).data, complexity: told } },
      }),
    );
    await tracker.getCurrentUser();
    expect(world.waits).toEqual([]);
    await tracker.getCurrentUser();
    await tracker.getCurrentUser();
    expect([world.waits, server.exchanges.length]).toEqual([[42_000], 3]);
  });
});

describe('refusals', () => {
  const RETRY = {
    message: 'Complexity budget exhausted',
    extensions: { code: 'COMPLEXITY_BUDGET_EXHAUSTED', retry_in_seconds: 7 },
  };

  test('for complexity are waited for as long as monday says, and no write is lost or doubled', async () => {
    const { server, tracker, world } = await bench();
    await tracker.getCurrentUser();
    server.trouble(isMutation, { status: 429, json: { errors: [RETRY] } }, 1);
    await tracker.createIssue(DRAFT);
    expect([world.waits, server.account.items.length]).toEqual([[7000], 1]);
  });

  test('for the day are not waited for, and say when the calls come back', async () => {
    const { server, tracker, world } = await bench();
    const error = { message: 'Daily limit exceeded', extensions: { code: 'DAILY_LIMIT_EXCEEDED', status_code: 429 } };
    server.trouble(() => true, { status: 429, json: { errors: [error] } }, 10);
    const { kind, retryAfter, remedy } = await refused(tracker.createIssue(DRAFT));
    expect([kind, retryAfter, world.waits]).toEqual(['rate-limit', 15 * 3_600_000, []]);
    expect(remedy).toContain('midnight UTC');
    expect(server.exchanges).toHaveLength(1);
  });

  test.each([
    { code: 'ComplexityException', status: 200, kind: 'rate-limit' },
    { code: 'maxConcurrencyExceeded', status: 429, kind: 'rate-limit' },
    { code: 'UserUnauthorizedException', status: 200, kind: 'permission' },
    { code: 'ColumnValueException', status: 200, kind: 'validation' },
    { code: 'InvalidBoardIdException', status: 200, kind: 'not-found' },
    { code: 'INTERNAL_SERVER_ERROR', status: 200, kind: 'transient' },
  ])('are told apart: $code', async ({ code, status, kind }) => {
    const { server, tracker } = await bench();
    server.trouble(() => true, { status, json: { errors: [{ message: 'No.', extensions: { code } }] } }, 20);
    expect(await refused(tracker.getIssue('1'))).toMatchObject({ kind, operation: 'getIssue' });
  });

  test('in an older form are understood', async () => {
    const { server, tracker } = await bench();
    const json = {
      error_code: 'UserUnauthorizedException',
      status_code: 403,
      error_message: 'User unauthorized',
      error_data: {},
    };
    server.trouble(() => true, { json }, 1);
    expect(await refused(tracker.getIssue('1'))).toMatchObject({
      kind: 'permission',
      vendorMessage: 'User unauthorized',
    });
  });

  test.each([
    { field: 'create_item', scope: 'boards:write', call: 'createIssue' },
    { field: 'create_update', scope: 'updates:write', call: 'addComment' },
    { field: 'me', scope: 'me:read', call: 'getCurrentUser' },
  ] as const)('of rights name what is missing: $scope', async ({ field, scope, call }) => {
    const { server, tracker } = await bench();
    const { key } = await tracker.createIssue(DRAFT);
    server.denied.add(field);
    const calls = {
      createIssue: () => tracker.createIssue(DRAFT),
      addComment: () => tracker.addComment(key, 'Text.'),
      getCurrentUser: () => tracker.getCurrentUser(),
    };
    const error = await refused(calls[call]());
    expect([error.kind, error.operation]).toEqual(['permission', call]);
    expect(error.remedy).toContain(`the scope \`${scope}\``);
  });

  test('of new labels do not touch those that are there', async () => {
    const { server, tracker } = await bench();
    await tracker.createIssue(DRAFT);
    server.account.fixedStructure = true;
    await tracker.createIssue(DRAFT);
    expect((await refused(tracker.createIssue({ ...DRAFT, labels: ['new'] }))).kind).toBe('permission');
  });

  test.each([
    { settings: { board: 'Release' }, words: /"Release" is not the id of a board/ },
    { settings: { api_url: 'ftp://x' }, words: /is not a URL/ },
  ])('of settings come before anything is sent: $settings', async ({ settings, words }) => {
    const server = await startMonday();
    open.push(server);
    expect(() => trackerOn(server, settings)).toThrow(words);
  });

  test('name the board, the group and the columns that there are', async () => {
    const nowhere = await bench({}, { board: '42' });
    expect((await refused(nowhere.tracker.getIssue('1'))).message).toBe('monday has no board 42 that this token sees.');
    const group = await bench({}, { group: 'Nope' });
    expect((await refused(group.tracker.createIssue(DRAFT))).message).toContain('Available: “Backlog”, “Release gate”');
    const column = await bench({}, { columns: 'labels=Nope' });
    expect((await refused(column.tracker.createIssue(DRAFT))).message).toContain('Available: “Labels”');
  });
});

describe('the board', () => {
  test('a group is where new items go', async () => {
    const { server, tracker } = await bench({}, { group: 'release gate' });
    await tracker.createIssue(DRAFT);
    expect(server.account.items[0]?.group).toBe('group_gate');
  });

  test('what has no column cannot be done, and is said with the column to add', async () => {
    const { tracker } = await bench({ columns: { Status: 'status', Description: 'long_text' } });
    const { unsupported } = await tracker.capabilities();
    expect(unsupported).toMatchObject({
      labels:
        'Please add a column of the type Dropdown with the title “Labels” to the board, or name one that is there under `monday.columns.labels`.',
      metadata: expect.stringContaining('of the type Text with the title “PACE data”'),
      storyPoints: expect.stringContaining('of the type Numbers'),
      parent: expect.stringContaining('of the type Connect boards'),
      links: expect.stringContaining('of the type Dependency'),
    });
    expect(await refused(tracker.createIssue(DRAFT))).toMatchObject({ kind: 'unsupported' });
    expect((await tracker.createIssue({ title: 'Bare', body: 'Text.' })).body).toBe('Text.');
  });

  test('a state without a label is refused with those that there are', async () => {
    const labels = { ...USUAL_LABELS, Status: ['Working on it', 'Done*', 'Stuck'] };
    const { server, tracker } = await bench({ labels });
    const { key } = await tracker.createIssue(DRAFT);
    const { message, remedy } = await refused(tracker.transitionIssue(key, { state: 'canceled' }));
    expect(message).toContain('Available: “Working on it”, “Done”, “Stuck”.');
    expect(remedy).toContain('monday.states.canceled');
    expect(server.account.columns.find(({ title }) => title === 'Status')?.labels).toHaveLength(3);
  });

  test('labels as tags are made in one request, once', async () => {
    const { server, tracker } = await bench({ columns: { ...USUAL_COLUMNS, Labels: 'tags' } });
    const { labels } = await tracker.createIssue({ ...DRAFT, labels: ['a', 'b', 'c'] });
    expect([labels, server.exchanges.length]).toEqual([['a', 'b', 'c'], 3]);
    await tracker.createIssue({ ...DRAFT, labels: ['c', 'A'] });
    expect([server.exchanges.length, server.account.tags.map(({ name }) => name)]).toEqual([4, ['a', 'b', 'c']]);
    expect((await collect(tracker.listIssues({ labels: ['c', 'a'] }))).length).toBe(2);
  });

  test('an item of another board is not there', async () => {
    const { server, tracker } = await bench();
    const { key } = await tracker.createIssue(DRAFT);
    Object.assign(server.account.items[0] ?? {}, { boardId: '999' });
    expect((await refused(tracker.getIssue(key))).kind).toBe('not-found');
    expect((await refused(collect(tracker.listComments(key)))).kind).toBe('not-found');
  });

  test('an archived item is closed, and says how to get it back', async () => {
    const { server, tracker } = await bench();
    const { key } = await tracker.createIssue(DRAFT);
    Object.assign(server.account.items[0] ?? {}, { state: 'archived' });
    expect(await tracker.getIssue(key)).toMatchObject({ state: 'canceled', stateName: 'Archived' });
    expect(await refused(tracker.transitionIssue(key, { state: 'open' }))).toMatchObject({ kind: 'transition' });
  });

  test('answers to an update are comments, in the order of writing', async () => {
    const { server, tracker } = await bench();
    const { key } = await tracker.createIssue(DRAFT);
    await tracker.addComment(key, 'First: https://example.org/run?a=1&b=2.');
    const [post] = server.account.items[0]?.posts ?? [];
    const reply = { id: '9999999999', body: '<p>An <b>answer</b></p>', createdAt: Date.now() + 5000, creator: null };
    post?.replies.push({ ...reply, replies: [] });
    const found = await collect(tracker.listComments(key));
    expect(found.map(({ body }) => body)).toEqual(['First: https://example.org/run?a=1&b=2.', 'An **answer**']);
  });

  test('new comments of all items are listed in one call, with the answers to them', async () => {
    const { server, tracker } = await bench();
    const [one, two, gone] = await Promise.all(
      ['One', 'Two', 'Gone'].map((title) => tracker.createIssue({ ...DRAFT, title })),
    );
    for (const issue of [one, two, gone]) await tracker.addComment(issue?.key ?? '', `Old, of ${issue?.title}`);
    for (const { posts } of server.account.items)
      for (const post of posts) Object.assign(post, { createdAt: 1_000_000 });
    await tracker.addComment(two?.key ?? '', 'New');
    await tracker.addComment(gone?.key ?? '', 'New, of one that is deleted');
    await tracker.deleteIssue?.(gone?.key ?? '');
    const [, post] = server.account.items.find(({ id }) => id === two?.key)?.posts ?? [];
    post?.replies.push({ id: '9999999999', body: '<p>Well</p>', createdAt: Date.now(), creator: null, replies: [] });
    const before = server.exchanges.length;
    const found = await recentOn(tracker, 2_000_000);
    expect(found.map(({ key, comment }) => [key, comment.body])).toEqual([
      [two?.key, 'New'],
      [two?.key, 'Well'],
    ]);
    expect(server.exchanges.length - before).toBe(1);
    expect(await recentOn(tracker, 0)).toHaveLength(4);
  });

  test('an assignee whom monday refuses does not lose a new issue', async () => {
    const { server, tracker, world } = await bench();
    await tracker.createIssue({ ...DRAFT, assignees: ['7001'] });
    server.account.users.shift();
    const created = await tracker.createIssue({ ...DRAFT, title: 'Two', assignees: ['7001'] });
    expect([created.assignees, server.account.items.length]).toEqual([[], 2]);
    expect(world.lines.join()).toMatch(/warn: .*is opened without 7001: they cannot be assigned/);
  });
});

test('whether somebody who has left the account stays assigned, monday decides', async () => {
  const { server, tracker } = await bench();
  const { key } = await tracker.createIssue({ ...DRAFT, assignees: ['7001', '7002'] });
  server.account.users.shift();
  const asked = tracker.updateIssue(key, { assignees: ['7001'] });
  await expect(asked).rejects.toMatchObject({ vendorMessage: 'invalid value - no such user' });
  await expect(tracker.updateIssue(key, { assignees: ['7001', '7999'] })).rejects.toThrow(/^7999 cannot be assigned/);
});

describe('who closed an item', () => {
  test('is who has changed the status last, with its name; an automation is nobody', async () => {
    const { server, tracker } = await bench();
    const { key } = await tracker.createIssue(DRAFT);
    await tracker.transitionIssue(key, { state: 'done' });
    const status = server.account.logs.findLast(({ column }) => column.startsWith('status'));
    Object.assign(status ?? {}, { userId: '7002' });
    await tracker.updateIssue(key, { title: 'Two' });
    expect(await tracker.closedBy?.(key)).toEqual({ id: '7002', name: 'Grace Hopper', email: 'grace@example.org' });
    Object.assign(status ?? {}, { userId: '-4' });
    expect(await tracker.closedBy?.(key)).toBeUndefined();
    // the log of a small plan is short
    server.account.logs.splice(0);
    expect(await tracker.closedBy?.(key)).toBeUndefined();
  });
});

describe('an item that was moved to another board', () => {
  test('is said to be there, and nothing is written to it', async () => {
    const { server, tracker } = await bench();
    const { key } = await tracker.createIssue(DRAFT);
    Object.assign(server.account.items[0] ?? {}, { boardId: '777' });
    const fresh = trackerOn(server).tracker;
    for (const call of [
      () => fresh.getIssue(key),
      () => fresh.updateIssue(key, { title: 'Two', addLabels: ['b'] }),
      () => fresh.transitionIssue(key, { state: 'done' }),
    ]) {
      const error = await refused(call());
      expect([error.kind, error.message]).toEqual([
        'not-found',
        `The item ${key} was moved to the board 777, and nothing was done there.`,
      ]);
    }
    expect(server.account.items[0]?.name).toBe('One');
  });
});

describe('what has changed since a moment', () => {
  test('is found on the first pages, however large the board is, and comes newest first', async () => {
    let now = Date.UTC(2026, 2, 1);
    const { server, tracker } = await bench({ now: () => now });
    const keys: string[] = [];
    for (let count = 0; count < 210; count += 1) {
      now += 1000;
      keys.push((await tracker.createIssue({ title: `Item ${count}`, body: '' })).key);
    }
    now += 86_400_000;
    const since = now;
    const listed = async () => {
      const from = server.exchanges.length;
      const found = (await collect(tracker.listIssues({ state: 'all', updatedSince: since }))).map(({ key }) => key);
      return { found, requests: server.exchanges.length - from };
    };
    expect(await listed()).toEqual({ found: [], requests: 1 });
    for (const key of [keys[3], keys[150], keys[7]]) await tracker.updateIssue(key ?? '', { title: 'Changed' });
    expect(await listed()).toEqual({ found: [keys[150], keys[7], keys[3]], requests: 2 });
  });
});
