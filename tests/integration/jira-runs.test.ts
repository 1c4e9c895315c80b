import { afterAll, expect, test } from 'vitest';
import type { Report } from '../../src/gate/report.ts';
import { type BundleRun, runBundle } from '../support/bundle.ts';
import { type Jira, type JiraOptions, startJira } from '../support/jira.ts';
import { loadedParts } from '../support/loaded-parts.ts';
import { loadSpec } from '../support/openapi.ts';
import { junitXml, newWorkspace, type Workspace } from '../support/workspace.ts';
import { JUNIT, newBench, OWN_JOB, QUICK_CI } from './github-bench.ts';

const CONFIG = `platform: { ci: local, tracker: jira }\nci: { enabled: false }\n${JUNIT}\n`;

const opened: { jira: Jira; workspace?: Workspace }[] = [];
const spec = loadSpec('jira', { nullable: true, lenientAnswers: true });

afterAll(async () => {
  const servers = [...new Set(opened.map(({ jira }) => jira))];
  await Promise.all([...servers.map((jira) => jira.close()), ...opened.map(({ workspace }) => workspace?.dispose())]);
  // version 2, which tells what kind of Jira it is, is not in the description
  const all = servers.flatMap((jira) => jira.exchanges);
  const problems = spec.violations(all.filter(({ asked }) => asked.path.startsWith('/rest/api/3/')));
  expect([...new Set(problems)].slice(0, 20)).toEqual([]);
});

/** Data Center: a personal access token, no account, an address with a path. */
function dataCenterEnvironment(jira: Jira): Record<string, string> {
  return { JIRA_URL: jira.url, JIRA_EMAIL: '', JIRA_TOKEN: jira.token, JIRA_PROJECT_KEY: jira.projectKey };
}

function jiraEnvironment(jira: Jira): Record<string, string> {
  return { JIRA_URL: jira.origin, JIRA_EMAIL: jira.email, JIRA_TOKEN: jira.token, JIRA_PROJECT_KEY: jira.projectKey };
}

interface Day {
  readonly jira: Jira;
  readonly workspace: Workspace;
  pace(...args: string[]): Promise<BundleRun>;
  gate(day: number): Promise<BundleRun & { report: Report }>;
}

