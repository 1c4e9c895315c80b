import { afterEach, describe, expect, it } from 'vitest';
import type { Check, ProposedChange } from '../../../core/ports/index.ts';
import { refusal } from '../../contract/refusal.ts';
import {
  ADA,
  type BitbucketOptions,
  type BitbucketServer,
  GONE,
  ME,
  type StepToSet,
  startBitbucket,
} from '../../support/bitbucket.ts';
import { newWorkspace } from '../../support/workspace.ts';
import { asked, expectDescribed, hostIn, shellEnv, stepEnv } from './bench.ts';

const servers: BitbucketServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    expectDescribed(server.exchanges);
    await server.close();
  }
});

async function start(options: BitbucketOptions = {}) {
  const server = await startBitbucket(options);
  servers.push(server);
  return { server, ...(await hostIn(shellEnv(server))) };
}

const brief = (checks: readonly Check[] | undefined) =>
  (checks ?? []).map(({ name, app, workflow, state }) => [name, app, workflow, state]);

describe('the checks of a commit', () => {
  it('are the steps of its pipeline and the statuses of others, without the status of the pipeline itself', async () => {
    const { server, host } = await start();
    server.addPipeline(server.sha, [
      { name: 'build', state: 'COMPLETED SUCCESSFUL' },
      { state: 'IN_PROGRESS RUNNING' },
      { name: 'test', state: 'COMPLETED FAILED' },
      { name: 'test', state: 'COMPLETED ERROR' },
    ]);
    server.addStatus(server.sha, { key: 'sonar', state: 'SUCCESSFUL', name: 'Quality' });
    const checks = await host.listChecks?.(server.sha);
    expect(brief(checks)).toEqual([
      ['build', 'bitbucket-pipelines', 'main', 'success'],
      ['Step 2', 'bitbucket-pipelines', 'main', 'pending'],
      ['test', 'bitbucket-pipelines', 'main', 'failure'],
      ['test (2)', 'bitbucket-pipelines', 'main', 'failure'],
      ['Quality', 'status', 'sonar', 'success'],
    ]);
    expect(checks?.[0]?.url).toMatch(/\/acme\/demo\/pipelines\/results\/1\/steps\/%7B/);
    expect(asked(server)).toEqual([
      `GET /commit/${server.sha}/statuses?pagelen=100`,
      `GET /pipelines?pagelen=100&target.commit.hash=${server.sha}&sort=-created_on`,
      `GET /pipelines/${server.pipelines[0]?.uuid}/steps?pagelen=100`,
    ]);
  });

  it('are those of the newest pipeline of each branch and definition', async () => {
    const { server, host } = await start();
    server.addPipeline(server.sha, [{ name: 'test', state: 'COMPLETED FAILED' }], { state: 'COMPLETED FAILED' });
    server.addPipeline(server.sha, [{ name: 'test', state: 'COMPLETED SUCCESSFUL' }]);
    const nightly = { selector: { type: 'custom', pattern: 'nightly' } };
    server.addPipeline(server.sha, [{ name: 'test', state: 'COMPLETED STOPPED' }], nightly);
    server.addPipeline(server.sha, [{ name: 'test', state: 'READY' }], { branch: 'feature', request: 3 });
    expect(brief(await host.listChecks?.(server.sha)).sort()).toEqual([
      ['test', 'bitbucket-pipelines', 'feature pull-requests: **', 'pending'],
      ['test', 'bitbucket-pipelines', 'main custom: nightly', 'cancelled'],
      ['test', 'bitbucket-pipelines', 'main', 'success'],
    ]);
  });

  it('are the last attempts of steps', async () => {
    const { server, host } = await start();
    server.addPipeline(server.sha, [
      { name: 'test', state: 'COMPLETED FAILED' },
      { name: 'test', state: 'COMPLETED SUCCESSFUL', runNumber: 2, again: true },
    ]);
    expect(brief(await host.listChecks?.(server.sha))).toEqual([['test', 'bitbucket-pipelines', 'main', 'success']]);
  });

  it.each([
    ['paused', 'IN_PROGRESS PAUSED'],
    ['halted', 'IN_PROGRESS HALTED'],
  ])(
    'that have not started wait for a person in a pipeline that is %s, or stand behind one that does',
    async (_, state) => {
      const { server, host } = await start();
      const steps = [{ state: 'COMPLETED SUCCESSFUL' }, { state: 'READY' }, { state: 'PENDING' }];
      server.addPipeline(server.sha, steps, { state });
      expect((await host.listChecks?.(server.sha))?.map((check) => check.state)).toEqual([
        'success',
        'waiting',
        'blocked',
      ]);
    },
  );

  it('are blocked from the first step on that waits for a click', async () => {
    const { server, host } = await start();
    const steps = [{ state: 'IN_PROGRESS RUNNING' }, { state: 'PENDING', manual: true }, { state: 'PENDING' }];
    server.addPipeline(server.sha, steps, { state: 'IN_PROGRESS RUNNING' });
    expect((await host.listChecks?.(server.sha))?.map((check) => check.state)).toEqual([
      'pending',
      'blocked',
      'blocked',
    ]);
  });

  it('behind the step that PACE runs in are blocked, those beside it are not', async () => {
    const { server } = await start();
    const steps: StepToSet[] = [
      { name: 'test', state: 'COMPLETED SUCCESSFUL' },
      { name: 'pace', state: 'IN_PROGRESS RUNNING' },
      { name: 'lint', state: 'PENDING' },
      { name: 'deploy', state: 'PENDING' },
    ];
    const { uuid = '', number } = server.addPipeline(server.sha, steps, { state: 'IN_PROGRESS RUNNING' });
    expect(uuid).not.toBe('');
    const own = { uuid: server.pipelines[0]?.steps[1]?.uuid ?? '', number };
    const beside = { BITBUCKET_PARALLEL_STEP: '0', BITBUCKET_PARALLEL_STEP_COUNT: '2' };
    const { host } = await hostIn({ ...shellEnv(server), ...stepEnv(server, own), ...beside });
    const checks = await host.listChecks?.(server.sha);
    expect(checks?.map(({ name, state }) => [name, state])).toEqual([
      ['test', 'success'],
      ['pace', 'pending'],
      ['lint', 'pending'],
      ['deploy', 'blocked'],
    ]);
    expect(await host.ownCheck?.()).toEqual({ id: checks?.[1]?.id });
    expect(await host.judgedCommit?.()).toEqual({ sha: server.sha });
    expect(host.jobUrl?.()).toBe(checks?.[1]?.url);
  });

  it('know the own step in a repository whose name is written in other letters, and in no other one', async () => {
    const { server } = await start();
    const step = stepEnv(server, { uuid: '{own}', number: 7 });
    const ownIn = async (more: Record<string, string>) =>
      (await hostIn({ ...shellEnv(server), ...step, ...more })).host.ownCheck?.();
    expect(await ownIn({ PACE_BITBUCKET_REPOSITORY: server.repository.toUpperCase() })).toEqual({ id: '{own}' });
    expect(await ownIn({ BITBUCKET_REPO_FULL_NAME: server.repository.toUpperCase() })).toEqual({ id: '{own}' });
    expect(await ownIn({ BITBUCKET_REPO_FULL_NAME: `${server.repository}-2` })).toBeUndefined();
    for (const missing of ['BITBUCKET_STEP_UUID', 'BITBUCKET_BUILD_NUMBER', 'BITBUCKET_COMMIT'])
      expect(await ownIn({ [missing]: '' }), missing).toBeUndefined();
  });

  it('show a pipeline that has no step, or fails beside them', async () => {
    const { server, host } = await start();
    server.addPipeline(server.sha, [], { state: 'COMPLETED ERROR' });
    const other = { state: 'COMPLETED FAILED', branch: 'feature' };
    server.addPipeline(server.sha, [{ name: 'test', state: 'COMPLETED SUCCESSFUL' }], other);
    expect(brief(await host.listChecks?.(server.sha)).sort()).toEqual([
      ['pipeline', 'bitbucket-pipelines', 'feature', 'failure'],
      ['pipeline', 'bitbucket-pipelines', 'main', 'failure'],
      ['test', 'bitbucket-pipelines', 'feature', 'success'],
    ]);
  });

  it('that have failed in a pipeline that has passed were allowed to', async () => {
    const { server, host } = await start();
    server.addPipeline(server.sha, [{ name: 'lint', state: 'COMPLETED FAILED' }]);
    expect((await host.listChecks?.(server.sha))?.map(({ state, optional }) => [state, optional])).toEqual([
      ['failure', true],
    ]);
  });

  it('are the statuses alone where Pipelines has never been turned on', async () => {
    const { server, host } = await start({ withoutPipelines: true });
    server.addStatus(server.sha, { key: 'jenkins', state: 'FAILED' });
    expect(brief(await host.listChecks?.(server.sha))).toEqual([['jenkins', 'status', '', 'failure']]);
  });

  it('come from all pages, by the link or by the size', async () => {
    const { server, host } = await start({ pageSize: 2 });
    const names = ['a', 'b', 'c', 'd', 'e'];
    server.addPipeline(
      server.sha,
      names.map((name) => ({ name, state: 'COMPLETED SUCCESSFUL' })),
    );
    for (const key of names) server.addStatus(server.sha, { key: `status ${key}`, state: 'SUCCESSFUL' });
    const checks = await host.listChecks?.(server.sha);
    expect(checks?.map(({ name }) => name)).toEqual([...names, ...names.map((name) => `status ${name}`)]);
    // the link leads to Bitbucket; the token stays at the configured server
    expect(new Set(server.exchanges.map(({ asked }) => asked.origin)).size).toBe(1);
  });
});

