/** The line that says who wrote a text, and what is read of it again. */
import { expect, test } from 'vitest';
import { originInText, saidLine, withoutSaid } from '../../../../src/tracker/transfer/said-line.ts';

const JIRA = {
  tracker: 'jira',
  key: 'P-1',
  url: 'https://j/browse/P-1',
  createdAt: '2026-01-02T03:04:05Z',
  author: 'Ann',
};
const LINE = '*Written by Ann on 2026-01-02T03:04:05Z in jira: `P-1`, https://j/browse/P-1*';

test('says who, when and where, as far as that is known', () => {
  const { author: _, ...nobody } = JIRA;
  const { createdAt: __, ...never } = JIRA;
  expect([
    saidLine(JIRA),
    saidLine(nobody),
    saidLine(never),
    saidLine({ ...JIRA, tracker: '', url: '', key: 'a`b' }),
    saidLine({ ...JIRA, tracker: 'local', url: '.pace/pace.db#1' }),
    saidLine({ tracker: 'x', key: '1', url: '' }),
    saidLine({ ...JIRA, key: '' }),
  ]).toEqual([
    LINE,
    '*Written on 2026-01-02T03:04:05Z in jira: `P-1`, https://j/browse/P-1*',
    '*Written by Ann in jira: `P-1`, https://j/browse/P-1*',
    '*Written by Ann on 2026-01-02T03:04:05Z in another tracker: `a b`*',
    '*Written by Ann on 2026-01-02T03:04:05Z in local: `P-1`, `.pace/pace.db#1`*',
    undefined,
    undefined,
  ]);
});

test.each([
  LINE,
  `Text\n\n${LINE}\n`,
  '_Written by Ann on 2026-01-02T03:04:05Z in jira: P-1, <https://j/browse/P-1>_',
  'a\n**Written by Ann on 2026-01-02T03:04:05Z in jira: P\\-1, [https://j/browse/P-1](https://j/browse/P-1)**',
])('is read again from %j', (body) => {
  expect(originInText(body)).toEqual(JIRA);
});

test.each(['', 'Written by hand', `${LINE}\nmore`, '*Written by Ann in jira*'])('is not in %j', (body) => {
  expect(originInText(body)).toBeUndefined();
  expect(withoutSaid(body)).toBe(body);
});

test('is taken from a text that is brought on', () => {
  expect(withoutSaid(`Text\nmore\n\n${LINE}\n`)).toBe('Text\nmore');
  expect(withoutSaid(LINE)).toBe('');
});
