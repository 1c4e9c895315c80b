import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, redactDeep } from '../../../core/text/redact.ts';
import { codeBlock, cut, inlineMarkdown, plainLine, plainText, quietLine } from '../../../core/text/untrusted-text.ts';
import { hostileText } from '../../support/hostile-text.ts';

const SECRET = 'canary/S3cret+pass word_*&<x>"1\\2';
const PLAIN = 'c4n4ryT0k3nValue';

describe('a known secret', () => {
  test.each([
    ['as it is', SECRET],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in a URL, in small letters', encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase())],
    ['in a form', encodeURIComponent(SECRET).replaceAll('%20', '+')],
    ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['in Markdown', inlineMarkdown(SECRET)],
    ['in a title', quietLine(SECRET)],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 of URLs', Buffer.from(SECRET).toString('base64url')],
    ['in base64 behind one byte', Buffer.from(`a${SECRET}`).toString('base64')],
    ['in base64 behind two bytes', Buffer.from(`ab${SECRET}b`).toString('base64')],
    ['in base64 of name and password', Buffer.from(`user@example.org:${SECRET}`).toString('base64')],
    ['cut off behind', cut(SECRET, SECRET.length - 5)],
    ['cut off in front', `…${SECRET.slice(6)}`],
    ['cut off in Markdown', inlineMarkdown(SECRET, SECRET.length - 5)],
  ])('is hidden %s', (_, written) => {
    const { redact } = createRedactor({ MY_TOKEN: SECRET });
    const shown = redact(`before ${written} behind`);
    expect(shown).toMatch(/^before .{0,30}\*\*\*.{0,4} behind$/);
    for (let at = 0; at + 6 < written.length; at += 1) {
      if (!/base64|name/.test(_)) expect(shown).not.toContain(written.slice(at, at + 6));
    }
  });

  test('is known by the name of its variable, or because somebody said so', () => {
    const env = {
      A_TOKEN: 'canary-1',
      B_PASSWORD: 'canary-2',
      CI_JOB_JWT: 'canary-3',
      PATH: 'no-canary',
      C_SECRET: 'short',
    };
    const redactor = createRedactor(env);
    redactor.conceal(['canary-4', '']);
    expect(redactor.redact('canary-1 canary-2 canary-3 canary-4 no-canary short')).toBe(
      '*** *** *** *** no-canary short',
    );
  });

  test('of several lines is hidden line by line as well', () => {
    const key = `-----BEGIN X-----\n${'A'.repeat(30)}b\n${'C'.repeat(30)}d\n-----END X-----\n`;
    const { redact } = createRedactor({ DEPLOY_PRIVATE_KEY: key });
    expect(redact(`x ${'A'.repeat(30)}b y`)).toBe('x *** y');
    expect(redact(`x ${key} y`)).toMatch(/^x \*\*\*\s* y$/);
  });

  test('of which another is a part leaves nothing of the longer one', () => {
    const { redact } = createRedactor({ A_TOKEN: 'canary', B_TOKEN: 'canary-longer' });
    expect(redact('canary-longer')).toBe('***');
  });
});

describe('what looks like a credential', () => {
  test.each([
    ['https://user:canary@example.org/x', 'https://***@example.org/x'],
    ['https://canarytoken@example.org/x', 'https://***@example.org/x'],
    ['ssh://git@example.org/x', 'ssh://git@example.org/x'],
    ['git@example.org:a/b.git', 'git@example.org:a/b.git'],
    ['mail user@example.org', 'mail user@example.org'],
    ['ghp_0123456789abcdefABCDEF', '***'],
    [inlineMarkdown('a ghp_0123456789abcdef_ABCDEF b'), 'a *** b'],
    [`Basic ${Buffer.from('user:ghp_0123456789abcdefABCDEF').toString('base64')} x`, 'Basic *** x'],
    [JSON.stringify('x\nghp_0123456789abcdefABCDEF'), '"x\\n***"'],
    [JSON.stringify({ a: 'x https://u:canary@h/p' }), '{"a":"x https://***@h/p"}'],
  ])('%s becomes %s', (text, expected) => {
    expect(createRedactor({}).redact(text)).toBe(expected);
  });
});

test('without secrets every text stays as it is', () => {
  const { redact } = createRedactor({ A_TOKEN: PLAIN });
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(redact(text)).toBe(text);
    }),
  );
});

test('whatever stands around it, a secret is gone, and a second time changes nothing', () => {
  const { redact } = createRedactor({ A_TOKEN: PLAIN });
  fc.assert(
    fc.property(hostileText(), hostileText(), (before, behind) => {
      const text = plainText(`${before}${PLAIN}${behind}`);
      for (const rendered of [
        text,
        inlineMarkdown(text),
        codeBlock(text),
        plainLine(text, 20),
        inlineMarkdown(text, 20),
      ]) {
        const shown = redact(rendered);
        expect(shown).not.toContain(PLAIN.slice(0, 8));
        expect(redact(shown)).toBe(shown);
      }
    }),
    { numRuns: 2000 },
  );
});

test('data keeps its shape and loses its secrets, in keys too', () => {
  const { redact } = createRedactor({ A_TOKEN: PLAIN });
  const data = { [PLAIN]: [`x ${PLAIN}`, 1, null, { deep: PLAIN, day: new Date(0) }], ok: true };
  expect(redactDeep(redact, data)).toEqual({ '***': ['x ***', 1, null, { deep: '***', day: new Date(0) }], ok: true });
});

test('takes linear time for hostile texts', () => {
  const { redact } = createRedactor({
    A_TOKEN: PLAIN,
    B_TOKEN: 'aaaaaaab',
    LONG_TOKEN: Buffer.from(PLAIN.repeat(90)).toString('base64'),
  });
  for (const hostile of [
    'a',
    '…a',
    'aaaa…',
    'https://',
    '://',
    'eyJ',
    'a\\',
    '\u2060',
    'http://a:',
    'authorization: ',
  ]) {
    expect(redact(hostile.repeat(100_000 / hostile.length)).length).toBeLessThan(400_000);
  }
});
