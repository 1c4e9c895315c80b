import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CodeHost } from '../../../core/ports/index.ts';
import { approve, pushTo } from '../../support/gitlab/merge-requests.ts';
import { type GitLabServer, startGitLab } from '../../support/gitlab.ts';
import { asked, expectDescribed, hostIn, jobEnv, shellEnv } from './bench.ts';

let server: GitLabServer;
let host: CodeHost;

beforeEach(async () => {
  server = await startGitLab();
  host = (await hostIn(shellEnv(server))).host;
});
afterEach(async () => {
  expectDescribed(server.exchanges);
  await server.close();
});

const [ADA, GRACE] = [2, 3];
const ada = { id: 'ada', name: 'Ada Lovelace' };
const grace = { id: 'grace', name: 'Grace Hopper' };

async function opened() {
  const files = [{ path: 'docs/a.md', content: 'a' }];
  const texts = { commitMessage: 'Add', title: 'Review', body: 'Text.', labels: [], reviewers: [] };
  const { key } = await host.proposeChange({ branch: 'login', from: server.sha, files, ...texts });
  const row = server.mergeRequests.find(({ iid }) => String(iid) === key);
  if (!row) throw new Error('no merge request was opened');
  server.exchanges.length = 0;
  return { key, row, head: server.branches.get('login') ?? '' };
}

describe('approvals of a merge request', () => {
  it('cost two requests while there are none', async () => {
    const { key } = await opened();
    expect(await host.listApprovals?.(key)).toEqual({
      approvals: [],
      author: expect.objectContaining({ id: expect.any(String) }),
      url: `${server.origin}/${server.project}/-/merge_requests/${key}`,
    });
    expect(asked(server)).toEqual([`GET /merge_requests/${key}`, `GET /merge_requests/${key}/approvals`]);
  });

  it('are for the head that was there at their time', async () => {
    const { key, row, head } = await opened();
    approve(server.state, row, ADA);
    const next = pushTo(server.state, row);
    approve(server.state, row, GRACE);
    expect((await host.listApprovals?.(key))?.approvals).toEqual([
      { person: ada, sha: head },
      { person: grace, sha: next },
    ]);
    expect(asked(server).filter((request) => request.includes('/notes'))).toEqual([]);
  });

  it('are timed by their notes on a server that does not tell when they were given', async () => {
    server.state.tellsWhenApproved = false;
    const { key, row, head } = await opened();
    approve(server.state, row, ADA);
    approve(server.state, row, GRACE);
    const next = pushTo(server.state, row);
    approve(server.state, row, ADA, false);
    approve(server.state, row, ADA);
    // what people write is no proof, and what GitLab notes down otherwise neither
    for (const [body, system] of [
      ['approved this merge request', false],
      ['approved this merge request with a smile', true],
    ] as const)
      row.notes.push({ id: server.state.nextId(), body, system, authorId: GRACE, createdAt: server.state.time() });
    expect((await host.listApprovals?.(key))?.approvals).toEqual([
      { person: grace, sha: head },
      { person: ada, sha: next },
    ]);
  });

  it('of no known time, or from before any version, are of no known commit', async () => {
    server.state.tellsWhenApproved = false;
    const { key, row } = await opened();
    approve(server.state, row, ADA);
    row.notes.length = 0;
    expect((await host.listApprovals?.(key))?.approvals).toEqual([{ person: ada }]);
    server.state.tellsWhenApproved = true;
    row.versions = [];
    expect((await host.listApprovals?.(key))?.approvals).toEqual([{ person: ada }]);
  });

  it('need no account of the one who opened it', async () => {
    const { key } = await opened();
    server.trouble(
      ({ path }) => path.endsWith(`/merge_requests/${key}`),
      (answer) => ({
        ...answer,
        json: { ...(answer.json as object), author: null },
      }),
    );
    expect(await host.listApprovals?.(key)).not.toHaveProperty('author');
  });

  it('are not for a job token to read', async () => {
    const { key } = await opened();
    const { host: inJob } = await hostIn(jobEnv(server));
    await expect(inJob.listApprovals?.(key)).rejects.toMatchObject({
      kind: 'permission',
      operation: 'listApprovals',
      message:
        'CI_JOB_TOKEN cannot read the approvals of merge requests: this endpoint of GitLab does not accept it (404).',
    });
  });
});

it('knows groups, as its tracker does', async () => {
  server.state.groups.set('acme/release', [ADA]);
  expect(await host.isTeamMember?.('acme/release', ada)).toBe(true);
  expect(await host.isTeamMember?.('acme/release', grace)).toBe(false);
});
