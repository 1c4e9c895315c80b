import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, redactDeep } from '../../../core/text/redact.ts';
import { codeBlock, cut, inlineMarkdown, plainLine, plainText, quietLine } from '../../../core/text/untrusted-text.ts';
import { hostileText } from '../../support/hostile-text.ts';

const SECRET = 'canary/S3cret+pass word_*&<x>"1\\2';
const PLAIN = 'c4n4ryT0k3nValue';

/** As programs do that take no risk with a page: Go, PHP, .NET. */
function inJson(sign: string): string {
  const upper = sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return sign === '/' ? '\\/' : `\\u${sign === '&' ? upper.toLowerCase() : upper}`;
}

describe('a known secret', () => {
  test.each([
    ['as it is', SECRET],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in a URL, in small letters', encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase())],
    ['in a form', encodeURIComponent(SECRET).replaceAll('%20', '+')],
    ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['in JSON of other programs', SECRET.replace(/[&<>"\\/*]/g, inJson)],
    ['in JSON in JSON', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
    ['in JSON of other programs in JSON', SECRET.replace(/[&<>"\\/*]/g, inJson).replaceAll('\\', '\\\\')],
    ['in an address, all of it', [...Buffer.from(SECRET)].map((byte) => `%${byte.toString(16)}`).join('')],
    ['in an address in an address', encodeURIComponent(encodeURIComponent(SECRET))],
    [
      'in HTML',
      SECRET.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ],
    ['in HTML by numbers', [...SECRET].map((sign) => `&#${sign.charCodeAt(0)};`).join('')],
    ['in HTML by hexadecimal numbers', [...SECRET].map((sign) => `&#x${sign.charCodeAt(0).toString(16)};`).join('')],
    [
      'in HTML by padded numbers',
      [...SECRET].map((sign) => `&#${String(sign.charCodeAt(0)).padStart(8, '0')};`).join(''),
    ],
    ['in a program, all of it', [...SECRET].map((sign) => `\\u{${sign.charCodeAt(0).toString(16)}}`).join('')],
    [
      'in a shell by octal numbers, all of it',
      [...SECRET].map((sign) => `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`).join(''),
    ],
    ['in hexadecimal, all of it', Buffer.from(SECRET).toString('hex')],
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
      if (!/base64|name|HTML by|all of it/.test(_)) expect(shown).not.toContain(written.slice(at, at + 6));
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

  test.each([
    ['\n', 'LF'],
    ['\r\n', 'CRLF'],
  ])('of several lines ends where the line does, whatever ends it: %j', (end) => {
    const [line, short] = [`${'Ab3+'.repeat(4)}z9`, `${'Xy7/'.repeat(4)}q`];
    expect([line.length, short.length]).toEqual([18, 17]);
    const { redact } = createRedactor({ DEPLOY_KEY_PASSWORD: ['-----BEGIN X-----', line, short, ''].join(end) });
    expect(redact(`${line}.`)).toBe('***.');
    expect(redact(`x ${line}\ny ${line}\r\nz`)).toBe('x ***\ny ***\r\nz');
    expect(redact(short)).toBe('***');
  });

  test.each([
    ['a line of six characters', 'ab12cd', '***'],
    ['a line of five', 'ab12c', 'ab12c'],
    ['a plain word', 'harmless', 'harmless'],
    ['a line of a key that ends', 'QUJDRA==', '***'],
    ['the head of a key', '-----BEGIN X-----', '-----BEGIN X-----'],
    ['the value of a setting', 'token: q1w2e3', 'token: ***'],
    ['an ordinary setting', 'kind: Config', 'kind: Config'],
    ['a heading', 'contexts:', 'contexts:'],
  ])('of several lines hides %s as the log does: %s', (_, line, shown) => {
    const secret = `-----BEGIN X-----\nab12cd\nab12c\nharmless\nQUJDRA==\ntoken: q1w2e3\nkind: Config\ncontexts:\n`;
    expect(createRedactor({ KUBE_TOKEN: secret }).redact(`see ${line}!`)).toBe(`see ${shown}!`);
  });

  test('is hidden without the line end that its variable or file has', () => {
    const redactor = createRedactor({ A_TOKEN: '  canary-1\r\n' });
    redactor.conceal(['canary-2\n']);
    expect(redactor.redact('canary-1, canary-2.')).toBe('***, ***.');
  });

  test('has six characters at least, and shows no four of them beside a cut', () => {
    const { redact } = createRedactor({ A_TOKEN: 'sixsix', B_TOKEN: 'fiver', C_TOKEN: 'abcdefghij' });
    expect(redact('sixsix fiver')).toBe('*** fiver');
    expect(redact('x abcd… y')).toBe('x ***… y');
    expect(redact('x abc… y')).toBe('x abc… y');
    expect(redact('x …ghij y')).toBe('x …*** y');
    expect(redact('x …hij y')).toBe('x …hij y');
  });

  test('that repeats itself is hidden as far as it reaches, cut off at either end', () => {
    const { redact } = createRedactor({ A_TOKEN: 'abcdabcdefghefgh' });
    expect(redact('x abcdabcd… y')).toBe('x ***… y');
    expect(redact('x …efghefgh y')).toBe('x …*** y');
  });

  test('is hidden in both alphabets of base64', () => {
    const secret = 'a>>>>b????c~~~~';
    const { redact } = createRedactor({ A_TOKEN: secret });
    for (const before of ['', '1', '12']) {
      const [plain, url] = (['base64', 'base64url'] as const).map((form) =>
        Buffer.from(before + secret).toString(form),
      );
      expect([plain, url]).toEqual([expect.stringMatching(/[+/]/), expect.stringMatching(/[-_]/)]);
      for (const form of [plain, url]) expect(redact(`x ${form} y`)).toMatch(/^x .{0,4}\*{3}.{0,3} y$/);
    }
  });

  test('of half a character is written as programs write it', () => {
    const { redact } = createRedactor({ A_TOKEN: 'canary\ud83d' });
    expect(redact('canary\ud83d')).toBe('***');
    expect(redact(encodeURIComponent('canary\ufffd'))).toBe('***');
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
    ['http://canarytoken@example.org/x', 'http://***@example.org/x'],
    ['HTTPS://canarytoken@example.org/x', 'HTTPS://***@example.org/x'],
    ['redis://:canary@example.org/1', 'redis://***@example.org/1'],
    ['mongodb+srv://u:canary@example.org', 'mongodb+srv://***@example.org'],
    ['https://example.org/@user', 'https://example.org/@user'],
    ['ssh://git@example.org/x', 'ssh://git@example.org/x'],
    ['git@example.org:a/b.git', 'git@example.org:a/b.git'],
    ['mail user@example.org', 'mail user@example.org'],
    ['ghp_0123456789abcdefABCDEF', '***'],
    [inlineMarkdown('a ghp_0123456789abcdef_ABCDEF b'), 'a *** b'],
    [`Basic ${Buffer.from('user:ghp_0123456789abcdefABCDEF').toString('base64')} x`, 'Basic *** x'],
    [`Basic ${Buffer.from('ghp_0123456789abcdef').toString('base64')}`, 'Basic ***'],
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

describe('a token that nobody has told of', () => {
  const token = ['ghp', '_aB3xY9aB3xY9aB3xY9aB3xY9aB3xY9aB3xY9'].join('');
  const middle = Math.floor(token.length / 2);
  const parted = (by: string) => token.slice(0, middle) + by + token.slice(middle);
  const { redact } = createRedactor({});
  const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[\\d*m`, 'g');

  test.each([
    ['in colour', `\u001b[31m${token}\u001b[0m`, '***'],
    ['with a colour in its middle', parted('\u001b[1;32m'), '***'],
    ['with a character of no width in it', parted('\u200b'), '***'],
    ['with a soft hyphen in it', parted('\u00ad'), '***'],
    ['with a NUL in it', parted('\0'), '***'],
    ['on a line that goes on', parted('\\\n'), '***'],
    ['in JSON that escapes a colour', JSON.stringify(`\u001b[31m${token}`), '"\\u001b[31m***"'],
    ['in HTML by names', token.replace('_', '&lowbar;'), '***'],
    ['in base64 behind a word', `auth-${Buffer.from(`x ${token}`).toString('base64url')}`, '***'],
  ])('is hidden %s', (_, written, shown) => {
    // a colour may stay where it is
    expect(redact(`before ${written} behind`).replaceAll(COLOUR, '')).toBe(`before ${shown} behind`);
  });

  test('is hidden in base64 that goes over lines', () => {
    const lines = Buffer.from(`${'a word or two, '.repeat(3)}${token} and more`).toString('base64');
    const written = lines.replaceAll(/.{76}/g, '$&\n');
    expect(written).toContain('\n');
    expect(redact(written)).toBe('***');
  });

  test.each([
    ['--token=', ''],
    ['--auth-token ', ''],
    ['curl -u admin:', ' https://example.org'],
    ['machine example.org login me password ', ''],
    ['CYPRESS_RECORD_KEY=', ''],
    ['"clientSecret": "', '"'],
    ['DD_APP_KEY: ', ''],
    ['GET /list?page=2&access_token=', '&sort=up'],
  ])('is hidden behind %j, and nothing else', (before, behind) => {
    const value = 'aB3xY9aB3xY9aB3xY9aB3xY9';
    expect(redact(`${before}${value}${behind}`)).toBe(`${before}***${behind}`);
  });

  test.each([
    'https://example.org/list?key=PACE-123&sort=up',
    'token = getTokenFromStore1234567890();',
    'token: this.tokens2ForService1Account',
    'readonly token: string | undefined;',
    'password: ""',
    'password=changeme',
    'the authorization header is required',
    'key: Linux-npm-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'cacheKey: "node-9f86d081884c7d659a2feaa0c55ad015"',
    'publicKey: MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0Z3VS5JJcds3',
    'password must have 12 characters',
    'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen',
    '"integrity": "sha512-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08=="',
  ])('%s is none', (text) => {
    expect(redact(text)).toBe(text);
  });
});

test('a known secret is hidden also where a log has broken it into lines, a short one not', () => {
  const { redact } = createRedactor({ A_TOKEN: PLAIN, B_TOKEN: 'teapot' });
  expect(redact(`before ${PLAIN.slice(0, 7)}\n${PLAIN.slice(7)} behind`)).toBe('before *** behind');
  expect(redact(`before ${PLAIN.slice(0, 7)}\r\n${PLAIN.slice(7)} behind`)).toBe('before *** behind');
  expect(redact('the tea\npot')).toBe('the tea\npot');
});
