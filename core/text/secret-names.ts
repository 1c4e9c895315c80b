/** Which environment variables hold credentials, by their names. */

// https://docs.github.com/en/actions/reference/workflows-and-actions/variables, https://docs.gitlab.com/ci/variables/predefined_variables/
const KNOWN = new Set([
  'ACTIONS_ID_TOKEN_REQUEST_URL',
  'AWS_ACCESS_KEY_ID',
  'CI_REPOSITORY_URL', // holds the job token
  'COMPOSER_AUTH',
  'CSC_LINK',
  'DOCKER_AUTH_CONFIG',
  'FASTLANE_SESSION',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'MYSQL_PWD',
  'NPM_CONFIG__AUTH',
  'PGPASSWORD',
  'PGPASSFILE',
  'REDISCLI_AUTH',
  'SSHPASS',
  'UNITY_LICENSE',
  'UNITY_SERIAL',
  'WIN_CSC_LINK',
]);

/** What tells a credential as the last word of a name. */
const WORDS =
  'TOKEN|PASSWORD|PASSWD|PASSPHRASE|PASSCODE|PASS|PWD|PSW|PW|SECRET|CREDENTIALS?|CREDS?|JWT|PAT|KEY|API_?KEY|AUTH_?KEY|ACCESSKEY|SECRETKEY|PRIVATEKEY|SSHKEY|WEBHOOK|WEBHOOK_UR[IL]|SECRET_ID|(?:KEYSTORE|CERTIFICATE|CERT|P12|PFX|JKS)_(?:BASE64|B64)|KEY_CONTENT|AUTHORIZATION|AUTH_HEADER|BEARER|(?:SESSION|AUTH|LOGIN)_COOKIE|SAS_URL|MNEMONIC|SEED_PHRASE';
/** Right behind another word, too. */
const TELLING = 'TOKEN|PASSWORD|SECRET|API_?KEY|PRIVATE_?KEY|SECRET_?KEY|ACCESS_?KEY';
/** What may stand behind it: which of several it is, or how it is written. */
const MORE =
  '_V?\\d{1,3}|_(?:OLD|NEW|PREVIOUS|CURRENT|MAIN|BACKUP|PRIMARY|SECONDARY|DEV|DEVELOPMENT|TEST|STAGING|PROD|PRODUCTION|LIVE|CI|RO|RW|BASE|BASE64|B64|JSON|PEM|VALUE|PLAIN)';
const CREDENTIAL = new RegExp(`(?:(?:^|[_-])(?:${WORDS})|(?:${TELLING}))(?:${MORE})?$`, 'i');

/** `docker login` and the like: which registry, and its login. */
const AUTH = /^(?:DOCKER|NPM|BASIC|HTTP|REDIS|REGISTRY|PROXY|CONTAINER|SMTP|AMQP)_AUTH$/i;

/** A key that opens nothing: it names a thing, sorts a list, or is meant for everybody. */
const HARMLESS_KEY =
  /(?:^KEY|(?:^|[_-])(?:PUBLIC|PUB|PUBLISHABLE|ANON|SITE|HOST|CACHE|SORT|PRIMARY|FOREIGN|UNIQUE|PARTITION|SHARD|HASH|ROUTING|INDEX|LOOKUP|SEARCH|LOCK|STATE|CONFIG|FEATURE|OBJECT|BUCKET|BLOB|FILE|ARTIFACT|PATH|MESSAGE|DEDUP|IDEMPOTENCY|TRANSLATION|I18N|GROUP|ROW|PROJECT|PLAN|BUILD|JOB|ISSUE|EPIC|STORY|TICKET|SPACE|TEAM|WORKSPACE|COMPONENT|ORGANIZATION|ORG|HOT|SHORTCUT|RESTORE|CONCURRENCY|MATRIX|LABEL|TAG|FLAG|VERSION)[_-]?KEY)(?:_ID)?$/i;
/** The folder that a shell is in, and was in. */
const FOLDERS = /^(?:OLD|INIT_)?PWD$/i;

export function isCredentialName(name: string): boolean {
  if (KNOWN.has(name.toUpperCase())) return true;
  return (CREDENTIAL.test(name) || AUTH.test(name)) && !HARMLESS_KEY.test(name) && !FOLDERS.test(name);
}

/** A part of its value may be a credential: the password of an address, the token of a file of logins. */
const HOLDERS =
  /(?:^|_)(?:DSN|CONNECTION_STRING|CONN_STR|CONNSTR|DATABASE_URL|DB_URL|REDIS_URL|MONGO(?:DB)?_UR[IL]|AMQP_URL|BROKER_URL|CLOUDINARY_URL|KUBE_?CONFIG(?:_DATA)?|SERVICE_ACCOUNT(?:_JSON)?|NETRC|NPMRC|DOCKER_?CONFIG(?:_?JSON)?|PROXY|DOTENV|ENV_FILE)$/i;

export function mayHoldCredential(name: string): boolean {
  return HOLDERS.test(name);
}
