/** What a command of the evidence may see: everything but credentials. */

type Environment = Readonly<Record<string, string | undefined>>;

// https://docs.github.com/en/actions/reference/workflows-and-actions/variables, https://docs.gitlab.com/ci/variables/predefined_variables/
const CREDENTIALS = new Set([
  'ACTIONS_ID_TOKEN_REQUEST_URL',
  'AWS_ACCESS_KEY_ID',
  'CI_REPOSITORY_URL', // holds the job token
  'DOCKER_AUTH_CONFIG',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'PGPASSWORD',
]);
const CREDENTIAL_NAME =
  /(?:^|[_-])(?:TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS?|JWT|JWT_V\d+|PAT|API_?KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|SIGNING_KEY|ENCRYPTION_KEY|WEBHOOK_URL)$/i;
const SHORTEST_SECRET = 8;

/**
 * The environment without PACE's credentials (`secretNames`), without what is a credential by its name, and without any
 * variable that repeats the value of one of PACE's. Names in `allowed` are passed on all the same.
 */
export function commandEnvironment(
  env: Environment,
  secretNames: readonly string[],
  allowed: readonly string[],
): Record<string, string> {
  const secrets = new Set(secretNames);
  const values = secretNames.map((name) => env[name] ?? '').filter((value) => value.length >= SHORTEST_SECRET);
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    const secret = secrets.has(name) || isCredential(name) || values.some((known) => value.includes(known));
    if (!secret || allowed.includes(name)) passed[name] = value;
  }
  return passed;
}

function isCredential(name: string): boolean {
  return CREDENTIALS.has(name.toUpperCase()) || CREDENTIAL_NAME.test(name);
}
