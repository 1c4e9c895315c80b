import { afterAll, expect, test } from 'vitest';
import { junitXml } from '../support/workspace.ts';
import { type Bench, expectDescribedExchanges, JUNIT, newBench, QUICK_CI } from './github-bench.ts';

afterAll(expectDescribedExchanges);

function held(more: string): Promise<Bench> {
  return newBench({ 'pace.config.yaml': `${QUICK_CI}\n${JUNIT}\n${more}\n`, 'report.xml': junitXml('adds') });
}

test('observing says HOLD, and neither blocks nor opens an issue', async () => {
  const bench = await held('gate: { mode: observe }');
  const run = await bench.step({ day: '1' });
  expect([run.code, run.outputs['decision'], await bench.issues()]).toEqual([0, 'HOLD', []]);
  expect(run.summary).toContain('# PACE Day 1 — 🔴 HOLD (observed only)');
  expect(bench.github.statuses(bench.github.sha)).toMatchObject([
    { state: 'success', description: expect.stringContaining('HOLD') },
  ]);
  const next = await bench.step({ day: '2' });
  expect(next.outputs['decision']).toBe('HOLD');
});

test('a neutral HOLD exits 0, is red all the same, and escalates', async () => {
  const bench = await held('gate: { on_hold: neutral }');
  const run = await bench.step({ day: '1' });
  expect([run.code, run.outputs['decision']]).toEqual([0, 'HOLD']);
  expect(run.stdout).toContain('\n::warning title=PACE day 1%3A HOLD::');
  expect(await bench.issues()).toMatchObject([{ state: 'open' }]);
  expect(bench.github.statuses(bench.github.sha)).toMatchObject([{ state: 'failure' }]);
});

test('a dry run writes nothing: not to GitHub, not to the workspace, not to the summary', async () => {
  const bench = await held('pause: { by: both }');
  const before = await bench.workspace.files();
  const run = await bench.step({ day: '1', 'dry-run': 'true' });
  expect([run.code, run.outputs['decision'], run.outputs['escalation-url']]).toEqual([1, 'HOLD', '']);
  expect(run.stdout).toContain('dry run: nothing was written');
  expect(bench.requests().length).toBeGreaterThan(0);
  expect(bench.writes()).toEqual([]);
  expect(await bench.workspace.files()).toEqual(before);
  expect(run.summary).toBe('');
});

test('a waiver in force ships, and is seen in log, summary, report and annotations', async () => {
  const waiver = (expires: string) =>
    `waivers: [{ check: 'unit: app adds', reason: known and harmless, owner: ann, expires: ${expires} }]`;
  const bench = await held(waiver('2999-12-31'));
  const run = await bench.step({ day: '1' });
  expect([run.code, run.outputs['decision']]).toEqual([0, 'SHIP']);
  expect(run.summary).toContain('# PACE Day 1 — ✅ SHIP (with waivers)');
  expect(run.summary).toContain('known and harmless');
  expect(run.stdout).toContain('\n::warning title=Waived%3A unit%3A app adds::');
  expect((await bench.workspace.decision(1)).findings[0]).toMatchObject({
    result: 'WAIVED',
    waiver: { reason: 'known and harmless', owner: 'ann', expires: '2999-12-31' },
  });

  await bench.workspace.write({ 'pace.config.yaml': `${QUICK_CI}\n${JUNIT}\n${waiver('2020-01-01')}\n` });
  const ended = await bench.step({ day: '1' });
  expect([ended.code, ended.outputs['decision']]).toEqual([1, 'HOLD']);
  expect(ended.summary).toContain('the waiver of ann ended on 2020-01-01');
});

test('PACE_PAUSED in the environment pauses, whatever pauses besides, and asks nothing', async () => {
  const bench = await held('');
  const run = await bench.step({ day: '1' }, { PACE_PAUSED: 'true' });
  expect([run.code, run.outputs['decision'], run.outputs['hold-reason']]).toEqual([
    0,
    'PAUSED',
    'PACE_PAUSED is set. To resume, set it to false.',
  ]);
  expect(bench.requests()).toEqual([expect.stringMatching(/^POST .statuses/)]);
  expect(bench.github.statuses(bench.github.sha)).toMatchObject([{ context: 'pace/gate', state: 'pending' }]);
});

test('pausing by variable: a HOLD sets it, every run waits for a person to set it to false', async () => {
  const bench = await held('pause: { by: variable }');
  await bench.step({ day: '1' });
  expect(bench.github.variables.get('PACE_PAUSED')).toBe('true');
  await bench.workspace.write({ 'report.xml': junitXml() });
  expect((await bench.step({ day: '2' })).outputs['decision']).toBe('PAUSED');
  bench.github.variables.set('PACE_PAUSED', 'false');
  expect((await bench.step({ day: '2' })).outputs['decision']).toBe('SHIP');
});

test('the action checks: `command: validate` says what is configured, mistakes stand at their line', async () => {
  const bench = await held('');
  const good = await bench.step({ command: 'validate' });
  expect([good.code, bench.requests()]).toEqual([0, []]);
  expect(good.stdout).toContain('pace.config.yaml is valid.');

  await bench.workspace.write({ 'pace.config.yaml': `gate:\n  retires: 2\nci:\n  timeout_minutes: soon\n` });
  for (const command of ['validate', 'gate']) {
    const bad = await bench.step({ command, day: '1' });
    expect([bad.code, bad.outputs, bench.requests()]).toEqual([2, {}, []]);
    expect(bad.stdout).toMatch(/::error title=PACE configuration,file=pace\.config\.yaml,line=2,col=3::.*retries/);
    expect(bad.stdout).toMatch(/::error title=PACE configuration,file=pace\.config\.yaml,line=4,col=20::/);
  }
});

test.each([
  [{ command: 'ship' }, '"ship" is not a command of this action.'],
  [{ 'dry-run': 'yes' }, 'The input dry-run is "yes".'],
  [{ 'working-directory': 'nowhere' }, 'nowhere is not a folder.'],
  [{ attempt: '0' }, 'The attempt "0" is not a whole number from 1 up.'],
  [{ day: 'one' }, 'one'],
  [{ config: 'other.yaml' }, 'other.yaml'],
])('wrong inputs end with 2 before anything is asked: %o', async (inputs, message) => {
  const bench = await held('');
  const before = await bench.workspace.files();
  const run = await bench.step({ day: '1', ...inputs });
  expect([run.code, run.outputs, bench.requests()]).toEqual([2, {}, []]);
  expect(run.stdout).toMatch(/^::error title=PACE/m);
  expect(run.stdout).toContain(message);
  expect(await bench.workspace.files()).toEqual(before);
});
