import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaceError } from '../../../core/errors.ts';
import type { ProposedChange } from '../../../core/ports/index.ts';
import { type GiteaServer, startGitea } from '../../support/gitea.ts';
import { asked, expectDescribed, hostIn, jobEnv, shellEnv } from './bench.ts';

let server: GiteaServer;
let dir = '';

beforeEach(async () => {
  server = await startGitea({ release: 'newer' });
  dir = await mkdtemp(join(tmpdir(), 'pace-gitea-'));
});
afterEach(async () => {
  expectDescribed(server);
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

const change = (more: Partial<ProposedChange> = {}): ProposedChange => ({
  ...{ branch: 'pace/review-day-1', from: server.state.sha, files: [{ path: 'docs/a.md', content: 'a' }] },
  ...{ commitMessage: 'Add', title: 'Review', body: 'Text.', labels: [], reviewers: [], ...more },
});
const refusalOf = (call: Promise<unknown>): Promise<PaceError> =>
  call.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: PaceError) => error,
  );
const names = async (env = shellEnv(server)) =>
  ((await (await hostIn(env)).host.listChecks?.(server.state.sha)) ?? []).map(({ name, state }) => `${name}: ${state}`);
const inRun = (run: { id: number; number: number }, more: Record<string, string> = {}) =>
  jobEnv(server, { GITHUB_RUN_ID: String(run.id), GITHUB_RUN_NUMBER: String(run.number), ...more });

