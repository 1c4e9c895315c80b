/** What kind of token it is, and how it is sent. https://developer.atlassian.com/cloud/bitbucket/rest/intro/#authentication */
import { PaceError } from '../../core/errors.ts';
import type { Settings } from '../../core/ports/index.ts';

/** An API token belongs to a person and comes with an e-mail address; an access token belongs to a repository, project or workspace. */
export type Credential = 'api-token' | 'access-token';

export interface Authorization {
  readonly credential: Credential;
  readonly header: string;
}

/** Throws `configuration` for what Bitbucket does not accept any more, or not here. */
export function authorization({ token = '', email }: Settings): Authorization {
  if (token.startsWith('ATBB')) throw appPassword();
  if (token.startsWith('ATCTT') || (email === undefined && !token.startsWith('ATATT')))
    return { credential: 'access-token', header: `Bearer ${token}` };
  if (email === undefined) throw noEmail();
  if (/^x-(bitbucket-api-)?token-auth$/.test(email)) throw nameForGit(email);
  if (!email.includes('@')) throw appPassword(`the user name “${email.slice(0, 60)}” is not an e-mail address`);
  return { credential: 'api-token', header: `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}` };
}

const MAKE_ONE =
  'Please make an API token with scopes for Bitbucket (https://id.atlassian.com/manage-profile/security/api-tokens), set it as PACE_BITBUCKET_TOKEN, and the e-mail address of its account as PACE_BITBUCKET_EMAIL. Or make an access token of the repository (Repository settings → Access tokens) and set PACE_BITBUCKET_TOKEN alone.';

function wrong(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'configuration', message, remedy, operation: 'configure' });
}

/** https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/ */
export function appPassword(seen = 'the token is one'): PaceError {
  return wrong(`Bitbucket’s app passwords ended in 2026, and this looks like one: ${seen}.`, MAKE_ONE);
}

function noEmail(): PaceError {
  return wrong(
    'The API token of Bitbucket has come without the e-mail address of its account.',
    'Please set PACE_BITBUCKET_EMAIL (or `bitbucket.email`) to the e-mail address of the Atlassian account, not to a user name.',
  );
}

function nameForGit(name: string): PaceError {
  return wrong(
    `“${name}” is a user name for git; Bitbucket’s API does not know it.`,
    'Please give the e-mail address of the Atlassian account with an API token, and leave `email` (PACE_BITBUCKET_EMAIL, BITBUCKET_USERNAME) out for an access token.',
  );
}
