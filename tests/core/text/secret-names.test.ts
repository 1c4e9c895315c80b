import { expect, test } from 'vitest';
import { isCredentialName, mayHoldCredential } from '../../../core/text/secret-names.ts';

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
const TELLING = ['TOKEN', 'PASSWORD', 'SECRET', 'API_KEY', 'APIKEY', 'PRIVATE_KEY', 'ACCESS_KEY', 'SECRET_KEY'];

test.each([
  ...['ACTIONS_ID_TOKEN_REQUEST_URL', 'AWS_ACCESS_KEY_ID', 'CI_REPOSITORY_URL', 'DOCKER_AUTH_CONFIG'],
  ...['GOOGLE_APPLICATION_CREDENTIALS', 'PGPASSWORD', 'docker_auth_config'],
  ...WORDS.flatMap((word) => [word, `MY_${word}`, `my-${word.toLowerCase()}`]),
  ...[
    'DB_PASS',
    'DB_PWD',
    'MYSQL_PWD',
    'SECRET_KEY_BASE',
    'STRIPE_KEY',
    'DEPLOY_KEY',
    'SSH_KEY',
    'APP_KEY',
    'deploy-key',
  ],
  ...['RAILS_MASTER_KEY', 'GIT_CREDS', 'JENKINS_CRED', 'LOGIN_PSW', 'TS_AUTHKEY', 'TS_AUTH_KEY', 'SLACK_WEBHOOK'],
  ...[
    'NPM_TOKEN_2',
    'NPM_TOKEN_V2',
    'DB_PASSWORD_PROD',
    'SSH_KEY_OLD',
    'KEYSTORE_PASSWORD_BASE64',
    'TLS_PRIVATE_KEY_PEM',
  ],
  ...[
    'ADMIN_PW',
    'SSHKEY',
    'SSHPASS',
    'REDISCLI_AUTH',
    'COMPOSER_AUTH',
    'FASTLANE_SESSION',
    'UNITY_SERIAL',
    'CSC_LINK',
  ],
  ...['TEAMS_WEBHOOK_URI', 'VAULT_SECRET_ID', 'ANDROID_KEYSTORE_BASE64', 'P12_B64', 'BUILD_CERTIFICATE_BASE64'],
  ...[
    'APP_STORE_CONNECT_API_KEY_CONTENT',
    'HTTP_AUTHORIZATION',
    'AUTH_HEADER',
    'SESSION_COOKIE',
    'SAS_URL',
    'MNEMONIC',
  ],
  ...['CIRCLE_OIDC_TOKEN_V2', 'NPM_AUTH', 'npm_config__auth', 'PGPASSFILE'],
  ...TELLING.flatMap((word) => [`MY${word}`, `my${word.toLowerCase()}`]),
])('%s holds a credential', (name) => {
  expect(isCredentialName(name)).toBe(true);
});

test.each([
  ...WORDS.flatMap((word) => [`${word}_FILE`, `MY_${word}S_LIST`]),
  ...WORDS.filter((word) => !word.endsWith('_KEY') && !TELLING.includes(word)).map((word) => `X${word}`),
  ...['PWD', 'OLDPWD', 'INIT_PWD', 'SSH_PUBLIC_KEY', 'PUBKEY', 'STRIPE_PUBLISHABLE_KEY', 'CACHE_KEY', 'SORT_KEY'],
  ...['PRIMARY_KEY', 'JIRA_PROJECT_KEY', 'SONAR_PROJECT_KEY', 'bamboo_PLAN_KEY', 'TF_STATE_KEY', 'S3_OBJECT_KEY'],
  ...['GPG_PUBLIC_KEY', 'SSH_HOST_KEY', 'MONKEY', 'KEYS', 'KEY_ID', 'SSH_KEY_ID', 'SSH_KEY_PATH', 'BYPASS', 'PASSED'],
  ...[
    'KEYBOARD',
    'PASSENGER',
    'COMPASS',
    'TOKENIZERS_PARALLELISM',
    'KEY_VAULT_NAME',
    'AUTHOR',
    'GPG_KEY_ID',
    'RESTORE_KEY',
  ],
  ...[
    'CONCURRENCY_KEY',
    'MATRIX_KEY',
    'IMAGE_TAG_KEY',
    'VERSION_KEY',
    'SERVICE_ACCOUNT',
    'COOKIE_DOMAIN',
    'AUTH_URL',
    'PW_DIR',
  ],
  ...['TOKEN_URL', 'TOKEN_TTL', 'SECRET_NAME', 'PASSWORD_MIN_LENGTH', 'MAX_TOKENS', 'SKIP_AUTH', 'SSH_AUTH_SOCK'],
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

test.each([
  'DATABASE_URL',
  'SENTRY_DSN',
  'AZURE_STORAGE_CONNECTION_STRING',
  'KUBECONFIG',
  'DOCKER_CONFIG_JSON',
  'KUBE_CONFIG_DATA',
  'CLOUDINARY_URL',
  'FIREBASE_SERVICE_ACCOUNT',
  'SERVICE_ACCOUNT_JSON',
  'https_proxy',
])('%s may hold one in its value', (name) => {
  expect([mayHoldCredential(name), isCredentialName(name)]).toEqual([true, false]);
});

test.each(['BASE_URL', 'CONFIG', 'DSN_NAME', 'PATH'])('%s holds none', (name) => {
  expect(mayHoldCredential(name)).toBe(false);
});