function proposal(server: BitbucketServer, changes: Partial<ProposedChange> = {}): ProposedChange {
  return {
    branch: 'pace/review-day-2',
    from: server.sha,
    files: [{ path: '.pace/day-2/review-pr.md', content: '# Review\r\nGrüße\n' }],
    commitMessage: 'Add the review',
    title: 'Review',
    body: 'Body',
    labels: ['pace-review'],
    reviewers: [],
    ...changes,
  };
}

describe('a proposed change', () => {
  it('is one commit and one pull request, which takes its branch away when it is merged', async () => {
    const { server, host } = await start();
    await host.proposeChange(proposal(server));
    expect(asked(server).map((request) => request.split('?')[0])).toEqual([
      'GET /pullrequests',
      'POST /src',
      'POST /pullrequests',
    ]);
    expect(server.requests).toMatchObject([{ base: 'main', closeSourceBranch: true, reviewers: [] }]);
    const head = server.commits.get(server.branches.get('pace/review-day-2') ?? '');
    expect(head?.get('.pace/day-2/review-pr.md')).toBe('# Review\r\nGrüße\n');
    expect(head?.get('README.md')).toBe('# Demo\n');
  });

  it('goes on where an earlier run has stopped: the branch has one of the files', async () => {
    const { server, host } = await start();
    const [a, b] = ['docs/a b.md', 'b.md'].map((path) => ({ path, content: `${path}\n` }));
    server.branches.set('pace/review-day-2', server.addCommit({ [a?.path ?? '']: a?.content ?? '' }, server.sha));
    const files = [a, b].filter((file) => file !== undefined);
    await host.proposeChange(proposal(server, { files }));
    await host.proposeChange(proposal(server, { files }));
    expect(
      server.exchanges.filter(({ asked: { method, path } }) => method === 'POST' && /src$/.test(path)),
    ).toHaveLength(2);
    expect(server.commits.get(server.branches.get('pace/review-day-2') ?? '')?.get('b.md')).toBe('b.md\n');
    expect(server.requests).toHaveLength(1);
  });

  it('asks for the reviewers that Bitbucket takes, and is never lost for those it does not', async () => {
    const { server, host, world } = await start();
    const reviewers = [ADA.slice(1, -1), '5b10a2844c20165700ede2ff', GONE, 'grace'];
    await host.proposeChange(proposal(server, { reviewers }));
    expect(server.requests.map((request) => request.reviewers)).toEqual([[ADA]]);
    expect(world.lines.filter((line) => line.startsWith('warn'))).toEqual([
      'warn: Bitbucket knows reviewers by account id or UUID only: the review is requested without grace.',
      `warn: Bitbucket refuses the reviewers (reviewers: Malformed reviewers list): the review is requested without 5b10a2844c20165700ede2ff, ${GONE}.`,
    ]);
  });

  it('does without reviewers where one is the author', async () => {
    const { server, host, world } = await start();
    await host.proposeChange(proposal(server, { reviewers: [ME, ADA] }));
    expect(server.requests.map((request) => request.reviewers)).toEqual([[]]);
    expect(world.lines.at(-1)).toMatch(/is the author.*without \{1/);
  });

  it('keeps its reviewers when its text is refreshed, and is left alone when that is the same', async () => {
    const { server, host } = await start();
    await host.proposeChange(proposal(server, { reviewers: [ADA] }));
    await host.proposeChange(proposal(server, { body: 'Other' }));
    expect(server.requests).toMatchObject([{ description: 'Other', reviewers: [ADA] }]);
    const before = server.exchanges.length;
    await host.proposeChange(proposal(server, { body: 'Other' }));
    expect(server.exchanges.slice(before).map(({ asked: { method } }) => method)).toEqual(['GET']);
  });

  it('of a fork with a branch of the same name is another one', async () => {
    const { server, host } = await start();
    await host.proposeChange(proposal(server));
    const [row] = server.requests;
    server.requests.splice(0, 1, { ...row, source: 'eve/demo' } as (typeof server.requests)[number]);
    expect(await host.findChange('pace/review-day-2')).toBeUndefined();
  });

  it('of another branch is another one, whatever the server makes of the question', async () => {
    const { server, host } = await start();
    await host.proposeChange(proposal(server));
    server.trouble(
      ({ path }) => path.endsWith('/pullrequests'),
      ({ json, ...rest }) => ({
        ...rest,
        json: JSON.parse(JSON.stringify(json).replace('"pace/review-day-2"', '"x"')),
      }),
    );
    expect(await host.findChange('pace/review-day-2')).toBeUndefined();
    expect((await host.findChange('pace/review-day-2'))?.key).toBe('1');
  });

  it('is the newest of its branch', async () => {
    const { server, host } = await start();
    await host.proposeChange(proposal(server, { branch: 'a "quoted" \\ one' }));
    Object.assign(server.requests[0] ?? {}, { state: 'SUPERSEDED' });
    expect(await host.findChange('a "quoted" \\ one')).toMatchObject({ key: '1', state: 'closed' });
    server.requests.push({
      ...(server.requests[0] as (typeof server.requests)[number]),
      id: 2,
      state: 'WORD_OF_THE_FUTURE',
    });
    expect(await host.findChange('a "quoted" \\ one')).toMatchObject({ key: '1' });
  });
});

describe('what a step is about', () => {
  const inStep = async (more: Record<string, string>) => {
    const { server } = await start();
    const env = { ...shellEnv(server), ...stepEnv(server, { uuid: '{1}', number: 1 }), ...more };
    return { server, host: (await hostIn(env)).host };
  };

  it('is its pull request, whose branch it is on', async () => {
    const request = { BITBUCKET_PR_ID: '12', BITBUCKET_BRANCH: 'feature', BITBUCKET_PR_DESTINATION_BRANCH: 'main' };
    const { server, host } = await inStep(request);
    expect(await host.judgedCommit?.()).toEqual({
      sha: server.sha,
      change: { id: '12', source: 'feature', target: 'main', labels: [] },
    });
    expect((await (await inStep({ BITBUCKET_PR_ID: '12' })).host.judgedCommit?.())?.change).toEqual({
      ...{ id: '12', source: '', target: '', labels: [] },
    });
  });

  it('is its branch; a tag has none', async () => {
    const { server, host } = await inStep({ BITBUCKET_BRANCH: 'main' });
    expect(await host.judgedCommit?.()).toEqual({ sha: server.sha, branch: 'main' });
    const tagged = await inStep({ BITBUCKET_TAG: 'v1', BITBUCKET_BRANCH: '' });
    expect(await tagged.host.judgedCommit?.()).toEqual({ sha: tagged.server.sha });
  });

  it('has a repository whose id is told without braces, and without a request', async () => {
    const uuid = { BITBUCKET_REPO_UUID: '{f0dfa5a0-0000-4000-8000-b74965a656ac}' };
    const { server, host } = await inStep(uuid);
    expect(await host.repositoryOfJob?.()).toEqual({ id: 'f0dfa5a0-0000-4000-8000-b74965a656ac' });
    expect(await (await inStep({})).host.repositoryOfJob?.()).toEqual({});
    expect(await (await hostIn({ ...shellEnv(server), ...uuid })).host.repositoryOfJob?.()).toBeUndefined();
    expect(server.exchanges).toEqual([]);
  });
});

describe('a pull request by its number', () => {
  async function opened() {
    const { server, host } = await start();
    await host.proposeChange(proposal(server));
    server.exchanges.length = 0;
    return { server, host };
  }

  it('has its branches and its whole head, of which the pull request tells the beginning', async () => {
    const { server, host } = await opened();
    const sha = server.branches.get('pace/review-day-2');
    server.requests[0]?.earlier.push('c'.repeat(40), server.sha);
    expect(await host.changeById?.('1')).toEqual({
      id: '1',
      sha,
      source: 'pace/review-day-2',
      target: 'main',
      labels: [],
    });
    expect(asked(server)).toEqual(['GET /pullrequests/1', 'GET /pullrequests/1/commits?fields=values.hash&pagelen=10']);
  });

  it('is asked for once where it tells its whole head', async () => {
    const { server, host } = await opened();
    const sha = 'd'.repeat(40);
    server.trouble(
      () => true,
      ({ json, ...rest }) => ({
        ...rest,
        json: { ...(json as object), source: { branch: { name: 'x' }, commit: { hash: sha } } },
      }),
    );
    expect(await host.changeById?.('1')).toMatchObject({ sha, source: 'x' });
    expect(asked(server)).toEqual(['GET /pullrequests/1']);
  });

  it('is undefined where there is none, and for what is none', async () => {
    const { server, host } = await opened();
    expect(await host.changeById?.('2')).toBeUndefined();
    const end = { branch: { name: 'x' }, commit: { hash: 'aaaaaaaaaaaa' } };
    for (const json of [
      {},
      { source: { ...end, commit: null }, destination: end },
      { source: { ...end, branch: null }, destination: end },
      { source: end, destination: { branch: { name: '' } } },
      { source: end, destination: null },
    ]) {
      server.trouble(() => true, { json });
      expect(await host.changeById?.('1'), JSON.stringify(json)).toBeUndefined();
    }
  });

  it('whose head is not among its commits makes no sense', async () => {
    const { server, host } = await opened();
    for (const json of [{ values: [{ hash: 'e'.repeat(40) }, { hash: 3 }] }, {}]) {
      server.trouble(({ path }) => path.endsWith('/commits'), { json });
      await expect(host.changeById?.('1')).rejects.toMatchObject({ kind: 'unexpected' });
    }
  });

  it('that the token may not read is an error', async () => {
    const { host } = await start({ scopes: ['read:repository:bitbucket'] });
    const error = await refusal(async () => host.changeById?.('1'), { kinds: ['permission'], operation: 'changeById' });
    expect(error.remedy).toContain('`read:pullrequest:bitbucket`');
  });

  it('is asked for by digits only', async () => {
    const { server, host } = await opened();
    await refusal(async () => host.changeById?.('1/comments'), { kinds: ['validation'], operation: 'changeById' });
    expect(server.exchanges).toEqual([]);
  });
});

describe('a commit status', () => {
  const status = { state: 'failure', description: 'Held.' } as const;

  it('has an address whether there is one or not', async () => {
    const { server, host } = await start();
    await host.setCommitStatus?.(server.sha, { context: 'pace/gate', ...status });
    const [row] = server.statuses;
    expect(row).toMatchObject({ key: 'pace/gate', name: 'pace/gate', state: 'FAILED', description: 'Held.' });
    expect(row?.url).toBe(`${server.origin}/acme/demo/commits/${server.sha}`);
    const inStep = await hostIn({ ...shellEnv(server), ...stepEnv(server, { uuid: '{1}', number: 7 }) });
    const tooLong = `https://ci.example.org/${'x'.repeat(500)}`;
    await inStep.host.setCommitStatus?.(server.sha, { context: 'pace/gate', ...status, url: tooLong });
    expect(row?.url).toBe(`${server.origin}/acme/demo/pipelines/results/7/steps/%7B1%7D`);
  });

  it('has a key of forty characters at most, another one for each context', async () => {
    const { server, host } = await start();
    const long = 'a gate with a name that is much too long for Bitbucket';
    for (const context of [`${long} 1`, `${long} 2`]) await host.setCommitStatus?.(server.sha, { context, ...status });
    expect(server.statuses.map(({ key }) => key.length)).toEqual([40, 40]);
    expect(server.statuses.map(({ name }) => name)).toEqual([`${long} 1`, `${long} 2`]);
  });
});

describe('a repository variable', () => {
  it('that is secured stays so, and cannot be read', async () => {
    const { server, host } = await start({ pageSize: 1 });
    server.variables.push({ uuid: '{a}', key: 'OTHER', value: 'x', secured: false });
    server.variables.push({ uuid: '{b}', key: 'PACE_PAUSED', value: 'false', secured: true });
    await host.setVariable?.('PACE_PAUSED', 'true');
    expect(server.variables[1]).toEqual({ uuid: '{b}', key: 'PACE_PAUSED', value: 'true', secured: true });
    const error = await refusal(async () => host.getVariable?.('PACE_PAUSED'), {
      kinds: ['unsupported'],
      operation: 'getVariable',
    });
    expect(`${error.message} ${error.remedy}`).toMatch(/cannot read PACE_PAUSED, a secured variable.*not secured/);
  });

  it('that another run makes meanwhile is overwritten', async () => {
    const { server, host } = await start();
    server.trouble(({ method }) => method === 'GET', { json: { values: [], page: 1, size: 0, pagelen: 100 } });
    server.variables.push({ uuid: '{b}', key: 'PACE_PAUSED', value: 'false', secured: false });
    await host.setVariable?.('PACE_PAUSED', 'true');
    expect(server.variables.map(({ value }) => value)).toEqual(['true']);
  });
});

describe('the note at a pull request', () => {
  async function inRequest() {
    const { server, host } = await start();
    await host.proposeChange(proposal(server));
    const env = { ...shellEnv(server), ...stepEnv(server, { uuid: '{1}', number: 1 }), BITBUCKET_PR_ID: '1' };
    return { server, host: (await hostIn(env)).host, comments: server.requests[0]?.comments ?? [] };
  }

  it('is one comment, whose mark does not show', async () => {
    const { host, comments } = await inRequest();
    comments.push({ id: 900, raw: 'A person.', deleted: false, own: false });
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: '# Day 3 holds' })).toBe(true);
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: '# Day 3 ships' })).toBe(true);
    expect(comments.map(({ raw }) => raw)).toEqual(['A person.', '[//]: # (pace:change-note gate)\n\n# Day 3 ships']);
  });

  it('is made anew where it was deleted, or is not ours', async () => {
    const { host, comments } = await inRequest();
    await host.upsertChangeNote?.({ gate: 'gate', markdown: 'One' });
    Object.assign(comments[0] ?? {}, { deleted: true });
    comments.push({ id: 900, raw: '[//]: # (pace:change-note gate)\n\nNot ours', deleted: false, own: false });
    await host.upsertChangeNote?.({ gate: 'gate', markdown: 'Two' });
    expect(comments.map(({ raw }) => raw.split('\n').at(-1))).toEqual(['One', 'Not ours', 'Two']);
  });

  it('of which there are two is the newer one, and one that speaks of its mark is none', async () => {
    const { host, comments } = await inRequest();
    await host.upsertChangeNote?.({ gate: 'gate', markdown: 'Old' });
    const [old] = comments;
    const quoted = 'A person: [//]: # (pace:change-note gate)';
    if (old) comments.push({ ...old, id: old.id + 1 }, { ...old, id: old.id + 2, raw: quoted });
    await host.upsertChangeNote?.({ gate: 'gate', markdown: 'New' });
    expect(comments.map(({ raw }) => raw.split('\n').at(-1))).toEqual(['Old', 'New', quoted]);
  });

  it('of two steps that write it at the same moment is one', async () => {
    const { host, comments } = await inRequest();
    const written = ['A', 'B', 'C'].map((markdown) => host.upsertChangeNote?.({ gate: 'gate', markdown }));
    expect(await Promise.all(written)).toEqual([true, true, true]);
    expect(comments.map(({ raw }) => raw)).toEqual([
      expect.stringMatching(/^\[\/\/\]: # \(pace:change-note gate\)\n\n[ABC]$/),
    ]);
  });

  it('is one of each gate, at the change that is named', async () => {
    const { server, host } = await start();
    await host.proposeChange(proposal(server));
    for (const [gate, markdown] of [
      ['shop', 'A'],
      ['shop (2)', 'B'],
      ['shop', 'C'],
    ] as const)
      expect(await host.upsertChangeNote?.({ gate, markdown, change: '1' })).toBe(true);
    expect(server.requests[0]?.comments.map(({ raw }) => raw)).toEqual([
      '[//]: # (pace:change-note shop)\n\nC',
      '[//]: # (pace:change-note shop%20%282%29)\n\nB',
    ]);
    const pipeline = { ...stepEnv(server, { uuid: '{1}', number: 1 }), BITBUCKET_PR_ID: '9' };
    const inStep = await hostIn({ ...shellEnv(server), ...pipeline });
    expect(await inStep.host.upsertChangeNote?.({ gate: 'shop', markdown: 'D', change: '1' })).toBe(true);
    expect(server.requests[0]?.comments[0]?.raw).toBe('[//]: # (pace:change-note shop)\n\nD');
  });

  it('is cut to what Bitbucket shows', async () => {
    const { host, comments } = await inRequest();
    await host.upsertChangeNote?.({ gate: 'gate', markdown: 'x'.repeat(40_000) });
    expect(comments[0]?.raw).toHaveLength(32_000);
  });

  it('is none outside of one', async () => {
    const { server, host } = await start();
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'One' })).toBe(false);
    const inStep = await hostIn({ ...shellEnv(server), ...stepEnv(server, { uuid: '{1}', number: 1 }) });
    expect(await inStep.host.upsertChangeNote?.({ gate: 'gate', markdown: 'One' })).toBe(false);
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'One', change: 'aaaaaaaaaaaa' })).toBe(false);
    expect(server.exchanges).toEqual([]);
  });
});

