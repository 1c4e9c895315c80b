// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are written this way
import { expect, test } from 'vitest';
import { findSecrets, hideSecrets, secretShapes } from '../../../core/text/secret-shapes.ts';

const tail = '0123456789abcdefABCDEF';

test.each([
  [`ghp_${tail}`, 'a GitHub token'],
  [`ghs_${tail}`, 'a GitHub token'],
  [`github_pat_${tail}_${tail}`, 'a GitHub token'],
  [`glpat-${tail}`, 'a GitLab token'],
  [`glrt-${tail}`, 'a GitLab token'],
  [`glcbt-64_${tail}`, 'a GitLab token'],
  [`ATATT3xFfGF0${tail}=ABCD`, 'an Atlassian API token'],
  ['xoxb-1234567890-abcdefghij', 'a Slack token'],
  [`lin_api_${tail}`, 'a Linear API key'],
  ['pk_4711_0123456789ABCDEFGHIJKLMNOPQRSTUV', 'a ClickUp token'],
  ['AKIAIOSFODNN7EXAMPLE', 'an AWS access key'],
  [`sk-proj-${tail}`, 'an API key'],
  [`sk_live_${tail}`, 'an API key'],
  [`npm_${tail}abcdefABCDEFgh`, 'an npm token'],
  [`AIza${tail}abcdefABCDEFg`, 'a Google API key'],
  [`eyJ${tail}.eyJ${tail}.${tail}`, 'a JSON web token'],
  [`Authorization: Basic ${tail}==`, 'an authorization header'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----', 'a private key'],
  ['postgres://user:pass@db.example.org/x', 'a URL with a password'],
  ['https://hooks.slack.com/services/T0/B0/abc', 'a webhook address'],
  [`https://example.org/hook?x=1&token=${tail}`, 'a URL with a credential'],
])('knows %s', (secret, what) => {
  const text = `before ${secret}`;
  expect(findSecrets(text)).toEqual([{ what, start: 7, end: text.length }]);
  expect(hideSecrets(text)).toBe('before ***');
});

const block = (kind: string) => `-----BEGIN ${kind}-----\nabc\n-----END ${kind}-----`;

/** One example for every alternative of a pattern, as short as it may be. */
const EXAMPLES: readonly (readonly [what: string, examples: readonly string[]])[] = [
  [
    'a GitHub token',
    [...['gho', 'ghp', 'ghu', 'ghs', 'ghr'].map((kind) => `${kind}_${letters(16)}`), `github_pat_${letters(20)}`],
  ],
  [
    'a GitLab token',
    ['pat', 'dt', 'rt', 'rtr', 'cbt', 'ptt', 'ft', 'imt', 'agent', 'soat', 'ffct', 'oas', 'wt'].map(
      (kind) => `gl${kind}-${letters(16)}`,
    ),
  ],
  ['an Atlassian API token', ['ATATT3', 'ATATT', 'ATCTT3', 'ATCTT'].map((kind) => `${kind}x${letters(19)}`)],
  [
    'a Slack token',
    ['xoxa', 'xoxb', 'xoxe', 'xoxp', 'xoxr', 'xoxs', 'xoxe.xoxp', 'xoxe.xoxb'].map((kind) => `${kind}-${letters(10)}`),
  ],
  ['a Linear API key', [`lin_api_${letters(16)}`, `lin_oauth_${letters(16)}`]],
  ['a ClickUp token', [`pk_1_${'A1'.repeat(10)}`, `pk_123456789012345_${'A1'.repeat(10)}`]],
  ['an AWS access key', ['KIA', 'SIA', 'BIA', 'CCA'].map((kind) => `A${kind}${'A1'.repeat(8)}`)],
  [
    'an API key',
    [
      `sk-${letters(19)}1`,
      ...['sk_live', 'sk_test', 'sk_prod', 'rk_live', 'rk_test'].map((kind) => `${kind}_${letters(16)}`),
    ],
  ],
  ['an npm token', [`npm_${letters(36)}`]],
  ['a PyPI token', [`pypi-AgE${letters(30)}`]],
  ['a Google API key', [`AIza${letters(35)}`]],
  ['a JSON web token', [`eyJ${letters(10)}.eyJ${letters(10)}.${letters(10)}`]],
  [
    'an authorization header',
    [
      ...['basic', 'bearer', 'token', 'Basic', 'Bearer', 'TOKEN'].map((kind) => `authorization: ${kind} ${letters(8)}`),
      ...[':', '=', ' : ', '": "', "': '", '="'].map((between) => `Authorization${between}Bearer ${letters(8)}`),
    ],
  ],
  [
    'a private key',
    ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'].map(block),
  ],
  [
    'a URL with a password',
    ['http', 'https', 'postgres', 'mongodb+srv', 'redis', 'ssh', 'ftp'].map((scheme) => `${scheme}://u:p@example.org`),
  ],
  ['a URL with a password', ['redis://:p@example.org', 'HTTPS://u:p@example.org/x?y=z']],
  [
    'a webhook address',
    [
      ...['hooks.slack.com/services', 'hooks.slack.com/workflows', 'webhook.office.com/webhookb2'],
      ...['acme.webhook.office.com/webhookb2', 'discord.com/api/webhooks', 'discordapp.com/api/webhooks'],
      ...['ptb.discord.com/api/webhooks', 'HOOKS.slack.com/services'],
    ].map((place) => `https://${place}/T0`),
  ],
  [
    'a URL with a credential',
    ['access_token', 'api_key', 'apikey', 'key', 'sig', 'signature', 'token', 'SIG'].flatMap((name) => [
      `https://example.org/x?${name}=${letters(8)}`,
      `http://example.org/x?a=b&c=&${name}=${letters(8)}`,
    ]),
  ],
];

function letters(count: number): string {
  return 'aB3xY9'.repeat(10).slice(0, count);
}

test.each(EXAMPLES.flatMap(([what, examples]) => examples.map((example) => [what, example] as const)))(
  'knows %s as %s',
  (what, secret) => {
    const text = `before ${secret} behind`;
    const [found, ...others] = findSecrets(text);
    expect([found?.what, found?.start, others]).toEqual([what, 7, []]);
    expect(text.slice(found?.end).trim()).toMatch(/^(?:behind)?$/);
    expect(hideSecrets(`"${secret}"`)).toMatch(/^"\*{3}"?$/);
  },
);

test('every kind has an example', () => {
  expect([...new Set(EXAMPLES.map(([what]) => what))]).toEqual(secretShapes.map(({ what }) => what));
});

test.each([
  ...['ghp', 'gho', 'ghr'].map((kind) => `${kind}_${letters(15)}`),
  ...[`github_pat_${letters(19)}`, `glpat-${letters(15)}`, `glxx-${letters(16)}`, `xglpat-${letters(16)}`],
  ...[`ghx_${letters(16)}`, `ATBTT3${letters(20)}`, `ATATT3${letters(19).slice(0, 18)}`, `xoxc-${letters(10)}`],
  ...[`xoxb-${letters(9)}`, `lin_web_${letters(16)}`, `lin_api_${letters(15)}`, `pk_x_${'A1'.repeat(10)}`],
  ...[`pk_1_${'A1'.repeat(9)}B`, `AKIA${'A1'.repeat(7)}A`, `AKIA${'A1'.repeat(9)}`, `sk-${letters(19)}`],
  ...[`sk_beta_${letters(16)}`, `rk_live_${letters(15)}`, `npm_${letters(35)}`, `npm_${letters(37)}`],
  ...[`pypi-AgE${letters(29)}`, `AIza${letters(34)}`, `eyJ${letters(9)}.eyJ${letters(10)}.${letters(10)}`],
  ...[`authorization: bearer ${letters(7)}`, `authorization: digest ${letters(8)}`, `author: bearer ${letters(8)}`],
  ...['-----BEGIN PUBLIC KEY-----', '-----BEGIN CERTIFICATE-----', 'https://example.org/x?monkey=banana1234'],
  ...[`https://example.org/x?key=${letters(7)}`, 'https://example.org/x?token=${TOKEN_OF_MINE}'],
  ...['https://hooks.slack.com/other/T0', 'https://discord.com/api/other/1', 'https://office.com/webhookb2/x'],
])('leaves the near miss %s alone', (text) => {
  expect(hideSecrets(text)).toBe(text);
});

test.each([
  'ghp_short',
  'the sk-translation-of-long-words job',
  'https://example.org:8443/path',
  'https://user@example.org/path',
  'https://user:${PASSWORD}@example.org',
  'git@example.org:owner/name.git',
  'task-0123456789abcdef0123456789',
  '0123456789abcdef0123456789abcdef01234567',
])('leaves %s alone', (text) => {
  expect(hideSecrets(text)).toBe(text);
});

test('hides every secret of a text and keeps the rest', () => {
  expect(hideSecrets(`a ghp_${tail} b glpat-${tail}, c`)).toBe('a *** b ***, c');
});
