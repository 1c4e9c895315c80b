import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type CiService, ciService, isInCi } from '../../../core/drivers/ci-service.ts';

const SHA = 'a'.repeat(40);
const HEAD = 'b'.repeat(40);
const MERGE = 'c'.repeat(40);
const URL = 'https://github.com/octo-org/shop.git';

const pull = (more: object = {}) => ({ change: { id: '12', source: 'feature', target: 'main', labels: [], ...more } });

interface Service {
  readonly name: string;
  /** What its documentation says of a push to `main`, and what is told by that. */
  readonly push: Record<string, string>;
  readonly pushed?: Partial<CiService>;
  /** The same of pull request 12 from `feature`. */
  readonly pull?: Record<string, string>;
  readonly pulled?: Partial<CiService>;
}

const ofMain = { sha: SHA, branch: 'main', repositoryUrl: URL };
const ofMainByName = { sha: SHA, branch: 'main', repository: 'octo-org/shop' };

const services: readonly Service[] = [
  {
    name: 'Appveyor',
    push: { APPVEYOR: 'True', CI: 'True', APPVEYOR_REPO_COMMIT: SHA, APPVEYOR_REPO_BRANCH: 'main', APPVEYOR_REPO_NAME: 'octo-org/shop' },
    pushed: ofMainByName,
    pull: {
      ...{ APPVEYOR: 'True', APPVEYOR_REPO_COMMIT: MERGE, APPVEYOR_PULL_REQUEST_HEAD_COMMIT: HEAD, APPVEYOR_REPO_BRANCH: 'main' },
      ...{ APPVEYOR_PULL_REQUEST_NUMBER: '12', APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH: 'feature', APPVEYOR_REPO_NAME: 'octo-org/shop' },
    },
    pulled: { sha: HEAD, repository: 'octo-org/shop', ...pull() },
  },
  {
    name: 'Azure Pipelines',
    push: { TF_BUILD: 'True', BUILD_BUILDURI: 'vstfs:///1', BUILD_SOURCEVERSION: SHA, BUILD_SOURCEBRANCH: 'refs/heads/main', BUILD_REPOSITORY_URI: URL },
    pushed: ofMain,
    pull: {
      ...{ BUILD_BUILDURI: 'vstfs:///1', BUILD_SOURCEVERSION: MERGE, BUILD_SOURCEBRANCH: 'refs/pull/12/merge', BUILD_REPOSITORY_URI: URL },
      ...{ SYSTEM_PULLREQUEST_PULLREQUESTID: '987654', SYSTEM_PULLREQUEST_PULLREQUESTNUMBER: '12', SYSTEM_PULLREQUEST_SOURCECOMMITID: HEAD },
      ...{ SYSTEM_PULLREQUEST_SOURCEBRANCH: 'refs/heads/feature', SYSTEM_PULLREQUEST_TARGETBRANCH: 'main' },
    },
    pulled: { sha: HEAD, repositoryUrl: URL, ...pull() },
  },
  {
    name: 'Bamboo',
    push: { bamboo_agentId: '1', bamboo_planRepository_1_revision: SHA, bamboo_planRepository_1_branchName: 'main', bamboo_planRepository_1_repositoryUrl: URL },
    pushed: ofMain,
    pull: {
      ...{ bamboo_agentId: '1', bamboo_planRepository_1_revision: HEAD, bamboo_planRepository_1_branchName: 'feature', bamboo_repository_pr_key: '12' },
      ...{ bamboo_repository_pr_sourceBranch: 'feature', bamboo_repository_pr_targetBranch: 'main' },
    },
    pulled: { sha: HEAD, ...pull() },
  },
  {
    name: 'Bitrise',
    push: { CI: 'true', BITRISE_IO: 'true', BITRISE_GIT_COMMIT: SHA, BITRISE_GIT_BRANCH: 'main', BITRISE_APP_SLUG: '0123456789', GIT_REPOSITORY_URL: URL },
    pushed: ofMain,
    pull: { BITRISE_IO: 'true', BITRISE_GIT_COMMIT: HEAD, BITRISE_GIT_BRANCH: 'feature', BITRISEIO_GIT_BRANCH_DEST: 'main', BITRISE_PULL_REQUEST: '12', BITRISE_APP_SLUG: 'octo/shop' },
    pulled: { sha: HEAD, ...pull() },
  },
  {
    name: 'Buddy',
    push: { BUDDY: 'true', BUDDY_WORKSPACE_ID: '1', BUDDY_EXECUTION_REVISION: SHA, BUDDY_EXECUTION_BRANCH: 'main', BUDDY_REPO_SLUG: 'octo-org/shop' },
    pushed: ofMainByName,
    pull: {
      ...{ BUDDY_WORKSPACE_ID: '1', BUDDY_EXECUTION_REVISION: HEAD, BUDDY_EXECUTION_PULL_REQUEST_ID: 'pull/12', BUDDY_SCM_URL: URL },
      ...{ BUDDY_EXECUTION_PULL_REQUEST_HEAD_BRANCH: 'feature', BUDDY_EXECUTION_PULL_REQUEST_BASE_BRANCH: 'main' },
    },
    pulled: { sha: HEAD, repositoryUrl: URL, ...pull() },
  },
  {
    name: 'Buildkite',
    push: { BUILDKITE: 'true', CI: 'true', BUILDKITE_COMMIT: SHA, BUILDKITE_BRANCH: 'main', BUILDKITE_PULL_REQUEST: 'false', BUILDKITE_REPO: 'git@github.com:octo-org/shop.git' },
    pushed: { ...ofMain, repositoryUrl: 'git@github.com:octo-org/shop.git' },
    pull: { BUILDKITE: 'true', BUILDKITE_COMMIT: HEAD, BUILDKITE_BRANCH: 'feature', BUILDKITE_PULL_REQUEST: '12', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main', BUILDKITE_REPO: URL },
    pulled: { sha: HEAD, repositoryUrl: URL, ...pull() },
  },
  {
    name: 'CircleCI',
    push: { CI: 'true', CIRCLECI: 'true', CIRCLE_SHA1: SHA, CIRCLE_BRANCH: 'main', CIRCLE_REPOSITORY_URL: URL, CIRCLE_PROJECT_USERNAME: 'octo-org', CIRCLE_PROJECT_REPONAME: 'shop' },
    pushed: ofMain,
    pull: { CIRCLECI: 'true', CIRCLE_SHA1: HEAD, CIRCLE_BRANCH: 'feature', CIRCLE_PULL_REQUEST: 'https://github.com/octo-org/shop/pull/12' },
    pulled: { sha: HEAD, ...pull({ target: '' }) },
  },
  {
    name: 'Cirrus CI',
    push: { CI: 'true', CIRRUS_CI: 'true', CIRRUS_CHANGE_IN_REPO: SHA, CIRRUS_BRANCH: 'main', CIRRUS_REPO_FULL_NAME: 'octo-org/shop' },
    pushed: ofMainByName,
    pull: { CIRRUS_CI: 'true', CIRRUS_CHANGE_IN_REPO: HEAD, CIRRUS_BRANCH: 'pull/12', CIRRUS_BASE_BRANCH: 'main', CIRRUS_PR: '12', CIRRUS_REPO_CLONE_URL: URL },
    pulled: { sha: HEAD, repositoryUrl: URL, ...pull({ source: '' }) },
  },
  {
    name: 'Cloudflare Pages',
    push: { CI: 'true', CF_PAGES: '1', CF_PAGES_COMMIT_SHA: SHA, CF_PAGES_BRANCH: 'main' },
    pushed: { sha: SHA, branch: 'main' },
  },
  {
    name: 'AWS CodeBuild',
    push: {
      ...{ CODEBUILD_BUILD_ID: 'shop:1', CODEBUILD_RESOLVED_SOURCE_VERSION: SHA, CODEBUILD_WEBHOOK_HEAD_REF: 'refs/heads/main' },
      ...{ CODEBUILD_WEBHOOK_TRIGGER: 'branch/main', CODEBUILD_SOURCE_VERSION: SHA, CODEBUILD_SOURCE_REPO_URL: URL },
    },
    pushed: ofMain,
    pull: {
      ...{ CODEBUILD_BUILD_ID: 'shop:1', CODEBUILD_RESOLVED_SOURCE_VERSION: HEAD, CODEBUILD_WEBHOOK_TRIGGER: 'pr/12', CODEBUILD_SOURCE_VERSION: 'pr/12' },
      ...{ CODEBUILD_WEBHOOK_HEAD_REF: 'refs/heads/feature', CODEBUILD_WEBHOOK_BASE_REF: 'refs/heads/main' },
    },
    pulled: { sha: HEAD, ...pull() },
  },
  {
    name: 'Codefresh',
    push: { CI: 'true', CF_BUILD_ID: '1', CF_REVISION: SHA, CF_BRANCH: 'main', CF_REPO_OWNER: 'octo-org', CF_REPO_NAME: 'shop' },
    pushed: ofMainByName,
    pull: { CF_BUILD_ID: '1', CF_REVISION: HEAD, CF_BRANCH: 'feature', CF_PULL_REQUEST_NUMBER: '12', CF_PULL_REQUEST_TARGET: 'main' },
    pulled: { sha: HEAD, ...pull() },
  },
  {
    name: 'Codeship',
    push: { CI: 'true', CI_NAME: 'codeship', CI_COMMIT_ID: SHA, CI_BRANCH: 'main', CI_REPO_NAME: 'octo-org/shop' },
    pushed: ofMainByName,
  },
  {
    name: 'Drone',
    push: { CI: 'true', DRONE: 'true', DRONE_COMMIT_SHA: SHA, DRONE_BRANCH: 'main', DRONE_BUILD_EVENT: 'push', DRONE_GIT_HTTP_URL: URL },
    pushed: ofMain,
    pull: {
      ...{ DRONE: 'true', DRONE_COMMIT_SHA: HEAD, DRONE_BUILD_EVENT: 'pull_request', DRONE_PULL_REQUEST: '12', DRONE_REMOTE_URL: URL },
      ...{ DRONE_SOURCE_BRANCH: 'feature', DRONE_TARGET_BRANCH: 'main', DRONE_BRANCH: 'main' },
    },
    pulled: { sha: HEAD, repositoryUrl: URL, ...pull() },
  },
  {
    name: 'JetBrains Space',
    push: { JB_SPACE_EXECUTION_NUMBER: '1', JB_SPACE_GIT_REVISION: SHA, JB_SPACE_GIT_BRANCH: 'refs/heads/main', JB_SPACE_PROJECT_KEY: 'OCTO', JB_SPACE_GIT_REPOSITORY_NAME: 'shop' },
    pushed: { sha: SHA, branch: 'main', repository: 'octo/shop' },
  },
  {
    name: 'Netlify',
    push: { CI: 'true', NETLIFY: 'true', COMMIT_REF: SHA, HEAD: 'main', PULL_REQUEST: 'false', REPOSITORY_URL: 'https://github.com/octo-org/shop' },
    pushed: { ...ofMain, repositoryUrl: 'https://github.com/octo-org/shop' },
    pull: { NETLIFY: 'true', COMMIT_REF: HEAD, HEAD: 'feature', PULL_REQUEST: 'true', REVIEW_ID: '12', REPOSITORY_URL: URL },
    pulled: { sha: HEAD, repositoryUrl: URL, ...pull({ target: '' }) },
  },
  {
    name: 'Puppet',
    push: { DISTELLI_APPNAME: 'shop', DISTELLI_RELREVISION: SHA, DISTELLI_RELBRANCH: 'main' },
    pushed: { sha: SHA, branch: 'main' },
  },
  {
    name: 'Sail CI',
    push: { CI: 'true', SAILCI: 'true', SAIL_COMMIT_SHA: SHA, SAIL_COMMIT_BRANCH: 'main', SAIL_REPO_OWNER: 'octo-org', SAIL_REPO_NAME: 'shop' },
    pushed: ofMainByName,
    pull: { SAILCI: 'true', SAIL_COMMIT_SHA: HEAD, SAIL_PULL_REQUEST_NUMBER: '12' },
    pulled: { sha: HEAD, ...pull({ source: '', target: '' }) },
  },
  {
    name: 'Screwdriver.cd',
    push: { CI: 'true', SCREWDRIVER: 'true', SD_BUILD_SHA: SHA, GIT_BRANCH: 'main', SCM_URL: 'git@github.com:octo-org/shop.git' },
    pushed: { ...ofMain, repositoryUrl: 'git@github.com:octo-org/shop.git' },
    pull: { SCREWDRIVER: 'true', SD_BUILD_SHA: HEAD, SD_PULL_REQUEST: '12', PR_BRANCH_NAME: 'feature', PR_BASE_BRANCH_NAME: 'main' },
    pulled: { sha: HEAD, ...pull() },
  },
  {
    name: 'Scrutinizer',
    push: { CI: 'true', SCRUTINIZER: 'true', SCRUTINIZER_SHA1: SHA, SCRUTINIZER_BRANCH: 'main' },
    pushed: { sha: SHA, branch: 'main' },
    pull: { SCRUTINIZER: 'true', SCRUTINIZER_SHA1: HEAD, SCRUTINIZER_BRANCH: 'main', SCRUTINIZER_PR_NUMBER: '12', SCRUTINIZER_PR_SOURCE_BRANCH: 'feature' },
    pulled: { sha: HEAD, ...pull() },
  },
  {
    name: 'Semaphore',
    push: { CI: 'true', SEMAPHORE: 'true', SEMAPHORE_GIT_SHA: SHA, SEMAPHORE_GIT_BRANCH: 'main', SEMAPHORE_GIT_URL: URL },
    pushed: ofMain,
    pull: {
      ...{ SEMAPHORE: 'true', SEMAPHORE_GIT_SHA: MERGE, SEMAPHORE_GIT_PR_SHA: HEAD, SEMAPHORE_GIT_BRANCH: 'main' },
      ...{ SEMAPHORE_GIT_PR_BRANCH: 'feature', SEMAPHORE_GIT_PR_NUMBER: '12', SEMAPHORE_GIT_REPO_SLUG: 'octo-org/shop' },
    },
    pulled: { sha: HEAD, repository: 'octo-org/shop', ...pull() },
  },
  {
    name: 'Shippable',
    push: { CI: 'true', SHIPPABLE: 'true', COMMIT: SHA, BRANCH: 'main', SHIPPABLE_REPO_SLUG: 'octo-org/shop' },
    pushed: ofMainByName,
    pull: { SHIPPABLE: 'true', COMMIT: HEAD, IS_PULL_REQUEST: 'true', PULL_REQUEST: '12', BASE_BRANCH: 'main', HEAD_BRANCH: 'feature' },
    pulled: { sha: HEAD, ...pull() },
  },
  {
    name: 'TeamCity',
    push: { TEAMCITY_VERSION: '2026.1', BUILD_VCS_NUMBER: SHA, TEAMCITY_BUILDCONF_NAME: 'Shop/Build' },
    pushed: { sha: SHA },
  },
  {
    name: 'Travis CI',
    push: { CI: 'true', TRAVIS: 'true', TRAVIS_COMMIT: SHA, TRAVIS_BRANCH: 'main', TRAVIS_PULL_REQUEST: 'false', TRAVIS_REPO_SLUG: 'octo-org/shop', TRAVIS_TAG: '' },
    pushed: ofMainByName,
    pull: {
      ...{ TRAVIS: 'true', TRAVIS_COMMIT: MERGE, TRAVIS_PULL_REQUEST_SHA: HEAD, TRAVIS_BRANCH: 'main' },
      ...{ TRAVIS_PULL_REQUEST: '12', TRAVIS_PULL_REQUEST_BRANCH: 'feature' },
    },
    pulled: { sha: HEAD, ...pull() },
  },
  {
    name: 'Vela',
    push: { CI: 'true', VELA: 'true', VELA_BUILD_EVENT: 'push', VELA_BUILD_COMMIT: SHA, VELA_BUILD_BRANCH: 'main', VELA_BUILD_PULL_REQUEST: '0', VELA_REPO_FULL_NAME: 'octo-org/shop' },
    pushed: ofMainByName,
    pull: {
      ...{ VELA: 'true', VELA_BUILD_EVENT: 'pull_request', VELA_BUILD_COMMIT: HEAD, VELA_BUILD_PULL_REQUEST: '12', VELA_REPO_CLONE: URL },
      ...{ VELA_PULL_REQUEST_SOURCE: 'feature', VELA_PULL_REQUEST_TARGET: 'main', VELA_BUILD_BRANCH: 'main' },
    },
    pulled: { sha: HEAD, repositoryUrl: URL, ...pull() },
  },
  {
    name: 'Vercel',
    push: { CI: '1', VERCEL: '1', VERCEL_GIT_COMMIT_SHA: SHA, VERCEL_GIT_COMMIT_REF: 'main', VERCEL_GIT_REPO_OWNER: 'octo-org', VERCEL_GIT_REPO_SLUG: 'shop', VERCEL_GIT_PULL_REQUEST_ID: '' },
    pushed: ofMainByName,
    pull: { VERCEL: '1', VERCEL_GIT_COMMIT_SHA: HEAD, VERCEL_GIT_COMMIT_REF: 'feature', VERCEL_GIT_PULL_REQUEST_ID: '12' },
    pulled: { sha: HEAD, ...pull({ target: '' }) },
  },
  {
    name: 'Wercker',
    push: { CI: 'true', WERCKER_MAIN_PIPELINE_STARTED: '1', WERCKER_GIT_COMMIT: SHA, WERCKER_GIT_BRANCH: 'main', WERCKER_GIT_OWNER: 'octo-org', WERCKER_GIT_REPOSITORY: 'shop' },
    pushed: ofMainByName,
  },
  {
    name: 'Woodpecker CI',
    push: { CI: 'woodpecker', CI_PIPELINE_EVENT: 'push', CI_COMMIT_SHA: SHA, CI_COMMIT_BRANCH: 'main', CI_REPO_CLONE_URL: URL },
    pushed: ofMain,
    pull: {
      // of a closed one, too
      ...{ CI: 'woodpecker', CI_PIPELINE_EVENT: 'pull_request_closed', CI_COMMIT_SHA: HEAD, CI_COMMIT_BRANCH: 'main', CI_REPO_URL: URL },
      ...{ CI_COMMIT_PULL_REQUEST: '12', CI_COMMIT_SOURCE_BRANCH: 'feature', CI_COMMIT_TARGET_BRANCH: 'main' },
    },
    pulled: { sha: HEAD, repositoryUrl: URL, ...pull() },
  },
]; // biome-ignore format: a table

test.each(services)('in a job of $name a push is of its commit and branch', async ({ name, push, pushed }) => {
  expect(await ciService(push)).toEqual({ name, ...pushed });
  expect(await isInCi(push)).toBe(true);
});

const withPulls = services.filter((service) => service.pull !== undefined);

test.each(withPulls)('in a job of $name a pull request is of its head, and no day', async ({ name, pull: env = {}, pulled }) => {
  expect(await ciService(env)).toEqual({ name, ...pulled });
}); // biome-ignore format: one line

describe('what a service tells', () => {
  const buildkite = { BUILDKITE: 'true', BUILDKITE_COMMIT: SHA, BUILDKITE_BRANCH: 'main' };

  test.each(['HEAD', '', 'a'.repeat(39), 'A'.repeat(40), 'main'])('is no commit where it says %j', async (commit) => {
    expect(await ciService({ ...buildkite, BUILDKITE_COMMIT: commit })).toEqual({ name: 'Buildkite', branch: 'main' });
  });

  test('has no branch for a tag', async () => {
    expect(await ciService({ ...buildkite, BUILDKITE_BRANCH: 'v1', BUILDKITE_TAG: 'v1' })).toEqual({
      name: 'Buildkite',
      sha: SHA,
    });
    const codebuild = { CODEBUILD_BUILD_ID: '1', CODEBUILD_WEBHOOK_HEAD_REF: 'refs/tags/v1' };
    expect(await ciService(codebuild)).toEqual({ name: 'AWS CodeBuild' });
  });

  test('may be a branch that looks like a number', async () => {
    expect(await ciService({ ...buildkite, BUILDKITE_BRANCH: '12' })).toMatchObject({ branch: '12' });
  });

  test.each(['0', '-1', '../../x', '12; rm', '1'.repeat(13), 'abc'])(
    'is no change by the number %j',
    async (number) => {
      const env = { ...buildkite, BUILDKITE_PULL_REQUEST: number, BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main' };
      const told = await ciService(env);
      // that it is one is told all the same: it goes by its commit
      expect(told?.change?.id).toBe(SHA.slice(0, 12));
    },
  );

  test('is a change without a number, and none where nothing is known of it', async () => {
    const netlify = { NETLIFY: 'true', COMMIT_REF: HEAD, HEAD: 'feature', PULL_REQUEST: 'true', REPOSITORY_URL: URL };
    expect((await ciService(netlify))?.change).toEqual({
      id: HEAD.slice(0, 12),
      source: 'feature',
      target: '',
      labels: [],
    });
    expect((await ciService({ ...netlify, COMMIT_REF: '' }))?.change).toBeUndefined();
  });

  test.each(['refs/pull/12/merge', 'pull/12', 'refs/merge-requests/12/head', 'pull-requests/12'])(
    'is a change by the name %s in place of a branch', async (branch) => {
      expect(await ciService({ ...buildkite, BUILDKITE_BRANCH: branch })).toMatchObject({ change: { id: '12', source: '', target: '' } });
    },
  ); // biome-ignore format: one line

  test('is in TeamCity a branch of its own file of properties', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pace-teamcity-'));
    const [build, more] = [join(folder, 'build.properties'), join(folder, 'more.properties')];
    for (const [branch, subject] of [
      ['refs/heads/main', { branch: 'main' }],
      ['<default>', {}],
      ['pull/12', { change: { id: '12', source: '', target: '', labels: [] } }],
    ] as const) {
      writeFileSync(build, `teamcity.configuration.properties.file=${more}\n`);
      writeFileSync(more, `teamcity.build.branch=${branch}\n`);
      const env = { TEAMCITY_VERSION: '2026.1', BUILD_VCS_NUMBER: SHA, TEAMCITY_BUILD_PROPERTIES_FILE: build };
      expect(await ciService(env)).toEqual({ name: 'TeamCity', sha: SHA, ...subject });
    }
    rmSync(folder, { recursive: true });
  });

  test('names no repository whose owner is not set', async () => {
    expect(await ciService({ CIRCLECI: 'true' })).toEqual({ name: 'CircleCI' });
    expect(await ciService({ APPVEYOR: 'True', APPVEYOR_REPO_NAME: 'shop' })).toEqual({ name: 'Appveyor' });
    expect(await ciService({ APPVEYOR: 'True', APPVEYOR_REPO_NAME: 'octo org/shop' })).toEqual({ name: 'Appveyor' });
  });

  test('is little where a variable is missing that the package takes for granted', async () => {
    const netlify = { NETLIFY: 'true', COMMIT_REF: SHA };
    expect(await ciService(netlify)).toEqual({ name: 'a CI service' });
    expect(await isInCi(netlify)).toBe(true);
  });
});

describe('a program runs in CI', () => {
  test.each(['GITHUB_ACTIONS', 'GITLAB_CI', 'BITBUCKET_BUILD_NUMBER', 'JENKINS_URL'])('where %s is set, and that is a host of code', async (name) => {
    const env = { [name]: 'true', BUILDKITE: 'true', BUILDKITE_COMMIT: SHA };
    expect(await isInCi({ ...env, CI: 'false' })).toBe(true);
    expect(await ciService(env)).toBeUndefined();
  }); // biome-ignore format: one line

  test.each(['true', '1', 'True', 'yes', 'anything'])('where CI is %j', async (CI) => {
    expect(await isInCi({ CI })).toBe(true);
    expect(await ciService({ CI })).toBeUndefined();
  });

  test.each(['TF_BUILD', 'BUILD_BUILDURI', 'TEAMCITY_VERSION', 'CODEBUILD_BUILD_ID', 'bamboo_buildKey', 'bamboo_agentId'])('where %s is set by a service that may not say CI', async (name) => {
    expect(await isInCi({ [name]: 'x' })).toBe(true);
  }); // biome-ignore format: one line

  test.each(['', ' ', '0', 'false', 'False', 'no', 'off', undefined])('and not where CI is %j alone', async (CI) => {
    expect(await isInCi({ CI, HOME: '/home/ann', PATH: '/bin' })).toBe(false);
  });
});

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pace-no-git-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('starts no git, whatever the variables leave open', async () => {
    const started = join(folder, 'started');
    writeFileSync(join(folder, 'git'), `#!/bin/sh\ntouch ${started}\n`);
    chmodSync(join(folder, 'git'), 0o755);
    const env = { PATH: `${folder}:${process.env['PATH']}` };
    for (const more of [
      { CI: 'true' },
      { CODEBUILD_BUILD_ID: '1' },
      { TEAMCITY_VERSION: '1' },
      { SEMAPHORE: 'true' },
    ]) {
      await ciService({ ...env, ...more });
    }
    expect(existsSync(started)).toBe(false);
  });

  test('is asked wherever it knows a service', () => {
    const services = new globalThis.URL('../../../node_modules/env-ci/services/', import.meta.url).pathname;
    const known = readFileSync(new globalThis.URL('../../../core/drivers/ci-service.ts', import.meta.url), 'utf8');
    const signs = readdirSync(services).flatMap((file) => {
      const [, detect = ''] =
        /detect\(\{ env \}\) \{([\s\S]*?)\}/.exec(readFileSync(join(services, file), 'utf8')) ?? [];
      return [...detect.matchAll(/env\.(\w+)/g)].map(([, name = '']) => name);
    });
    expect(signs.length).toBeGreaterThan(30);
    expect(signs.filter((name) => !known.includes(`'${name}'`))).toEqual([]);
  });
});
