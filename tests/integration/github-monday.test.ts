/** Code on GitHub, issues on monday: whole runs of the bundle, each a process of its own. */
import { afterAll, expect, test } from 'vitest';
import type { Report } from '../../src/gate/report.ts';
import { isMutation, type Monday, startMonday } from '../support/monday.ts';
import { junitXml } from '../support/workspace.ts';
import { expectDescribedExchanges, JUNIT, newBench, QUICK_CI } from './github-bench.ts';

const CONFIG = `platform: { ci: github, tracker: monday }\n${QUICK_CI}\n${JUNIT}\n`;
const MOST_CALLS = 10;

const opened: Monday[] = [];

afterAll(async () => {
  await Promise.all(opened.map((server) => server.close()));
  expectDescribedExchanges();
});

function seen({ account }: Monday) {
  const status = account.columns.find(({ title }) => title === 'Status');
  return account.items.map(({ name, values, posts }) => ({
    title: name,
    status: status?.labels.find(({ id }) => id === values.get(status.id))?.label,
    comments: posts.length,
  }));
}

test('a HOLD opens one item, a re-run none, a SHIP closes it; each run costs at most ten calls', async () => {
  const monday = await startMonday();
  opened.push(monday);
  const bench = await newBench({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') });
  async function run(day: number) {
    const before = monday.exchanges.length;
    const { code, stderr } = await bench.step({ command: 'gate', day: String(day) }, monday.env);
    const calls = monday.exchanges.slice(before);
    expect(calls.length, stderr).toBeLessThanOrEqual(MOST_CALLS);
    const report = (await bench.workspace.decision(day)) as unknown as Report;
    expect(report.faults ?? [], stderr).toEqual([]);
    return { code, decision: report.decision, writes: calls.filter(({ asked }) => isMutation(asked)).length };
  }

  expect(await run(1)).toEqual({ code: 1, decision: 'HOLD', writes: 1 });
  const title = '[PACE HOLD] Day 1 — unit: app adds';
  expect(seen(monday)).toEqual([{ title, status: undefined, comments: 0 }]);
  expect(await bench.issues()).toEqual([]);

  expect(await run(1)).toEqual({ code: 1, decision: 'HOLD', writes: 0 });
  await bench.workspace.remove('.pace');
  expect(await run(1)).toEqual({ code: 1, decision: 'HOLD', writes: 0 });
  expect(seen(monday)).toHaveLength(1);

  await bench.push({ 'report.xml': junitXml() });
  expect(await run(1)).toEqual({ code: 0, decision: 'SHIP', writes: 2 });
  expect(seen(monday)).toEqual([{ title, status: 'Done', comments: 1 }]);
});
