/** What a job tells of itself before any configuration is read. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobSubject } from '../../core/ports/index.ts';
import { loadPlatform, platformNames, platformOfJob } from '../../platforms/index.ts';
import { testWorld } from '../support/world.ts';

const [HEAD, MERGE] = ['a'.repeat(40), 'b'.repeat(40)];
let folder: string;
let event: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pace-event-'));
  event = join(folder, 'event.json');
  const repo = { full_name: 'acme/shop', default_branch: 'trunk', id: 7 };
  const pull_request = { number: 12, head: { sha: HEAD, ref: 'feature', repo }, base: { ref: 'main', repo } };
  await writeFile(event, JSON.stringify({ repository: repo, pull_request }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function subjectIn(env: Record<string, string>): Promise<[string | undefined, JobSubject | undefined]> {
  const platform = await platformOfJob(env);
  return [platform?.name, await platform?.subjectOfJob?.(testWorld({ cwd: folder, env }))];
}

const change = { id: '12', source: 'feature', target: 'main', labels: [] };

test.each([
  ['github', { GITHUB_ACTIONS: 'true' }],
  ['gitea', { GITHUB_ACTIONS: 'true', GITEA_ACTIONS: 'true' }],
  ['gitea', { GITHUB_ACTIONS: 'true', FORGEJO_ACTIONS: 'true' }],
])('%s tells change, repository, default branch and its own merge', async (name, marks) => {
  const env = {
    ...marks,
    ...{
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: event,
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_SHA: MERGE,
    },
    ...{ GITHUB_REF: 'refs/pull/12/merge', GITHUB_SERVER_URL: 'https://host.test', GITHUB_WORKSPACE: '/work' },
  };
  const about = {
    judged: { sha: HEAD, change },
    repository: 'acme/shop',
    url: 'https://host.test/acme/shop',
    defaultBranch: 'trunk',
    folder: '/work',
  };
  expect(await subjectIn(env)).toEqual([name, { ...about, testMerge: MERGE }]);
  const onBase = { ...env, GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' };
  expect(await subjectIn(onBase)).toEqual([name, about]);
});

const GITLAB = {
  CI_PROJECT_DIR: '/builds/acme/shop',
  ...{
    GITLAB_CI: 'true',
    CI_COMMIT_SHA: MERGE,
    CI_PROJECT_PATH: 'acme/shop',
    CI_PROJECT_URL: 'https://gl.test/acme/shop',
  },
  ...{ CI_DEFAULT_BRANCH: 'trunk', CI_MERGE_REQUEST_IID: '12', CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'feature' },
  ...{ CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main', CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: HEAD },
};
const GITLAB_SUBJECT = {
  folder: '/builds/acme/shop',
  judged: { sha: HEAD, change },
  repository: 'acme/shop',
  url: 'https://gl.test/acme/shop',
  defaultBranch: 'trunk',
};

test('GitLab tells change, project, default branch and its merged result', async () => {
  expect(await subjectIn(GITLAB)).toEqual(['gitlab', GITLAB_SUBJECT]);
  const merged = { ...GITLAB, CI_MERGE_REQUEST_EVENT_TYPE: 'merged_result' };
  expect(await subjectIn(merged)).toEqual(['gitlab', { ...GITLAB_SUBJECT, testMerge: MERGE }]);
});

test('in a merge train of GitLab the parent of the merge is not trusted: it may be another merge request', async () => {
  expect(await subjectIn({ ...GITLAB, CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train' })).toEqual([
    'gitlab',
    GITLAB_SUBJECT,
  ]);
});

test('a pipeline of a fork on GitLab tells the project that the merge request goes to', async () => {
  const fork = { ...GITLAB, CI_PROJECT_PATH: 'stranger/shop', CI_PROJECT_URL: 'https://gl.test/stranger/shop' };
  const to = { CI_MERGE_REQUEST_PROJECT_PATH: 'acme/shop', CI_MERGE_REQUEST_PROJECT_URL: 'https://gl.test/acme/shop' };
  const { defaultBranch: _, ...subject } = GITLAB_SUBJECT;
  expect(await subjectIn({ ...fork, ...to })).toEqual(['gitlab', subject]);
});

test('a branch on GitLab is no change', async () => {
  const env = { GITLAB_CI: 'true', CI_COMMIT_SHA: HEAD, CI_PROJECT_PATH: 'acme/shop', CI_COMMIT_BRANCH: 'main' };
  expect(await subjectIn(env)).toEqual(['gitlab', { judged: { sha: HEAD, branch: 'main' }, repository: 'acme/shop' }]);
  expect(await subjectIn({ GITLAB_CI: 'true' })).toEqual(['gitlab', undefined]);
});

test('Bitbucket tells change and repository', async () => {
  const env = {
    ...{
      BITBUCKET_BUILD_NUMBER: '7',
      BITBUCKET_REPO_FULL_NAME: 'acme/shop',
      BITBUCKET_COMMIT: HEAD,
      BITBUCKET_PR_ID: '12',
    },
    ...{ BITBUCKET_BRANCH: 'feature', BITBUCKET_PR_DESTINATION_BRANCH: 'main' },
  };
  expect(await subjectIn(env)).toEqual(['bitbucket', { judged: { sha: HEAD, change }, repository: 'acme/shop' }]);
  expect(await subjectIn({ ...env, BITBUCKET_COMMIT: '' })).toEqual(['bitbucket', undefined]);
});

const JENKINS = { JENKINS_URL: 'https://j.test', JOB_NAME: 'shop/PR-12', BUILD_NUMBER: '3', GIT_COMMIT: HEAD };

test.each([
  [
    'the page of a pull request',
    { CHANGE_URL: 'https://github.com/acme/shop/pull/12' },
    'https://github.com/acme/shop',
  ],
  ['that of Gitea', { CHANGE_URL: 'https://g.test/acme/shop/pulls/12' }, 'https://g.test/acme/shop'],
  ['that of Bitbucket', { CHANGE_URL: 'https://b.test/acme/shop/pull-requests/12' }, 'https://b.test/acme/shop'],
  [
    'that of a merge request',
    { CHANGE_URL: 'https://gl.test/acme/shop/-/merge_requests/12' },
    'https://gl.test/acme/shop',
  ],
  [
    'what the GitLab plugin says',
    { gitlabTargetRepoHttpUrl: 'https://gl.test/acme/shop.git' },
    'https://gl.test/acme/shop',
  ],
])('Jenkins knows the repository of a change by %s', async (_, told, url) => {
  const named = { CHANGE_ID: '12', CHANGE_BRANCH: 'feature', CHANGE_TARGET: 'main' };
  const [name, subject] = await subjectIn({ ...JENKINS, ...named, ...told });
  expect([name, subject]).toEqual(['jenkins', { judged: { sha: HEAD, change }, repository: 'acme/shop', url }]);
});

test('Jenkins knows it by the pull request builder, or not at all', async () => {
  const [, subject] = await subjectIn({ ...JENKINS, ghprbGhRepository: 'acme/shop' });
  expect(subject).toEqual({ judged: { sha: HEAD }, repository: 'acme/shop' });
  expect((await subjectIn({ ...JENKINS, CHANGE_URL: 'nonsense' }))[1]).toEqual({ judged: { sha: HEAD } });
});

test('outside of a job there is no platform, and each whose jobs are known tells of them', async () => {
  expect(await subjectIn({})).toEqual([undefined, undefined]);
  expect(await subjectIn({ JENKINS_URL: 'https://j.test' })).toEqual([undefined, undefined]);
  const all = await Promise.all(platformNames.map(loadPlatform));
  const withJobs = all.filter(({ detectCi }) => detectCi).map(({ name }) => name);
  expect(withJobs.sort()).toEqual(['bitbucket', 'gitea', 'github', 'gitlab', 'jenkins']);
  expect(
    all
      .filter(({ subjectOfJob }) => subjectOfJob)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(withJobs);
});
