import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GitHub, startGitHub } from './github.ts';

const given = '0123456789abcdef0123456789abcdef01234567';
const second = '89abcdef0123456789abcdef0123456789abcdef';

let github: GitHub;
beforeAll(async () => {
  github = await startGitHub({ repository: 'acme/shop', sha: given });
});
afterAll(() => github.close());

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${github.origin}/repos/acme/shop${path}`, {
    headers: { authorization: `Bearer ${github.token}`, ...headers },
  });
}

test('commits are known under the names that they are given', async () => {
  expect(github.sha).toBe(given);
  expect(await github.addCommit({ sha: second, branch: 'feature', files: { 'a/b.txt': 'Text.' } })).toBe(second);
  const reference = (await (await get('/git/ref/heads/feature')).json()) as { object: { sha: string; url: string } };
  expect(reference.object.sha).toBe(second);
  expect(reference.object.url).toContain(github.origin);
  const commit = (await (await get(`/git/commits/${second}`)).json()) as { parents: { sha: string }[] };
  expect(commit.parents.map(({ sha }) => sha)).toEqual([given]);
  const file = (await (await get('/contents/a/b.txt?ref=feature')).json()) as { content: string };
  expect(Buffer.from(file.content, 'base64').toString()).toBe('Text.');
});

test('checks, statuses and runs change between two looks; the same answer is a 304', async () => {
  const look = (etag?: string) => get(`/commits/${given}/check-runs`, etag ? { 'if-none-match': etag } : {});
  github.setChecks(given, [{ name: 'test' }]);
  const first = await look();
  const etag = first.headers.get('etag') ?? '';
  expect(await first.json()).toMatchObject({ total_count: 1, check_runs: [{ name: 'test', status: 'in_progress' }] });
  expect((await look(etag)).status).toBe(304);
  github.setChecks(given, [{ name: 'test', conclusion: 'failure' }]);
  expect(await (await look(etag)).json()).toMatchObject({
    check_runs: [{ status: 'completed', conclusion: 'failure' }],
  });
  github.setStatuses(given, [{ context: 'ci', state: 'success' }]);
  expect(github.statuses(given).map(({ context, state }) => [context, state])).toEqual([['ci', 'success']]);
  expect(await (await get(`/commits/${given}/status`)).json()).toMatchObject({ state: 'success', total_count: 1 });
});

test('a wrong token, an unknown repository and an unknown commit are answered as GitHub does', async () => {
  const wrong = await get(`/commits/${given}/check-runs`, { authorization: 'Bearer nonsense' });
  const unknown = await fetch(`${github.origin}/repos/acme/other/actions/runs`, {
    headers: { authorization: `Bearer ${github.token}` },
  });
  const missing = await get(`/commits/${github.missingSha}/check-runs`);
  expect([wrong.status, unknown.status, missing.status]).toEqual([401, 404, 422]);
  expect(github.ownExchanges().length).toBeGreaterThan(3);
  expect(github.emulatedExchanges().length).toBeGreaterThan(0);
});
