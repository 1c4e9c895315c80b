import { afterAll, expect, test } from 'vitest';
import type { Report } from '../../src/gate/report.ts';
import { runBundle } from '../support/bundle.ts';
import { type FpState, newFp } from '../support/fp.ts';
import { installStandIn } from '../support/programs.ts';
import { junitXml, newWorkspace } from '../support/workspace.ts';
import { JUNIT } from './github-bench.ts';

const CONFIG = `platform: { ci: local, tracker: fp }\n${JUNIT}\n`;
const opened: { dispose(): Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map((each) => each.dispose())));

test.each([false, true])(
  'local and fp, labels as a property: %s: a HOLD, again, paused, fixed: one issue',
  async (hasLabels) => {
    const workspace = await newWorkspace({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') });
    const fp = await installStandIn('fp', 'fp/program.ts', newFp({ hasLabels }));
    opened.push(workspace, fp);
    const gate = async (day: number) => {
      const run = await runBundle({
        cwd: workspace.path,
        args: ['gate', '--day', String(day), '--json'],
        env: { PATH: fp.path },
      });
      return { ...run, report: JSON.parse(run.stdout || '{}') as Report };
    };
    const held = await gate(1);
    expect([held.code, held.report.decision, held.report.faults], held.stderr).toEqual([1, 'HOLD', []]);
    const { issues } = await fp.state<FpState>();
    expect(issues.map(({ title, status, labels }) => [title, status, labels])).toEqual([
      [
        '[PACE HOLD] Day 1 — unit: app adds',
        'todo',
        hasLabels ? expect.arrayContaining(['pace-day-1', 'pace-hold']) : [],
      ],
    ]);
    const key = `FP-${issues[0]?.id.slice(0, 8)}`;
    expect(held.report.escalation.key).toBe(key);

    // nothing is remembered on this machine: the issue is found again by its mark
    await workspace.remove('.pace');
    expect((await gate(1)).code).toBe(1);
    const paused = await gate(2);
    expect([paused.report.decision, paused.report.escalation.key]).toEqual(['PAUSED', key]);

    await workspace.write({ 'report.xml': junitXml() });
    const shipped = await gate(1);
    expect([shipped.code, shipped.report.decision, shipped.report.faults]).toEqual([0, 'SHIP', []]);
    const after = await fp.state<FpState>();
    expect(after.issues.map(({ status }) => status)).toEqual(['done']);
    expect(after.comments.map(({ content }) => content.slice(0, 11))).toEqual(['Day 1 ships']);
    expect((await gate(2)).report.decision).toBe('SHIP');
  },
);
