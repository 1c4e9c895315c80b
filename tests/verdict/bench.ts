/** A repository on a GitHub of our own in which a situation is brought about, and the gate as a step of a workflow in it. */
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type CheckToShow, type RunToShow, type StatusToShow, startGitHub } from '../support/github.ts';
import { runActionHere } from '../support/in-process.ts';
import { junitXml, newWorkspace } from '../support/workspace.ts';
import type { Outcome, Situation } from './situations.ts';

export type Kind = 'day' | 'change';

/** What the host lists for the commit. Jobs belong to the suite 1 where they name none, a run to that of its number. */
export interface Listed {
  readonly checks?: readonly CheckToShow[];
  readonly runs?: readonly RunToShow[];
  readonly statuses?: readonly StatusToShow[];
}

export interface VerdictBench {
  /** The host lists these for the commit, and nothing else. */
  lists(listed: Listed): Promise<void>;
  /** The judged commit was never pushed. */
  isUnpushed(): Promise<void>;
  /** The commit's one check ended so; none where nothing is named. */
  checks(conclusion?: string): Promise<void>;
  /** An earlier run has held this day. */
  held(day: string, env?: Record<string, string>): Promise<void>;
  closeIssue(): Promise<void>;
  /** The workspace holds another commit than the judged one; `evidence-sha` may say which one its files are of. */
  holdsAnother(word?: 'judged' | 'another'): Promise<void>;
  /** The run is refused every request whose path fits. */
  fails(path: RegExp): Promise<void>;
  /** The judged commit has these files so, the base branch as they were. */
  proposes(files: Readonly<Record<string, string>>): Promise<void>;
  /** The base branch has no configuration. */
  baseHasNone(): Promise<void>;
  /** The clone lacks the base branch. */
  lacksBase(): Promise<void>;
  /** Judges, and says what came of it. */
  judge(kind: Kind): Promise<Outcome>;
}

const QUICK_CI = { grace_seconds: 0, settle_seconds: 0, poll_interval_seconds: 1 };
const CHANGE = { number: 12, labels: [{ name: 'hotfix' }] };

const ends: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(ends.map((end) => end())).then(() => undefined));

