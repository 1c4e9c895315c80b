import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import gitea from '../../../platforms/gitea/index.ts';

it('knows its jobs by the runner’s own variables, not by those of GitHub', () => {
  const jobs = [
    { GITHUB_ACTIONS: 'true', GITEA_ACTIONS: 'true' },
    { GITHUB_ACTIONS: 'true', GITEA_ACTIONS: 'true', FORGEJO_ACTIONS: 'true' },
    { GITHUB_ACTIONS: 'true' },
    {},
  ];
  expect(jobs.map((env) => gitea.detectCi(env))).toEqual([true, true, false, false]);
});

it('takes address, repository and token of a job from GitHub’s variables, in its own jobs only', () => {
  const shared = { GITHUB_TOKEN: 'x', GITHUB_SERVER_URL: 'https://git.example.org', GITHUB_REPOSITORY: 'acme/demo' };
  const inJob = resolveSettings({ platform: gitea, side: 'ci', env: { ...shared, GITEA_ACTIONS: 'true' } });
  expect([inJob.settings, inJob.missing]).toEqual([
    { token: 'x', url: 'https://git.example.org', repository: 'acme/demo' },
    [],
  ]);
  const onGitHub = resolveSettings({ platform: gitea, side: 'tracker', env: { ...shared, GITHUB_ACTIONS: 'true' } });
  expect([onGitHub.settings, onGitHub.missing.length]).toEqual([{}, 3]);
});

it('knows some servers by their names', () => {
  const hosts = ['gitea.com', 'codeberg.org', 'gitea.example.org', 'forgejo.acme.io', 'github.com', 'notgitea.com'];
  expect(hosts.map((host) => gitea.detectRemote(host))).toEqual([true, true, true, true, false, false]);
});

describe('the address of an issue', () => {
  const read = (address: string, url?: string) =>
    gitea.readIssueUrl(new URL(address), url === undefined ? {} : { url });
  const found = (url: string, key = '12') => ({
    key,
    settings: { url, repository: 'acme/demo', issues_repository: 'acme/demo' },
  });

  it.each([
    ['https://codeberg.org/acme/demo/issues/12', undefined, found('https://codeberg.org')],
    ['https://codeberg.org/acme/demo/pulls/3', undefined, found('https://codeberg.org', '3')],
    [
      'https://git.example.org/acme/demo/issues/12#issuecomment-3',
      'https://git.example.org/',
      found('https://git.example.org'),
    ],
    ['https://a.example.org/git/acme/demo/issues/12', 'https://a.example.org/git', found('https://a.example.org/git')],
    ['https://a.example.org/acme/demo/issues/12', 'https://a.example.org/git', undefined],
    ['https://a.example.org/gitlike/acme/demo/issues/12', 'https://a.example.org/git', undefined],
    ['https://codeberg.org/acme/demo/issues/12', 'https://git.example.org', undefined],
    ['http://git.example.org/acme/demo/issues/12', 'https://git.example.org', undefined],
    ['https://git.example.org/acme/demo/issues/12', undefined, undefined],
    ['https://codeberg.org/acme/demo/issues/new', undefined, undefined],
    ['https://codeberg.org/acme/demo/-/issues/12', undefined, undefined],
  ])('%s with the server %s', (address, url, expected) => {
    expect(read(address, url)).toEqual(expected);
  });
});

it('names a project as people write it', () => {
  expect(gitea.projectSettings('acme/demo')).toEqual({ repository: 'acme/demo', issues_repository: 'acme/demo' });
});

it('says of a push that is refused that the checkout has to keep its credentials, and for what', () => {
  expect(gitea.pushRemedy).toMatch(/`state\.persist: branch`.*only then.*`persist-credentials: true`/);
});