describe('refusals', () => {
  it.each([
    [
      'listChecks',
      ['read:repository:bitbucket'],
      /scope `read:pipeline:bitbucket`, and its user read access to acme\/demo/,
    ],
    [
      'proposeChange',
      ['read:pullrequest:bitbucket'],
      /scopes `read:repository:bitbucket` and `write:repository:bitbucket`/,
    ],
    ['setVariable', ['read:pipeline:bitbucket'], /scope `admin:pipeline:bitbucket`, and its user admin access/],
  ] as const)('%s names the scopes that Bitbucket has asked for', async (operation, scopes, remedy) => {
    const { server, host } = await start({ scopes });
    const calls = {
      listChecks: () => host.listChecks?.(server.sha),
      proposeChange: () => host.proposeChange(proposal(server)),
      setVariable: () => host.setVariable?.('A', 'b'),
    };
    const error = await refusal(async () => calls[operation](), { kinds: ['permission'], operation });
    expect(error.remedy).toMatch(remedy);
  });

  it('of an access token are in its words', async () => {
    const { server, host } = await start({ credential: 'access-token', scopes: ['repository'] });
    const call = () => host.proposeChange(proposal(server));
    const error = await refusal(call, { kinds: ['permission'], operation: 'proposeChange' });
    expect(error.remedy).toMatch(/^Please give the token the scope `pullrequest`\. /);
    server.trouble(() => true, { status: 403, json: { error: { message: 'Forbidden' } } });
    const plain = await refusal(call, { kinds: ['permission'], operation: 'proposeChange' });
    expect(plain.remedy).toMatch(/scopes `repository:write` and `pullrequest:write`\. /);
  });

  it('of the token itself say what kind is expected', async () => {
    const { server } = await start();
    const env = { ...shellEnv(server), PACE_BITBUCKET_TOKEN: 'ATATT-wrong' };
    const { host } = await hostIn(env);
    const error = await refusal(() => host.repository(), { kinds: ['authentication'], operation: 'repository' });
    expect(`${error.message} ${error.remedy}`).toMatch(/API token.*e-mail address.*one for Jira does not work/);
    server.trouble(() => true, { status: 401, json: { error: { message: 'App passwords are no longer supported' } } });
    const old = await refusal(() => host.repository(), { kinds: ['configuration'] });
    expect(`${old.message} ${old.remedy}`).toMatch(/app passwords ended in 2026.*make an API token/);
  });
});