async function newDay(options: JiraOptions = {}, env: Record<string, string> = {}): Promise<Day> {
  const jira = await startJira(options);
  const workspace = await newWorkspace({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') });
  opened.push({ jira, workspace });
  const pace = (...args: string[]) =>
    runBundle({ cwd: workspace.path, args, env: { ...jiraEnvironment(jira), ...env } });
  return {
    jira,
    workspace,
    pace,
    gate: async (day) => {
      const run = await pace('gate', '--day', String(day), '--json');
      return { ...run, report: JSON.parse(run.stdout) as Report };
    },
  };
}

interface Node {
  readonly type: string;
  readonly text?: string;
  readonly content?: readonly Node[];
}

function typesIn({ type, content = [] }: Node): string[] {
  return [type, ...content.flatMap(typesIn)];
}

test('a HOLD opens one bug with a real document as its description; a fix moves it to done', async () => {
  const { jira, workspace, gate, pace } = await newDay();
  const held = await gate(1);
  expect([held.code, held.report.escalation, held.report.faults]).toEqual([
    1,
    { key: 'PACE-1', url: `${jira.origin}/browse/PACE-1`, tracker: 'jira' },
    [],
  ]);
  expect(jira.issues).toMatchObject([
    {
      type: 'Bug',
      summary: '[PACE HOLD] Day 1 — unit: app adds',
      labels: ['pace-day-1', 'pace-hold'],
      priority: 'High',
      status: { category: 'new' },
    },
  ]);
  const description = jira.issues[0]?.description as Node;
  expect(description).toMatchObject({ version: 1, type: 'doc' });
  const types = new Set(typesIn(description));
  for (const type of ['heading', 'table', 'tableRow', 'tableHeader', 'tableCell', 'orderedList', 'rule']) {
    expect(types).toContain(type);
  }
  expect(JSON.stringify(description)).not.toContain('pace:metadata');

  const again = await gate(1);
  expect([again.code, jira.issues.length, jira.issues[0]?.comments.length]).toEqual([1, 1, 0]);
  await workspace.remove('.pace');
  const fresh = await gate(1);
  expect([fresh.code, fresh.report.escalation.key, jira.issues.length]).toEqual([1, 'PACE-1', 1]);

  const paused = await gate(2);
  expect([paused.code, paused.report.decision, paused.report.escalation.key]).toEqual([0, 'PAUSED', 'PACE-1']);

  const listed = await pace('issue', 'list', '--label', 'pace-hold');
  expect(listed.stdout).toMatch(/^PACE-1 .*\[PACE HOLD\] Day 1 — unit: app adds/);
  const shown = await pace('issue', 'show', 'PACE-1');
  expect(shown.stdout).toContain('### Blocker\n\nunit: app adds');

  await workspace.write({ 'report.xml': junitXml() });
  const shipped = await gate(1);
  expect([shipped.code, shipped.report.decision, shipped.report.faults]).toEqual([0, 'SHIP', []]);
  expect(jira.issues).toMatchObject([{ status: { category: 'done' }, resolution: 'Done' }]);
  expect(JSON.stringify(jira.issues[0]?.comments.at(-1)?.body)).toContain('Day 1 ships');
});

test('in Data Center a HOLD opens one bug with wiki text as its description; a fix moves it to done', async () => {
  const jira = await startJira({ deployment: 'Data Center', prefix: '/jira' });
  const workspace = await newWorkspace({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') });
  opened.push({ jira, workspace });
  const gate = async (day: string) => {
    const env = dataCenterEnvironment(jira);
    const run = await runBundle({ cwd: workspace.path, args: ['gate', '--day', day, '--json'], env });
    return { code: run.code, report: JSON.parse(run.stdout) as Report };
  };
  const held = await gate('1');
  expect([held.code, held.report.escalation, held.report.faults]).toEqual([
    1,
    { key: 'PACE-1', url: `${jira.url}/browse/PACE-1`, tracker: 'jira' },
    [],
  ]);
  expect(jira.issues[0]?.description).toContain('h3. Blocker\n\nunit: app adds');
  expect((await gate('1')).report.escalation.key).toBe('PACE-1');
  expect((await gate('2')).report.decision).toBe('PAUSED');
  await workspace.write({ 'report.xml': junitXml() });
  const shipped = await gate('1');
  expect([shipped.code, shipped.report.decision, shipped.report.faults]).toEqual([0, 'SHIP', []]);
  expect(jira.issues).toMatchObject([{ key: 'PACE-1', status: { category: 'done' }, resolution: 'Done' }]);
  expect(jira.exchanges.filter(({ asked }) => asked.path.includes('/rest/api/3/'))).toEqual([]);
});

test('an issue that a person has moved to done lets the loop go on', async () => {
  const { jira, workspace, gate } = await newDay();
  await gate(1);
  jira.move('PACE-1', { name: 'Erledigt', category: 'done' }, 'Done');
  await workspace.write({ 'report.xml': junitXml() });
  const next = await gate(2);
  expect([next.code, next.report.decision]).toEqual([0, 'SHIP']);
});

test('a search index that lags does not lead to a second issue', async () => {
  const { jira, gate } = await newDay({ staleIndex: true });
  await gate(1);
  await gate(1);
  expect(jira.issues.length).toBe(1);
});

test('two repositories share a project: each has its own escalation and is paused by no other', async () => {
  const { jira, gate } = await newDay();
  await gate(1);
  const other = await newWorkspace({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') });
  opened.push({ jira, workspace: other });
  const run = (day: string) =>
    runBundle({ cwd: other.path, args: ['gate', '--day', day, '--json'], env: jiraEnvironment(jira) });
  const later = JSON.parse((await run('2')).stdout) as Report;
  expect([later.decision, later.escalation.key]).toEqual(['HOLD', 'PACE-2']);
});

test('a priority that is on no screen is left out, and said', async () => {
  const { jira, gate } = await newDay({ refuseFields: ['priority'] });
  const run = await gate(1);
  expect([run.code, run.report.escalation.key, jira.issues.length]).toEqual([1, 'PACE-1', 1]);
  expect(run.stderr).toMatch(/^Warning: .*priority/m);
});

test.each([
  ['Create', 'Create issues'],
  ['Browse', 'Browse projects'],
] as const)(
  'an account that lacks the permission to %s: the HOLD stands, the fault says which',
  async (lacks, words) => {
    const { gate } = await newDay({ lacks: [lacks] });
    const run = await gate(1);
    expect([run.code, run.report.decision, run.report.escalation.url]).toEqual([1, 'HOLD', '']);
    const told = run.report.faults.map(({ message, remedy }) => `${message} ${remedy}`).join('\n');
    expect(told.toLowerCase()).toContain(words.toLowerCase());
    expect(run.report.pending).toMatchObject([{ operation: 'openEscalationIssue' }]);
  },
);

test('a wrong token: the HOLD stands, the fault says what to look at', async () => {
  const { gate } = await newDay({}, { JIRA_TOKEN: 'wrong' });
  const run = await gate(1);
  expect([run.code, run.report.decision, run.report.escalation.url]).toEqual([1, 'HOLD', '']);
  expect(run.report.faults[0]?.message).toMatch(/Jira .*(log|accept|token|authenticat)/i);
  expect(run.report.faults[0]?.remedy).toMatch(/JIRA_TOKEN|token/);
});

test('missing settings: the HOLD stands, every variable is named', async () => {
  const { gate } = await newDay({}, { JIRA_TOKEN: '', JIRA_EMAIL: '' });
  const run = await gate(1);
  expect([run.code, run.report.decision]).toEqual([1, 'HOLD']);
  const told = run.report.faults.map(({ message, remedy }) => `${message} ${remedy}`).join('\n');
  expect(told).toMatch(/JIRA_EMAIL[\s\S]*JIRA_TOKEN/);
});

test('code on GitHub, issues in Jira: the status links to Jira, and no code of other platforms is loaded', async () => {
  const jira = await startJira();
  opened.push({ jira });
  const config = `platform: { ci: github, tracker: jira }\n${QUICK_CI}\n${JUNIT}\n`;
  const bench = await newBench({ 'pace.config.yaml': config, 'report.xml': junitXml('adds') });
  const hook = new URL('../support/loaded-files.ts', import.meta.url).href;
  const run = await bench.step({ day: '1' }, jiraEnvironment(jira), { nodeArgs: ['--import', hook] });

  expect([run.code, run.outputs['escalation-url']]).toEqual([1, `${jira.origin}/browse/PACE-1`]);
  expect(await bench.issues()).toEqual([]);
  expect(bench.github.statuses(bench.github.sha)).toMatchObject([
    { state: 'failure', target_url: `${jira.origin}/browse/PACE-1#pace-job-${OWN_JOB}` },
  ]);
  const loaded = await loadedParts(run.stderr);
  const uses = (platform: string) => loaded(`platforms/${platform}/`);
  expect({ github: uses('github'), jira: uses('jira'), gitlab: uses('gitlab'), local: uses('local') }).toEqual({
    github: true,
    jira: true,
    gitlab: false,
    local: false,
  });
});
