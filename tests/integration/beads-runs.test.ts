import { afterAll, expect, test } from 'vitest';
import type { Report } from '../../src/gate/report.ts';
import { type BdState, type BdVersion, newBd } from '../support/bd.ts';
import { runBundle } from '../support/bundle.ts';
import { installStandIn, type StandIn } from '../support/programs.ts';
import { junitXml, newWorkspace, type Workspace } from '../support/workspace.ts';
import { JUNIT } from './github-bench.ts';

const CONFIG = `platform: { ci: local, tracker: beads }\nbeads: { actor: release-bot }\n${JUNIT}\n`;
const opened: { dispose(): Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map((each) => each.dispose())));

async function bench(version: BdVersion): Promise<{ workspace: Workspace; bd: StandIn }> {
  const workspace = await newWorkspace({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') });
  const bd = await installStandIn('bd', 'bd/program.ts', newBd(version));
  opened.push(workspace, bd);
  return { workspace, bd };
}

test.each<BdVersion>(['0.49.1', '1.0.5'])(
  'local and beads %s: a HOLD, again, paused, fixed: one issue',
  async (version) => {
    const { workspace, bd } = await bench(version);
    const gate = async (day: number) => {
      const run = await runBundle({
        cwd: workspace.path,
        args: ['gate', '--day', String(day), '--json'],
        env: { PATH: bd.path },
      });
      return { ...run, report: JSON.parse(run.stdout || '{}') as Report };
    };
    const held = await gate(1);
    expect([held.code, held.report.decision, held.report.faults], held.stderr).toEqual([1, 'HOLD', []]);
    const [issue, ...others] = (await bd.state<BdState>()).issues;
    expect(others).toEqual([]);
    expect(issue).toMatchObject({
      title: '[PACE HOLD] Day 1 — unit: app adds',
      status: 'open',
      labels: ['pace-day-1', 'pace-hold'],
      created_by: 'release-bot',
    });
    expect(held.report.escalation.key).toBe(issue?.id);

    // nothing is remembered on this machine: the issue is found again by its mark
    await workspace.remove('.pace');
    expect((await gate(1)).code).toBe(1);
    const paused = await gate(2);
    expect([paused.report.decision, paused.report.escalation.key]).toEqual(['PAUSED', issue?.id]);

    await workspace.write({ 'report.xml': junitXml() });
    const shipped = await gate(1);
    expect([shipped.code, shipped.report.decision, shipped.report.faults]).toEqual([0, 'SHIP', []]);
    const { issues, comments } = await bd.state<BdState>();
    expect(issues.map(({ status, close_reason }) => [status, close_reason])).toEqual([['closed', 'Done']]);
    expect(comments.map(({ text, author }) => [text.split('\n')[0]?.slice(0, 11), author])).toEqual([
      ['Day 1 ships', 'release-bot'],
    ]);
    expect((await gate(2)).report.decision).toBe('SHIP');
  },
);

test('without the program the day is judged, and the missing issue is told with its remedy', async () => {
  const { workspace } = await bench('1.0.5');
  const args = ['gate', '--day', '1', '--json'];
  const run = await runBundle({ cwd: workspace.path, args, env: { PACE_BEADS_COMMAND: 'no-such-bd' } });
  const { decision, faults } = JSON.parse(run.stdout) as Report;
  expect([run.code, decision]).toEqual([1, 'HOLD']);
  expect(faults.map(({ message }) => message).join('\n')).toContain('`no-such-bd`, and it was not found');
  expect(faults.map(({ remedy }) => remedy).join('\n')).toContain('npm install -g @beads/bd');
});
