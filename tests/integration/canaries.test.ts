/** Secrets are planted in the environment, in evidence, in agents' files and in error answers: no byte of them gets out. */
import { afterAll, expect, test } from 'vitest';
import { type BundleRun, runBundle } from '../support/bundle.ts';
import { CANARIES, canaryText, leaks, requestText, STRANGERS } from '../support/canaries.ts';
import { startJira } from '../support/jira.ts';
import type { RecordedExchange } from '../support/loopback.ts';
import { newWorkspace, type Workspace } from '../support/workspace.ts';
import { newBench as newGitHub, QUICK_CI } from './github-bench.ts';
import { newBench as newGitLab } from './gitlab-bench.ts';

const text = canaryText();
const cdata = `<![CDATA[${text}]]>`;
const indented = text.replace(/^/gm, '  ');

const EVIDENCE = `evidence:
  - { name: unit, type: junit, path: planted/report.xml }
  - { name: tool, type: command, run: 'printf "%s" "$CANARY_TOKEN"; cat planted/report.xml; exit 1', env: [CANARY_TOKEN] }
  - { name: agent, type: report, path: '.pace/day-{day}/gate.md' }
advisory: { push_to_issues: true }
`;

/** Everything that others wrote; `planted/` and the agents' files are not PACE's. */
const PLANTED = {
  'planted/report.xml': `<testsuites><testsuite name="s"><testcase classname="app" name="adds"><failure message="no">${cdata}</failure></testcase><testcase classname="app" name="${STRANGERS[0]} ${CANARIES.DEPLOY_PASSWORD}"><failure message="${CANARIES.DEPLOY_PASSWORD}"/></testcase></testsuite></testsuites>`,
  '.pace/day-1/story.md': `target: ${JSON.stringify(`Use ${CANARIES.CANARY_TOKEN}`)}\nacceptance:\n  - ${JSON.stringify(text)}\nnote: |\n${indented}\n`,
  '.pace/day-1/handoff.md': `status: done\nnote: |\n${indented}\n`,
  '.pace/day-1/gate.md': `gate_decision: HOLD\nhold_reason: ${JSON.stringify(text)}\nadvisories:\n  - ${JSON.stringify(`rotate ${CANARIES.DEPLOY_PASSWORD} and ${STRANGERS[1]}`)}\n`,
};

const own: string[] = [];
const workspaces: Workspace[] = [];
afterAll(() => Promise.all(workspaces.map((workspace) => workspace.dispose())).then(() => undefined));

const REFUSED = { status: 403, json: { message: `Not with ${text}` } };

async function expectNothingOut(
  run: BundleRun,
  workspace: Workspace,
  exchanges: readonly RecordedExchange[],
  tokens: readonly string[],
): Promise<void> {
  const secrets = [...Object.values(CANARIES), ...STRANGERS, ...tokens];
  const log = run.stdout.replace(/^::add-mask::.*$/gm, '');
  const written = Object.entries(await workspace.files()).filter(([name]) => !Object.hasOwn(PLANTED, name));
  const emitted = {
    stdout: log,
    stderr: run.stderr,
    summary: run.summary,
    outputs: JSON.stringify(run.outputs),
    ...Object.fromEntries(written.map(([name, content]) => [name, Buffer.from(content, 'base64').toString('latin1')])),
    ...Object.fromEntries(exchanges.map((exchange, index) => [`request ${index}`, requestText(exchange)])),
  };
  const found = Object.entries(emitted).map(([where, what]) => [where, leaks(what, secrets)] as const);
  expect(found.filter(([, pieces]) => pieces.length > 0).map(([where, [piece]]) => [where, piece])).toEqual([]);
  expect(log + run.stderr).toContain('***');
  own.push(...Object.keys(emitted));
}

test('the search itself finds what is planted', () => {
  for (const secret of [...Object.values(CANARIES), ...STRANGERS]) {
    expect(leaks(`x ${secret} y`, [secret])).not.toEqual([]);
    expect(leaks(Buffer.from(`ab${secret}`).toString('base64'), [secret])).not.toEqual([]);
    expect(leaks(encodeURIComponent(`x${secret}`), [secret])).not.toEqual([]);
  }
});

test('on GitHub nothing gets out, of an action', async () => {
  const bench = await newGitHub({ 'pace.config.yaml': `${QUICK_CI}\n${EVIDENCE}`, ...PLANTED });
  bench.github.trouble(({ path, method }) => method === 'POST' && path.includes('/statuses/'), REFUSED, 9);
  const run = await bench.step({ day: '1' }, CANARIES);
  expect([run.code, run.outputs['decision']]).toEqual([1, 'HOLD']);
  expect((await bench.issues()).length).toBeGreaterThan(0);
  const exchanges = bench.github.exchanges.filter(({ asked }) => asked.headers['user-agent']?.startsWith('pace/'));
  await expectNothingOut(run, bench.workspace, exchanges, [bench.github.token]);
});

test('on GitLab nothing gets out, of a job with a dotenv report', async () => {
  const bench = await newGitLab({ 'pace.config.yaml': `${QUICK_CI}\n${EVIDENCE}`, ...PLANTED });
  bench.server.trouble(({ path, method }) => method === 'POST' && path.includes('/statuses/'), REFUSED, 9);
  const run = await bench.job(1, CANARIES);
  expect([run.code, run.variables['PACE_DECISION']]).toEqual([1, 'HOLD']);
  await expectNothingOut(run, bench.workspace, bench.server.exchanges, [bench.server.token, bench.server.jobToken]);
});

test.each(['none', 'refuses'])(
  'with Jira (trouble: %s) and the embedded host nothing gets out, of --json -v',
  async (trouble) => {
    const jira = await startJira({});
    const config = `platform: { ci: local, tracker: jira }\nci: { enabled: false }\n${EVIDENCE}`;
    const workspace = await newWorkspace({ 'pace.config.yaml': config, ...PLANTED });
    workspaces.push(workspace);
    if (trouble === 'refuses') jira.trouble(({ method }) => method === 'POST', REFUSED, 99);
    const env = {
      JIRA_URL: jira.origin,
      JIRA_EMAIL: jira.email,
      JIRA_TOKEN: jira.token,
      JIRA_PROJECT_KEY: jira.projectKey,
    };
    const args = ['gate', '--day', '1', '--json', '-v'];
    const run = await runBundle({ cwd: workspace.path, args, env: { ...env, ...CANARIES } });
    expect(JSON.parse(run.stdout)).toMatchObject({ decision: 'HOLD' });
    await expectNothingOut(run, workspace, jira.exchanges, [jira.token]);
    await jira.close();
  },
);

test('with the embedded tracker nothing gets into its database and its files', async () => {
  const config = `platform: { ci: local, tracker: local }\nci: { enabled: false }\n${EVIDENCE}`;
  const workspace = await newWorkspace({ 'pace.config.yaml': config, ...PLANTED });
  workspaces.push(workspace);
  const run = await runBundle({ cwd: workspace.path, args: ['gate', '--day', '1'], env: CANARIES });
  expect(run.code).toBe(1);
  await expectNothingOut(run, workspace, [], []);
  expect(own).toContain('.pace/pace.db');
  const shown = await runBundle({ cwd: workspace.path, args: ['issue', 'show', '1', '--json'], env: CANARIES });
  expect(leaks(shown.stdout, [...Object.values(CANARIES), ...STRANGERS])).toEqual([]);
});
