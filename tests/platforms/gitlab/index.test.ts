import { expect, it } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import gitlab from '../../../platforms/gitlab/index.ts';
import { settingsOf } from './bench.ts';

it('a job of GitLab CI is recognised', () => {
  expect([{ GITLAB_CI: 'true' }, { CI: 'true' }, {}].map((env) => gitlab.detectCi(env))).toEqual([true, false, false]);
});

it.each([
  ['gitlab.com', true],
  ['gitlab.example.org', true],
  ['github.com', false],
  ['notgitlab.com', false],
  ['example.org', false],
])('a remote on %s: %s', (hostname, ours) => {
  expect(gitlab.detectRemote(hostname)).toBe(ours);
});

it('a job of GitLab CI needs no setting but the token', () => {
  const env = {
    GITLAB_CI: 'true',
    CI_SERVER_URL: 'https://gitlab.example.org',
    CI_API_V4_URL: 'https://gitlab.example.org/api/v4',
    CI_PROJECT_PATH: 'acme/demo',
    CI_PROJECT_ID: '12',
    CI_JOB_TOKEN: 'glcbt-1',
    PACE_GITLAB_TOKEN: 'glpat-1',
    GITLAB_TOKEN: 'glpat-2',
  };
  expect(settingsOf(env)).toEqual({
    token: 'glpat-1',
    job_token: 'glcbt-1',
    project: 'acme/demo',
    url: 'https://gitlab.example.org',
  });
});

it('only the project is missing when nothing is set', () => {
  const { settings, missing } = resolveSettings({ platform: gitlab, side: 'ci', env: {} });
  expect(settings).toEqual({ url: 'https://gitlab.com' });
  expect(missing.map((error) => error.message)).toEqual([
    'GitLab needs GITLAB_PROJECT (the project whose commits are judged, by path or number; the git remote tells it where nothing else does), and it is not set.',
  ]);
});

it.each([
  ['https://gitlab.com/acme/demo/-/issues/12', { project: 'acme/demo', url: 'https://gitlab.com' }],
  [
    'https://gitlab.com/acme/sub/deep/demo/-/work_items/12',
    { project: 'acme/sub/deep/demo', url: 'https://gitlab.com' },
  ],
  ['https://gitlab.com/acme/demo/-/issues/incident/12#note_3', { project: 'acme/demo', url: 'https://gitlab.com' }],
  ['https://gitlab.com/acme/demo/-/issues/12/designs?x=1', { project: 'acme/demo', url: 'https://gitlab.com' }],
])('%s is an issue', (address, { project, url }) => {
  const settings = { project, issues_project: project, url };
  expect(gitlab.readIssueUrl(new URL(address))).toEqual({ key: '12', settings });
});

it.each([
  'https://gitlab.com/acme/demo/-/merge_requests/12',
  'https://gitlab.com/acme/demo/-/issues',
  'https://gitlab.com/acme/demo/-/issues/0',
  'https://gitlab.com/acme/demo/-/issues/12x',
  'https://gitlab.com/demo/-/issues/12',
  'https://gitlab.com/groups/acme/-/work_items/5',
  'https://gitlab.com/acme/de%2Fmo/-/issues/12',
  'https://github.com/acme/demo/issues/12',
  'https://gitlab.example.org/acme/demo/-/issues/12',
  'http://gitlab.com/acme/demo/-/issues/12',
])('%s is none of its issues', (address) => {
  expect(gitlab.readIssueUrl(new URL(address))).toBeUndefined();
});

it.each([
  ['https://gitlab.example.org', '/acme/demo/-/issues/12', 'https://gitlab.example.org'],
  ['https://gitlab.example.org/api/v4', '/acme/demo/-/issues/12', 'https://gitlab.example.org'],
  ['https://example.org/gitlab/', '/gitlab/acme/demo/-/issues/12', 'https://example.org/gitlab'],
])('with the server %s, %s is its issue', (server, path, url) => {
  const address = new URL(path, server);
  const settings = { project: 'acme/demo', issues_project: 'acme/demo', url };
  expect(gitlab.readIssueUrl(address, { url: server })).toEqual({ key: '12', settings });
});

it('addresses of another server never get the token of the configured one', () => {
  const configured = { url: 'https://gitlab.example.org' };
  expect(gitlab.readIssueUrl(new URL('https://gitlab.com/acme/demo/-/issues/12'), configured)).toBeUndefined();
  expect(
    gitlab.readIssueUrl(new URL('https://gitlab.example.org.evil.test/a/b/-/issues/1'), configured),
  ).toBeUndefined();
});

it('a project before # replaces the project of issues too', () => {
  expect(gitlab.projectSettings('acme/other')).toEqual({ project: 'acme/other', issues_project: 'acme/other' });
});
