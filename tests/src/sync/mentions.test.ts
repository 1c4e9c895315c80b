/** Who is named in a text that is copied is told of nothing. */
import { expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { plainMentions, quietMentions } from '../../../src/sync/mentions.ts';
import { syncBench } from '../../support/sync-bench.ts';

const QUIET = '@\u2060';

test.each([
  ['@ann', `${QUIET}ann`],
  ['(@ann), @octo-org/team', `(${QUIET}ann), ${QUIET}octo-org/team`],
  ['a@example.org, https://example.org/@ann', 'a@example.org, https://example.org/@ann'],
  ['`@ann` and ``@ann`` and @ann', `\`@ann\` and \`\`@ann\`\` and ${QUIET}ann`],
  ['an open ` and @ann', `an open \` and ${QUIET}ann`],
  ['```java\n@Override\n```\n@ann', `\`\`\`java\n@Override\n\`\`\`\n${QUIET}ann`],
  ['~~~\n@Override\n```\n@Override\n~~~~\n@ann', `~~~\n@Override\n\`\`\`\n@Override\n~~~~\n${QUIET}ann`],
])('%j is written as %j, and read as it was', (text, written) => {
  expect([quietMentions(text), plainMentions(written)]).toEqual([written, text]);
  expect(quietMentions(written)).toBe(written);
});

test('whom a text names already it goes on to name', () => {
  expect(quietMentions('@ann and @bob', 'by @ann')).toBe(`@ann and ${QUIET}bob`);
});

test('a text that names somebody takes no part in a second run, and comes back as people write it', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: 'Of @ann\n\nMore' });
  await bench.run();
  expect((await b.getIssue('1')).body).toContain(`Of ${QUIET}ann\n\nMore`);
  const saves = bench.saves();
  expect([(await bench.run()).written, bench.saves()]).toEqual([[], saves]);
  bench.world.advance(60_000);
  const { body } = await b.getIssue('1');
  await b.updateIssue('1', { body: body.replace('More', 'More of @bob') });
  await bench.run();
  expect((await a.getIssue('1')).body).toBe(`Of @ann\n\nMore of ${QUIET}bob`);
  expect((await bench.run({ full: true })).written).toEqual([]);
  expect(await collect(a.listComments('1'))).toEqual([]);
});
