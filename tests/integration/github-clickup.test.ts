/** Code on GitHub, issues on ClickUp: whole runs of the bundle, each a process of its own. */
import { afterAll, expect, test } from 'vitest';
import type { Report } from '../../src/gate/report.ts';
import { expectDescribed, shellEnv } from '../platforms/clickup/bench.ts';
import { type ClickUp, startClickUp } from '../support/clickup.ts';
import { junitXml } from '../support/workspace.ts';
import { expectDescribedExchanges, JUNIT, newBench, OWN_JOB, QUICK_CI } from './github-bench.ts';

const CONFIG = `platform: { ci: github, tracker: clickup }\n${QUICK_CI}\n${JUNIT}\n`;
/** A token has a hundred a minute. */
const MOST_CALLS = 10;

const opened: ClickUp[] = [];

afterAll(async () => {
  for (const server of opened) {
    await server.close();
    expectDescribed(server);
  }
  expectDescribedExchanges();
});

test('a HOLD opens one task, a re-run none, a SHIP closes it, each in few calls', async () => {
  const clickup = await startClickUp();
  opened.push(clickup);
  const bench = await newBench({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') });
  async function run(day: number) {
    const before = clickup.exchanges.length;
    const { code, stderr } = await bench.step({ command: 'gate', day: String(day) }, shellEnv(clickup));
    const calls = clickup.exchanges.slice(before);
    expect(calls.length, stderr).toBeLessThanOrEqual(MOST_CALLS);
    const report = (await bench.workspace.decision(day)) as unknown as Report;
    expect(report.faults ?? [], stderr).toEqual([]);
    return { code, decision: report.decision, writes: calls.filter(({ asked }) => asked.method !== 'GET').length };
  }
  const seen = () =>
    clickup.state.tasks.map(({ name, status, tags, comments }) => ({ name, status, tags, comments: comments.length }));

  // two tags and the task
  expect(await run(1)).toEqual({ code: 1, decision: 'HOLD', writes: 3 });
  const task = { name: '[PACE HOLD] Day 1 — unit: app adds', tags: ['pace-hold', 'pace-day-1'] };
  expect(seen()).toEqual([{ ...task, status: 'to do', comments: 0 }]);
  expect(clickup.state.tasks[0]?.markdown).toContain('Blocker');
  expect(await bench.issues()).toEqual([]);
  expect(bench.github.statuses(bench.github.sha)[0]).toMatchObject({
    state: 'failure',
    target_url: `https://app.clickup.com/t/${clickup.state.tasks[0]?.id}#pace-job-${OWN_JOB}`,
  });

  expect(await run(1)).toEqual({ code: 1, decision: 'HOLD', writes: 0 });
  await bench.workspace.remove('.pace');
  expect(await run(1)).toEqual({ code: 1, decision: 'HOLD', writes: 0 });
  expect(seen()).toHaveLength(1);

  await bench.push({ 'report.xml': junitXml() });
  expect(await run(1)).toEqual({ code: 0, decision: 'SHIP', writes: 2 });
  expect(seen()).toEqual([{ ...task, status: 'complete', comments: 1 }]);
});
