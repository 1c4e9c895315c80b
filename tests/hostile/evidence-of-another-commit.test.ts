/** A stranger's commit is judged where another one is checked out: what passes there must not speak for it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { importCommits } from '../support/git-import.ts';
import { type GitHub, startGitHub } from '../support/github.ts';
import { runActionHere, runCliHere } from '../support/in-process.ts';
import { junitXml, newWorkspace, type Workspace } from '../support/workspace.ts';

const QUICK = 'ci: { grace_seconds: 0, settle_seconds: 0, poll_interval_seconds: 1, timeout_minutes: 1 }\n';
/** Passes in the base, where the file is, and not in the stranger's commit. */
const COMMAND = `${QUICK}evidence: [{ name: unit, type: command, run: "test -f ok" }]\n`;

const ends: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(ends.map((end) => end())).then(() => undefined));

/** No test holds a day, so that they can share it. */
let github: GitHub;
beforeAll(async () => {
  github = await startGitHub({ login: 'github-actions[bot]' });
  ends.push(() => github.close());
});

interface Stage {
  readonly workspace: Workspace;
  /** The commit of the base, which is checked out. */
  readonly base: string;
  /** That of the stranger. */
  readonly head: string;
}

/** The base is checked out; the stranger's commit has one green check. */
async function stage(
  config: string,
  files: Readonly<Record<string, string>> = { ok: 'in the base only' },
): Promise<Stage> {
  const workspace = await newWorkspace({ ...files, 'pace.config.yaml': config });
  const base = await workspace.git('rev-parse', 'HEAD');
  // two of one second and one content would be one commit, and share its statuses
  const message = `A stranger’s, number ${ends.length}`;
  const [head = ''] = await importCommits(workspace.path, [
    { ref: 'refs/pull/3/head', message, parents: [base], removes: Object.keys(files) },
  ]);
  ends.push(() => workspace.dispose());
  await github.addCommit({ sha: head, branch: `stranger-${ends.length}` });
  github.setChecks(head, [{ name: 'test', conclusion: 'success', suite: 1 }]);
  github.setRuns(head, [{ id: 77, name: 'CI', suite: 1, workflowId: 1, conclusion: 'success' }]);
  return { workspace, base, head };
}

interface Came {
  readonly decision: string;
  readonly exit: number;
  /** Of the stranger's commit. */
  readonly status: string | undefined;
  readonly summary: string;
  readonly reason: string;
}

async function judged(
  at: Stage,
  name: string,
  event: object,
  inputs: Record<string, string> = {},
  more: Record<string, string> = {},
): Promise<Came> {
  const { workspace, base, head } = at;
  const repository = { id: 7, full_name: github.repository, default_branch: 'main' };
  // the runner leaves it beside the checkout
  const path = join(workspace.path, '.git', 'event.json');
  await workspace.write({ '.git/event.json': JSON.stringify({ repository, ...event }) });
  const { code, outputs, summary } = await runActionHere({
    cwd: workspace.path,
    inputs: { token: github.token, day: '2', ...inputs },
    env: {
      ...{ CI: 'true', GITHUB_API_URL: github.origin, GITHUB_SERVER_URL: github.origin, GITHUB_SHA: base },
      ...{
        GITHUB_REPOSITORY: github.repository,
        GITHUB_REPOSITORY_ID: '7',
        GITHUB_EVENT_PATH: path,
        GITHUB_EVENT_NAME: name,
      },
      ...{ GITHUB_REF: 'refs/heads/main', GITHUB_REF_NAME: 'main', GITHUB_WORKSPACE: workspace.path, ...more },
    },
  });
  const status = github.statuses(head).find(({ context }) => context === 'pace/gate')?.state;
  return { decision: outputs['decision'] ?? '', exit: code, status, summary, reason: outputs['hold-reason'] ?? '' };
}

const events: readonly (readonly [string, (head: string) => object])[] = [
  ['pull_request_target', (sha) => ({ pull_request: pull(sha) })],
  ['workflow_run', (sha) => ({ workflow_run: { id: 88, head_sha: sha, event: 'push', head_branch: 'stranger' } })],
  ['check_suite', (sha) => ({ check_suite: { head_sha: sha, head_branch: null, pull_requests: [] } })],
  ['check_run', (sha) => ({ check_run: { head_sha: sha, check_suite: { head_branch: 'stranger' } } })],
  ['status', (sha) => ({ sha, branches: [] })],
  ['deployment_status', (sha) => ({ deployment: { sha } })],
];

function pull(sha: string): object {
  const repo = (full_name: string) => ({ repo: { full_name } });
  return {
    number: 3,
    head: { sha, ref: 'x', ...repo('stranger/shop') },
    base: { ref: 'main', ...repo('octo-org/octo-repo') },
  };
}

