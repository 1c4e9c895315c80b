import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../../contract/refusal.ts';
import { type GiteaServer, startGitea } from '../../support/gitea.ts';
import { asked, expectDescribed, shellEnv, trackerIn } from './bench.ts';

let server: GiteaServer;
let tracker: TrackerDriver;

beforeEach(async () => {
  server = await startGitea({ formerly: 'acme/old-name' });
  ({ tracker } = await trackerIn(shellEnv(server)));
});
afterEach(async () => {
  expectDescribed(server);
  await server.close();
});

test('a repository that was renamed has its issues by the old name too, and is written to', async () => {
  const { key } = await tracker.createIssue({ title: 'One', body: '' });
  const old = (await trackerIn({ ...shellEnv(server), PACE_GITEA_REPOSITORY: 'acme/old-name' })).tracker;
  expect((await old.getIssue(key)).key).toBe(key);
  expect((await old.updateIssue(key, { title: 'Two' })).title).toBe('Two');
  await old.addComment(key, 'Said.');
  expect((await collect(old.listComments(key))).map(({ body }) => body)).toEqual(['Said.']);
  expect((await old.transitionIssue(key, { state: 'done' })).state).toBe('done');
  expect((await old.closedBy?.(key))?.id).toBe('pace-bot');
  expect(server.state.issues.map(({ title }) => title)).toEqual(['Two']);
});

describe('a link in a repository that was renamed', () => {
  const names = { old: 'acme/old-name', new: 'acme/pace-demo' };

  async function linked() {
    for (const title of ['One', 'Two']) await tracker.createIssue({ title, body: '' });
    const old = (await trackerIn({ ...shellEnv(server), PACE_GITEA_REPOSITORY: names.old })).tracker;
    const link = (target: string) => ({ type: 'is blocked by', target }) as const;
    return { old, link };
  }

  test.each(['2', '#2', `${names.old}#2`, `${names.new}#2`])('is made, seen and taken away as %s', async (target) => {
    const { old, link } = await linked();
    await old.createLink?.('1', link(target));
    // once more is no error
    await old.createLink?.('1', link(target));
    expect(server.state.issues[0]?.dependsOn).toEqual([2]);
    expect(await old.getIssueLinks?.('1')).toEqual([{ type: 'is blocked by', target: '2' }]);
    expect(await old.getIssueLinks?.('2')).toEqual([{ type: 'blocks', target: '1' }]);
    await old.deleteLink?.('1', link(target));
    expect(server.state.issues[0]?.dependsOn).toEqual([]);
  });

  test.each([`${names.old}#2`, `${names.new}#2`])(
    'is known by its old name where ours is the new one: %s',
    async (target) => {
      const { link } = await linked();
      await tracker.createLink?.('1', link(target));
      await tracker.createLink?.('1', link(target));
      expect(await tracker.getIssueLinks?.('1')).toEqual([{ type: 'is blocked by', target: '2' }]);
      await tracker.deleteLink?.('1', link(target));
      expect(server.state.issues[0]?.dependsOn).toEqual([]);
    },
  );

  test('to what is not there is refused once', async () => {
    const { old, link } = await linked();
    await refusal(async () => old.createLink?.('1', link('99')), { kinds: ['not-found'], operation: 'createLink' });
    await refusal(async () => old.createLink?.('1', link('acme/never#1')), { kinds: ['not-found'] });
  });
});

describe('who closed an issue', () => {
  test('is who has done it last, with one request for the end of the timeline', async () => {
    const { key } = await tracker.createIssue({ title: 'One', body: '' });
    const row = server.state.issues[0];
    await tracker.transitionIssue(key, { state: 'done' });
    await tracker.transitionIssue(key, { state: 'open' });
    await tracker.transitionIssue(key, { state: 'done' });
    const events = row?.events ?? [];
    Object.assign(events.at(-1) ?? {}, { userId: 2 });
    server.exchanges.length = 0;
    expect(await tracker.closedBy?.(key)).toEqual({ id: 'ada', name: 'Ada Lovelace' });
    expect(asked(server)).toEqual(['GET /issues/1', expect.stringMatching(/^GET \/issues\/1\/timeline\?since=/)]);
  });

  test('is nobody where the server has noted nothing down', async () => {
    const { key } = await tracker.createIssue({ title: 'One', body: '', state: 'done' });
    server.state.issues[0]?.events.splice(0);
    expect(await tracker.closedBy?.(key)).toBeUndefined();
  });
});

test('a team of the organisation has its members; nobody else, and nobody where there is no such team', async () => {
  server.state.teams.set('release', ['ada']);
  server.state.teams.set('release-managers', ['grace']);
  const isMember = (team: string, id: string) => tracker.isTeamMember?.(team, { id, name: id });
  expect(await isMember('acme/release', 'ada')).toBe(true);
  expect(await isMember('@acme/Release', 'grace')).toBe(false);
  expect(await isMember('acme/nobody', 'ada')).toBe(false);
  expect(await isMember('elsewhere/release', 'ada')).toBe(false);
  await refusal(async () => isMember('release', 'ada'), { kinds: ['validation'], operation: 'isTeamMember' });
});

describe('a refusal that no scope of the token would change', () => {
  test('names the conversation that is locked, whatever language the server speaks', async () => {
    const { key } = await tracker.createIssue({ title: 'One', body: '' });
    server.state.access = 'read';
    Object.assign(server.state.issues[0] ?? {}, { locked: true });
    const error = await refusal(() => tracker.addComment(key, 'x'), { kinds: ['permission'], operation: 'addComment' });
    expect(error.message).toContain('The conversation of the issue is locked');
    expect(error.remedy).toContain('Please unlock it');
  });

  test.each([
    [423, 'acme/pace-demo is archived'],
    [403, 'repository is archived'],
  ])('names the repository that is archived: %i', async (status, message) => {
    const { key } = await tracker.createIssue({ title: 'One', body: '' });
    server.trouble(({ method }) => method === 'POST', { status, json: { message } });
    const error = await refusal(() => tracker.addComment(key, 'x'), { kinds: ['permission'] });
    expect(error.message).toBe('acme/pace-demo is archived and can only be read.');
    expect(error.remedy).not.toContain('scope');
  });
});
