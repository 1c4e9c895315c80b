import { afterEach, expect, test } from 'vitest';
import { gate } from '../../../src/commands/gate.ts';
import { newWorkspace, type Workspace } from '../../support/workspace.ts';
import { testWorld } from '../../support/world.ts';

let workspace: Workspace | undefined;
afterEach(() => workspace?.dispose());

test.each([
  ['{ enabled: false }', 25],
  ['{ enabled: false, timeout_minutes: 60 }', 70],
  ['{ enabled: false, timeout_minutes: 350 }', 345],
])('with ci: %s no wait goes beyond %i minutes', async (ci, minutes) => {
  const config = `platform: { ci: local, tracker: local }\nsprint: { start_date: 2026-03-02 }\nci: ${ci}\n`;
  workspace = await newWorkspace({ 'pace.config.yaml': config });
  const start = Date.parse('2026-03-02T09:00:00Z');
  const world = testWorld({ cwd: workspace.path, env: { PATH: process.env['PATH'] }, start });
  const { report } = await gate(world, { day: '1', dryRun: true });
  expect(report.requests).toEqual([]);
  expect((world.traffic.deadline - start) / 60_000).toBe(minutes);
});
