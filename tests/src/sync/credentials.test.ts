/** Texts with a credential in them: the other side has stars for it, which are never written over the text that they stand for. */
import { expect, test } from 'vitest';
import { createRedactor } from '../../../core/text/redact.ts';
import { STRANGERS } from '../../support/canaries.ts';
import { type SyncBench, syncBench } from '../../support/sync-bench.ts';

const [SECRET] = STRANGERS as [string, ...string[]];
const BODY = `First\n\nThe token is ${SECRET}, to be used\n\nLast`;

async function withSecret(title = 'One', body = BODY): Promise<SyncBench> {
  const bench = syncBench();
  Object.assign(bench.world, createRedactor({}));
  await bench.trackers.a.createIssue({ title, body });
  await bench.run();
  bench.world.advance(3_600_000);
  return bench;
}

test('a body with one is copied without it, and is not written over when the copy changes, which each run tells', async () => {
  const bench = await withSecret();
  const { a, b } = bench.trackers;
  const copy = (await b.getIssue('1')).body;
  expect(copy).toContain('The token is ***, to be used');
  await b.updateIssue('1', { body: copy.replace('Last', 'The very last'), labels: ['of-b'] });
  for (const prefer of ['ask', 'b', 'newer'] as const) {
    bench.world.advance(3_600_000);
    const report = await bench.run({ prefer });
    expect(await a.getIssue('1')).toMatchObject({ body: BODY, labels: ['of-b'] });
    expect(report.left).toMatchObject([{ kind: 'failed', side: 'a', key: '1', other: '1', field: 'body' }]);
    expect(JSON.stringify(report)).not.toContain(SECRET);
  }
  await a.updateIssue('1', { body: BODY.replace(SECRET, 'in the safe') });
  bench.world.advance(3_600_000);
  expect((await bench.run()).left).toEqual([]);
  expect((await a.getIssue('1')).body).toBe('First\n\nThe token is in the safe, to be used\n\nThe very last');
  expect((await b.getIssue('1')).body).toContain('The token is in the safe, to be used\n\nThe very last');
});

test('what changes in such a body goes to the copy, without it', async () => {
  const bench = await withSecret();
  const { a, b } = bench.trackers;
  await a.updateIssue('1', { body: BODY.replace('First', 'The very first') });
  bench.world.advance(3_600_000);
  const report = await bench.run();
  expect([report.left, (await a.getIssue('1')).body]).toEqual([[], BODY.replace('First', 'The very first')]);
  expect((await b.getIssue('1')).body).toContain('The very first\n\nThe token is ***, to be used');
});

test('a title with one is not written over', async () => {
  const bench = await withSecret(`Token ${SECRET} leaks`, '');
  const { a, b } = bench.trackers;
  await b.updateIssue('1', { title: `${(await b.getIssue('1')).title} badly` });
  bench.world.advance(3_600_000);
  const report = await bench.run();
  expect((await a.getIssue('1')).title).toBe(`Token ${SECRET} leaks`);
  expect(report.left).toMatchObject([{ kind: 'failed', side: 'a', field: 'title' }]);
});
