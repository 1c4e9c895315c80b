/** The stand-in answers as a real server was seen to answer: Forgejo of November 2024, whose API calls itself gitea-1.22. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GiteaOptions, type GiteaServer, startGitea } from './gitea.ts';

let server: GiteaServer;

async function start(options: GiteaOptions = {}): Promise<void> {
  await server?.close();
  server = await startGitea({ flavour: 'forgejo', ...options });
}
beforeEach(() => start());
afterEach(() => server.close());

interface Told {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** What the answer says of the thing. */
  field(name: string): unknown;
}

async function ask(request: string, body?: unknown, token = server.state.token): Promise<Told> {
  const [method = '', path = ''] = request.split(' ');
  const response = await fetch(`${server.origin}/api/v1${path.replace('REPO', `/repos/${server.state.path}`)}`, {
    method,
    headers: { ...(token ? { authorization: `token ${token}` } : {}), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const field = (name: string) => (JSON.parse(text) as Record<string, unknown>)[name];
  return { status: response.status, text, headers: response.headers, field };
}

async function statusOf(request: string, body?: unknown): Promise<number> {
  return (await ask(request, body)).status;
}

async function openIssue(more: object = {}): Promise<Told> {
  return ask('POST REPO/issues', { title: 'One', ...more });
}

function addLabel(name: string): number {
  const id = server.state.nextId();
  server.state.labels.push({ id, name, color: 'ededed', description: '', exclusive: false, shared: false });
  return id;
}

function logins(told: unknown): string[] | null {
  return told === null ? null : (told as { login: string }[]).map(({ login }) => login);
}

describe('a commit', () => {
  test.each(['of a name that nobody knows', 'without statuses'])('%s has none, and tells no total', async (which) => {
    const ref = which === 'without statuses' ? server.state.sha : 'dead'.repeat(10);
    const told = await ask(`GET REPO/commits/${ref}/status`);
    expect([told.status, told.headers.get('x-total-count')]).toEqual([200, null]);
    expect([told.field('sha'), told.field('total_count'), told.field('statuses')]).toEqual(['', 0, null]);
  });

  test('that a newer Gitea does not know is missed', async () => {
    await start({ flavour: 'gitea', release: 'newer' });
    expect(await statusOf(`GET REPO/commits/${'dead'.repeat(10)}/status`)).toBe(404);
  });

  test('takes a status by the beginning of its name', async () => {
    const status = { context: 'a', state: 'success' };
    expect(await statusOf(`POST REPO/statuses/${server.state.sha.slice(0, 10)}`, status)).toBe(201);
    expect((await ask(`GET REPO/commits/${server.state.sha}/status`)).field('total_count')).toBe(1);
    expect(await statusOf('POST REPO/statuses/dead', status)).toBe(500);
  });
});

describe('a comment', () => {
  test('on an issue that does not exist is a failure', async () => {
    expect(await statusOf('POST REPO/issues/99/comments', { body: 'x' })).toBe(500);
    expect(await statusOf('GET REPO/issues/99/comments')).toBe(500);
  });

  test.each([
    ['1.22', 500],
    ['newer', 201],
  ] as const)('at a pull request is kept, whatever release %s answers: %i', async (release, status) => {
    await start({ release });
    server.state.branches.set('work', server.state.addCommit({ a: 'a' }, server.state.sha));
    await ask('POST REPO/pulls', { head: 'work', base: 'main', title: 'Pull' });
    expect(await statusOf('POST REPO/issues/1/comments', { body: 'Said.' })).toBe(status);
    expect((await ask('GET REPO/issues/1/comments')).text).toContain('Said.');
  });
});

describe('people', () => {
  test('without write access are assigned in a public repository, and not in a private one', async () => {
    expect((await openIssue({ assignees: ['mallory'] })).status).toBe(422);
    server.state.isPublic = true;
    const told = await openIssue({ assignees: ['mallory'] });
    expect([told.status, logins(told.field('assignees'))]).toEqual([201, ['mallory']]);
  });

  test('who are nobody are null', async () => {
    const told = await openIssue();
    expect([told.field('assignee'), told.field('assignees')]).toEqual([null, null]);
  });

  test('whom nobody knows take everybody off the issue, and the title that came with them stays', async () => {
    await openIssue({ assignees: ['ada'] });
    expect(await statusOf('PATCH REPO/issues/1', { title: 'Two', assignees: ['ada', 'nobody'] })).toBe(500);
    const told = await ask('GET REPO/issues/1');
    expect([told.field('title'), told.field('assignees')]).toEqual(['Two', null]);
  });

  test('who cannot be assigned take off those who are not named beside them', async () => {
    await openIssue({ assignees: ['ada', 'grace'] });
    expect(await statusOf('PATCH REPO/issues/1', { assignees: ['ada', 'mallory'] })).toBe(500);
    expect(logins((await ask('GET REPO/issues/1')).field('assignees'))).toEqual(['ada']);
  });

  test('are asked for by their login in any case, and missed', async () => {
    expect((await ask('GET /users/ADA')).field('login')).toBe('ada');
    expect(await statusOf('GET /users/nobody')).toBe(404);
  });
});

describe('an archived repository', () => {
  test('lets issues, labels and milestones be changed, and no issue be opened', async () => {
    const label = addLabel('there');
    await openIssue();
    await ask('POST REPO/issues/1/comments', { body: 'x' });
    server.state.archived = true;
    const changes: [string, object?][] = [
      ['PATCH REPO/issues/1', { title: 'Two' }],
      ['PATCH REPO/issues/1', { state: 'closed' }],
      ['PUT REPO/issues/1/labels', { labels: [label] }],
      ['POST REPO/labels', { name: 'new', color: '#ededed' }],
      ['POST REPO/milestones', { title: 'v1' }],
    ];
    const statuses: number[] = [];
    for (const [request, body] of changes) statuses.push(await statusOf(request, body));
    expect(statuses).toEqual([201, 201, 200, 201, 201]);
    expect((await openIssue()).status).toBe(423);
    expect(await statusOf('POST REPO/issues/1/comments', { body: 'x' })).toBe(423);
  });
});

describe('issues that are turned off', () => {
  test('are opened by an owner, and cannot be listed', async () => {
    server.state.issuesEnabled = false;
    expect([(await openIssue()).status, await statusOf('GET REPO/issues')]).toEqual([201, 404]);
    server.state.access = 'write';
    expect((await openIssue()).status).toBe(404);
  });
});

describe('a change of an issue', () => {
  test('to a milestone that does not exist is a failure; 0 takes it away', async () => {
    await openIssue();
    expect(await statusOf('PATCH REPO/issues/1', { milestone: 4711 })).toBe(500);
    expect(await statusOf('PATCH REPO/issues/1', { milestone: 0 })).toBe(201);
  });

  test('without write access leaves milestone, day and people as they are, and says nothing', async () => {
    await openIssue({ assignees: ['ada'] });
    const milestone = (await ask('POST REPO/milestones', { title: 'v1' })).field('id');
    server.state.access = 'read';
    const body = { title: 'Two', milestone, due_date: '2026-03-31T23:59:59Z', assignees: ['nobody'] };
    const told = await ask('PATCH REPO/issues/1', body);
    expect([told.status, told.field('title'), told.field('milestone'), told.field('due_date')]).toEqual([
      ...[201, 'Two', null, null],
    ]);
    expect(logins(told.field('assignees'))).toEqual(['ada']);
  });

  test.each([
    ['1.22', 400],
    ['newer', 409],
  ] as const)('that meets another one is refused by release %s with %i', async (release, status) => {
    await start({ release });
    await openIssue();
    server.state.collisions = 1;
    const told = await ask('PATCH REPO/issues/1', { title: 'Two', body: 'x' });
    expect([told.status, told.field('message')]).toEqual([status, 'the issue is already changed']);
    // what comes before it is done
    expect((await ask('GET REPO/issues/1')).field('title')).toBe('Two');
    expect(await statusOf('PATCH REPO/issues/1', { body: 'x' })).toBe(201);
  });

  test('of a text that counts its versions is refused by a newer Gitea alone', async () => {
    const outcomes: unknown[] = [];
    for (const [flavour, release] of [
      ['gitea', 'newer'],
      ['gitea', '1.22'],
      ['forgejo', 'newer'],
    ] as const) {
      await start({ flavour, release });
      const told = await openIssue();
      const status = await statusOf('PATCH REPO/issues/1', { body: 'x', content_version: 9 });
      outcomes.push([told.field('content_version'), status]);
    }
    expect(outcomes).toEqual([
      [0, 409],
      [undefined, 201],
      [undefined, 201],
    ]);
  });
});

describe('a day', () => {
  test.each([
    ['+09:00', '2026-04-01T08:59:59+09:00'],
    ['Europe/Berlin', '2026-04-01T01:59:59+02:00'],
    ['-08:00', '2026-03-31T15:59:59-08:00'],
    ['Z', '2026-03-31T23:59:59Z'],
  ])('that is sent in UTC is told in the zone %s', async (zone, due) => {
    server.state.zone = zone;
    expect((await openIssue({ due_date: '2026-03-31T23:59:59Z' })).field('due_date')).toBe(due);
  });

  test('is kept as it comes with a new issue, and to its last second in a change', async () => {
    server.state.zone = '+09:00';
    const body = { due_date: '2026-03-31T12:00:00+09:00' };
    expect((await openIssue(body)).field('due_date')).toBe('2026-03-31T12:00:00+09:00');
    expect((await ask('PATCH REPO/issues/1', body)).field('due_date')).toBe('2026-03-31T23:59:59+09:00');
  });
});

describe('dependencies', () => {
  const on = (index: number, repo = 'pace-demo') => ({ owner: 'acme', repo, index });

  test('on the issue itself are made', async () => {
    await openIssue();
    expect(await statusOf('POST REPO/issues/1/dependencies', on(1))).toBe(201);
  });

  test('are taken away with 201', async () => {
    await openIssue();
    await openIssue();
    expect(await statusOf('POST REPO/issues/1/dependencies', on(2))).toBe(201);
    expect(await statusOf('POST REPO/issues/1/dependencies', on(2))).toBe(500);
    expect(await statusOf('DELETE REPO/issues/1/dependencies', on(2))).toBe(201);
  });

  test('on an issue under the old name of the repository are missed', async () => {
    await start({ formerly: 'acme/old-name' });
    await openIssue();
    await openIssue();
    expect(await statusOf('POST REPO/issues/1/dependencies', on(2, 'old-name'))).toBe(404);
    expect(await statusOf('POST /repos/acme/old-name/issues/1/dependencies', on(2))).toBe(201);
  });
});

describe('labels', () => {
  test('are set by name, and an issue is not opened with names', async () => {
    addLabel('there');
    await openIssue();
    const set = await ask('PUT REPO/issues/1/labels', { labels: ['there', 'never'] });
    expect([set.status, JSON.parse(set.text).map(({ name }: { name: string }) => name)]).toEqual([200, ['there']]);
    expect((await openIssue({ labels: ['there'] })).status).toBe(422);
  });

  test('that are not there are deleted all the same', async () => {
    expect(await statusOf('DELETE REPO/labels/4711')).toBe(204);
  });

  test('of a reader’s issue are dropped', async () => {
    const label = addLabel('there');
    server.state.access = 'read';
    const told = await openIssue({ labels: [label] });
    expect([told.status, told.field('labels')]).toEqual([201, []]);
  });

  test('of the organisation are not looked for in a list', async () => {
    addLabel('pace');
    const shared = { id: 7, name: 'pace', color: 'ededed', description: '', exclusive: false, shared: true };
    server.state.labels.push(shared);
    await openIssue({ labels: [7] });
    expect(JSON.parse((await ask('GET REPO/issues?labels=pace')).text)).toEqual([]);
  });

  test('of an organisation that is hidden are missed; whether there is one is told by its teams', async () => {
    expect([await statusOf('GET /orgs/acme/labels'), await statusOf('GET REPO/teams')]).toEqual([200, 200]);
    server.state.organisationHidden = true;
    expect([await statusOf('GET /orgs/acme/labels'), await statusOf('GET REPO/teams')]).toEqual([404, 200]);
    server.state.organisation = false;
    expect([await statusOf('GET /orgs/acme/labels'), await statusOf('GET REPO/teams')]).toEqual([404, 405]);
  });
});

describe('lists', () => {
  test('of labels and statuses tell their total, and not where the next page is', async () => {
    for (const name of ['a', 'b', 'c']) addLabel(name);
    server.setStatuses(
      server.state.sha,
      ['a', 'b', 'c'].map((context) => ({ context, state: 'success' })),
    );
    const paths = ['labels', `commits/${server.state.sha}/status`, `commits/${server.state.sha}/statuses`];
    for (const path of paths) {
      const { headers } = await ask(`GET REPO/${path}?limit=2`);
      expect([path, headers.get('link'), headers.get('x-total-count')]).toEqual([path, null, '3']);
    }
  });

  test('have links between pages, and none past the end', async () => {
    for (const _ of ['a', 'b', 'c']) await openIssue();
    const link = async (page: number) => (await ask(`GET REPO/issues?limit=1&page=${page}`)).headers.get('link');
    expect(await link(2)).toMatch(/rel="next".*rel="last".*rel="first".*rel="prev"/);
    expect([await link(4), (await ask('GET REPO/issues?limit=1&page=4')).headers.get('x-total-count')]).toEqual([
      null,
      '3',
    ]);
  });

  test('since a time that is none are refused', async () => {
    expect(await statusOf('GET REPO/issues?since=yesterday')).toBe(422);
    expect(await statusOf('GET REPO/issues?since=2026-01-01T00:00:00Z')).toBe(200);
  });

  test('without a milestone are those of the one that has no title, where there is one', async () => {
    await openIssue();
    const listed = async (query: string) => JSON.parse((await ask(`GET REPO/issues?${query}`)).text).length;
    expect(await listed('')).toBe(1);
    server.state.milestones.push({ id: 7, title: '', description: '', state: 'open', due: null });
    expect([await listed(''), await listed('milestones=never')]).toEqual([0, 1]);
  });
});

describe('pull requests', () => {
  beforeEach(async () => {
    server.state.branches.set('work', server.state.addCommit({ a: 'a' }, server.state.sha));
  });

  test('without changes are refused', async () => {
    expect(await statusOf('POST REPO/pulls', { head: 'main', base: 'main', title: 'None' })).toBe(422);
  });

  test('have nobody asked to review as null, and miss a team that does not exist', async () => {
    const told = await ask('POST REPO/pulls', { head: 'work', base: 'main', title: 'Pull' });
    expect([told.status, told.field('requested_reviewers'), told.field('assignees')]).toEqual([201, null, null]);
    const teams = (name: string) => statusOf('POST REPO/pulls/1/requested_reviewers', { team_reviewers: [name] });
    server.state.teams.set('release', ['ada']);
    expect([await teams('never'), await teams('release')]).toEqual([404, 201]);
  });
});

test.each([
  ['1.22', 204],
  ['newer', 201],
] as const)('a variable is made by release %s with %i', async (release, status) => {
  await start({ release });
  expect(await statusOf('POST REPO/actions/variables/NAME', { value: 'x' })).toBe(status);
});

test('runs of Actions are no route of this version, and what is no route is told in plain text', async () => {
  const told = await ask('GET REPO/actions/runs');
  expect([told.status, told.text, told.headers.get('content-type')]).toEqual([
    ...[404, '404 page not found\n', 'text/plain; charset=utf-8'],
  ]);
  await start({ release: 'newer' });
  expect(await statusOf('GET REPO/actions/runs')).toBe(200);
});

test('a private repository is not there without a token; a person is asked for one', async () => {
  expect((await ask('GET REPO/issues', undefined, '')).status).toBe(404);
  expect((await ask('GET /user', undefined, '')).status).toBe(401);
});

test.each([
  ['json', /^\{"message":"user should have a permission/],
  ['empty', /^$/],
  ['page', /^<!DOCTYPE html>/],
] as const)('a refusal for want of a right is %s', async (form, text) => {
  server.state.access = 'read';
  server.state.forbidden = form;
  const told = await ask('POST REPO/labels', { name: 'new', color: '#ededed' });
  expect([told.status, told.text]).toEqual([403, expect.stringMatching(text)]);
});

test('the job of a workflow without a name has a context without one', async () => {
  server.addRun({ sha: server.state.sha, name: '', jobs: [{ name: 'build', status: 'success' }] });
  expect(server.state.statuses.map(({ context }) => context)).toEqual(['/ build (push)']);
});
