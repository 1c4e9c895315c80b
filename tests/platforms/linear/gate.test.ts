/** Whole gate runs with Linear as the tracker, in this process. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gate } from '../../../src/commands/gate.ts';
import { identifierOf, startLinear } from '../../support/linear.ts';
import { junitXml } from '../../support/workspace.ts';
import { testWorld } from '../../support/world.ts';

const CONFIG = [
  'platform: { ci: local, tracker: linear }',
  'ci: { enabled: false }',
  'evidence: [{ name: unit, type: junit, path: report.xml }]',
  '',
].join('\n');

test('a day that holds, holds again and ships has one issue, in few requests', async () => {
  const server = await startLinear();
  const cwd = await mkdtemp(join(tmpdir(), 'pace-linear-'));
  const env = { PACE_LINEAR_TOKEN: server.token, LINEAR_TEAM: 'PACE', LINEAR_API_URL: server.apiUrl };
  let clock = Date.now();
  async function run(report: string) {
    await writeFile(join(cwd, 'report.xml'), report);
    const before = server.exchanges.length;
    const world = testWorld({ cwd, env, start: clock });
    const { report: told } = await gate(world, { day: '1' });
    clock = world.now() + 60_000;
    return { decision: told.decision, faults: told.faults, requests: server.exchanges.length - before };
  }
  const seen = () => server.space.issues.map((issue) => [identifierOf(issue), issue.state.name, issue.title]);
  try {
    await writeFile(join(cwd, 'pace.config.yaml'), CONFIG);
    const held = await run(junitXml('adds'));
    expect(held).toMatchObject({ decision: 'HOLD', faults: [] });
    expect(seen()).toEqual([['PACE-1', 'Backlog', '[PACE HOLD] Day 1 — unit: app adds']]);
    expect(held.requests).toBeLessThanOrEqual(8);
    const again = await run(junitXml('adds'));
    expect(again).toMatchObject({ decision: 'HOLD', faults: [] });
    expect(again.requests).toBeLessThanOrEqual(5);
    const shipped = await run(junitXml());
    expect(shipped).toMatchObject({ decision: 'SHIP', faults: [] });
    expect(shipped.requests).toBeLessThanOrEqual(8);
    expect(seen()).toEqual([['PACE-1', 'Done', '[PACE HOLD] Day 1 — unit: app adds']]);
  } finally {
    await server.close();
    await rm(cwd, { recursive: true, force: true });
  }
});