describe('the repository', () => {
  const token = { PACE_BITBUCKET_TOKEN: 'ATCTT1' };

  it('has its UUID as id, without braces, and none where the answer has none', async () => {
    const { server, host } = await start();
    expect(await host.repository()).toMatchObject({ name: 'acme/demo', id: '99999999-0000-4000-8000-000000000009' });
    server.trouble(
      () => true,
      ({ json, ...rest }) => ({ ...rest, json: { ...(json as object), uuid: undefined } }),
    );
    expect(await host.repository()).not.toHaveProperty('id');
  });

  it('is told by the settings, by both of its parts, or by the git remote', async () => {
    const name = async (env: Record<string, string>, cwd = '/nowhere') =>
      (await hostIn({ ...token, ...env }, { cwd })).host.repositoryName();
    expect(await name({ PACE_BITBUCKET_REPOSITORY: 'acme/shop' })).toBe('acme/shop');
    expect(await name({ BITBUCKET_WORKSPACE: 'acme', BITBUCKET_REPO_SLUG: 'tools' })).toBe('acme/tools');
    const workspace = await newWorkspace();
    for (const remote of [
      'git@bitbucket.org:acme/shop.git',
      'https://x-token-auth@bitbucket.org/acme/shop.git',
      'ssh://git@altssh.bitbucket.org:443/acme/shop.git',
      'http://bitbucket.org/acme/shop',
    ]) {
      await workspace.git('remote', 'add', 'origin', remote);
      expect(await name({}, workspace.path), remote).toBe('acme/shop');
      await workspace.git('remote', 'remove', 'origin');
    }
    const nothing = await refusal(() => name({}, workspace.path), { kinds: ['configuration'] });
    expect(nothing.remedy).toContain('PACE_BITBUCKET_REPOSITORY');
    await workspace.dispose();
  });

  it('and the address of the API must be ones', async () => {
    for (const env of [{ PACE_BITBUCKET_REPOSITORY: 'acme' }, { PACE_BITBUCKET_API_URL: 'bitbucket' }]) {
      const all = { ...token, PACE_BITBUCKET_REPOSITORY: 'acme/shop', ...env };
      const error = await refusal(() => hostIn(all), { kinds: ['configuration'] });
      expect(error.remedy).toContain(Object.keys(env)[0]);
    }
  });

  it('has pages at bitbucket.org', async () => {
    const env = {
      ...token,
      BITBUCKET_REPO_FULL_NAME: 'acme/shop',
      BITBUCKET_BUILD_NUMBER: '3',
      BITBUCKET_STEP_UUID: '{s}',
      BITBUCKET_COMMIT: 'c'.repeat(40),
      BITBUCKET_CLONE_DIR: '/opt/build',
    };
    const { host } = await hostIn(env, { cwd: '/opt/build/sub' });
    expect(host.jobUrl?.()).toBe('https://bitbucket.org/acme/shop/pipelines/results/3/steps/%7Bs%7D');
    expect(host.jobSummary()).toEqual({ path: '/opt/build/pace-summary.md', append: false, maxBytes: 1_000_000 });
  });
});