describe.each(events)('at the event %s, with the default checkout,', (name, event) => {
  test('a green command of the base says nothing of a stranger’s commit', async () => {
    const at = await stage(COMMAND);
    const came = await judged(at, name, event(at.head));
    expect(came).toMatchObject({
      decision: 'UNKNOWN',
      exit: 0,
      status: 'error',
      reason: 'PACE could not judge: unit: which commit it is of',
    });
    expect(came.summary).toContain(`checked out is ${at.base.slice(0, 8)}`);
    expect(came.summary).toContain('docs/forks.md');
    expect(came.summary).not.toContain('✅\u00a0PASS | unit');
    expect(github.statuses(at.base)).toEqual([]);
  });
});

describe('with the base checked out, at pull_request_target,', () => {
  const target = (at: Stage, inputs: Record<string, string> = {}) =>
    judged(at, 'pull_request_target', { pull_request: pull(at.head) }, inputs);

  test('what fails holds all the same', async () => {
    expect(await target(await stage(COMMAND, {}))).toMatchObject({ decision: 'HOLD', exit: 1, status: 'failure' });
  });

  test('a report that is missing holds all the same', async () => {
    const at = await stage(`${QUICK}evidence: [{ name: unit, type: junit, path: report.xml }]\n`);
    expect(await target(at)).toMatchObject({ decision: 'HOLD', status: 'failure' });
  });

  test.each([
    ['junit', 'path: evidence.file', junitXml()],
    ['report', 'path: evidence.yaml', 'gate_decision: SHIP\n'],
    [
      'sarif',
      'path: evidence.file',
      JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'lint' } }, results: [] }] }),
    ],
    ['coverage', 'path: evidence.file, minimum: 1', 'TN:\nSF:a.js\nDA:1,1\nend_of_record\n'],
  ])('a green file of the kind %s says nothing either', async (type, keys, text) => {
    const at = await stage(`${QUICK}evidence: [{ name: proof, type: ${type}, ${keys} }]\n`, {
      'evidence.file': text,
      'evidence.yaml': text,
    });
    expect(await target(at)).toMatchObject({ decision: 'UNKNOWN', status: 'error' });
  });

  test('the checks of the commit decide where nothing of the workspace is asked for', async () => {
    expect(await target(await stage(QUICK))).toMatchObject({ decision: 'SHIP', status: 'success' });
  });

  test('the commit named by `sha` is no word for the evidence, in CI', async () => {
    const at = await stage(COMMAND);
    expect(await target(at, { sha: at.head })).toMatchObject({ decision: 'UNKNOWN', status: 'error' });
  });

  test('`evidence-sha` counts for the commit that it names, in any case, and for no other', async () => {
    const at = await stage(COMMAND);
    expect(await target(at, { 'evidence-sha': at.base })).toMatchObject({ decision: 'UNKNOWN', status: 'error' });
    const came = await target(at, { 'evidence-sha': at.head.toUpperCase() });
    expect(came).toMatchObject({ decision: 'SHIP', status: 'success' });
    expect(came.summary).toContain('Commands ran where the judged commit is not');
  });

  test('a short `evidence-sha` is refused, and nothing is judged', async () => {
    const at = await stage(COMMAND);
    expect(await target(at, { 'evidence-sha': at.head.slice(0, 12) })).toMatchObject({
      decision: '',
      exit: 2,
      status: undefined,
    });
  });
});

describe('a merge of the judged commit', () => {
  const ofPull = (at: Stage) => judged(at, 'pull_request', { pull_request: pull(at.head) });

  async function merged(config: string): Promise<Stage> {
    const at = await stage(config);
    await at.workspace.git('merge', '--quiet', '--no-edit', '--strategy=ours', at.head);
    return at;
  }

  test('speaks for it, as the merge that a pull request is tested by', async () => {
    expect(await ofPull(await merged(COMMAND))).toMatchObject({ decision: 'SHIP', status: 'success' });
  });

  test('speaks for it in a clone of depth 1', async () => {
    const at = await merged(COMMAND);
    const clone = await newWorkspace({}, { git: false });
    ends.push(() => clone.dispose());
    await clone.git('clone', '--quiet', '--depth=1', `file://${at.workspace.path}`, '.');
    expect(await ofPull({ ...at, workspace: clone })).toMatchObject({ decision: 'SHIP', status: 'success' });
  });

  test('is not made by a reference that replaces the commit which is checked out', async () => {
    const at = await stage(COMMAND);
    const tree = await at.workspace.git('write-tree');
    const lie = await at.workspace.git('commit-tree', tree, '-p', at.base, '-p', at.head, '-m', 'a lie');
    await at.workspace.git('replace', at.base, lie);
    expect(await at.workspace.git('log', '-1', '--format=%P')).toContain(at.head);
    expect(await ofPull(at)).toMatchObject({ decision: 'UNKNOWN', status: 'error' });
  });

  test('is not made by what its message says', async () => {
    const at = await stage(COMMAND);
    await at.workspace.git(
      'commit',
      '--quiet',
      '--allow-empty',
      '--message',
      `Merge\n\nparent ${at.base}\nparent ${at.head}`,
    );
    expect(await ofPull(at)).toMatchObject({ decision: 'UNKNOWN', status: 'error' });
  });

  test('is not made by a commit that merely came after it', async () => {
    const at = await stage(COMMAND);
    await at.workspace.git('checkout', '--quiet', at.head);
    await at.workspace.write({ ok: 'what the stranger’s commit lacks' });
    await at.workspace.commit();
    expect(await ofPull(at)).toMatchObject({ decision: 'UNKNOWN', status: 'error' });
  });
});

