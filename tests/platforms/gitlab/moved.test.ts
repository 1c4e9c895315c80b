import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { refusal } from '../../contract/refusal.ts';
import { type GitLabServer, startGitLab } from '../../support/gitlab.ts';
import { asked, expectDescribed, shellEnv, trackerIn } from './bench.ts';

let server: GitLabServer;
let tracker: TrackerDriver;

async function start(elsewhere?: string): Promise<void> {
  server = await startGitLab(elsewhere === undefined ? {} : { elsewhere });
  ({ tracker } = await trackerIn(shellEnv(server)));
  await tracker.createIssue({ title: 'One', body: 'Text.' });
}
beforeEach(() => start());
afterEach(async () => {
  expectDescribed(server.exchanges);
  await server.close();
});

describe('an issue that was moved to another project', () => {
  test.each(['acme/elsewhere', 'umbrella/division/planning'])('is found in %s', async (path) => {
    await server.close();
    await start(path);
    const there = server.moveAway(1);
    const issue = await tracker.getIssue('1');
    expect([issue.key, issue.state, issue.url]).toEqual([
      `${path}#${there}`,
      'open',
      `${server.origin}/${path}/-/issues/${there}`,
    ]);
    expect(await tracker.closedBy?.('1')).toBeUndefined();
  });

  test('is the closed one that stays behind where the token may not read the new project', async () => {
    server.moveAway(1);
    const there = `/projects/${encodeURIComponent(server.elsewhere.project)}/`;
    server.trouble(({ path }) => path.includes(there), { status: 404, json: { message: '404 Project Not Found' } }, 10);
    const issue = await tracker.getIssue('1');
    expect([issue.key, issue.state, issue.stateName]).toEqual(['1', 'canceled', 'closed (moved)']);
    const error = await refusal(() => tracker.transitionIssue('1', { state: 'open' }), { kinds: ['not-found'] });
    expect(error.message).toBe(
      'The issue 1 was moved to a project that the token may not see, and nothing was done there.',
    );
  });

  test('is not mistaken for what a comment says', async () => {
    const { key } = await tracker.createIssue({ title: 'Two', body: '' });
    await tracker.addComment('1', `moved to elsewhere#${key}`);
    const { iid } = server.elsewhere.issues[0] ?? { iid: server.moveAway(Number(key)) };
    server.moveAway(1);
    await tracker.addComment('1', `moved to elsewhere#${iid}`);
    expect(await tracker.getIssue('1')).toMatchObject({ key: 'acme/elsewhere#2', title: 'One' });
  });

  test('is followed again when it was moved on', async () => {
    const once = server.moveAway(1);
    const row = server.elsewhere.issues[0];
    const back = await tracker.createIssue({ title: 'One', body: 'Text.' });
    const body = `moved to pace-demo#${back.key}`;
    row?.notes.push({ id: 1, body, system: true, authorId: 1, createdAt: new Date().toISOString() });
    Object.assign(row ?? {}, { state: 'closed', movedToId: server.state.firstIssueId + Number(back.key) });
    expect(once).toBe(1);
    expect((await tracker.getIssue('1')).key).toBe(back.key);
  });

  test('keeps its links apart from those of here', async () => {
    const other = await tracker.createIssue({ title: 'Two', body: '' });
    const moved = `acme/elsewhere#${server.moveAway(1)}`;
    await tracker.getIssueLinks?.(moved);
    await tracker.getIssueLinks?.(other.key);
    expect(asked(server).slice(-2)).toEqual([`GET /issues/1/links`, `GET /issues/${other.key}/links`]);
    expect(server.exchanges.at(-2)?.asked.path).toContain('elsewhere');
  });
});

describe('a refusal that no role of the token would change', () => {
  test('names the discussion that is locked', async () => {
    Object.assign(server.issues[0] ?? {}, { locked: true });
    const error = await refusal(() => tracker.addComment('1', 'Text.'), {
      kinds: ['permission'],
      operation: 'addComment',
    });
    expect(error.message).toContain('The discussion of the issue is locked');
    expect(error.remedy).toContain('Please unlock it');
    expect((await tracker.transitionIssue('1', { state: 'done' })).state).toBe('done');
  });

  test('names the project that is archived', async () => {
    server.state.archived = true;
    server.trouble(
      ({ path }) => path.endsWith('/projects/acme%2Fpace-demo'),
      { json: { id: 4217, archived: true } },
      10,
    );
    for (const call of [
      () => tracker.addComment('1', 'Text.'),
      () => tracker.createIssue({ title: 'New', body: '' }),
      () => tracker.updateIssue('1', { title: 'New' }),
    ]) {
      const error = await refusal(call, { kinds: ['permission'] });
      expect(error.message).toContain('The project is archived');
      expect(error.remedy).not.toContain('role');
    }
  });
});

test('a group has its members, and those of the groups above; nobody else, and nobody where it cannot be seen', async () => {
  server.state.groups.set('acme/release', [2, 4]);
  const isMember = (team: string, id: string) => tracker.isTeamMember?.(team, { id, name: id });
  expect(await isMember('acme/release', 'ada')).toBe(true);
  expect(await isMember('@acme/release', 'grace')).toBe(false);
  // blocked
  expect(await isMember('acme/release', 'gone')).toBe(false);
  expect(await isMember('acme/release', 'stranger')).toBe(false);
  expect(await isMember('acme/hidden', 'ada')).toBe(false);
  await refusal(async () => isMember('../acme', 'ada'), { kinds: ['validation'], operation: 'isTeamMember' });
});
