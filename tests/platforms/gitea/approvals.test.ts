import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CodeHost } from '../../../core/ports/index.ts';
import { type GiteaServer, startGitea } from '../../support/gitea.ts';
import { expectDescribed, hostIn, shellEnv } from './bench.ts';

let server: GiteaServer;
let host: CodeHost;

beforeEach(async () => {
  server = await startGitea();
  host = (await hostIn(shellEnv(server))).host;
});
afterEach(async () => {
  expectDescribed(server);
  await server.close();
});

const [ONE, TWO] = ['a'.repeat(40), 'b'.repeat(40)];
const ADA = { id: 'ada', name: 'Ada Lovelace' };
const GRACE = { id: 'grace', name: 'Grace Hopper' };

async function opened(): Promise<string> {
  const files = [{ path: 'docs/a.md', content: 'a' }];
  const texts = { commitMessage: 'Add', title: 'Review', body: 'Text.', labels: [], reviewers: [] };
  return (await host.proposeChange({ branch: 'login', from: server.state.sha, files, ...texts })).key;
}

describe('approvals of a pull request', () => {
  it('stand until their person objects, or they are dismissed; all else changes nothing', async () => {
    const key = await opened();
    const row = server.state.issues.find(({ number }) => String(number) === key);
    row?.pull?.reviews?.push(
      { login: 'ada', state: 'APPROVED', sha: ONE },
      { login: 'grace', state: 'REQUEST_CHANGES', sha: ONE },
      { login: 'mallory', state: 'APPROVED', sha: ONE, dismissed: true },
      { login: undefined, state: 'APPROVED', sha: ONE },
      { login: 'ada', state: 'COMMENT', sha: TWO },
      { login: 'ada', state: 'REQUEST_REVIEW', sha: '' },
      { login: 'grace', state: 'APPROVED', sha: TWO },
      { login: 'grace', state: 'PENDING', sha: '' },
      { login: 'pace-bot', state: 'APPROVED', sha: '' },
      { login: 'mallory', state: 'REQUEST_CHANGES', sha: TWO, dismissed: true },
    );
    expect(await host.listApprovals?.(key)).toEqual({
      approvals: [
        { person: ADA, sha: ONE },
        { person: GRACE, sha: TWO },
        { person: { id: 'pace-bot', name: 'pace-bot' } },
      ],
      author: { id: 'pace-bot', name: 'pace-bot' },
      url: `${server.origin}/${server.state.path}/pulls/${key}`,
    });
  });

  it('need no account of the one who opened it', async () => {
    const key = await opened();
    server.trouble(
      ({ path }) => path.endsWith(`/pulls/${key}`),
      (answer) => ({
        ...answer,
        json: { ...(answer.json as object), user: null },
      }),
    );
    expect(await host.listApprovals?.(key)).not.toHaveProperty('author');
  });
});

it('the author of a commit is an account, or nobody for an address that belongs to none', async () => {
  expect(await host.commitAuthors?.(server.state.sha)).toEqual([]);
  server.state.authors.set(server.state.sha, 'ada');
  expect(await host.commitAuthors?.(server.state.sha)).toEqual([ADA]);
});

it('knows teams, as its tracker does', async () => {
  server.state.teams.set('release', ['ada']);
  expect(await host.isTeamMember?.('acme/release', ADA)).toBe(true);
  expect(await host.isTeamMember?.('acme/release', GRACE)).toBe(false);
});
