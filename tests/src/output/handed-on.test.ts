// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what other programs would expand is written this way
/** No value that later steps and jobs get can be expanded by a host, or read by a shell that it was pasted into. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handedOnAddress, handedOnText } from '../../../src/output/handed-on.ts';
import { hostileText } from '../../support/hostile-text.ts';

const LIMIT = { characters: 1_000, bytes: 2_000 };
const text = (value: string) => handedOnText(value, LIMIT);

describe('a text', () => {
  test.each([
    ['$CI_JOB_TOKEN', '＄CI_JOB_TOKEN', 'GitLab, shells'],
    ['${CI_JOB_TOKEN}', '＄{CI_JOB_TOKEN}', 'GitLab, shells'],
    ['$$CI_JOB_TOKEN', '＄＄CI_JOB_TOKEN', 'GitLab'],
    ['%CI_JOB_TOKEN%', '％CI_JOB_TOKEN%', 'GitLab, cmd, TeamCity'],
    ['$(System.AccessToken)', '＄(System.AccessToken)', 'Azure, shells'],
    ['${{ secrets.X }}', '＄{{ secrets.X }}'.replace('{{', '｛{'), 'Actions'],
    ['{{ secret }}', '｛{ secret }}', 'templates'],
    ['#{Octopus.Password}', '＃{Octopus.Password}', 'Octopus'],
    ['`id`', '｀id｀', 'shells'],
    ['"; id; "', '＂； id； ＂', 'shells'],
    ["'; id #", '＇； id #', 'shells'],
    ['a\\', 'a＼', 'shells'],
    ['a | b & c', 'a ｜ b ＆ c', 'shells'],
    ['<(id) >x', '＜(id) ＞x', 'shells'],
    ['‘a’ ‚b‛ “c” „d', '＇a＇ ＇b＇ ＂c＂ ＂d', 'PowerShell'],
  ])('%j becomes %j, for %s', (given, expected) => {
    expect(text(given)).toBe(expected);
  });

  test.each([
    'unit: app adds (and 2 more)',
    'lines 71.2 % < 80 %'.replace('<', 'of'),
    '#12 {a} – ß 日本',
    'a_b-c.d/e:f=g*',
  ])('%j stays as it is', (given) => {
    expect(text(given)).toBe(given);
  });

  test('is one line, and no longer than it may be, in characters and in bytes', () => {
    expect(text('a\n b\r\nPACE_DECISION=SHIP')).toBe('a b PACE_DECISION=SHIP');
    expect(handedOnText('x'.repeat(11), { characters: 10, bytes: 99 })).toBe(`${'x'.repeat(9)}…`);
    expect(handedOnText('é'.repeat(10), { characters: 10, bytes: 20 })).toBe('é'.repeat(10));
    expect(handedOnText('é'.repeat(10), { characters: 10, bytes: 19 })).toBe(`${'é'.repeat(8)}…`);
    expect(handedOnText('$$$$', { characters: 4, bytes: 8 })).toBe('＄…');
    expect(handedOnText('日本語', { characters: 9, bytes: 2 })).toBe('');
  });

  test('holds nothing that a host or a shell reads, whatever it was', () => {
    fc.assert(
      fc.property(hostileText(), fc.string({ unit: 'binary' }), (one, other) => {
        const shown = text(`${one}${other}`);
        expect(shown).not.toMatch(/[$`"'\\;|&<>\n\r\u2018-\u201e]|%\w|#\{|\{\{/);
        expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(2_000);
      }),
    );
  });
});

describe('an address', () => {
  test.each([
    ['https://x.test/a?b=c&d=%20e#f', 'https://x.test/a?b=c&d=%20e#f'],
    ['https://x.test/$CI_JOB_TOKEN', 'https://x.test/%24CI_JOB_TOKEN'],
    [`https://x.test/a'b"c\`d\\e;f|g<h>i`, 'https://x.test/a%27b%22c%60d%5Ce%3Bf%7Cg%3Ch%3Ei'],
    ['https://x.test/${{ x }}/$(y)', 'https://x.test/%24%7B%7B%20x%20%7D%7D/%24%28y%29'],
  ])('%j becomes %j', (given, expected) => {
    expect(handedOnAddress(given, 100)).toBe(expected);
  });

  test('is whole, or not there', () => {
    expect(handedOnAddress('https://x.test', 14)).toBe('https://x.test');
    expect(handedOnAddress('https://x.test', 13)).toBe('');
    expect(handedOnAddress('https://x.test/日', 17)).toBe('');
  });
});