export async function verdictBench(situation: Situation): Promise<VerdictBench> {
  const { config = '', files = {}, env = {}, day = '2' } = situation;
  const workspace = await newWorkspace({
    ...files,
    'pace.config.yaml': `product: { name: Shop }\n${withQuickCi(config)}`,
    'event.json': '{}',
  });
  const sha = await workspace.git('rev-parse', 'HEAD');
  const github = await startGitHub({ login: 'github-actions[bot]', people: ['ann'], sha });
  ends.push(() => Promise.all([github.close(), workspace.dispose()]));
  const at = `/repos/${github.repository}`;
  const event = join(workspace.path, 'event.json');
  let isOver = false;
  let judged = sha;
  let evidenceSha = '';

  async function checks(conclusion?: string): Promise<void> {
    github.setChecks(sha, conclusion === undefined ? [] : [{ name: 'test', conclusion, suite: 1 }]);
    const runs = [{ id: 77, name: 'CI', suite: 1, workflowId: 1, conclusion: 'success' }];
    github.setRuns(sha, conclusion === undefined ? [] : runs);
  }

  async function run(kind: Kind, inputs: Record<string, string>, more: Record<string, string> = {}) {
    const repository = { full_name: github.repository, default_branch: 'main' };
    const head = { sha: judged, ref: 'feature', repo: repository };
    const payload = { ...CHANGE, head, base: { ref: 'main', repo: repository } };
    await workspace.write({ 'event.json': JSON.stringify({ repository, ...(kind === 'change' ? { pull_request: payload } : {}) }) }); // biome-ignore format: one thought
    return runActionHere({
      cwd: workspace.path,
      inputs: { token: github.token, 'evidence-sha': evidenceSha, ...inputs },
      env: {
        ...{ CI: 'true', GITHUB_API_URL: github.origin, GITHUB_SERVER_URL: github.origin, GITHUB_SHA: judged },
        ...{ GITHUB_REPOSITORY: github.repository, GITHUB_REPOSITORY_ID: '123', GITHUB_EVENT_PATH: event },
        ...{ GITHUB_EVENT_NAME: kind === 'change' ? 'pull_request' : 'schedule', GITHUB_WORKSPACE: workspace.path },
        ...(kind === 'change' ? {} : { GITHUB_REF: 'refs/heads/main', GITHUB_REF_NAME: 'main' }),
        ...more,
      },
    });
  }

  async function escalation(): Promise<string> {
    const issues = (await github.api('GET', `${at}/issues?state=all&per_page=100`)) as { state: string }[];
    const [issue, ...others] = issues.filter((one) => !('pull_request' in one));
    if (others.length > 0) throw new Error('There is more than one issue.');
    return issue?.state ?? '';
  }

  await checks('success');
  return {
    checks,
    lists: async ({ checks = [], runs = [], statuses = [] }) => {
      github.setChecks(sha, checks);
      github.setRuns(sha, runs);
      github.setStatuses(sha, statuses);
    },
    isUnpushed: async () => {
      judged = github.missingSha;
    },
    held: async (held, more = {}) => {
      const before = await workspace.read('report.xml').catch(() => undefined);
      await workspace.write({ 'report.xml': junitXml('adds') });
      await run('day', { day: held }, more);
      if (before !== undefined) await workspace.write({ 'report.xml': before });
      github.setStatuses(sha, []);
    },
    closeIssue: async () => {
      await github.api('PATCH', `${at}/issues/1`, { state: 'closed', state_reason: 'completed' });
    },
    holdsAnother: async (word) => {
      const another = await workspace.commit('Another one');
      evidenceSha = word === undefined ? '' : { judged: sha, another }[word];
    },
    fails: async (path) => {
      const refusal = { status: 403, json: { message: 'Resource not accessible by integration' } };
      github.trouble(({ path: asked }) => path.test(asked) && !isOver, refusal, Number.POSITIVE_INFINITY);
    },
    proposes: (proposed) =>
      workspace.write({ ...proposed, 'pace.config.yaml': withQuickCi(proposed['pace.config.yaml'] ?? config) }),
    baseHasNone: async () => {
      await workspace.git('rm', '--quiet', '--cached', 'pace.config.yaml');
      await workspace.git('commit', '--quiet', '--message', 'Without a configuration');
      await workspace.git('checkout', '--quiet', '-b', 'feature');
      await workspace.commit();
    },
    lacksBase: async () => {
      await workspace.git('remote', 'add', 'origin', `${github.origin}/${github.repository}.git`);
    },
    judge: async (kind) => {
      const before = await escalation();
      const { code, outputs } = await run(kind, { day: kind === 'day' ? day : '' }, env);
      const status = github.statuses(judged).find(({ context }) => context === 'pace/gate')?.state;
      isOver = true;
      return {
        decision: (outputs['decision'] || 'none') as Outcome['decision'],
        exit: code as Outcome['exit'],
        status: (status ?? 'none') as Outcome['status'],
        issue: became(
          before,
          await escalation(),
          kind === 'day' && outputs['decision'] === 'HOLD' && !config.includes('observe'),
        ),
      };
    },
  };
}

/** @param isOwed the run has held a day, and blocks */
function became(before: string, after: string, isOwed: boolean): Outcome['issue'] {
  if (before === '' && after === '') return isOwed ? 'not delivered yet' : 'none';
  if (before === '') return 'opened';
  if (after === 'open') return 'stays open';
  return before === 'open' ? 'closed' : 'stays closed';
}

/** One `ci` section with what the situation says of it. */
function withQuickCi(config: string): string {
  const quick = Object.entries(QUICK_CI).map(([name, value]) => `${name}: ${value}`).join(', '); // biome-ignore format: one thought
  return config.includes('ci: {') ? config.replace('ci: {', `ci: { ${quick},`) : `${config}\nci: { ${quick} }\n`;
}
