import { expect, it } from 'vitest';
import gitlab from '../../../platforms/gitlab/index.ts';
import { resolveSettings } from '../../../platforms/settings.ts';
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
    'GitLab needs GITLAB_PROJECT (the project whose commits are judged, by path or number), and it is not set.',
  ]);
});