describe('checks', () => {
  it.each(['gitea', 'forgejo'] as const)('of %s: a job with a status is one check, not two', async (flavour) => {
    await server.close();
    server = await startGitea({ flavour, release: 'newer' });
    server.addRun({
      sha: server.state.sha,
      jobs: [
        { name: 'test', status: 'success' },
        { name: 'e2e', status: 'running' },
        { name: 'deploy', status: 'blocked' },
        { name: 'docs', status: 'cancelled' },
        { name: 'nightly', status: 'skipped' },
      ],
    });
    server.addRun({
      sha: server.state.sha,
      workflow: 'scan.yml',
      event: 'schedule',
      jobs: [{ name: 'scan', status: 'failure' }],
    });
    expect(await names()).toEqual([
      'CI / nightly (push): skipped',
      'CI / docs (push): cancelled',
      'CI / deploy (push): blocked',
      'CI / e2e (push): pending',
      'CI / test (push): success',
      'scan.yml / scan (schedule): failure',
    ]);
  });

  it('of a schedule count once, by its last run', async () => {
    for (const status of ['failure', 'success']) {
      server.addRun({ sha: server.state.sha, event: 'schedule', jobs: [{ name: 'scan', status }] });
    }
    expect(await names()).toEqual(['ci.yml / scan (schedule): success']);
  });

  it('of a server without a list of runs are the statuses, and it is asked for once', async () => {
    await server.close();
    server = await startGitea({ release: '1.22' });
    server.addRun({ sha: server.state.sha, jobs: [{ name: 'test', status: 'success' }] });
    const { host } = await hostIn(shellEnv(server));
    await host.listChecks?.(server.state.sha);
    server.exchanges.length = 0;
    expect((await host.listChecks?.(server.state.sha))?.map(({ name }) => name)).toEqual(['CI / test (push)']);
    expect(asked(server).length).toBe(1);
  });

  it('of runs whose jobs cannot be seen are the runs', async () => {
    server.addRun({ sha: server.state.sha, event: 'schedule', jobs: [{ name: 'scan', status: 'running' }] });
    server.trouble(({ path }) => path.endsWith('/jobs'), { status: 404, json: {} });
    expect(await names()).toEqual(['ci.yml / all jobs (schedule): pending']);
  });

  it('of two workflow files with one name stay apart', async () => {
    for (const status of ['failure', 'success']) {
      server.addRun({ sha: server.state.sha, workflow: `${status}.yml`, jobs: [{ name: 'test', status }] });
    }
    for (const [index, row] of server.state.statuses.entries())
      Object.assign(row, { context: `${row.context}${' '.repeat(index)}` });
    const { host } = await hostIn(shellEnv(server));
    server.trouble(
      ({ path }) => path.endsWith('/status'),
      ({ json, ...rest }) => ({
        ...rest,
        json: JSON.parse(JSON.stringify(json).replaceAll(/\(push\) +"/g, '(push)"')),
      }),
    );
    const found = (await host.listChecks?.(server.state.sha)) ?? [];
    expect(new Set(found.map(({ workflow }) => workflow)).size).toBe(2);
    expect(found.map(({ name }) => name)).toEqual(['CI / test (push)', 'CI / test (push)']);
  });

  it('of others that look like jobs are plain statuses', async () => {
    const { sha } = server.state;
    const row = { sha, context: 'CI / test (push)', state: 'failure', at: server.state.time() };
    const target = 'https://elsewhere.example.org/acme/pace-demo/actions/runs/1/jobs/2';
    server.state.statuses.push({ ...row, id: 1, description: 'Has been cancelled', targetUrl: target });
    server.state.statuses.push({
      ...{ ...row, id: 2, context: 'CI / lint (push)', description: 'Has been skipped' },
      targetUrl: '/acme/pace-demo/actions/runs/1/jobs/3',
    });
    const { host } = await hostIn(shellEnv(server));
    expect((await host.listChecks?.(sha))?.map(({ app, state }) => [app, state])).toEqual([
      ['gitea-actions', 'failure'],
      ['status', 'failure'],
    ]);
  });

  it('that are warnings or words of the future are no passes', async () => {
    server.setStatuses(server.state.sha, [
      { context: 'lint', state: 'warning' },
      { context: 'odd', state: 'a word of the future' },
    ]);
    const { host } = await hostIn(shellEnv(server));
    const found = (await host.listChecks?.(server.state.sha)) ?? [];
    expect(found.map(({ name, state, app }) => [name, state, app])).toEqual([
      ['odd', 'unknown', 'status'],
      ['lint', 'failure', 'status'],
    ]);
    server.exchanges.length = 0;
  });
});

describe('the own job', () => {
  it.each(['gitea', 'forgejo'] as const)('on %s is the running one of the own run', async (flavour) => {
    await server.close();
    server = await startGitea({ flavour, release: 'newer' });
    const run = server.addRun({
      sha: server.state.sha,
      jobs: [
        { name: 'test', status: 'success' },
        { name: 'pace', status: 'running' },
        { name: 'deploy', status: 'blocked' },
      ],
    });
    server.addRun({
      sha: server.state.sha,
      workflow: 'other.yml',
      name: 'Other',
      jobs: [{ name: 'pace', status: 'running' }],
    });
    const { host } = await hostIn(inRun(run, { GITHUB_JOB: 'pace' }));
    const own = await host.ownCheck?.();
    const checks = (await host.listChecks?.(server.state.sha)) ?? [];
    expect(checks.find(({ id }) => id === own?.id)?.name).toBe('CI / pace (push)');
  });

  it('is found by its key where several run, and among the jobs of a schedule', async () => {
    const run = server.addRun({
      sha: server.state.sha,
      event: 'schedule',
      jobs: [
        { name: 'pace', status: 'running' },
        { name: 'scan', status: 'running' },
      ],
    });
    const { host } = await hostIn(inRun(run, { GITHUB_JOB: 'pace', RUNNER_NAME: 'runner-1' }));
    const own = await host.ownCheck?.();
    const checks = (await host.listChecks?.(server.state.sha)) ?? [];
    expect(checks.find(({ id }) => id === own?.id)?.name).toBe('ci.yml / pace (schedule)');
  });

  it('is not one whose name only begins alike; those of a matrix do', async () => {
    const jobs = ['pacer', 'pace (24)', 'pace-2'].map((name) => ({ name, status: 'running' }));
    const run = server.addRun({ sha: server.state.sha, jobs });
    const repository = { GITHUB_REPOSITORY: server.state.path.toUpperCase(), PACE_GITEA_REPOSITORY: server.state.path };
    const { host } = await hostIn(inRun(run, { GITHUB_JOB: 'pace', ...repository }));
    const own = await host.ownCheck?.();
    const checks = (await host.listChecks?.(server.state.sha)) ?? [];
    expect(checks.find(({ id }) => id === own?.id)?.name).toBe('CI / pace (24) (push)');
  });

  it('that cannot be told is said aloud', async () => {
    const jobs = ['One', 'Two'].map((name) => ({ name, status: 'running' }));
    const run = server.addRun({ sha: server.state.sha, jobs });
    const { host, world } = await hostIn(inRun(run, { GITHUB_JOB: 'pace' }));
    expect(await host.ownCheck?.()).toBeUndefined();
    expect(world.lines.join('\n')).toContain('may wait for itself');
  });

  it('is none outside of a job, and in a job of another repository', async () => {
    expect(await (await hostIn(shellEnv(server))).host.ownCheck?.()).toBeUndefined();
    const elsewhere = { ...shellEnv(server), GITEA_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/other' };
    expect(await (await hostIn(elsewhere)).host.ownCheck?.()).toBeUndefined();
    expect(asked(server)).toEqual([]);
  });
});

describe('the judged commit', () => {
  const judged = async (event: object, more: Record<string, string> = {}) => {
    const path = join(dir, 'event.json');
    await writeFile(path, JSON.stringify(event));
    const { host } = await hostIn(jobEnv(server, { GITHUB_EVENT_PATH: path, ...more }));
    return host.judgedCommit?.();
  };
  const head = 'a'.repeat(40);

  it('is the head of a pull request, else that of the event, else that of the run', async () => {
    expect((await judged({ pull_request: { head: { sha: head } } }))?.sha).toBe(head);
    expect(await judged({ workflow_run: { head_sha: head } })).toEqual({ sha: head });
    expect(await judged({ sha: head, branches: [{ name: 'main' }] }, { GITHUB_EVENT_NAME: 'status' })).toEqual({
      sha: head,
      branch: 'main',
    });
    expect(await judged({})).toEqual({ sha: server.state.sha });
    const { host } = await hostIn(jobEnv(server, { GITHUB_EVENT_PATH: join(dir, 'nowhere') }));
    expect(await host.judgedCommit?.()).toEqual({ sha: server.state.sha });
    expect(await (await hostIn(shellEnv(server))).host.judgedCommit?.()).toBeUndefined();
  });

  it('of a fork comes with a note', async () => {
    const repo = (full_name: string) => ({ repo: { full_name } });
    const pull = { head: { sha: head, ...repo('mallory/demo') }, base: repo('acme/pace-demo') };
    const found = await judged({ pull_request: pull }, { GITHUB_EVENT_NAME: 'pull_request' });
    expect([found?.sha, found?.note]).toEqual([head, expect.stringContaining('from a fork')]);
  });
});

describe('what a run is about', () => {
  const judged = async (event: object, more: Record<string, string> = {}) => {
    const path = join(dir, 'event.json');
    await writeFile(path, JSON.stringify(event));
    return hostIn(jobEnv(server, { GITHUB_EVENT_PATH: path, ...more }));
  };
  const head = 'a'.repeat(40);

  it('is its pull request, with branches and labels', async () => {
    const pull_request = {
      ...{ number: 12, labels: [{ id: 1, name: 'bug' }] },
      ...{ head: { sha: head, ref: 'feature', label: 'feature' }, base: { ref: 'main', label: 'main' } },
    };
    const { host } = await judged({ action: 'opened', number: 12, pull_request }, { GITHUB_REF: 'refs/pull/12/head' });
    expect(await host.judgedCommit?.()).toEqual({
      sha: head,
      change: { id: '12', source: 'feature', target: 'main', labels: ['bug'] },
    });
    expect(asked(server)).toEqual([]);
  });

  it('is its branch; a tag has none', async () => {
    const { sha } = server.state;
    const on = async (ref: string) => (await judged({}, { GITHUB_REF: ref })).host.judgedCommit?.();
    expect(await on('refs/heads/release/2')).toEqual({ sha, branch: 'release/2' });
    expect(await on('refs/tags/v2')).toEqual({ sha });
  });

  it('comes with a note where it is from a fork', async () => {
    const repo = (full_name: string) => ({ repo: { full_name } });
    const pull = {
      number: 3,
      head: { sha: head, ref: 'x', ...repo('mallory/demo') },
      base: { ref: 'main', ...repo('acme/pace-demo') },
    };
    const { host } = await judged({ pull_request: pull }, { GITHUB_EVENT_NAME: 'pull_request' });
    expect(await host.judgedCommit?.()).toEqual({
      sha: head,
      change: { id: '3', source: 'x', target: 'main', labels: [] },
      note: expect.stringContaining('from a fork'),
    });
  });

  it('has a repository whose id and default branch the event tells', async () => {
    const repository = { id: 7, default_branch: 'trunk' };
    expect(await (await judged({ repository })).host.repositoryOfJob?.()).toEqual({ id: '7', defaultBranch: 'trunk' });
    const other = { PACE_GITEA_REPOSITORY: 'acme/other' };
    expect(await (await judged({ repository }, other)).host.repositoryOfJob?.()).toBeUndefined();
    expect(await (await hostIn(shellEnv(server))).host.repositoryOfJob?.()).toBeUndefined();
  });
});

describe('the repository', () => {
  it('has the id by which the server knows it', async () => {
    expect(await (await hostIn(shellEnv(server))).host.repository()).toMatchObject({ name: 'acme/pace-demo', id: '1' });
  });

  it('is one without an id where the answer has none', async () => {
    server.state.repositoryFields = { id: undefined };
    expect(await (await hostIn(shellEnv(server))).host.repository()).not.toHaveProperty('id');
  });
});

describe('a pull request', () => {
  it('is opened without a team that does not exist, which is said', async () => {
    const { host, world } = await hostIn(shellEnv(server));
    server.state.teams.set('release', ['ada']);
    await host.proposeChange(change({ reviewers: ['acme/never', 'acme/release'] }));
    const warnings = world.lines.filter((line) => line.startsWith('warn: '));
    expect(warnings).toEqual([expect.stringMatching(/^warn: acme\/never could not be asked to review .*\/pulls\/1: /)]);
  });

  it('is opened in one commit, with labels by number and reviewers one by one', async () => {
    const { host, world } = await hostIn(shellEnv(server));
    await host.proposeChange(change({ labels: ['pace-review'], reviewers: ['ada', 'nobody', '@grace'] }));
    expect(asked(server)).toEqual([
      'GET ',
      'GET /pulls/main/pace/review-day-1',
      'GET /pulls?state=all&page=1&limit=50',
      'POST /branches',
      'POST /contents',
      'POST /pulls',
      ...Array.from({ length: 3 }, () => 'POST /pulls/1/requested_reviewers'),
      'GET /labels?page=1&limit=50',
      'GET /orgs/acme/labels?page=1&limit=50',
      'POST /labels',
      'GET /labels?page=1&limit=50',
      'POST /issues/1/labels',
    ]);
    expect(server.state.issues[0]?.pull?.reviewers).toEqual(['ada', 'grace']);
    expect(world.lines.join('\n')).toContain('nobody could not be asked');
  });

  it('over files that are there updates them, in one commit', async () => {
    const { host } = await hostIn(shellEnv(server));
    const files = [
      { path: 'README.md', content: 'new' },
      { path: 'docs/a.md', content: 'a' },
    ];
    await host.proposeChange(change({ files }));
    const sha = server.state.branches.get('pace/review-day-1') ?? '';
    expect(Object.fromEntries(server.state.commits.get(sha) ?? [])).toEqual({ 'README.md': 'new', 'docs/a.md': 'a' });
  });

  it('goes on where an earlier run was cut off', async () => {
    const { host } = await hostIn(shellEnv(server));
    server.trouble(({ method, path }) => method === 'POST' && path.endsWith('/pulls'), 'reset-before');
    await refusalOf(host.proposeChange(change()));
    const before = server.state.branches.get('pace/review-day-1');
    expect((await host.proposeChange(change())).state).toBe('open');
    expect(server.state.branches.get('pace/review-day-1')).toBe(before);
  });

  it('is the newest one of those from a branch', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    const [first] = server.state.issues;
    if (!first) throw new Error('no pull request');
    server.state.issues.push({ ...first, number: 2, state: 'open' });
    Object.assign(first, { state: 'closed' });
    expect((await host.findChange('pace/review-day-1'))?.key).toBe('2');
  });

  /** Changes the next answer about one pull request, or about all. */
  const onPulls = (end: RegExp, change: (text: string) => string) =>
    server.trouble(
      ({ method, path }) => method === 'GET' && end.test(path),
      ({ json, ...rest }) => ({ ...rest, json: JSON.parse(change(JSON.stringify(json))) }),
    );

  it('is none of another branch, whatever the server makes of the question', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    for (const end of [/\/pulls\/main\//, /\/pulls$/])
      onPulls(end, (text) => text.replaceAll('"pace/review-day-1"', '"pace/review-day-10"'));
    expect(await host.findChange('pace/review-day-1')).toBeUndefined();
    expect((await host.findChange('pace/review-day-1'))?.key).toBe('1');
  });

  it('is none of a fork', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    const fork = (text: string) => {
      const value = JSON.parse(text);
      for (const pull of Array.isArray(value) ? value : [value]) pull.head.repo.full_name = 'mallory/pace-demo';
      return JSON.stringify(value);
    };
    for (const end of [/\/pulls\/main\//, /\/pulls$/]) onPulls(end, fork);
    expect(await host.findChange('pace/review-day-1')).toBeUndefined();
    for (const end of [/\/pulls\/main\//, /\/pulls$/]) onPulls(end, (text) => text.replaceAll('"head":', '"tail":'));
    expect(await host.findChange('pace/review-day-1')).toBeUndefined();
  });

  it('is found in a repository that has been renamed since, or is written in other letters', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    onPulls(/\/pulls\/main\//, (text) => text.replaceAll('"full_name":"acme/pace-demo"', '"full_name":"acme/new"'));
    expect((await host.findChange('pace/review-day-1'))?.key).toBe('1');
    onPulls(/\/pulls\/main\//, (text) =>
      text.replaceAll('"base":', '"end":').replaceAll('acme/pace-demo', 'Acme/Pace-Demo'),
    );
    expect((await host.findChange('pace/review-day-1'))?.key).toBe('1');
  });

  it('is known by its branch when that is gone', async () => {
    const { host } = await hostIn(shellEnv(server));
    const opened = await host.proposeChange(change());
    server.trouble(({ path }) => path.includes('/pulls/main/'), { status: 404, json: {} });
    server.trouble(
      ({ path }) => path.endsWith('/pulls'),
      ({ json, ...rest }) => ({
        ...rest,
        json: JSON.parse(JSON.stringify(json).replaceAll('"ref":"pace/review-day-1"', '"ref":"refs/pull/1/head"')),
      }),
    );
    expect(await host.findChange('pace/review-day-1')).toEqual(opened);
  });

  it('of a protected branch is refused in words', async () => {
    const { host } = await hostIn(shellEnv(server));
    server.trouble(({ path }) => path.endsWith('/contents'), {
      status: 403,
      json: { message: 'user cannot commit to repo [user_name: pace-bot], branch is protected' },
    });
    const error = await refusalOf(host.proposeChange(change()));
    expect([error.kind, error.remedy]).toEqual([
      'permission',
      'Please let the token’s user push to branches named `pace/*` (repository settings → Branches), or leave them unprotected.',
    ]);
  });
});

describe('a pull request by its number', () => {
  async function opened() {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change({ labels: ['pace-review'] }));
    server.exchanges.length = 0;
    return host;
  }
  const answering = (change: (pull: Record<string, Record<string, unknown>>) => object) =>
    server.trouble(
      ({ path }) => path.endsWith('/pulls/1'),
      ({ json, ...rest }) => ({ ...rest, json: change(JSON.parse(JSON.stringify(json))) }),
    );

  it.each(['gitea', 'forgejo'] as const)(
    'has its head, its branches and its labels on %s, for one request',
    async (flavour) => {
      await server.close();
      server = await startGitea({ flavour, release: 'newer' });
      const host = await opened();
      expect(await host.changeById?.('1')).toEqual({
        ...{
          id: '1',
          sha: server.state.branches.get('pace/review-day-1'),
          source: 'pace/review-day-1',
          target: 'main',
        },
        labels: ['pace-review'],
      });
      expect(asked(server)).toEqual(['GET /pulls/1']);
    },
  );

  it('has the name of its branch when that is gone, and may have no labels', async () => {
    const host = await opened();
    answering((pull) => ({ ...pull, labels: null, head: { ...pull['head'], ref: 'refs/pull/1/head' } }));
    expect(await host.changeById?.('1')).toMatchObject({ source: 'pace/review-day-1', labels: [] });
    answering((pull) => ({ ...pull, head: { ...pull['head'], ref: null, label: 'x' } }));
    expect((await host.changeById?.('1'))?.source).toBe('');
  });

  it('is undefined where there is none, and for what is none', async () => {
    const host = await opened();
    expect(await host.changeById?.('2')).toBeUndefined();
    answering(({ head: _, ...pull }) => pull);
    expect(await host.changeById?.('1')).toBeUndefined();
    answering((pull) => ({ ...pull, head: { ...pull['head'], sha: '' } }));
    expect(await host.changeById?.('1')).toBeUndefined();
    answering(({ base: _, ...pull }) => pull);
    expect(await host.changeById?.('1')).toBeUndefined();
  });

  it('that the token may not read is an error', async () => {
    const host = await opened();
    server.state.scopes = ['read:notification'];
    const error = await refusalOf(host.changeById?.('1') ?? Promise.resolve());
    expect([error.kind, error.operation]).toEqual(['permission', 'changeById']);
    expect(error.remedy).toContain('the scope `read:repository`');
  });

  it('is asked for by digits only', async () => {
    const host = await opened();
    const error = await refusalOf(host.changeById?.('main/x') ?? Promise.resolve());
    expect([error.kind, asked(server)]).toEqual(['validation', []]);
  });
});

describe('the note at a pull request', () => {
  it('is written once, and then edited', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    const inPull = await hostIn(jobEnv(server, { GITHUB_REF: 'refs/pull/1/head' }));
    expect(await inPull.host.upsertChangeNote?.({ gate: 'gate', markdown: 'First.' })).toBe(true);
    expect(await inPull.host.upsertChangeNote?.({ gate: 'gate', markdown: 'Second.' })).toBe(true);
    const [pull] = server.state.issues;
    expect(pull?.comments.map(({ body }) => body)).toEqual(['<!-- pace:change-note gate -->\nSecond.']);
    server.exchanges.length = 0;
    expect(await inPull.host.upsertChangeNote?.({ gate: 'gate', markdown: 'Second.' })).toBe(true);
    expect(asked(server)).toEqual(['GET /issues/1/comments']);
  });

  it('is one where the server keeps it and says that it has failed', async () => {
    await server.close();
    server = await startGitea({ flavour: 'forgejo', release: '1.22' });
    const { host, world } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    for (const markdown of ['First.', 'Second.'])
      expect(await host.upsertChangeNote?.({ gate: 'gate', markdown, change: '1' })).toBe(true);
    const [pull] = server.state.issues;
    expect(pull?.comments.map(({ body }) => body)).toEqual(['<!-- pace:change-note gate -->\nSecond.']);
    expect(world.waits).toEqual([]);
  });

  it('that is not kept is the failure that it is', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    server.trouble(({ method, path }) => method === 'POST' && path.endsWith('/comments'), { status: 500 });
    const error = await refusalOf(
      host.upsertChangeNote?.({ gate: 'gate', markdown: 'Lost.', change: '1' }) ?? Promise.resolve(),
    );
    expect([error.kind, error.status, error.operation]).toEqual(['transient', 500, 'upsertChangeNote']);
  });

  it('is not written where the run belongs to none', async () => {
    const { host } = await hostIn(jobEnv(server, { GITHUB_REF: 'refs/heads/main' }));
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'Text.' })).toBe(false);
  });

  it('of two jobs that write it at the same moment is one', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    const written = ['A', 'B', 'C'].map(async (markdown) => {
      const leg = await hostIn(jobEnv(server, { GITHUB_REF: 'refs/pull/1/head' }));
      return leg.host.upsertChangeNote?.({ gate: 'gate', markdown });
    });
    expect(await Promise.all(written)).toEqual([true, true, true]);
    expect(server.state.issues[0]?.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^<!-- pace:change-note gate -->\n[ABC]$/),
    ]);
  });

  it('is one of each gate, at the change that is named', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    for (const [gate, markdown] of [
      ['shop', 'A'],
      ['shop-2', 'B'],
      ['shop', 'C'],
    ] as const)
      expect(await host.upsertChangeNote?.({ gate, markdown, change: '1' })).toBe(true);
    expect(server.state.issues[0]?.comments.map(({ body }) => body)).toEqual([
      '<!-- pace:change-note shop -->\nC',
      '<!-- pace:change-note shop-2 -->\nB',
    ]);
    expect(await host.upsertChangeNote?.({ gate: 'shop', markdown: 'D', change: 'aaaaaaaaaaaa' })).toBe(false);
    const elsewhere = await hostIn(jobEnv(server, { GITHUB_REF: 'refs/pull/99/head' }));
    expect(await elsewhere.host.upsertChangeNote?.({ gate: 'shop', markdown: 'D', change: '1' })).toBe(true);
    expect(server.state.issues[0]?.comments[0]?.body).toBe('<!-- pace:change-note shop -->\nD');
  });

  it('is cut to what Gitea takes', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    await host.upsertChangeNote?.({ gate: 'gate', markdown: `\0${'x'.repeat(300_000)}`, change: '1' });
    const [comment] = server.state.issues[0]?.comments ?? [];
    expect([comment?.body.length, comment?.body.includes('\0')]).toEqual([262_144, false]);
  });

  it('of which there are two is the newer one', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    const inPull = (await hostIn(jobEnv(server, { GITHUB_REF: 'refs/pull/1/head' }))).host;
    await inPull.upsertChangeNote?.({ gate: 'gate', markdown: 'Old.' });
    const comments = server.state.issues[0]?.comments ?? [];
    const [old] = comments;
    if (old)
      comments.push(
        { ...old, id: old.id + 1 },
        { ...old, id: old.id + 2, body: 'A person, <!-- pace:change-note gate -->' },
      );
    await inPull.upsertChangeNote?.({ gate: 'gate', markdown: 'New.' });
    expect(comments.map(({ body }) => body.split('\n').at(-1))).toEqual([
      ...['Old.', 'New.', 'A person, <!-- pace:change-note gate -->'],
    ]);
  });

  it('of somebody else stays, and ours stands beside it', async () => {
    const { host } = await hostIn(shellEnv(server));
    await host.proposeChange(change());
    const inPull = (await hostIn(jobEnv(server, { GITHUB_REF: 'refs/pull/1/head' }))).host;
    await inPull.upsertChangeNote?.({ gate: 'gate', markdown: 'First.' });
    server.trouble(({ method }) => method === 'PATCH', { status: 403, json: { message: 'no' } });
    await inPull.upsertChangeNote?.({ gate: 'gate', markdown: 'Second.' });
    expect(server.state.issues[0]?.comments.length).toBe(2);
  });
});

