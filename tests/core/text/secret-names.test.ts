import { expect, test } from 'vitest';
import { isCredentialName } from '../../../core/text/secret-names.ts';

/** Endings that tell a credential behind a `_` or a `-`, or as the whole name. */
const WORDS = [
  ...['TOKEN', 'PASSWORD', 'PASSWD', 'PASSPHRASE', 'SECRET', 'CREDENTIAL', 'CREDENTIALS', 'JWT', 'JWT_V1', 'JWT_V12'],
  ...[
    'PAT',
    'API_KEY',
    'APIKEY',
    'ACCESS_KEY',
    'SECRET_KEY',
    'PRIVATE_KEY',
    'SIGNING_KEY',
    'ENCRYPTION_KEY',
    'WEBHOOK_URL',
  ],
];
/** Those that tell it right behind another word, too. */
const TELLING = ['TOKEN', 'PASSWORD', 'SECRET', 'API_KEY', 'PRIVATE_KEY'];

test.each([
  ...['ACTIONS_ID_TOKEN_REQUEST_URL', 'AWS_ACCESS_KEY_ID', 'CI_REPOSITORY_URL', 'DOCKER_AUTH_CONFIG'],
  ...['GOOGLE_APPLICATION_CREDENTIALS', 'PGPASSWORD', 'docker_auth_config'],
  ...WORDS.flatMap((word) => [word, `MY_${word}`, `my-${word.toLowerCase()}`]),
  ...TELLING.flatMap((word) => [`MY${word}`, `my${word.toLowerCase()}`]),
])('%s holds a credential', (name) => {
  expect(isCredentialName(name)).toBe(true);
});

test.each([
  ...WORDS.flatMap((word) => [`${word}_FILE`, `MY_${word}S_LIST`]),
  ...WORDS.filter((word) => !TELLING.some((telling) => word.endsWith(telling))).map((word) => `X${word}`),
  ...[
    'PATH',
    'COMPAT',
    'TOKENS',
    'KEY',
    'PUBLIC_KEY',
    'MY_JWT_VX',
    'CI_REPOSITORY_URL_2',
    'AWS_ACCESS_KEY_IDS',
    'HOME',
  ],
])('%s does not', (name) => {
  expect(isCredentialName(name)).toBe(false);
});
