import { expect, test } from 'vitest';
import bitbucket from '../../../platforms/bitbucket/index.ts';
import { authorization } from '../../../platforms/bitbucket/token.ts';
import { refusal } from '../../contract/refusal.ts';
import { settingsOf } from './bench.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test.each([
  [{ token: 'ATATTx', email: 'ada@example.org' }, 'api-token', basic('ada@example.org:ATATTx')],
  [{ token: 'plain', email: 'ada@example.org' }, 'api-token', basic('ada@example.org:plain')],
  [{ token: 'ATCTTx' }, 'access-token', 'Bearer ATCTTx'],
  [{ token: 'ATCTTx', email: 'x-token-auth' }, 'access-token', 'Bearer ATCTTx'],
  [{ token: 'plain' }, 'access-token', 'Bearer plain'],
] as const)('%o is an %s', (settings, credential, header) => {
  expect(authorization(settings)).toEqual({ credential, header });
});

test.each([
  ['an app password', { token: 'ATBBx' }, /app passwords ended in 2026.*make an API token.*PACE_BITBUCKET_EMAIL/],
  ['a user name', { token: 'plain', email: 'ada' }, /app passwords ended in 2026.*“ada” is not an e-mail address/],
  ['an API token alone', { token: 'ATATTx' }, /without the e-mail address.*PACE_BITBUCKET_EMAIL/],
  ['a name for git', { token: 'plain', email: 'x-token-auth' }, /“x-token-auth” is a user name for git.*leave `email`/],
  ['another one', { token: 'ATATTx', email: 'x-bitbucket-api-token-auth' }, /is a user name for git/],
])('%s is refused with what to do instead, and not shown', async (_, settings, words) => {
  const error = await refusal(async () => authorization(settings), {
    kinds: ['configuration'],
    operation: 'configure',
  });
  const text = `${error.message} ${error.remedy}`;
  expect(text).toMatch(words);
  expect(text).not.toContain(settings.token);
});

test('the variables of an app password lead to the same words', async () => {
  const settings = settingsOf({ BITBUCKET_USER: 'ada', BITBUCKET_APP_PASSWORD: 'secret' });
  const error = await refusal(async () => authorization(settings), { kinds: ['configuration'] });
  expect(error.message).toContain('app passwords ended');
});

test('Pipelines and its remotes are known', () => {
  expect(bitbucket.detectCi({ BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_REPO_FULL_NAME: 'a/b' })).toBe(true);
  expect(bitbucket.detectCi({})).toBe(false);
  expect(['bitbucket.org', 'altssh.bitbucket.org', 'bitbucket.example.org'].map(bitbucket.detectRemote)).toEqual([
    true,
    true,
    false,
  ]);
  expect(bitbucket.readIssueUrl(new URL('https://bitbucket.org/acme/shop/issues/7/a-title'))).toEqual({
    key: '7',
    settings: { repository: 'acme/shop' },
  });
});