describe('the job’s page and summary', () => {
  const summaryOf = async (env: Record<string, string>) => (await hostIn(env, { cwd: '/checkout' })).host.jobSummary();

  it('are those of the run', async () => {
    const more = { GITHUB_RUN_NUMBER: '7', GITHUB_STEP_SUMMARY: '/tmp/SUMMARY.md' };
    const { host } = await hostIn(jobEnv(server, more));
    expect(host.jobUrl?.()).toBe(`${server.origin}/acme/pace-demo/actions/runs/7?by_index=1`);
    const { path, append } = await summaryOf(jobEnv(server, more));
    expect([path, append]).toEqual(['/tmp/SUMMARY.md', true]);
    expect((await hostIn(shellEnv(server))).host.jobUrl?.()).toBeUndefined();
  });

  it('on Forgejo, and outside of a job, the summary is a file: nobody shows the other one', async () => {
    server.state.flavour = 'forgejo';
    const more = { GITHUB_RUN_NUMBER: '7', GITHUB_STEP_SUMMARY: '/tmp/SUMMARY.md' };
    expect((await summaryOf(jobEnv(server, more))).path).toBe('/checkout/pace-summary.md');
    expect((await hostIn(jobEnv(server, more))).host.jobUrl?.()).toBe(`${server.origin}/acme/pace-demo/actions/runs/7`);
    expect((await summaryOf(shellEnv(server))).path).toBe('/checkout/pace-summary.md');
  });
});

it('a variable that is right already is not written', async () => {
  const { host } = await hostIn(shellEnv(server));
  await host.setVariable?.('PACE_PAUSED', 'true');
  server.exchanges.length = 0;
  await host.setVariable?.('PACE_PAUSED', 'true');
  expect(asked(server)).toEqual(['GET /actions/variables/PACE_PAUSED']);
});

it('a status about a commit that does not exist says so, though the server fails', async () => {
  const { host } = await hostIn(shellEnv(server));
  const status = { context: 'pace/gate', state: 'success', description: 'SHIP' } as const;
  const error = await refusalOf(host.setCommitStatus?.('dead'.repeat(10), status) ?? Promise.resolve());
  expect([error.kind, error.message]).toEqual([
    'not-found',
    'Gitea does not know the commit deaddeaddead in acme/pace-demo.',
  ]);
});