describe('a command', () => {
  const moving = (to: string) =>
    `${QUICK}evidence:\n  - { name: move, type: command, run: "git checkout --quiet ${to}" }\n  - { name: unit, type: command, run: "true" }\n`;
  const push = (at: Stage) => judged(at, 'push', {}, {}, { GITHUB_SHA: at.head });

  test('that checks out the judged commit makes none of the evidence its own', async () => {
    const at = await stage(COMMAND);
    await at.workspace.write({ 'pace.config.yaml': moving(at.head) });
    expect(await push(at)).toMatchObject({ decision: 'UNKNOWN', status: 'error' });
    expect(await at.workspace.git('rev-parse', 'HEAD')).toBe(at.head);
  });

  test('that leads away from the judged commit proves nothing', async () => {
    const at = await stage(COMMAND);
    await at.workspace.git('checkout', '--quiet', at.head);
    await at.workspace.write({ 'pace.config.yaml': moving(at.base).replace('checkout', 'checkout --force') });
    const came = await push(at);
    expect(came).toMatchObject({ decision: 'UNKNOWN', status: 'error' });
    expect(came.summary).toContain('While the commands ran');
  });
});

describe('files without a checkout', () => {
  const CONFIG = `${QUICK}evidence: [{ name: unit, type: junit, path: report.xml }]\n`;

  async function files(): Promise<Stage> {
    const at = await stage(CONFIG);
    const folder = await newWorkspace({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml() }, { git: false });
    ends.push(() => folder.dispose());
    return { ...at, workspace: folder };
  }

  test('speak for the commit that `evidence-sha` names, in CI, and else for none', async () => {
    const at = await files();
    const run = (inputs: Record<string, string>) => judged(at, 'push', {}, inputs, { GITHUB_SHA: at.head });
    expect(await run({})).toMatchObject({ decision: 'UNKNOWN', status: 'error' });
    expect(await run({ 'evidence-sha': at.head })).toMatchObject({ decision: 'SHIP', status: 'success' });
  });
});

describe('outside of CI', () => {
  const LOCAL = `ci: { enabled: false }\nplatform: { ci: local, tracker: local }\nevidence: [{ name: unit, type: command, run: "test -f ok" }]\n`;

  test('a person’s word counts, and is noted; without it another commit is not judged', async () => {
    const at = await stage(LOCAL);
    const run = async (...args: string[]) => {
      const { stdout } = await runCliHere({ cwd: at.workspace.path, args: ['gate', '--day', '2', '--json', ...args] });
      return JSON.parse(stdout) as { decision: string; notes: string[]; sha: string };
    };
    const named = await run('--sha', at.head);
    expect(named).toMatchObject({ decision: 'SHIP', sha: at.head });
    expect(named.notes).toContain(
      `The evidence is taken to be of ${at.head.slice(0, 8)}, as that commit was named; checked out is ${at.base.slice(0, 8)}.`,
    );
    expect((await run()).notes.join()).not.toContain('taken to be');
    expect(await run('--evidence-sha', at.head)).toMatchObject({ decision: 'UNKNOWN', sha: at.base });
  });

  test('`pace evidence` shows by the same rule what counts', async () => {
    const at = await stage(LOCAL);
    const { stdout } = await runCliHere({
      cwd: at.workspace.path,
      args: ['evidence', '--json'],
      env: { PACE_EVIDENCE_SHA: at.head },
    });
    expect(JSON.parse(stdout)).toMatchObject({
      decision: 'UNKNOWN',
      sources: [{ counts: { UNKNOWN: 1, OBSERVED: 1 } }],
    });
  });
});

