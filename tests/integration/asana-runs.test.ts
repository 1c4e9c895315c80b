/** Code on GitLab, issues in Asana: whole runs of the bundle. */
import { afterAll, expect, test } from 'vitest';
import { parseHtml, visibleText } from '../../core/text/html-tree.ts';
import { expectDescribed } from '../platforms/asana/bench.ts';
import { type AsanaOptions, type AsanaServer, startAsana } from '../support/asana.ts';
import { junitXml } from '../support/workspace.ts';
import { JUNIT, QUICK_CI } from './github-bench.ts';
import { newBench } from './gitlab-bench.ts';

const CONFIG = `platform: { ci: gitlab, tracker: asana }\n${QUICK_CI}\n${JUNIT}\n`;

const opened: AsanaServer[] = [];

afterAll(async () => {
  for (const server of opened) await server.close();
  expectDescribed({ exchanges: opened.flatMap(({ exchanges }) => exchanges) });
});

async function newDay(options: AsanaOptions = {}) {
  const asana = await startAsana(options);
  opened.push(asana);
  const bench = await newBench({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') });
  const job = async (day: number, env: Record<string, string> = {}) => {
    const before = asana.exchanges.length;
    const run = await bench.job(day, { ...asana.env, ...env });
    return { ...run, requests: asana.exchanges.length - before };
  };
  return { asana, bench, job };
}

function seen({ state }: AsanaServer) {
  return state.tasks.map((task) => ({
    name: task.name,
    completed: task.completed,
    section: state.sections.find(({ gid }) => gid === task.section)?.name,
    tags: state.tags.flatMap(({ gid, name }) => (task.tags.includes(gid) ? [name] : [])).sort(),
    comments: task.stories.filter(({ type }) => type === 'comment').map(({ html }) => visibleText(parseHtml(html))),
  }));
}

const HELD = {
  ...{ name: '[PACE HOLD] Day 1 — unit: app adds', completed: false, section: 'To do', comments: [] },
  tags: ['pace-day-1', 'pace-hold'],
};

test('a HOLD opens one task, again finds it, pauses the next day; a SHIP completes it', async () => {
  const { asana, bench, job } = await newDay();
  const held = await job(1);
  const [task] = asana.state.tasks;
  const url = `${asana.origin}/1/${asana.state.workspace}/project/${asana.state.project}/task/${task?.gid}`;
  expect([held.code, held.variables['PACE_DECISION'], held.variables['PACE_ESCALATION_URL']]).toEqual([1, 'HOLD', url]);
  expect((await bench.workspace.decision(1)).faults).toEqual([]);
  expect(seen(asana)).toEqual([HELD]);
  expect(task?.html).toMatch(/^<body><h2>Escalated HOLD — Day 1<\/h2>[\s\S]*<strong><u>Blocker<\/u><\/strong>/);
  expect(held.requests).toBeLessThanOrEqual(10);
  expect(bench.server.issues).toEqual([]);
  const status = bench.server.statuses.find(({ name }) => name === 'pace/gate');
  expect([status?.status, status?.targetUrl]).toEqual(['failed', expect.stringMatching(/#pace-job-\d+$/)]);
  expect(status?.targetUrl?.startsWith(`${url}#`)).toBe(true);

  await bench.workspace.remove('.pace');
  const again = await job(1);
  expect([again.code, seen(asana)]).toEqual([1, [HELD]]);
  expect(again.requests).toBeLessThanOrEqual(5);
  const paused = await job(2);
  expect([paused.code, paused.variables['PACE_DECISION']]).toEqual([0, 'PAUSED']);

  await bench.push({ 'report.xml': junitXml() });
  const shipped = await job(1);
  expect([shipped.code, shipped.variables['PACE_DECISION']]).toEqual([0, 'SHIP']);
  expect((await bench.workspace.decision(1)).faults).toEqual([]);
  expect(shipped.requests).toBeLessThanOrEqual(9);
  const comments = [expect.stringMatching(/^Day 1 ships at commit/)];
  expect(seen(asana)).toEqual([{ ...HELD, completed: true, section: 'Done', comments }]);
  expect((await job(2)).variables['PACE_DECISION']).toBe('SHIP');
});

test('a task that a person has completed lets the loop go on', async () => {
  const { asana, bench, job } = await newDay();
  await job(1);
  for (const task of asana.state.tasks) task.completed = true;
  await bench.workspace.write({ 'report.xml': junitXml() });
  expect((await job(2)).variables['PACE_DECISION']).toBe('SHIP');
});

test('a project without sections of its own is enough', async () => {
  const { asana, bench, job } = await newDay({ sections: ['Untitled section'], fields: {} });
  await job(1);
  await bench.push({ 'report.xml': junitXml() });
  expect((await job(1)).variables['PACE_DECISION']).toBe('SHIP');
  expect(seen(asana)).toMatchObject([{ completed: true, section: 'Untitled section' }]);
});

test('a wrong token: the HOLD stands, the fault says what to look at, and the token is not shown', async () => {
  const { bench, job } = await newDay();
  const token = '2/1201/wrongWrongWrong:0123456789abcdef';
  const run = await job(1, { PACE_ASANA_TOKEN: token });
  expect([run.code, run.variables['PACE_DECISION'], run.variables['PACE_ESCALATION_URL']]).toEqual([1, 'HOLD', '']);
  const { faults, pending } = await bench.workspace.decision(1);
  expect(faults[0]?.remedy).toContain('PACE_ASANA_TOKEN');
  expect(pending).toMatchObject([{ operation: 'openEscalationIssue' }]);
  expect(run.stdout + run.stderr).not.toContain(token);
});
