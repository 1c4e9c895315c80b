/** A pull request of a stranger: a real repository, what a runner has checked out of it, and a step of a workflow on our own GitHub. */
import { execFile } from 'node:child_process';
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';
import type { Report } from '../../src/gate/report.ts';
import { copyTree } from '../support/copy-tree.ts';
import { importCommits, type NewCommit } from '../support/git-import.ts';
import { type GitHub, startGitHub } from '../support/github.ts';
import { type ActionRun, runActionHere } from '../support/in-process.ts';
import { copyOf, newWorkspace, type Workspace } from '../support/workspace.ts';

type Files = Readonly<Record<string, string>>;

export interface PullRequest {
  /** What the base branch has. */
  readonly base: Files;
  /** What the pull request changes in it. */
  readonly change?: Files;
  readonly removes?: readonly string[];
  /** Done in the branch before it is committed. */
  readonly prepare?: (branch: Workspace) => Promise<unknown>;
  /**
   * What the runner has: all branches; the merge alone, with so many commits of history (1 where nothing is said); the head alone; or
   * the files without git.
   */
  readonly clone?: 'full' | 'merge' | 'head' | 'files';
  readonly depth?: number;
  /** The address of its remote; the repository itself when absent. */
  readonly remote?: string;
}

export interface Opened {
  readonly github: GitHub;
  readonly workspace: Workspace;
  /** The repository that all was cloned from. */
  readonly upstream: Workspace;
  readonly head: string;
  readonly base: string;
  /** The next run is refused every request whose path fits. */
  fails(path: RegExp, status: number): void;
  judge(given?: { inputs?: Files; env?: Files; event?: string }): Promise<Judged>;
}

export interface Judged extends ActionRun {
  readonly report: Report;
  /** Of `pace/gate` on the head. */
  readonly status: string | undefined;
  /** `METHOD /path` of what was asked, without the repository's part. */
  readonly requests: readonly string[];
}

/** One for all: each pull request has a head of its own. */
function ourGitHub(): Promise<GitHub> {
  if (running === undefined) {
    running = startGitHub({ login: 'github-actions[bot]', people: ['ann'] });
    ends.push(async () => (await running)?.close());
  }
  return running;
}

let running: Promise<GitHub> | undefined;
const ends: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(ends.map((end) => end())).then(() => undefined));

export const QUICK = 'ci: { grace_seconds: 0, settle_seconds: 0, poll_interval_seconds: 1 }\n';

export async function openPullRequest(asked: PullRequest): Promise<Opened> {
  const { base, change = {}, removes = [], prepare, clone = 'full', depth = 1 } = asked;
  const { first, sha: baseSha } = await repositoryOf(base);
  const upstream = await copyOf(first);
  const { head, merge } = prepare
    ? await committed(upstream, { change, removes, prepare })
    : await imported(upstream.path, baseSha, { files: change, removes });
  const workspace = await newWorkspace({}, { git: false });
  await checkOut(workspace, { from: upstream.path, clone, depth, merge, head, remote: asked.remote });
  ends.push(() => Promise.all([workspace.dispose(), upstream.dispose()]));
  const github = await ourGitHub();
  // nobody asks for what the clone has
  if (clone !== 'full') await github.addCommit({ files: base });
  await github.addCommit({ sha: head, branch: 'feature' });
  github.setStatuses(head, []);
  github.setChecks(head, [{ name: 'test', conclusion: 'success', suite: 1 }]);
  github.setRuns(head, [{ id: 77, name: 'CI', suite: 1, workflowId: 1, conclusion: 'success' }]);
  const failing: { isOver: boolean }[] = [];
  const fails: Opened['fails'] = (path, status) => {
    const trouble = { isOver: false };
    failing.push(trouble);
    const refusal = { status, json: { message: 'No' } };
    github.trouble((request) => path.test(request.path) && !trouble.isOver, refusal, Number.POSITIVE_INFINITY);
  };
  return { github, workspace, upstream, head, base: baseSha, fails, judge };

  async function judge({ inputs = {}, env = {}, event = 'pull_request' }: Parameters<Opened['judge']>[0] = {}) {
    const repo = { full_name: github.repository, default_branch: 'main', id: 1 };
    const pull = { number: 12, head: { sha: head, ref: 'feature', repo }, base: { ref: 'main', repo }, labels: [] };
    const folder = clone === 'files' ? upstream.path : workspace.path;
    const path = join(folder, '.git', 'event.json');
    await (clone === 'files' ? upstream : workspace).write({
      '.git/event.json': JSON.stringify({ repository: repo, pull_request: pull }),
    });
    const before = github.exchanges.length;
    const run = await runActionHere({
      cwd: workspace.path,
      inputs: { token: github.token, ...inputs },
      env: {
        ...{ CI: 'true', GITHUB_API_URL: github.origin, GITHUB_SERVER_URL: github.origin, GITHUB_SHA: merge },
        ...{ GITHUB_REPOSITORY: github.repository, GITHUB_REPOSITORY_ID: '1', GITHUB_EVENT_PATH: path },
        ...{ GITHUB_EVENT_NAME: event, GITHUB_REF: 'refs/pull/12/merge', GITHUB_WORKSPACE: workspace.path },
        ...env,
      },
    });
    for (const trouble of failing) trouble.isOver = true;
    const at = `/repos/${github.repository}`;
    return {
      ...run,
      report: (await workspace.change('12').catch(() => ({}))) as Report,
      status: github.statuses(head).find(({ context }) => context === 'pace/gate')?.state,
      requests: github.exchanges
        .slice(before)
        .map(({ asked: { method, path: to } }) => `${method} ${to.replace(at, '')}`),
    };
  }
}

