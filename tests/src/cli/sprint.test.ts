/** `sprint start` and `sprint show` as commands, and what a changed sprint does to state and issues. */
import { expect, test } from 'vitest';
import type { ShownSprint } from '../../../src/commands/sprint/show.ts';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';
import { junitXml } from '../../support/workspace.ts';

const BASE = 'platform: { ci: local, tracker: local }\nci: { enabled: false }\n';
const JUNIT = 'evidence: [{ name: unit, type: junit, path: report.xml }]\n';
const config = (sprint: string) => `# ours\n${BASE}${JUNIT}sprint: { ${sprint} } # do not touch\n`;

async function started(sprint = 'start_date: 2020-01-01'): Promise<PaceHere> {
  const files = { 'pace.config.yaml': config(sprint), 'report.xml': junitXml('adds') };
  return paceHere({ files, git: true });
}

const state = async ({ workspace }: PaceHere) =>
  Object.keys(await workspace.files()).filter((path) => /^\.pace\/(?!pace\.db|\.gitignore)/.test(path));
const show = async (here: PaceHere) => (await here.data('sprint', 'show', '--json')) as ShownSprint;

test('a new sprint files the old days, keeps comments of the configuration, and begins at day 1', async () => {
  const here = await started();
  await here.pace('gate', '--day', '1');
  await here.workspace.write({ '.pace/day-1/handoff.md': 'status: done' });
  const run = await here.pace('sprint', 'start', '--date', '2026-01-05');
  expect([run.code, run.stdout]).toEqual([
    0,
    'The sprint 2026-01-05 begins on 2026-01-05: pace.config.yaml says so. 1 day of 2020-01-01 filed under .pace/sprints/. Open advisories go on; open escalations of the old sprint stay open, and pause nothing of the new one.\n',
  ]);
  expect(await here.workspace.read('pace.config.yaml')).toBe(config('start_date: 2026-01-05'));
  expect(await state(here)).toEqual(
    ['attempts.yaml', 'decision.yaml', 'escalated', 'escalation-issue.md', 'handoff.md']
      .map((name) => `.pace/sprints/2020-01-01/day-1/${name}`)
      .concat('.pace/advisory_backlog.yaml', '.pace/sprints/2020-01-01/journal.jsonl')
      .sort(),
  );
  const first = JSON.parse((await here.pace('gate', '--day', '1', '--json')).stdout);
  expect(first).toMatchObject({ decision: 'HOLD', attempt: 1, sprint: '2026-01-05', escalation: { key: '2' } });
  const second = JSON.parse((await here.pace('gate', '--day', '2', '--json')).stdout);
  expect(second).toMatchObject({ decision: 'PAUSED', holdReason: expect.stringContaining('held by issue 2') });
});

test('a name is set beside the date, and has to change with the next sprint', async () => {
  const here = await started('start_date: 2020-01-01, name: Spring');
  const nameless = await here.pace('sprint', 'start', '--date', '2026-01-05');
  expect([nameless.code, nameless.stderr]).toEqual([2, expect.stringContaining('Please pass --name')]);
  const same = await here.pace('sprint', 'start', '--name', 'Spring');
  expect([same.code, same.stderr]).toEqual([2, expect.stringContaining('The sprint Spring is the present one.')]);
  expect((await here.pace('sprint', 'start', '--name', 'Summer', '--date', '2026-01-05')).code).toBe(0);
  expect(await here.workspace.read('pace.config.yaml')).toBe(config('start_date: 2026-01-05, name: Summer'));
  expect(await show(here)).toMatchObject({ sprint: 'Summer', startDate: '2026-01-05', decided: [], filed: [] });
});

test('a date that is none is refused before anything is moved', async () => {
  const here = await started();
  await here.pace('gate', '--day', '1');
  const before = await here.workspace.files();
  const run = await here.pace('sprint', 'start', '--date', '2026-02-31');
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('sprint.start_date')]);
  const { '.pace/pace.db': _, ...files } = await here.workspace.files();
  expect(Object.keys(before)).toEqual(expect.arrayContaining(Object.keys(files)));
  expect(await here.workspace.read('pace.config.yaml')).toBe(config('start_date: 2020-01-01'));
});

test('a changed configuration does the same by itself, says so, and back again it finds its days', async () => {
  const here = await started();
  await here.pace('gate', '--day', '1');
  await here.workspace.write({ 'pace.config.yaml': config('start_date: 2026-01-05') });
  const other = await here.pace('gate', '--day', '1', '--json');
  expect(JSON.parse(other.stdout)).toMatchObject({ attempt: 1, escalation: { key: '2' } });
  expect(JSON.parse(other.stdout).notes).toContain(
    'The sprint is now 2026-01-05: 1 day of the sprint 2020-01-01 was filed under .pace/sprints/. Open advisories go on.',
  );
  await here.workspace.write({ 'pace.config.yaml': config('start_date: 2020-01-01') });
  const back = JSON.parse((await here.pace('gate', '--day', '1', '--json')).stdout);
  expect(back).toMatchObject({ attempt: 2, escalation: { key: '1' } });
});

test('show tells the day, what was decided, and which sprints are filed', async () => {
  const here = await started();
  await here.pace('gate', '--day', '1');
  await here.pace('sprint', 'start', '--date', '2099-01-01');
  const { stdout } = await here.pace('sprint', 'show');
  expect(stdout).toContain('Gate gate: sprint 2099-01-01, day 1 is 2099-01-01.\nDecided days: none.\n');
  expect(stdout).toContain('day 1 is 2099-01-01. Please wait until then');
  expect(stdout).toContain('Filed sprints: 2020-01-01.');
});

test('days of another branch and of another gate are their own', async () => {
  const here = await started();
  await here.pace('gate', '--day', '1');
  await here.workspace.git('checkout', '-q', '-b', 'release/1.2');
  const other = JSON.parse((await here.pace('gate', '--day', '1', '--json')).stdout);
  expect(other).toMatchObject({ branch: 'release/1.2', attempt: 1, escalation: { key: '2' } });
  expect(await state(here)).toContain('.pace/branches/release/1.2/day-1/decision.yaml');
  await here.workspace.write({ 'report.xml': junitXml() });
  await here.pace('gate', '--day', '1');
  const held = (await here.data('issue', 'list', '--json', 'key,state', '--state', 'all')) as object[];
  expect(held).toEqual([
    { key: '2', state: 'done' },
    { key: '1', state: 'open' },
  ]);
});
