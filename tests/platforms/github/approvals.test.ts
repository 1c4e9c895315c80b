import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CodeHost } from '../../../core/ports/index.ts';
import { createHost } from '../../../platforms/github/host.ts';
import { type GitHub, type ReviewToShow, startGitHub } from '../../support/github.ts';
import { testWorld } from '../../support/world.ts';
import { expectDescribedRequests, settingsFor } from './bench.ts';

let github: GitHub;
let host: CodeHost;
let pull: number;

beforeAll(async () => {
  github = await startGitHub({ people: ['ada', 'grace'] });
  await github.addCommit({ branch: 'login' });
  const made = { head: 'login', base: 'main', title: 'Log in' };
  const { number } = (await github.api('POST', `/repos/${github.repository}/pulls`, made)) as { number: number };
  pull = number;
});
afterAll(() => github.close());
beforeEach(() => {
  github.exchanges.length = 0;
  host = createHost(testWorld(), settingsFor(github));
});
afterEach(() => expectDescribedRequests(github));

const review = (login: string | null, state: string, sha: string | null = 'a'.repeat(40)): ReviewToShow => ({
  ...{ login, state, sha },
});
const approval = (id: string, sha?: string) => ({
  person: { id, name: id },
  ...(sha === undefined ? {} : { sha }),
});

describe('approvals of a pull request', () => {
  it('stand until their person objects, or they are dismissed; a comment changes nothing', async () => {
    const [one, two] = ['a'.repeat(40), 'b'.repeat(40)];
    github.setReviews(pull, [
      review('ada', 'APPROVED', one),
      review('grace', 'APPROVED', one),
      review('linus', 'DISMISSED', one),
      review('octocat', 'CHANGES_REQUESTED', one),
      review(null, 'APPROVED', one),
      review('ada', 'COMMENTED', two),
      review('grace', 'CHANGES_REQUESTED', two),
      review('octocat', 'APPROVED', two),
      review('octocat', 'PENDING', null),
      review('hubot', 'A_WORD_OF_THE_FUTURE', two),
      review('toString', 'toString', two),
    ]);
    const found = await host.listApprovals?.(String(pull));
    expect(found).toEqual({
      approvals: [approval('ada', one), approval('octocat', two)],
      author: { id: 'octocat', name: 'octocat' },
      url: expect.stringMatching(new RegExp(`/pull/${pull}$`)),
    });
  });

  it('of a commit that is gone are of no known commit', async () => {
    github.setReviews(pull, [review('ada', 'APPROVED', null)]);
    expect((await host.listApprovals?.(String(pull)))?.approvals).toEqual([approval('ada')]);
  });

  it('come from all pages', async () => {
    const comments = Array.from({ length: 150 }, () => review('ada', 'COMMENTED'));
    github.setReviews(pull, [...comments, review('grace', 'APPROVED', 'b'.repeat(40))]);
    expect((await host.listApprovals?.(String(pull)))?.approvals).toEqual([approval('grace', 'b'.repeat(40))]);
  });

  it('need no account of the one who opened it, and a permission that the refusal names', async () => {
    const path = `/repos/${github.repository}/pulls/${pull}`;
    const isPull = (asked: { path: string }) => asked.path === path;
    github.trouble(isPull, (answer) => ({ ...answer, json: { ...(answer.json as object), user: null } }));
    expect(await host.listApprovals?.(String(pull))).not.toHaveProperty('author');
    github.trouble(isPull, { status: 403, json: { message: 'Resource not accessible by integration' } });
    await expect(createHost(testWorld(), settingsFor(github)).listApprovals?.(String(pull))).rejects.toMatchObject({
      operation: 'listApprovals',
      remedy: expect.stringContaining('pull-requests: read'),
    });
  });
});

describe('the author of a commit', () => {
  it('is an account, or nobody for an address that belongs to none', async () => {
    const authors = () => createHost(testWorld(), settingsFor(github)).commitAuthors?.(github.sha);
    expect(await authors()).toEqual([]);
    github.setAuthor(github.sha, '');
    expect(await authors()).toEqual([]);
    github.setAuthor(github.sha, 'ada');
    expect(await authors()).toEqual([{ id: 'ada', name: 'ada' }]);
  });
});

it('knows teams, as its tracker does', async () => {
  const [org] = github.repository.split('/');
  const path = `/orgs/${org}/teams/release/memberships/ada`;
  const member = { url: '', role: 'member', state: 'active' };
  github.trouble((asked) => asked.path === path, { json: member });
  expect(await host.isTeamMember?.(`${org}/release`, { id: 'ada', name: 'ada' })).toBe(true);
});
