import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Check, ProposedChange } from '../../../core/ports/index.ts';
import { type GitLabServer, startGitLab } from '../../support/gitlab.ts';
import { asked, expectDescribed, hostIn, jobEnv, shellEnv } from './bench.ts';

let server: GitLabServer;

beforeEach(async () => {
  server = await startGitLab();
});
afterEach(async () => {
  expectDescribed(server.exchanges);
  await server.close();
});

const brief = (checks: readonly Check[] | undefined) =>
  (checks ?? []).map(({ name, app, workflow, state, optional }) => [name, app, workflow, state, optional]);

async function list(sha = server.sha, env = shellEnv(server)) {
  const { host } = await hostIn(env);
  return host.listChecks?.(sha);
}

describe('the checks of a commit', () => {
  it('are asked for once when its jobs tell all', async () => {
    server.setJobs(server.sha, [
      { name: 'compile', status: 'success' },
      { name: 'lint', status: 'failed', allowFailure: true },
      { name: 'deploy', status: 'manual', allowFailure: true },
    ]);
    expect(brief(await list())).toEqual([
      ['compile', 'gitlab-ci', 'main', 'success', false],
      ['lint', 'gitlab-ci', 'main', 'failure', true],
      ['deploy', 'gitlab-ci', 'main', 'waiting', true],
    ]);
    expect(asked(server)).toEqual([`GET /repository/commits/${server.sha}/statuses?all=false&per_page=100`]);
  });

  it('are the latest attempts', async () => {
    server.setJobs(server.sha, [
      { name: 'test', status: 'failed', retried: true },
      { name: 'test', status: 'success' },
    ]);
    expect(brief(await list())).toEqual([['test', 'gitlab-ci', 'main', 'success', false]]);
  });

  it('hold trigger jobs, which lead to their pipeline', async () => {
    const pipeline = server.setJobs(server.sha, [
      { name: 'build', status: 'success' },
      { name: 'child', status: 'failed', kind: 'bridge' },
    ]);
    const checks = await list();
    expect(brief(checks)).toEqual([
      ['build', 'gitlab-ci', 'main', 'success', false],
      ['child', 'gitlab-ci', 'main', 'failure', false],
    ]);
    expect(checks?.at(1)?.url).toBe(`${server.origin}/acme/pace-demo/-/pipelines/${pipeline}`);
    expect(checks?.map(({ attempt }) => attempt)).toEqual([String(pipeline), String(pipeline)]);
  });

  it('hold the statuses of other services', async () => {
    server.setJobs(server.sha, [{ name: 'build', status: 'success' }]);
    server.setStatuses(server.sha, [{ name: 'sonar', status: 'running', targetUrl: 'https://sonar.example.org/7' }]);
    expect(brief(await list())).toEqual([
      ['build', 'gitlab-ci', 'main', 'success', false],
      ['sonar', 'status', 'main', 'pending', false],
    ]);
  });

  it('keep the pipelines of a branch and of its merge request apart', async () => {
    server.setJobs(server.sha, [{ name: 'test', status: 'failed' }], { ref: 'feature' });
    const ref = 'refs/merge-requests/3/head';
    server.setJobs(server.sha, [{ name: 'test', status: 'success' }], { ref, source: 'merge_request_event' });
    expect(brief(await list())).toEqual([
      ['test', 'gitlab-ci', 'feature', 'failure', false],
      ['test', 'gitlab-ci', ref, 'success', false],
    ]);
  });

  it('show a pipeline that could not create any job', async () => {
    const id = server.setJobs(server.sha, [], { status: 'failed' });
    server.setStatuses(server.sha, [{ name: 'sonar', status: 'success', targetUrl: 'https://sonar.example.org/7' }]);
    const checks = await list();
    expect(brief(checks)).toEqual([
      ['sonar', 'status', 'main', 'success', false],
      ['pipeline', 'gitlab-ci', 'main', 'failure', false],
    ]);
    expect(checks?.at(1)?.id).toBe(`pipeline-${id}`);
  });

  it('wait for a pipeline that has no job yet', async () => {
    server.setJobs(server.sha, [], { status: 'created' });
    expect(brief(await list())).toEqual([['pipeline', 'gitlab-ci', 'main', 'pending', false]]);
  });

  it('show a pipeline that was skipped on purpose as what it is', async () => {
    server.setJobs(server.sha, [], { status: 'skipped' });
    expect(brief(await list())).toEqual([['pipeline', 'gitlab-ci', 'main', 'skipped', false]]);
  });

  describe('in later stages', () => {
    const stages = [
      { name: 'build', stage: 'build', status: 'success' },
      { name: 'deploy', stage: 'deploy', status: 'created' },
    ];

    it('are waited for in a pipeline that goes on by itself, also between two stages', async () => {
      server.setJobs(server.sha, stages);
      expect(brief(await list()).map((check) => check.slice(0, 4))).toEqual([
        ['build', 'gitlab-ci', 'main', 'success'],
        ['deploy', 'gitlab-ci', 'main', 'pending'],
      ]);
    });

    it('are blocked behind a manual job', async () => {
      server.setJobs(server.sha, [...stages.slice(0, 1), { name: 'approve', status: 'manual' }, ...stages.slice(1)]);
      expect((await list())?.map((check) => check.state)).toEqual(['success', 'waiting', 'blocked']);
    });

    it('are blocked in the pipeline of PACE itself, for which they wait, and are not asked about', async () => {
      const pipeline = server.setJobs(server.sha, [...stages, { name: 'pace', status: 'running' }]);
      server.setJobs(server.sha, [{ name: 'build', status: 'success' }], { ref: 'other' });
      const env = jobEnv(server, {
        PACE_GITLAB_TOKEN: server.token,
        CI_JOB_ID: String(server.statuses.find((row) => row.name === 'pace')?.id),
        CI_PIPELINE_ID: String(pipeline),
      });
      const { host } = await hostIn(env);
      const checks = await host.listChecks?.(server.sha);
      expect(checks?.map(({ name, state }) => [name, state])).toEqual([
        ['build', 'success'],
        ['deploy', 'blocked'],
        ['pace', 'pending'],
        ['build', 'success'],
      ]);
      expect(await host.ownCheck?.()).toEqual({ id: checks?.[2]?.id });
      expect(server.exchanges.length).toBe(1);
    });
  });

  it('come from every page', async () => {
    const jobs = Array.from({ length: 250 }, (_, index) => ({ name: `job ${index}`, status: 'success' }));
    server.setJobs(server.sha, jobs);
    expect((await list())?.map((check) => check.name)).toEqual(jobs.map((job) => job.name));
    expect(server.exchanges.length).toBe(3);
  });

  it('are asked for again with the tag of the last answer, and end with the signal', async () => {
    server.setJobs(server.sha, [{ name: 'build', status: 'running' }]);
    const { host } = await hostIn(shellEnv(server));
    const first = await host.listChecks?.(server.sha);
    expect(await host.listChecks?.(server.sha)).toEqual(first);
    expect(server.exchanges.at(-1)?.asked.headers['if-none-match']).toMatch(/^W\//);
    const reason = new Error('the wait is over');
    await expect(host.listChecks?.(server.sha, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('of a merged results pipeline are those of its merge commit too', async () => {
    const merge = server.addCommit();
    const pipeline = server.setJobs(merge, [{ name: 'test', status: 'failed' }], {
      ref: 'refs/merge-requests/3/merge',
    });
    const env = jobEnv(server, {
      PACE_GITLAB_TOKEN: server.token,
      CI_COMMIT_SHA: merge,
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: server.sha,
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'feature',
      CI_JOB_ID: '1',
      CI_PIPELINE_ID: String(pipeline),
    });
    const { host } = await hostIn(env);
    expect(await host.judgedCommit?.()).toEqual({
      sha: server.sha,
      testedAs: merge,
      note: `This is a merged results pipeline: judged is the head of feature, not the merge commit ${merge.slice(0, 8)}.`,
    });
    expect((await host.listChecks?.(server.sha))?.map((check) => check.state)).toEqual(['failure']);
    await host.setCommitStatus?.(server.sha, { context: 'pace/gate', state: 'failure', description: 'HOLD' });
    expect(server.statuses.at(-1)).toMatchObject({ name: 'pace/gate', pipelineId: pipeline, sha: merge });
  });
});

describe('with the job token only', () => {
  function env() {
    const pipeline = server.setJobs(server.sha, [
      { name: 'test', status: 'success' },
      { name: 'old', status: 'failed', retried: true },
      { name: 'pace', status: 'running' },
    ]);
    return jobEnv(server, { CI_JOB_ID: '7', CI_PIPELINE_ID: String(pipeline) });
  }

  it('the repository, its own job and the judged commit are known without a request', async () => {
    const { host } = await hostIn(env());
    expect(await host.repository()).toEqual({
      name: 'acme/pace-demo',
      id: '4217',
      url: `${server.origin}/acme/pace-demo`,
      defaultBranch: 'main',
    });
    expect(await host.repositoryOfJob?.()).toEqual({ id: '4217', defaultBranch: 'main' });
    expect(await host.repositoryName()).toBe('acme/pace-demo');
    expect(await host.ownCheck?.()).toEqual({ id: '7' });
    expect(await host.judgedCommit?.()).toEqual({ sha: server.sha });
    expect(server.exchanges).toEqual([]);
  });

  it('the checks are refused with the token to add', async () => {
    const { host } = await hostIn(env());
    await expect(host.listChecks?.(server.sha)).rejects.toMatchObject({
      kind: 'permission',
      operation: 'listChecks',
      message:
        'CI_JOB_TOKEN cannot read the jobs and statuses of a commit: this endpoint of GitLab does not accept it (404).',
      remedy:
        'Please add a CI/CD variable PACE_GITLAB_TOKEN with a project, group or personal access token of scope `api` and role Developer.',
    });
  });

  it('the checks are the jobs of its pipeline where the project allows that, and it says what is not seen', async () => {
    server.state.jobTokenReadsJobs = true;
    const { host, world } = await hostIn(env());
    expect(brief(await host.listChecks?.(server.sha))).toEqual([
      ['test', 'gitlab-ci', 'main', 'success', false],
      ['pace', 'gitlab-ci', 'main', 'pending', false],
    ]);
    expect(world.lines).toEqual([
      'warn: CI_JOB_TOKEN only sees the jobs of this pipeline; child pipelines and statuses of other pipelines are not judged. Set PACE_GITLAB_TOKEN.',
    ]);
  });
});

it.each([
  ['push', '2026-03-02T08:00:00Z', Date.parse('2026-03-02T08:00:00Z')],
  ['schedule', '2026-03-02T08:00:00Z', undefined],
  ['push', 'yesterday', undefined],
])('the push that has started the pipeline is known from its variables (%s, %s)', async (source, created, pushed) => {
  const variables = {
    CI_JOB_ID: '7',
    CI_PIPELINE_ID: '1',
    CI_PIPELINE_SOURCE: source,
    CI_PIPELINE_CREATED_AT: created,
  };
  const { host } = await hostIn(jobEnv(server, variables));
  expect(host.pushedAt?.(server.sha)).toBe(pushed);
  expect(host.pushedAt?.('f'.repeat(40))).toBeUndefined();
});

describe('what a pipeline is about', () => {
  const judged = async (more: Record<string, string>) => {
    const { host } = await hostIn(jobEnv(server, { CI_JOB_ID: '7', CI_PIPELINE_ID: '1', ...more }));
    return host.judgedCommit?.();
  };
  const request = {
    CI_MERGE_REQUEST_IID: '12',
    CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'feature',
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  };

  it('is its merge request', async () => {
    expect(await judged({ ...request, CI_MERGE_REQUEST_LABELS: 'bug,needs review' })).toEqual({
      sha: server.sha,
      change: { id: '12', source: 'feature', target: 'main', labels: ['bug', 'needs review'] },
    });
    expect((await judged({ ...request, CI_MERGE_REQUEST_LABELS: '' }))?.change?.labels).toEqual([]);
    expect((await judged({ CI_MERGE_REQUEST_IID: '12', CI_COMMIT_BRANCH: 'main' }))?.change).toEqual({
      ...{ id: '12', source: '', target: '', labels: [] },
    });
  });

  it('is its merge request also where merged results or a merge train are built', async () => {
    const head = 'a'.repeat(40);
    const found = await judged({ ...request, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: head });
    expect(found).toMatchObject({ sha: head, change: { id: '12' }, note: expect.stringContaining('head of feature') });
    expect(found?.branch).toBeUndefined();
  });

  it('is a pull request of another host', async () => {
    const external = {
      CI_EXTERNAL_PULL_REQUEST_IID: '34',
      CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME: 'topic',
      CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME: 'trunk',
      CI_COMMIT_BRANCH: 'topic',
    };
    expect(await judged(external)).toEqual({
      sha: server.sha,
      change: { id: '34', source: 'topic', target: 'trunk', labels: [] },
    });
  });

  it('is else its branch; a tag has none', async () => {
    expect(await judged({ CI_COMMIT_BRANCH: 'main' })).toEqual({ sha: server.sha, branch: 'main' });
    expect(await judged({ CI_COMMIT_TAG: 'v1', CI_COMMIT_BRANCH: '' })).toEqual({ sha: server.sha });
  });
});

it('a job has been told nothing of another project, and as much of its own as there is', async () => {
  const told = async (more: Record<string, string>) => (await hostIn(jobEnv(server, more))).host.repositoryOfJob?.();
  expect(await told({ GITLAB_PROJECT: 'acme/other' })).toBeUndefined();
  expect(await told({ CI_PROJECT_ID: '', CI_DEFAULT_BRANCH: '' })).toEqual({});
  expect(await (await hostIn(shellEnv(server))).host.repositoryOfJob?.()).toBeUndefined();
  expect(server.exchanges).toEqual([]);
});

it('a project whose id is not told has none', async () => {
  const json = { path_with_namespace: 'acme/pace-demo', web_url: 'https://x.example', default_branch: 'main' };
  server.trouble(() => true, { json });
  const { host } = await hostIn(shellEnv(server));
  expect(await host.repository()).toEqual({
    ...{ name: 'acme/pace-demo', url: 'https://x.example', defaultBranch: 'main' },
  });
  const inJob = await hostIn(jobEnv(server, { CI_PROJECT_ID: '' }));
  expect(await inJob.host.repository()).not.toHaveProperty('id');
});

it('outside of a job there is no own check and no judged commit', async () => {
  const { host } = await hostIn(shellEnv(server));
  expect([await host.ownCheck?.(), await host.judgedCommit?.()]).toEqual([undefined, undefined]);
  expect(await host.repositoryName()).toBe('acme/pace-demo');
});

it('the project may be given by its number', async () => {
  const { host } = await hostIn({ ...shellEnv(server), GITLAB_PROJECT: '4217' });
  expect(await host.repository()).toMatchObject({ name: 'acme/pace-demo', id: '4217' });
});

describe('a proposed change', () => {
  const change = (more: Partial<ProposedChange> = {}): ProposedChange => ({
    branch: 'pace/review-day-14',
    from: server.sha,
    files: [{ path: '.pace/day-14/review-pr.md', content: '# Review\n' }],
    commitMessage: 'Add the review of day 14',
    title: '[PACE Review Gate] Day 14',
    body: 'Text.',
    labels: ['pace', 'pace-review'],
    reviewers: ['@ada', 'nobody'],
    ...more,
  });

  it('is a branch with one commit and a merge request with labels and reviewers', async () => {
    const { host, world } = await hostIn(shellEnv(server));
    expect(await host.proposeChange(change())).toEqual({
      key: '1',
      url: `${server.origin}/acme/pace-demo/-/merge_requests/1`,
      state: 'open',
    });
    expect(server.mergeRequests).toMatchObject([
      { targetBranch: 'main', labels: ['pace', 'pace-review'], reviewerIds: [2], removeSourceBranch: true },
    ]);
    expect(world.lines).toEqual([
      'warn: GitLab does not know the user "nobody": the review is requested without that person.',
    ]);
    expect(asked(server).filter((line) => !line.startsWith('GET'))).toEqual([
      'POST /repository/commits',
      'POST /merge_requests',
    ]);
  });

  it('goes on where an earlier run lost the answer to its commit', async () => {
    const { host } = await hostIn(shellEnv(server));
    server.trouble((request) => request.method === 'POST' && request.path.endsWith('/commits'), 'reset-after');
    await expect(host.proposeChange(change())).rejects.toMatchObject({ kind: 'transient' });
    const commits = server.state.commits.size;
    expect((await host.proposeChange(change())).state).toBe('open');
    expect([server.state.commits.size, server.mergeRequests.length]).toEqual([commits, 1]);
  });

  it('is found when the answer to its opening was lost', async () => {
    const { host } = await hostIn(shellEnv(server));
    server.trouble((request) => request.method === 'POST' && request.path.endsWith('/merge_requests'), 'reset-after');
    await expect(host.proposeChange(change())).rejects.toMatchObject({ kind: 'transient' });
    expect((await host.proposeChange(change())).key).toBe('1');
    expect(server.mergeRequests.length).toBe(1);
  });

  it('updates a file that the commit has already, and adds the ones that it lacks', async () => {
    const from = server.state.addCommit({ '.pace/day-14/review-pr.md': 'old' }, server.sha);
    const files = [...change().files, { path: 'b.md', content: 'new' }];
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change({ from, files }));
    const tree = server.state.commits.get(server.branches.get('pace/review-day-14') ?? '');
    expect(Object.fromEntries(tree ?? [])).toEqual({
      'README.md': '# Demo\n',
      '.pace/day-14/review-pr.md': '# Review\n',
      'b.md': 'new',
    });
  });

  it('takes no notice of a merge request of the same branch name in a fork', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    for (const row of server.mergeRequests) row.sourceProjectId = 99;
    expect(await host.findChange('pace/review-day-14')).toBeUndefined();
  });

  it('takes no notice of the merge request of another branch, whatever the server makes of the question', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    const rows = [...server.mergeRequests];
    server.trouble(
      ({ path }) => path.endsWith('/merge_requests'),
      ({ json, ...rest }) => ({ ...rest, json: JSON.parse(JSON.stringify(json).replace('pace/review-day-14', 'x')) }),
    );
    expect(rows.length).toBe(1);
    expect(await host.findChange('pace/review-day-14')).toBeUndefined();
    expect((await host.findChange('pace/review-day-14'))?.key).toBe('1');
  });

  it('is found when another run opens it in between', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    server.trouble((request) => request.method === 'GET' && request.path.endsWith('/merge_requests'), { json: [] });
    expect((await host.proposeChange(change({ title: 'Newer' }))).key).toBe('1');
  });

  it('with a label that GitLab cannot have is refused before anything is written', async () => {
    const { host } = await hostIn(shellEnv(server));
    await expect(host.proposeChange(change({ labels: ['a,b'] }))).rejects.toMatchObject({ kind: 'validation' });
    expect(server.exchanges).toEqual([]);
  });
});

describe('a merge request by its number', () => {
  async function opened() {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange({
      ...{ branch: 'feature', from: server.sha, files: [{ path: 'a', content: 'a' }], commitMessage: 'a' },
      ...{ title: 'Feature', body: '', labels: ['bug', 'needs review'], reviewers: [] },
    });
    server.exchanges.length = 0;
    return host;
  }

  it('has its head, its branches and its labels, for one request', async () => {
    const host = await opened();
    expect(await host.changeById?.('1')).toEqual({
      id: '1',
      sha: server.branches.get('feature'),
      source: 'feature',
      target: 'main',
      labels: ['bug', 'needs review'],
    });
    expect(asked(server)).toEqual(['GET /merge_requests/1']);
  });

  it('is undefined where there is none, and where it has no commit', async () => {
    const host = await opened();
    expect(await host.changeById?.('2')).toBeUndefined();
    for (const broken of [{ sha: null }, { source_branch: null }, { target_branch: '' }]) {
      server.trouble(
        () => true,
        ({ json, ...rest }) => ({ ...rest, json: { ...(json as object), ...broken } }),
      );
      expect(await host.changeById?.('1'), JSON.stringify(broken)).toBeUndefined();
    }
  });

  it('has the labels that are texts', async () => {
    const host = await opened();
    for (const labels of [null, undefined, [{ name: 'x' }]]) {
      server.trouble(
        () => true,
        ({ json, ...rest }) => ({ ...rest, json: { ...(json as object), labels } }),
      );
      expect((await host.changeById?.('1'))?.labels).toEqual([]);
    }
  });

  it('of a project that is not there, or that a job token may not see, is an error', async () => {
    const elsewhere = await hostIn({ ...shellEnv(server), GITLAB_PROJECT: 'acme/gone' });
    await expect(elsewhere.host.changeById?.('1')).rejects.toMatchObject({
      kind: 'not-found',
      operation: 'changeById',
    });
    const { host } = await hostIn(jobEnv(server));
    server.trouble(() => true, { status: 404, json: { message: '404 Not Found' } });
    await expect(host.changeById?.('1')).rejects.toMatchObject({ kind: 'permission', operation: 'changeById' });
    const mine = await opened();
    server.trouble(() => true, { status: 403, json: { message: '403 Forbidden' } });
    await expect(mine.changeById?.('1')).rejects.toMatchObject({ kind: 'permission', operation: 'changeById' });
  });

  it('is asked for by digits only', async () => {
    const host = await opened();
    await expect(host.changeById?.('!1')).rejects.toMatchObject({ kind: 'validation', operation: 'changeById' });
    expect(server.exchanges).toEqual([]);
  });
});

describe('a commit status', () => {
  it('goes to the pipeline of the own job', async () => {
    const own = server.setJobs(server.sha, [{ name: 'pace', status: 'running' }]);
    server.setJobs(server.sha, [{ name: 'nightly', status: 'running' }], { source: 'schedule' });
    const env = jobEnv(server, {
      PACE_GITLAB_TOKEN: server.token,
      CI_JOB_ID: '1',
      CI_PIPELINE_ID: String(own),
    });
    const { host } = await hostIn(env);
    const status = { context: 'pace/gate', state: 'success', description: 'SHIP', url: 'https://x.example/1' } as const;
    await host.setCommitStatus?.(server.sha, status);
    expect(server.statuses.at(-1)).toMatchObject({
      name: 'pace/gate',
      status: 'success',
      pipelineId: own,
      targetUrl: 'https://x.example/1',
    });
  });

  it('has an address, so that nobody takes it for a trigger job', async () => {
    const status = { context: 'pace/shop', state: 'success', description: 'SHIP' } as const;
    const pages: (string | null)[] = [];
    const page = `${server.origin}/acme/pace-demo/-/jobs/7`;
    const job = jobEnv(server, { PACE_GITLAB_TOKEN: server.token, CI_JOB_URL: page });
    for (const [env, url] of [
      [shellEnv(server), undefined],
      [shellEnv(server), ''],
      [job, undefined],
      [job, `https://x.example/${'x'.repeat(255)}`],
      [job, `https://x.example/${'x'.repeat(237)}`],
      [{ ...shellEnv(server), GITLAB_PROJECT: '4217' }, undefined],
    ] as const) {
      server.setStatuses(server.sha, []);
      const { host } = await hostIn(env);
      await host.setCommitStatus?.(server.sha, url === undefined ? status : { ...status, url });
      pages.push(server.statuses.at(-1)?.targetUrl ?? null);
    }
    const commit = `${server.origin}/acme/pace-demo/-/commit/${server.sha}`;
    expect(pages.slice(0, 4)).toEqual([commit, commit, page, page]);
    expect(pages[4]).toHaveLength(255);
    // nobody knows the page of a project that is given by its number
    expect(pages[5]).toBeNull();
    const { host } = await hostIn(shellEnv(server));
    server.setStatuses(server.sha, []);
    await host.setCommitStatus?.(server.sha, status);
    expect((await host.listChecks?.(server.sha))?.map(({ name, app }) => [name, app])).toEqual([
      ['pace/shop', 'status'],
    ]);
  });

  it('that is there already is no error, another refusal is', async () => {
    const { host } = await hostIn(shellEnv(server));
    const status = { context: 'pace/gate', state: 'pending', description: 'Judging' } as const;
    await host.setCommitStatus?.(server.sha, status);
    await host.setCommitStatus?.(server.sha, status);
    expect(server.exchanges.map((exchange) => exchange.answer.status)).toEqual([201, 400]);
    server.trouble(() => true, { status: 400, json: { message: 'Cannot transition status via :run from :success' } });
    await expect(host.setCommitStatus?.(server.sha, status)).rejects.toMatchObject({
      kind: 'validation',
      operation: 'setCommitStatus',
    });
  });
});

describe('variables', () => {
  it('keep what the team has decided about them', async () => {
    const base = { key: 'PACE_PAUSED', raw: false, protected: true, masked: false };
    server.variables.push(
      { ...base, value: 'false', environmentScope: '*' },
      { ...base, value: 'other', environmentScope: 'review/*' },
    );
    const { host } = await hostIn(shellEnv(server));
    await host.setVariable?.('PACE_PAUSED', 'true');
    expect(server.variables).toEqual([
      { ...base, value: 'true', environmentScope: '*' },
      { ...base, value: 'other', environmentScope: 'review/*' },
    ]);
    expect(await host.getVariable?.('PACE_PAUSED')).toBe('true');
  });

  it('are created plain, so that GitLab expands nothing in them', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.setVariable?.('PACE_PAUSED', 'true');
    expect(server.variables).toEqual([
      { key: 'PACE_PAUSED', value: 'true', protected: false, masked: false, raw: true, environmentScope: '*' },
    ]);
  });
});

