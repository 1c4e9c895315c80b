import { afterEach, expect, it } from 'vitest';
import { authentication, connect } from '../../../platforms/gitlab/api.ts';
import { type Answer, type Loopback, loopback } from '../../support/loopback.ts';
import { testWorld } from '../../support/world.ts';

let server: Loopback | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function answering(answer: Answer) {
  server = await loopback({ 'GET /:rest*': () => answer });
  const api = connect(testWorld(), { url: server.origin, token: 'glpat-secret' });
  return api.attempt('repository', () => api.resources().projects.show('acme/pace-demo'));
}

it.each([
  ['an access token', { token: 'glpat-abc' }, { credential: 'token', token: 'glpat-abc' }],
  ['an access token without prefix', { token: 'AbCdEfGhIjKlMnOpQrSt' }, { token: 'AbCdEfGhIjKlMnOpQrSt' }],
  ['a token of an OAuth application', { token: 'a1'.repeat(32) }, { credential: 'token', oauthToken: 'a1'.repeat(32) }],
  ['the job token', { job_token: 'glcbt-1' }, { credential: 'job-token', jobToken: 'glcbt-1' }],
  ['both, of which the access token wins', { token: 'glpat-abc', job_token: 'glcbt-1' }, { token: 'glpat-abc' }],
  ['a job token given as GITLAB_TOKEN', { token: 'glcbt-1' }, { credential: 'job-token', jobToken: 'glcbt-1' }],
  ['a job token of the newer kind', { token: 'eyJhb.eyJzd.c2ln' }, { jobToken: 'eyJhb.eyJzd.c2ln' }],
  ['nothing', {}, { credential: 'none' }],
])('%s is recognised', (_, settings, expected) => {
  expect(authentication(settings)).toMatchObject(expected);
});

it.each([
  [{ token: 'glpat-abc' }, 'private-token', 'glpat-abc'],
  [{ job_token: 'glcbt-1' }, 'job-token', 'glcbt-1'],
  [{ token: 'a1'.repeat(32) }, 'authorization', `Bearer ${'a1'.repeat(32)}`],
])('each kind of token goes into its own header', async (settings, header, value) => {
  server = await loopback({ 'GET /:rest*': () => ({ json: {} }) });
  const api = connect(testWorld(), { ...settings, url: server.origin });
  await api.resources().projects.show('a/b');
  expect(server.exchanges[0]?.asked.headers[header]).toBe(value);
});

it.each(['', '/', '/api/v4', '/gitlab', '/gitlab/api/v4/'])('an address that ends with "%s" is fine', async (end) => {
  server = await loopback({ 'GET /:rest*': () => ({ json: {} }) });
  const api = connect(testWorld(), { token: 't', url: `${server.origin}${end}` });
  await api.resources().projects.show('a/b');
  const base = end.startsWith('/gitlab') ? '/gitlab' : '';
  expect(server.exchanges[0]?.asked.path).toBe(`${base}/api/v4/projects/a%2Fb`);
});

it('a page that is no API answer is a wrong address, not a defect', async () => {
  await expect(answering({ text: '<html>Sign in</html>' })).rejects.toMatchObject({
    kind: 'configuration',
    operation: 'repository',
    remedy: 'Please check `gitlab.url` (GITLAB_URL): it is the address of the GitLab instance.',
  });
});

it('the token does not follow a redirect', async () => {
  const elsewhere = await loopback({ 'GET /:rest*': () => ({ json: {} }) });
  try {
    await expect(answering({ status: 302, headers: { location: `${elsewhere.origin}/x` } })).rejects.toMatchObject({
      kind: 'configuration',
      remedy: 'Please use the new address or name in the configuration.',
    });
    expect(elsewhere.exchanges).toEqual([]);
  } finally {
    await elsewhere.close();
  }
});

it('a write is sent once, whatever the server answers; a read is tried again', async () => {
  server = await loopback({
    'GET /:rest*': () => ({ status: 502, text: '' }),
    'POST /:rest*': () => ({ status: 502, text: '' }),
  });
  const api = connect(testWorld(), { token: 't', url: server.origin });
  await expect(api.resources().issues.create('a/b', 'Title')).rejects.toMatchObject({ kind: 'transient' });
  expect(server.exchanges.length).toBe(1);
  await expect(api.resources().projects.show('a/b')).rejects.toMatchObject({ kind: 'transient' });
  expect(server.exchanges.length).toBe(5);
});

it('a list goes on over all its pages also where a proxy drops the Link header', async () => {
  server = await loopback({
    'GET /:rest*': ({ query }) => {
      const page = Number(query.get('page') ?? 1);
      return { json: [{ id: page }], headers: { 'x-next-page': page < 3 ? String(page + 1) : '' } };
    },
  });
  const api = connect(testWorld(), { token: 't', url: server.origin });
  const found = await api.resources().pipelines.all('a/b', { sha: 'c0ffee', perPage: 1 });
  expect(found.map((pipeline) => pipeline.id)).toEqual([1, 2, 3]);
  expect(server.exchanges.map(({ asked }) => String(asked.query))).toEqual([
    'sha=c0ffee&per_page=1',
    'sha=c0ffee&per_page=1&page=2',
    'sha=c0ffee&per_page=1&page=3',
  ]);
});
