import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaceError } from '../../../core/errors.ts';
import type { IssueFilter, TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { timeOf } from '../../support/gitea/state.ts';
import { type GiteaServer, startGitea } from '../../support/gitea.ts';
import type { TestWorld } from '../../support/world.ts';
import { asked, expectDescribed, shellEnv, trackerIn } from './bench.ts';

let server: GiteaServer;
let tracker: TrackerDriver;
let world: TestWorld;

beforeEach(async () => {
  server = await startGitea();
  ({ tracker, world } = await trackerIn(shellEnv(server)));
});
afterEach(async () => {
  expectDescribed(server);
  await server.close();
});

function addLabel(name: string, more: { exclusive?: boolean; shared?: boolean } = {}): number {
  const row = { id: server.state.nextId(), name, color: 'ededed', description: '', exclusive: false, shared: false };
  server.state.labels.push({ ...row, ...more });
  return row.id;
}

const keys = async (filter?: IssueFilter) => (await collect(tracker.listIssues(filter))).map(({ key }) => key);
const refusalOf = (call: Promise<unknown>): Promise<PaceError> =>
  call.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: PaceError) => error,
  );

describe('a gate run pays', () => {
  it('one request for a plain issue, and four more for the first one with a new label', async () => {
    await tracker.createIssue({ title: 'Plain', body: '' });
    expect(asked(server)).toEqual(['POST /issues']);
    server.exchanges.length = 0;
    await tracker.createIssue({ title: 'Labelled', body: '', labels: ['pace'] });
    expect(asked(server)).toEqual([
      'GET /labels?page=1&limit=50',
      'GET /orgs/acme/labels?page=1&limit=50',
      'POST /labels',
      // another process may have made one of the same name
      'GET /labels?page=1&limit=50',
      'POST /issues',
    ]);
    server.exchanges.length = 0;
    await tracker.createIssue({ title: 'Labelled again', body: '', labels: ['pace'] });
    expect(asked(server)).toEqual(['POST /issues']);
  });

  it('two requests for text and state together, one of them a read', async () => {
    const { key } = await tracker.createIssue({ title: 'Held', body: 'Text.', labels: ['pace'] });
    server.exchanges.length = 0;
    await tracker.updateIssue(key, { metadata: { pace: { state: 'resolved' } }, state: 'done' });
    expect(asked(server)).toEqual([`GET /issues/${key}`, `PATCH /issues/${key}`]);
  });

  it('no list of issues for a label that does not exist', async () => {
    await tracker.createIssue({ title: 'Other', body: '' });
    server.exchanges.length = 0;
    expect(await keys({ labels: ['pace'] })).toEqual([]);
    expect(asked(server)).toEqual(['GET /labels?page=1&limit=50', 'GET /orgs/acme/labels?page=1&limit=50']);
  });
});

