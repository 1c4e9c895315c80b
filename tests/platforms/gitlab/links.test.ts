import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { toLink } from '../../../platforms/gitlab/links.ts';
import { type GitLabServer, startGitLab } from '../../support/gitlab.ts';
import { asked, expectDescribed, shellEnv, trackerIn } from './bench.ts';

let server: GitLabServer;
let tracker: TrackerDriver;

beforeEach(async () => {
  server = await startGitLab();
  tracker = (await trackerIn(shellEnv(server))).tracker;
  for (const title of ['One', 'Two']) await tracker.createIssue({ title, body: '' });
});
afterEach(async () => {
  expectDescribed(server.exchanges);
  await server.close();
});

it('an issue of another project is named with its project', async () => {
  const link = { type: 'relates to', target: 'acme/other#7' } as const;
  await tracker.createLink?.('1', link);
  await tracker.createLink?.('1', link);
  expect(await tracker.getIssueLinks?.('1')).toEqual([link]);
  expect(asked(server).filter((request) => request.startsWith('POST /issues/'))).toEqual(['POST /issues/1/links']);
  await tracker.deleteLink?.('1', link);
  expect(await tracker.getIssueLinks?.('1')).toEqual([]);
});

it('the own project may be named, too, by its path or number', async () => {
  await tracker.createLink?.('1', { type: 'relates to', target: 'acme/pace-demo#2' });
  expect(await tracker.getIssueLinks?.('1')).toEqual([{ type: 'relates to', target: '2' }]);
  const { tracker: numbered } = await trackerIn({ ...shellEnv(server), GITLAB_PROJECT: '4217' });
  expect(await numbered.getIssueLinks?.('2')).toEqual([{ type: 'relates to', target: '1' }]);
});

it('a second link between two issues is a conflict that names the first', async () => {
  await tracker.createLink?.('1', { type: 'relates to', target: '2' });
  await expect(tracker.createLink?.('1', { type: 'blocks', target: '2' })).rejects.toMatchObject({
    kind: 'conflict',
    operation: 'createLink',
    message: '1 has a link to 2 already: it “relates to” 2. GitLab keeps one link between two issues.',
  });
});

it('what the licence does not offer is unsupported, not a missing permission', async () => {
  await expect(tracker.createLink?.('1', { type: 'blocks', target: '2' })).rejects.toMatchObject({
    kind: 'unsupported',
    remedy: 'That needs GitLab Premium or Ultimate. Please use “relates to”.',
  });
});

it('a target that is none is refused', async () => {
  const link = (target: string) => tracker.createLink?.('1', { type: 'relates to', target });
  await expect(link('99')).rejects.toMatchObject({
    kind: 'not-found',
    message: expect.stringContaining('no issue 99'),
  });
  await expect(link('acme/nowhere#1')).rejects.toMatchObject({ kind: 'not-found' });
  await expect(link('../x')).rejects.toMatchObject({ kind: 'validation' });
  await expect(tracker.createLink?.('1', { type: 'clones', target: '2' })).rejects.toMatchObject({
    kind: 'unsupported',
  });
});

it('a kind of link that nobody knows is still a link', () => {
  const wire = { iid: 5, project_id: 1, issue_link_id: 2, link_type: 'haunts', references: { full: 'a/b#5' } };
  expect(toLink('A/b', wire)).toEqual({ type: 'relates to', target: '5' });
  expect(toLink('a/c', wire)).toEqual({ type: 'relates to', target: 'a/b#5' });
});