describe('the two workflows of docs/forks.md', () => {
  const page = readFileSync(new URL('../../docs/forks.md', import.meta.url), 'utf8');
  const [tests, gate, config] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);

  interface Step {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, string>>;
  }
  interface Workflow {
    readonly name: string;
    readonly on: Readonly<Record<string, unknown>>;
    readonly jobs: Readonly<
      Record<string, { readonly permissions: Readonly<Record<string, string>>; readonly steps: readonly Step[] }>
    >;
  }
  const first = parse(tests ?? '') as Workflow;
  const second = parse(gate ?? '') as Workflow;
  const steps = (workflow: Workflow) => Object.values(workflow.jobs).flatMap((job) => job.steps);
  const step = (workflow: Workflow, uses: string) =>
    steps(workflow).find((one) => one.uses?.startsWith(`${uses}@`))?.with ?? {};

  test('part a stranger’s code from the token that may write', () => {
    expect(Object.values(first.jobs).map(({ permissions }) => permissions)).toEqual([{ contents: 'read' }]);
    expect(Object.keys(first.on)).toEqual(['pull_request']);
    expect(second.on).toEqual({ workflow_run: { workflows: [first.name], types: ['completed'] } });
    expect(Object.values(second.jobs)[0]?.permissions).toMatchObject({ statuses: 'write' });
    // nothing of the stranger's is checked out there, and nothing runs but actions
    expect(step(second, 'actions/checkout')).toEqual({ 'persist-credentials': false });
    expect(steps(second).filter(({ run }) => run !== undefined)).toEqual([]);
    expect(step(second, 'pace-gate/pace')).toEqual({ 'evidence-sha': `\${{ github.event.workflow_run.head_sha }}` });
  });

  test('hand the files over in a folder of their own, where the configuration reads them', () => {
    const [up, down] = [step(first, 'actions/upload-artifact'), step(second, 'actions/download-artifact')];
    expect([down['name'], down['path'], down['run-id']]).toEqual([
      up['name'],
      'evidence',
      `\${{ github.event.workflow_run.id }}`,
    ]);
    const { evidence } = parse(config ?? '') as { evidence: { path: string; run?: string; type: string }[] };
    expect(evidence.map(({ path, run, type }) => [path, run, type])).toEqual([
      [`${down['path']}/${up['path']}`, undefined, 'junit'],
    ]);
  });

  /** The second half: the base is checked out, and this is what the artifact held. */
  async function secondHalf(artifact: Readonly<Record<string, string>>): Promise<{ came: Came; at: Stage }> {
    const at = await stage(`${QUICK}${config}`);
    const unpacked = Object.entries(artifact).map(([name, text]) => [`evidence/${name}`, text]);
    await at.workspace.write(Object.fromEntries(unpacked));
    const run = { id: 88, head_sha: at.head, event: 'pull_request', head_branch: 'x', pull_requests: [] };
    const came = await judged(at, 'workflow_run', { workflow_run: run }, { day: '', 'evidence-sha': run.head_sha });
    return { came, at };
  }

  test('ship a fork’s commit by the files of its own run, with a status at its head', async () => {
    const { came, at } = await secondHalf({ 'report.xml': junitXml() });
    expect(came).toMatchObject({ decision: 'SHIP', exit: 0, status: 'success' });
    expect(github.statuses(at.base)).toEqual([]);
  });

  test('hold it by a test that failed, and where no file came', async () => {
    for (const artifact of [{ 'report.xml': junitXml('adds') }, {}]) {
      const { came } = await secondHalf(artifact);
      expect(came).toMatchObject({ decision: 'HOLD', exit: 1, status: 'failure' });
    }
  });

  test('take no word from what else lies in the artifact', async () => {
    const key = { repository: 'octo-org/octo-repo', gate: 'gate', sprint: '', branch: '' };
    const before = github.exchanges.length;
    const { came, at } = await secondHalf({
      'report.xml': junitXml('adds'),
      'pace.config.yaml': 'waivers: [{ check: "*", reason: x, owner: x, expires: 2099-12-31 }]\n',
      '.pace/journal.jsonl': `${JSON.stringify({ id: 'x', key, kind: 'status', sha: '0'.repeat(40), state: 'success' })}\n`,
      '.pace/day-2/decision.yaml': 'decision: SHIP\n',
      'pace/plan.yaml': 'days: [{ day: 2, human_gate: true }]\n',
    });
    expect(came).toMatchObject({ decision: 'HOLD', status: 'failure' });
    const written = github.exchanges
      .slice(before)
      .filter(({ asked }) => asked.method !== 'GET')
      .map(({ asked }) => `${asked.method} ${asked.path}`);
    expect(new Set(written)).toEqual(new Set([`POST /repos/${github.repository}/statuses/${at.head}`]));
  });
});