/** What has this base, made once: each pull request gets a copy of it. */
function repositoryOf(base: Files): Promise<{ first: Workspace; sha: string }> {
  const name = JSON.stringify(base);
  const made = repositories.get(name) ?? newRepository(base);
  repositories.set(name, made);
  return made;
}

const repositories = new Map<string, ReturnType<typeof newRepository>>();

async function newRepository(base: Files): Promise<{ first: Workspace; sha: string }> {
  const first = await newWorkspace(base);
  ends.push(() => first.dispose());
  await first.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  return { first, sha: await first.git('rev-parse', 'HEAD') };
}

interface Made {
  readonly head: string;
  /** Of the base and the head, as a host makes it. */
  readonly merge: string;
}

let count = 0;

/** Two of one second and one content would be one commit, and share its statuses. */
function proposal(): string {
  count += 1;
  return `What a stranger proposes, number ${count}`;
}

async function imported(path: string, base: string, change: Pick<NewCommit, 'files' | 'removes'>): Promise<Made> {
  const [head = '', merge = ''] = await importCommits(path, [
    { ref: 'refs/heads/feature', message: proposal(), parents: [base], ...change },
    { ref: 'refs/pull/12/merge', message: 'Merge', parents: [base, 0], ...change },
  ]);
  return { head, merge };
}

async function committed(
  upstream: Workspace,
  { change, removes, prepare }: Required<Pick<PullRequest, 'change' | 'removes' | 'prepare'>>,
): Promise<Made> {
  await upstream.git('checkout', '--quiet', '-b', 'feature');
  await upstream.write(change);
  await upstream.remove(...removes);
  await prepare(upstream);
  const head = await upstream.commit(proposal());
  await upstream.git('checkout', '--quiet', '--detach', 'main');
  await upstream.git('merge', '--quiet', '--no-ff', '--message', 'Merge', 'feature');
  const merge = await upstream.git('rev-parse', 'HEAD');
  await upstream.git('update-ref', 'refs/pull/12/merge', merge);
  await upstream.git('checkout', '--quiet', 'main');
  return { head, merge };
}

async function checkOut(
  { path, git }: Workspace,
  options: { from: string; clone: string; depth: number; merge: string; head: string; remote: string | undefined },
): Promise<void> {
  const { from, clone, depth, merge, head, remote } = options;
  if (clone === 'files') {
    await promisify(execFile)('sh', ['-c', 'git -C "$1" archive "$2" | tar -x -C "$3"', 'sh', from, head, path]);
    return;
  }
  const url = remote ?? `file://${from}`;
  if (clone === 'full') return copyClone({ path, git }, { from, url, merge });
  await git('init', '--quiet', '--initial-branch=unused');
  await git('remote', 'add', 'origin', url);
  await git('fetch', '--quiet', `--depth=${depth}`, `file://${from}`, clone === 'merge' ? merge : head);
  await git('checkout', '--quiet', '--detach', clone === 'head' ? head : merge);
}

/** What fetching all branches leaves, without the processes that it takes. */
async function copyClone(
  { path, git }: Pick<Workspace, 'path' | 'git'>,
  { from, url, merge }: { from: string; url: string; merge: string },
): Promise<void> {
  const own = join(path, '.git');
  copyTree(join(from, '.git'), own);
  await mkdir(join(own, 'refs/remotes'));
  await rename(join(own, 'refs/heads'), join(own, 'refs/remotes/origin'));
  await mkdir(join(own, 'refs/heads'));
  await rm(join(own, 'refs/pull'), { recursive: true });
  await appendFile(
    join(own, 'config'),
    `[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`,
  );
  await writeFile(join(own, 'HEAD'), `${merge}\n`);
  await git('reset', '--quiet', '--hard');
}
