/** What no list of requests and changes covers: a moment by chance, and a second run at the same time. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BundleRun } from '../support/bundle.ts';
import { junitXml } from '../support/workspace.ts';
import { arranged, countKill, endOf, forEach, SCENARIOS } from './crash-bench.ts';
import type { Bench } from './github-bench.ts';

const SEED = 20_261_120;

/** The same numbers in every run. https://en.wikipedia.org/wiki/Linear_congruential_generator */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test('GitHub, killed at moments by chance', async () => {
  const random = seeded(SEED);
  const scenario = SCENARIOS['a HOLD with another reason'];
  const undisturbed = await arranged(scenario);
  const expected = await endOf(undisturbed, await undisturbed.step({ day: '1' }));
  const moments = Array.from({ length: 10 }, () => 100 + Math.floor(random() * 400));
  process.stdout.write(`crash: seed ${SEED}, killed after ${moments.join(', ')} ms\n`);
  await forEach(moments, async (moment) => {
    const bench = await arranged(scenario);
    await bench.step({ day: '1' }, {}, { killedBy: AbortSignal.timeout(moment) });
    countKill();
    const end = (await endOf(bench, await bench.step({ day: '1' }))) as object;
    expect(end, `killed after ${moment} ms`).toEqual(expected);
  });
});

describe('two runs of a day at the same time', () => {
  async function open({ issues }: Bench): Promise<string[]> {
    return (await issues()).filter(({ state }) => state === 'open').map(({ html_url }) => html_url);
  }
  const named = (runs: readonly BundleRun[]) => runs.map(({ code, outputs }) => [code, outputs['escalation-url']]);

  test.each([1, 2, 3])('in two clones, which know nothing of each other: one issue is open (time %i)', async () => {
    const bench = await arranged(SCENARIOS['a HOLD that opens its issue']);
    await bench.workspace.git('clone', '--quiet', '.', '.git/other');
    const other = join(bench.workspace.path, '.git/other');
    const runs = await Promise.all([bench.step({ day: '1' }), bench.step({ day: '1' }, {}, { cwd: other })]);
    const [url, ...more] = await open(bench);
    expect([named(runs), more]).toEqual([[1, 1].map((code) => [code, url]), []]);

    await bench.workspace.write({ 'report.xml': junitXml(), '.git/other/report.xml': junitXml() });
    const shipped = await Promise.all([bench.step({ day: '1' }), bench.step({ day: '1' }, {}, { cwd: other })]);
    expect([shipped.map(({ code }) => code), await open(bench)]).toEqual([[0, 0], []]);
  });

  test('in one checkout: the second waits for the first, and finds its issue', async () => {
    const bench = await arranged(SCENARIOS['a HOLD that opens its issue']);
    const runs = await Promise.all([bench.step({ day: '1' }), bench.step({ day: '1' })]);
    const [url, ...more] = await open(bench);
    expect([named(runs), more]).toEqual([[1, 1].map((code) => [code, url]), []]);
    expect((await bench.workspace.decision(1)).attempt).toBe(2);
  });
});