describe('the job summary', () => {
  it('is a file in the project folder, or the one that the job names', async () => {
    const env = jobEnv(server, { CI_PROJECT_DIR: '/builds/acme/pace-demo' });
    const { host } = await hostIn(env, { cwd: '/builds/acme/pace-demo/packages/app' });
    expect(host.jobSummary()).toEqual({
      path: '/builds/acme/pace-demo/pace-summary.md',
      append: false,
      maxBytes: 1_000_000,
    });
    const named = await hostIn(jobEnv(server, { CI_JOB_SUMMARY: '/tmp/summary.md' }));
    expect(named.host.jobSummary()).toMatchObject({ path: '/tmp/summary.md', append: true });
    const elsewhere = await hostIn(env, { cwd: '/runner/7' });
    expect(elsewhere.host.jobSummary().path).toBe('/runner/7/pace-summary.md');
    const shell = await hostIn(shellEnv(server), { cwd: '/home/ada/demo' });
    expect(shell.host.jobSummary().path).toBe('/home/ada/demo/pace-summary.md');
  });
});

describe('the note at the merge request', () => {
  async function openRequest() {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange({
      ...{ branch: 'feature', from: server.sha, files: [{ path: 'a', content: 'a' }], commitMessage: 'a' },
      ...{ title: 'Feature', body: '', labels: [], reviewers: [] },
    });
    const env = jobEnv(server, { PACE_GITLAB_TOKEN: server.token, CI_MERGE_REQUEST_IID: '1' });
    return (await hostIn(env)).host;
  }

  it('is written once and then edited', async () => {
    const host = await openRequest();
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'HOLD' })).toBe(true);
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'SHIP' })).toBe(true);
    const requests = server.exchanges.length;
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'SHIP' })).toBe(true);
    expect(server.exchanges.length).toBe(requests + 1);
    expect(server.mergeRequests[0]?.notes.map((note) => note.body)).toEqual(['<!-- pace:change-note gate -->\nSHIP']);
  });

  it('is found among more than a hundred others, and is never somebody else’s', async () => {
    const host = await openRequest();
    await host.upsertChangeNote?.({ gate: 'gate', markdown: 'HOLD' });
    const notes = server.mergeRequests[0]?.notes ?? [];
    const note = { system: false, authorId: 2, createdAt: new Date().toISOString() };
    for (let id = 1; id <= 150; id += 1) notes.push({ ...note, id, body: `Talk ${id}` });
    await host.upsertChangeNote?.({ gate: 'gate', markdown: 'SHIP' });
    expect(notes.filter((each) => each.body.includes('SHIP')).length).toBe(1);
    notes.push({ ...note, id: 999, body: '<!-- pace:change-note gate -->\nforged' });
    await host.upsertChangeNote?.({ gate: 'gate', markdown: 'HOLD again' });
    expect(notes.at(-1)).toMatchObject({ body: '<!-- pace:change-note gate -->\nHOLD again', authorId: 1 });
  });

  it('of two jobs that write it at the same moment is one', async () => {
    const host = await openRequest();
    const written = ['A', 'B', 'C'].map((markdown) => host.upsertChangeNote?.({ gate: 'gate', markdown }));
    expect(await Promise.all(written)).toEqual([true, true, true]);
    expect(server.mergeRequests[0]?.notes.map((note) => note.body)).toEqual([
      expect.stringMatching(/^<!-- pace:change-note gate -->\n[ABC]$/),
    ]);
  });

  it('is one of each gate', async () => {
    const host = await openRequest();
    for (const [gate, markdown] of [
      ['shop', 'A'],
      ['shop-2', 'B'],
      ['shop', 'C'],
    ] as const)
      await host.upsertChangeNote?.({ gate, markdown });
    expect(server.mergeRequests[0]?.notes.map((note) => note.body)).toEqual([
      '<!-- pace:change-note shop -->\nC',
      '<!-- pace:change-note shop-2 -->\nB',
    ]);
  });

  it('goes to the merge request that is named, in the own project', async () => {
    await openRequest();
    const note = { gate: 'gate', markdown: 'HOLD' };
    const shell = await hostIn(shellEnv(server));
    expect(await shell.host.upsertChangeNote?.({ ...note, change: '1' })).toBe(true);
    const target = { CI_MERGE_REQUEST_IID: '7', CI_MERGE_REQUEST_PROJECT_PATH: 'acme/elsewhere' };
    const inJob = await hostIn(jobEnv(server, { PACE_GITLAB_TOKEN: server.token, ...target }));
    expect(await inJob.host.upsertChangeNote?.({ ...note, change: '1', markdown: 'SHIP' })).toBe(true);
    expect(server.mergeRequests[0]?.notes.map(({ body }) => body)).toEqual(['<!-- pace:change-note gate -->\nSHIP']);
  });

  it('of a pipeline in a fork goes to the target project, named or not', async () => {
    await openRequest();
    const fork = { GITLAB_PROJECT: 'mallory/fork', CI_PROJECT_PATH: 'mallory/fork', CI_PROJECT_ID: '99' };
    const request = { CI_MERGE_REQUEST_IID: '1', CI_MERGE_REQUEST_PROJECT_PATH: server.project };
    const { host } = await hostIn(jobEnv(server, { PACE_GITLAB_TOKEN: server.token, ...fork, ...request }));
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'HOLD' })).toBe(true);
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'SHIP', change: '1' })).toBe(true);
    expect(server.mergeRequests[0]?.notes.map(({ body }) => body)).toEqual(['<!-- pace:change-note gate -->\nSHIP']);
  });

  it('is not written at a merge request that has the number of a pull request elsewhere', async () => {
    await openRequest();
    server.exchanges.length = 0;
    const external = { PACE_GITLAB_TOKEN: server.token, CI_EXTERNAL_PULL_REQUEST_IID: '1' };
    const { host } = await hostIn(jobEnv(server, external));
    const note = { gate: 'gate', markdown: 'HOLD' };
    expect(await host.upsertChangeNote?.(note)).toBe(false);
    expect(await host.upsertChangeNote?.({ ...note, change: '1' })).toBe(false);
    expect(await host.upsertChangeNote?.({ ...note, change: 'aaaaaaaaaaaa' })).toBe(false);
    expect(server.exchanges).toEqual([]);
    const both = await hostIn(jobEnv(server, { ...external, CI_MERGE_REQUEST_IID: '1' }));
    expect(await both.host.upsertChangeNote?.({ ...note, change: '1' })).toBe(true);
  });

  it('is not written with a job token', async () => {
    await openRequest();
    server.exchanges.length = 0;
    const { host } = await hostIn(jobEnv(server, { CI_MERGE_REQUEST_IID: '1' }));
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'HOLD' })).toBe(false);
    expect(server.exchanges).toEqual([]);
  });

  it('is cut to what GitLab takes', async () => {
    const host = await openRequest();
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'x'.repeat(1_200_000) })).toBe(true);
    expect(server.mergeRequests[0]?.notes[0]?.body.length).toBe(1_000_000);
  });

  it('is not written where the pipeline belongs to no merge request', async () => {
    const { host } = await hostIn(jobEnv(server, { PACE_GITLAB_TOKEN: server.token }));
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'SHIP' })).toBe(false);
    expect(server.exchanges).toEqual([]);
  });
});