describe('labels', () => {
  it('of the organisation are used, not made again', async () => {
    addLabel('pace', { shared: true });
    const { key, labels } = await tracker.createIssue({ title: 'Shared', body: '', labels: ['pace'] });
    expect([labels, server.state.labels.length]).toEqual([['pace'], 1]);
    expect(await keys({ labels: ['pace'] })).toEqual([key]);
  });

  it('of a person’s repository are only its own', async () => {
    server.state.organisation = false;
    expect((await tracker.createIssue({ title: 'New', body: '', labels: ['pace'] })).labels).toEqual(['pace']);
  });

  it('that somebody else has made meanwhile are found', async () => {
    await tracker.createIssue({ title: 'First', body: '', labels: ['one'] });
    addLabel('two');
    expect((await tracker.createIssue({ title: 'Second', body: '', labels: ['two'] })).labels).toEqual(['two']);
    expect(server.state.labels.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('are looked for everywhere when the token may not see those of the organisation', async () => {
    server.state.scopes = ['write:issue', 'write:repository'];
    expect(await keys({ labels: ['pace'] })).toEqual([]);
    const { key } = await tracker.createIssue({ title: 'New', body: '', labels: ['pace'] });
    expect(await keys({ labels: ['pace'] })).toEqual([key]);
  });

  it('of the organisation count beside one of the same name of the repository', async () => {
    addLabel('pace');
    addLabel('pace', { shared: true });
    for (const title of ['Ours', 'Theirs']) await tracker.createIssue({ title, body: '' });
    for (const [index, row] of server.state.issues.entries()) row.labelIds = [server.state.labels[index]?.id ?? 0];
    expect(await keys({ labels: ['pace'] })).toEqual(['2', '1']);
    // the token may not see those of the organisation, or the organisation
    server.state.scopes = ['write:issue', 'write:repository'];
    const narrow = (await trackerIn(shellEnv(server))).tracker;
    expect((await collect(narrow.listIssues({ labels: ['pace'] }))).map(({ key }) => key)).toEqual(['2', '1']);
    server.state.scopes = ['all'];
    server.state.organisationHidden = true;
    const outside = (await trackerIn(shellEnv(server))).tracker;
    expect((await collect(outside.listIssues({ labels: ['pace'] }))).map(({ key }) => key)).toEqual(['2', '1']);
  });

  it('of a person’s repository are looked for by the server, whatever the token may see', async () => {
    addLabel('pace');
    server.state.organisation = false;
    server.state.scopes = ['write:issue', 'read:repository'];
    await tracker.createIssue({ title: 'Ours', body: '', labels: ['pace'] });
    server.exchanges.length = 0;
    expect(await keys({ labels: ['pace'] })).toEqual(['1']);
    expect(asked(server)).toEqual([
      'GET /orgs/acme/labels?page=1&limit=50',
      'GET /teams',
      expect.stringMatching(/^GET \/issues\?.*&labels=pace&/),
    ]);
  });

  it('of which two share a name are found all the same', async () => {
    addLabel('pace');
    const { key } = await tracker.createIssue({ title: 'Twice', body: '', labels: ['pace'] });
    addLabel('pace');
    const another = (await trackerIn(shellEnv(server))).tracker;
    expect((await collect(another.listIssues({ labels: ['pace'] }))).map((issue) => issue.key)).toEqual([key]);
  });

  it('that exclude each other: what is added wins', async () => {
    for (const name of ['team/a', 'team/b', 'team/c']) addLabel(name, { exclusive: true });
    const { key } = await tracker.createIssue({ title: 'Scoped', body: '', labels: ['team/c', 'plain'] });
    expect((await tracker.updateIssue(key, { addLabels: ['team/a'] })).labels.toSorted()).toEqual(['plain', 'team/a']);
    const error = await refusalOf(tracker.updateIssue(key, { addLabels: ['team/b', 'team/c'] }));
    expect([error.kind, error.message]).toEqual(['validation', 'The labels “team/b” and “team/c” exclude each other.']);
  });

  it('that may not be created do not lose the issue', async () => {
    server.state.access = 'read';
    const created = await tracker.createIssue({ title: 'By a reader', body: '', labels: ['pace'] });
    expect(created.labels).toEqual([]);
    expect(world.lines.join('\n')).toContain('Labels are missing and cannot be created');
  });

  it('that the server drops in silence are missed aloud', async () => {
    addLabel('pace');
    server.state.access = 'read';
    await tracker.createIssue({ title: 'By a reader', body: '', labels: ['pace'] });
    expect(world.lines.join('\n')).toContain('lacks the labels pace');
  });

  it('of the organisation are not changed from a repository', async () => {
    addLabel('shared', { shared: true });
    const error = await refusalOf(tracker.updateLabel?.('shared', { color: 'ff0000' }) ?? Promise.resolve());
    expect([error.kind, error.operation]).toEqual(['unsupported', 'updateLabel']);
  });

  it('of one name are made once', async () => {
    addLabel('there');
    expect((await refusalOf(tracker.createLabel?.({ name: 'There' }) ?? Promise.resolve())).kind).toBe('conflict');
  });
});

describe('pages', () => {
  it.each(['gitea', 'forgejo'] as const)('that %s cuts without a word lose nothing', async (flavour) => {
    const small = await startGitea({ flavour, maxItems: 7 });
    const { tracker: reader } = await trackerIn(shellEnv(small));
    for (let number = 0; number < 30; number += 1) await reader.createIssue({ title: `No. ${number}`, body: '' });
    expect((await collect(reader.listIssues())).length).toBe(30);
    await small.close();
  });

  it('without a total go on until one is empty', async () => {
    for (let number = 0; number < 60; number += 1) await tracker.createIssue({ title: `No. ${number}`, body: '' });
    server.exchanges.length = 0;
    server.trouble(
      ({ method }) => method === 'GET',
      (answer) => ({ ...answer, headers: {} }),
      9,
    );
    expect((await keys()).length).toBe(60);
    expect(asked(server).length).toBe(3);
  });

  it('that come again and again end', async () => {
    for (let number = 0; number < 3; number += 1) await tracker.createIssue({ title: `No. ${number}`, body: '' });
    const whole = (await keys()).length;
    server.trouble(
      ({ query }) => query.has('page'),
      (answer) => ({ json: answer.json }),
      1,
    );
    server.trouble(
      ({ query }) => query.get('page') === '2',
      { json: server.exchanges.at(-1)?.answer.json, headers: {} },
      9,
    );
    expect((await keys()).length).toBe(whole);
  });
});

describe('a state', () => {
  it('that is a label does not close or open anything by itself', async () => {
    const { key } = await tracker.createIssue({ title: 'Left behind', body: '', state: 'in_progress' });
    const row = server.state.issues.find(({ number }) => String(number) === key);
    if (row) row.state = 'closed';
    expect((await tracker.getIssue(key)).state).toBe('done');
    await tracker.transitionIssue(key, { state: 'canceled' });
    if (row) row.state = 'open';
    expect((await tracker.getIssue(key)).state).toBe('open');
  });

  it('is told by the label before the issue is closed, and after it is opened', async () => {
    const { key } = await tracker.createIssue({ title: 'Order', body: '', labels: ['pace'] });
    server.exchanges.length = 0;
    await tracker.transitionIssue(key, { state: 'canceled' });
    expect(asked(server).slice(-2)).toEqual([`POST /issues/${key}/labels`, `PATCH /issues/${key}`]);
    server.exchanges.length = 0;
    await tracker.transitionIssue(key, { state: 'in_progress' });
    const writes = asked(server).filter((line) => /^(POST|PATCH|DELETE) .issues/.test(line));
    const canceled = server.state.labels.find(({ name }) => name === 'status:canceled');
    expect(writes).toEqual([
      `PATCH /issues/${key}`,
      `POST /issues/${key}/labels`,
      `DELETE /issues/${key}/labels/${canceled?.id}`,
    ]);
  });

  it('that is refused leaves no label behind', async () => {
    const { key } = await tracker.createIssue({ title: 'Blocked', body: '', labels: ['pace'] });
    const refused412 = {
      status: 412,
      json: { message: 'cannot close this issue because it still has open dependencies' },
    };
    server.trouble(({ method, path }) => method === 'PATCH' && path.endsWith(`/issues/${key}`), refused412);
    await expect(tracker.transitionIssue(key, { state: 'canceled' })).rejects.toThrow();
    const { labels, state } = await tracker.getIssue(key);
    expect([labels, state]).toEqual([['pace'], 'open']);
    const row = server.state.issues.find(({ number }) => String(number) === key);
    expect(row?.labelIds.length).toBe(1);
  });

  it('whose answer is lost keeps the label that says how the issue was closed, and tells of it', async () => {
    const { key } = await tracker.createIssue({ title: 'Lost', body: '', labels: ['pace'] });
    server.trouble(
      ({ method, path }) => method === 'PATCH' && path.endsWith(`/issues/${key}`),
      () => ({ status: 502, json: {} }),
    );
    await expect(tracker.transitionIssue(key, { state: 'canceled' })).rejects.toMatchObject({
      ...{ kind: 'transient', unsure: true, done: [`${key}: labels`] },
    });
    expect((await tracker.getIssue(key)).state).toBe('canceled');
  });

  it('that is refused takes back what it has changed of all labels, and leaves what others have changed', async () => {
    const { key } = await tracker.createIssue({ title: 'Blocked', body: '', labels: ['old'] });
    const other = addLabel('of others');
    const row = server.state.issues.find(({ number }) => String(number) === key);
    const isClose = ({ method, path }: { method: string; path: string }) => {
      if (method !== 'PATCH' || !path.endsWith(`/issues/${key}`)) return false;
      row?.labelIds.push(other);
      return true;
    };
    server.trouble(isClose, {
      status: 412,
      json: { message: 'cannot close this issue because it still has open dependencies' },
    });
    server.exchanges.length = 0;
    const refused = tracker.updateIssue(key, { state: 'done', labels: ['new'] });
    await expect(refused).rejects.toMatchObject({ done: undefined });
    expect((await tracker.getIssue(key)).labels.toSorted()).toEqual(['of others', 'old']);
    const writes = asked(server).filter((line) => /^(?:PUT|POST|DELETE) .issues/.test(line));
    const id = server.state.labels.find(({ name }) => name === 'new')?.id;
    expect(writes).toEqual([
      `PUT /issues/${key}/labels`,
      `POST /issues/${key}/labels`,
      `DELETE /issues/${key}/labels/${id}`,
    ]);
  });

  it('that opens an issue and cannot set its label tells what was done', async () => {
    const { key } = await tracker.createIssue({ title: 'Half', body: '', state: 'canceled' });
    server.trouble(({ method, path }) => method === 'POST' && path.endsWith(`/issues/${key}/labels`), {
      ...{ status: 403, json: {} },
    });
    const patch = { title: 'Whole', state: 'in_progress' } as const;
    await expect(tracker.updateIssue(key, patch)).rejects.toMatchObject({
      ...{ kind: 'permission', done: [`${key}: title`, `${key}: state`] },
    });
  });

  it('can have several labels: the one that is named is set', async () => {
    const env = { ...shellEnv(server), PACE_GITEA_STATES: 'in_progress=Doing, Fixing; canceled=wontfix' };
    const { tracker: mapped } = await trackerIn(env);
    const { key } = await mapped.createIssue({ title: 'Named', body: '' });
    expect((await mapped.getAvailableTransitions(key)).map(({ name }) => name)).toEqual([
      ...['Doing', 'Fixing', 'status:in-review', 'status:blocked', 'closed', 'wontfix'],
    ]);
    const moved = await mapped.transitionIssue(key, { state: 'in_progress', name: 'fixing' });
    expect([moved.state, moved.stateName, moved.labels]).toEqual(['in_progress', 'Fixing', []]);
  });

  it('of which a person has written the label in other letters is there all the same', async () => {
    const { key } = await tracker.createIssue({ title: 'Shouted', body: '' });
    addLabel('STATUS:BLOCKED');
    const [row] = server.state.issues;
    if (row) row.labelIds = server.state.labels.map(({ id }) => id);
    server.exchanges.length = 0;
    for (const target of [{ state: 'blocked' }, { state: 'blocked', name: 'status:blocked' }] as const)
      expect((await tracker.transitionIssue(key, target)).stateName).toBe('STATUS:BLOCKED');
    expect(asked(server)).toEqual([`GET /issues/${key}`, `GET /issues/${key}`]);
    expect((await tracker.getAvailableTransitions(key)).map(({ name }) => name)).not.toContain('status:blocked');
  });

  it('without a label is refused with what exists', async () => {
    const env = { ...shellEnv(server), PACE_GITEA_STATES: '{"blocked":[]}' };
    const { tracker: mapped } = await trackerIn(env);
    expect((await mapped.capabilities()).states).not.toContain('blocked');
    const { key } = await mapped.createIssue({ title: 'Unmapped', body: '' });
    const error = await refusalOf(mapped.transitionIssue(key, { state: 'blocked' }));
    expect([error.kind, error.message]).toEqual([
      'transition',
      'Nothing stands for the state blocked here. Available: “open”, “closed”, “status:in-progress”, “status:in-review”, “status:canceled”.',
    ]);
  });

  it('of an issue that depends on open ones cannot be done', async () => {
    const [one, two] = [
      await tracker.createIssue({ title: 'One', body: '' }),
      await tracker.createIssue({ title: 'Two', body: '' }),
    ];
    await tracker.createLink?.(one.key, { type: 'is blocked by', target: two.key });
    const error = await refusalOf(tracker.transitionIssue(one.key, { state: 'done' }));
    expect([error.kind, error.message]).toEqual([
      'transition',
      'Gitea does not close an issue that depends on open ones.',
    ]);
  });
});

describe('people', () => {
  it('who cannot be assigned do not lose the issue, and those who can get it', async () => {
    const names = ['ada', 'mallory', 'nobody', 'Grace Hopper'];
    const created = await tracker.createIssue({ title: 'For several', body: '', assignees: names });
    expect(created.assignees.map(({ id }) => id)).toEqual(['ada', 'grace']);
    expect(world.lines.join('\n')).toContain('is opened without nobody, mallory: they cannot be assigned.');
  });

  it('whom nobody knows are never sent: the server would take everybody off the issue', async () => {
    const { key } = await tracker.createIssue({ title: 'For one', body: '', assignees: ['ada'] });
    server.exchanges.length = 0;
    const error = await refusalOf(tracker.updateIssue(key, { title: 'Never', assignees: ['ada', 'nobody'] }));
    expect([error.kind, error.message]).toEqual([
      'validation',
      'nobody cannot be assigned in acme/pace-demo. These can: pace-bot, ada, grace.',
    ]);
    expect(asked(server)).toEqual(['GET /assignees', 'GET /users/nobody']);
  });

  it('who cannot be assigned change nothing: those who were there are there again', async () => {
    const { key } = await tracker.createIssue({ title: 'For one', body: '', assignees: ['ada', 'grace'] });
    const error = await refusalOf(tracker.updateIssue(key, { title: 'Never', assignees: ['grace', 'Mallory'] }));
    expect([error.kind, error.message]).toEqual([
      'validation',
      'mallory cannot be assigned in acme/pace-demo. These can: pace-bot, ada, grace.',
    ]);
    const { title, assignees } = await tracker.getIssue(key);
    expect([title, assignees.map(({ id }) => id).sort()]).toEqual(['For one', ['ada', 'grace']]);
  });

  it('without write access are assigned where the server takes them: in a public repository', async () => {
    server.state.isPublic = true;
    const { key, assignees } = await tracker.createIssue({
      title: 'Public',
      body: '',
      assignees: ['mallory', 'nobody'],
    });
    expect(assignees.map(({ id }) => id)).toEqual(['mallory']);
    expect(world.lines.join('\n')).toContain('is opened without nobody: they cannot be assigned.');
    const both = await tracker.updateIssue(key, { title: 'Both', assignees: ['@Mallory', 'Ada Lovelace'] });
    expect([both.title, both.assignees.map(({ id }) => id).sort()]).toEqual(['Both', ['ada', 'mallory']]);
  });

  it('who are on the issue and have lost their access do not keep another one from being taken off', async () => {
    const { key } = await tracker.createIssue({ title: 'Two', body: '', assignees: ['ada', 'grace'] });
    server.state.users = server.state.users.map((user) => (user.login === 'grace' ? { ...user, writes: false } : user));
    const left = await tracker.updateIssue(key, { assignees: ['grace'] });
    expect(left.assignees.map(({ id }) => id)).toEqual(['grace']);
  });

  it('are filtered by login, and by name where no login is so', async () => {
    const { key } = await tracker.createIssue({ title: 'Hers', body: '', assignees: ['ada'] });
    await tracker.createIssue({ title: 'Nobody’s', body: '' });
    expect(await keys({ assignee: 'ada' })).toEqual([key]);
    expect((await keys({ assignee: 'nobody-of-this-name' })).length).toBe(2);
    expect(await keys({ author: 'ada' })).toEqual([]);
  });

  it('are looked for among the writers: what fails then says what was asked', async () => {
    server.trouble(({ path }) => path.endsWith('/assignees'), { status: 409, json: { message: 'odd' } });
    const asks = async () => tracker.isWriter?.({ id: 'ada', name: 'Ada' }, '1');
    await expect(asks()).rejects.toMatchObject({ operation: 'isWriter' });
  });

  it('are trusted when they may write, or hold the token', async () => {
    const issue = await tracker.createIssue({ title: 'Whose', body: '' });
    const by = (id: string) => tracker.isTrusted?.({ ...issue, author: { id, name: id } });
    expect([await by('ada'), await by('pace-bot'), await by('mallory')]).toEqual([true, true, false]);
  });
});

const ZONES = ['Z', '+09:00', '-08:00', '+05:45', 'Europe/Berlin'];

describe.each(ZONES)('a day of a server in the zone %s', (zone) => {
  beforeEach(() => {
    server.state.zone = zone;
  });
  /** What the server's own page shows. */
  const shown = (due: number | null | undefined) => timeOf(server.state, due ?? 0).slice(0, 10);
  const dayIn = (row: { readonly due: number | null } | undefined) => shown(row?.due);

  it('is the same on its own pages and here, in winter and in summer', async () => {
    const { key, dueDate } = await tracker.createIssue({ title: 'Due', body: '', dueDate: '2026-07-31' });
    expect([dueDate, dayIn(server.state.issues[0])]).toEqual(['2026-07-31', '2026-07-31']);
    for (const day of ['2026-01-31', '2026-07-01', '2026-12-31']) {
      const changed = await tracker.updateIssue(key, { dueDate: day });
      expect([changed.dueDate, dayIn(server.state.issues[0])]).toEqual([day, day]);
      expect((await tracker.getIssue(key)).dueDate).toBe(day);
    }
    expect((await tracker.updateIssue(key, { dueDate: null })).dueDate).toBeUndefined();
  });

  it('is that of a milestone, too', async () => {
    const created = await tracker.createMilestone?.({ title: 'v1', dueDate: '2026-07-31' });
    expect([created?.dueDate, dayIn(server.state.milestones[0])]).toEqual(['2026-07-31', '2026-07-31']);
    for (const day of ['2026-01-31', '2026-07-01']) {
      const changed = await tracker.updateMilestone?.('v1', { dueDate: day });
      expect([changed?.dueDate, dayIn(server.state.milestones[0])]).toEqual([day, day]);
    }
  });
});

describe('a due date', () => {
  it('costs one look at the server’s zone, and one more write only where its summer has another one', async () => {
    server.state.zone = 'Europe/Berlin';
    await tracker.createIssue({ title: 'In winter', body: '', dueDate: '2026-01-31' });
    await tracker.createIssue({ title: 'In summer', body: '', dueDate: '2026-07-31' });
    await tracker.createIssue({ title: 'In summer, too', body: '', dueDate: '2026-08-01' });
    expect(asked(server)).toEqual(['GET ', 'POST /issues', 'POST /issues', 'PATCH /issues/2', 'POST /issues']);
  });

  it('that a reader may not set is not asked for again', async () => {
    server.state.zone = '+09:00';
    server.state.access = 'read';
    expect(
      (await tracker.createIssue({ title: 'By a reader', body: '', dueDate: '2026-01-31' })).dueDate,
    ).toBeUndefined();
    expect(asked(server)).toEqual(['GET ', 'POST /issues']);
  });

  it('that cannot be put right does not lose the issue', async () => {
    server.state.zone = 'Europe/Berlin';
    server.trouble(({ method }) => method === 'PATCH', { status: 403 });
    const { key } = await tracker.createIssue({ title: 'In summer', body: '', dueDate: '2026-07-31' });
    expect(key).toBe('1');
    expect(world.lines.join('\n')).toContain(
      '/issues/1 is shown as due another day than 2026-07-31: The token may not',
    );
  });
});

describe('a text that somebody else changes meanwhile', () => {
  beforeEach(async () => {
    await server.close();
    server = await startGitea({ release: 'newer' });
    ({ tracker, world } = await trackerIn(shellEnv(server)));
  });

  it.each([
    ['1.22', 400],
    ['newer', 409],
  ] as const)('and that release %s refuses as changed already is written once more', async (release, status) => {
    await server.close();
    server = await startGitea({ release });
    ({ tracker, world } = await trackerIn(shellEnv(server)));
    const { key } = await tracker.createIssue({ title: 'Shared', body: 'Before.' });
    server.state.collisions = 2;
    expect((await tracker.updateIssue(key, { metadata: { a: 2 } })).metadata).toEqual({ a: 2 });
    server.state.collisions = 3;
    const error = await refusalOf(tracker.updateIssue(key, { metadata: { a: 3 } }));
    expect([error.kind, error.status]).toEqual(['conflict', status]);
  });

  it('is read again, so that neither change is lost', async () => {
    const { key } = await tracker.createIssue({ title: 'Shared', body: 'Before.', metadata: { a: 1 } });
    const row = server.state.issues.find(({ number }) => String(number) === key);
    server.trouble(
      ({ method }) => method === 'GET',
      (answer) => {
        if (row) {
          row.body = row.body.replace('Before.', 'By a person.');
          row.version += 1;
        }
        return answer;
      },
    );
    const updated = await tracker.updateIssue(key, { metadata: { a: 2 } });
    expect([updated.body, updated.metadata]).toEqual(['By a person.', { a: 2 }]);
  });

  it('again and again ends in a conflict', async () => {
    const { key } = await tracker.createIssue({ title: 'Shared', body: 'Before.' });
    server.trouble(({ method }) => method === 'PATCH', { status: 409, json: { message: 'changed' } }, 9);
    expect((await refusalOf(tracker.updateIssue(key, { metadata: { a: 2 } }))).kind).toBe('conflict');
  });
});

describe('links', () => {
  it('lead to other repositories with their name', async () => {
    const { key } = await tracker.createIssue({ title: 'Here', body: '' });
    server.trouble(
      ({ path }) => path.endsWith('/blocks'),
      (answer) => ({
        ...answer,
        json: [
          {
            ...(server.exchanges[0]?.answer.json as object),
            number: 7,
            repository: { id: 2, name: 'other', owner: 'acme', full_name: 'acme/other' },
          },
          { number: 0, title: 'HIDDEN' },
        ],
      }),
    );
    expect(await tracker.getIssueLinks?.(key)).toEqual([{ type: 'blocks', target: 'acme/other#7' }]);
  });

  it('in a circle are refused before anything is written', async () => {
    const [one, two] = [
      await tracker.createIssue({ title: 'One', body: '' }),
      await tracker.createIssue({ title: 'Two', body: '' }),
    ];
    await tracker.createLink?.(one.key, { type: 'blocks', target: two.key });
    const error = await refusalOf(
      tracker.createLink?.(one.key, { type: 'is blocked by', target: two.key }) ?? Promise.resolve(),
    );
    expect([error.kind, error.message]).toEqual(['validation', '1 and 2 cannot block each other.']);
  });

  it('to the issue itself are refused, though some servers take them', async () => {
    const { key } = await tracker.createIssue({ title: 'One', body: '' });
    server.exchanges.length = 0;
    const error = await refusalOf(
      tracker.createLink?.(key, { type: 'blocks', target: `#${key}` }) ?? Promise.resolve(),
    );
    expect([error.kind, error.message]).toEqual(['validation', '1 cannot block itself.']);
    expect(asked(server)).toEqual([]);
  });

  it('are told to be off where the repository has turned them off', async () => {
    server.state.dependencies = false;
    const { unsupported, linkTypes } = await tracker.capabilities();
    expect([unsupported.links, linkTypes]).toEqual([
      'Dependencies are off in the repository: please enable them under Settings → Units → Issues.',
      [],
    ]);
  });
});

it('a pull request is no issue', async () => {
  server.state.issues.push({
    ...{ number: 1, title: 'Pull', body: '', version: 0, state: 'open', labelIds: [], assigneeIds: [], milestoneId: 0 },
    ...{ due: null, userId: 1, createdAt: 1, updatedAt: 1, comments: [], events: [], locked: false, dependsOn: [] },
    pull: { head: 'a', base: 'main', merged: false, reviewers: [] },
  });
  expect((await refusalOf(tracker.getIssue('1'))).message).toBe(
    '#1 in acme/pace-demo is a pull request, not an issue.',
  );
  for (const deed of [
    () => tracker.updateIssue('1', { title: 'Never' }),
    () => tracker.updateIssue('1', { addLabels: ['never'] }),
    () => tracker.transitionIssue('1', { state: 'done' }),
    () => tracker.addComment('1', 'Never.'),
    async () => tracker.updateComment?.('1', '1', 'Never.'),
    async () => tracker.deleteComment?.('1', '1'),
    () => collect(tracker.listComments('1')),
    async () => tracker.getIssueLinks?.('1'),
    async () => tracker.createLink?.('1', { type: 'blocks', target: '2' }),
    async () => tracker.deleteLink?.('1', { type: 'blocks', target: '2' }),
    async () => tracker.listAttachments && collect(tracker.listAttachments('1')),
    async () => tracker.deleteIssue?.('1'),
  ])
    expect((await refusalOf(deed())).message).toBe('#1 in acme/pace-demo is a pull request, not an issue.');
  expect(asked(server).filter((line) => !line.startsWith('GET'))).toEqual([]);
  expect(await keys()).toEqual([]);
});

it('comments of an issue that does not exist are missed as an issue, though the server fails', async () => {
  expect((await refusalOf(collect(tracker.listComments('99')))).kind).toBe('not-found');
});

it('a comment on an issue that does not exist is missed as an issue, though the server fails', async () => {
  const error = await refusalOf(tracker.addComment('99', 'Never.'));
  expect([error.kind, error.operation]).toEqual(['not-found', 'addComment']);
});

it('a comment that the server fails to keep is no missing issue', async () => {
  await tracker.createIssue({ title: 'There', body: '' });
  server.trouble(({ method, path }) => method === 'POST' && path.endsWith('/comments'), { status: 500 });
  expect((await refusalOf(tracker.addComment('1', 'Lost.'))).kind).toBe('transient');
});

it('issues are all listed where a milestone has no title', async () => {
  await tracker.createIssue({ title: 'There', body: '' });
  server.state.milestones.push({ id: 7, title: '', description: '', state: 'open', due: null });
  expect(await keys()).toEqual(['1']);
});

it.each(['empty', 'page'] as const)('a refusal that says nothing has the remedy all the same: %s', async (form) => {
  server.state.access = 'read';
  server.state.forbidden = form;
  const error = await refusalOf(tracker.createLabel?.({ name: 'new' }) ?? Promise.resolve());
  expect([error.kind, error.message]).toEqual(['permission', 'The token may not create labels in acme/pace-demo.']);
  expect(error.remedy).toContain('write access to acme/pace-demo');
});

it('issues that are turned off are told before an owner opens one that nobody can read', async () => {
  server.state.issuesEnabled = false;
  const error = await refusalOf(tracker.capabilities());
  expect([error.kind, error.message]).toEqual([
    'configuration',
    'Issues are disabled in acme/pace-demo, or kept elsewhere.',
  ]);
});

it('issues that are turned off are named as the cause', async () => {
  server.state.issuesEnabled = false;
  server.state.access = 'write';
  const error = await refusalOf(tracker.createIssue({ title: 'Never', body: '' }));
  expect([error.kind, error.message]).toEqual([
    'not-found',
    "Gitea found nothing when asked to create issues in acme/pace-demo (The target couldn't be found.).",
  ]);
});

it('an archived repository is named as the cause', async () => {
  server.state.archived = true;
  expect((await refusalOf(tracker.createIssue({ title: 'Never', body: '' }))).message).toBe(
    'acme/pace-demo is archived and can only be read.',
  );
});

it('a milestone that does not exist is refused before anything is written, with those that do', async () => {
  await tracker.createMilestone?.({ title: 'v1', dueDate: '2026-12-31' });
  server.exchanges.length = 0;
  const error = await refusalOf(tracker.createIssue({ title: 'Never', body: '', milestone: 'v2' }));
  expect([error.kind, error.message]).toEqual([
    'validation',
    'There is no milestone “v2” in acme/pace-demo. Available: “v1”.',
  ]);
  expect(asked(server)).toEqual(['GET /milestones?state=all&page=1&limit=50']);
});

it('the other repository of the settings is where issues live', async () => {
  const env = {
    ...shellEnv(server),
    PACE_GITEA_REPOSITORY: 'acme/code',
    PACE_GITEA_ISSUES_REPOSITORY: server.state.path,
  };
  const { tracker: elsewhere } = await trackerIn(env);
  expect((await elsewhere.createIssue({ title: 'There', body: '' })).url).toContain('/acme/pace-demo/issues/1');
});
