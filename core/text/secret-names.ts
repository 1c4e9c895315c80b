/** Which environment variables hold credentials, by their names. */

// https://docs.github.com/en/actions/reference/workflows-and-actions/variables, https://docs.gitlab.com/ci/variables/predefined_variables/
const KNOWN = new Set([
  'ACTIONS_ID_TOKEN_REQUEST_URL',
  'AWS_ACCESS_KEY_ID',
  'CI_REPOSITORY_URL', // holds the job token
  'DOCKER_AUTH_CONFIG',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'PGPASSWORD',
]);
const ENDINGS =
  /(?:^|[_-])(?:TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS?|JWT|JWT_V\d+|PAT|API_?KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|SIGNING_KEY|ENCRYPTION_KEY|WEBHOOK_URL)$|(?:TOKEN|PASSWORD|SECRET|API_KEY|PRIVATE_KEY)$/i;

export function isCredentialName(name: string): boolean {
  return KNOWN.has(name.toUpperCase()) || ENDINGS.test(name);
}
