/** Who may be taken for a writer. https://docs.github.com/en/graphql/reference/enums#commentauthorassociation */
import { asPaceError } from '../../core/errors.ts';
import type { Api } from './api.ts';
import type { WireIssue } from './issue-wire.ts';

const WRITERS = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** The repository's people, apps that somebody has installed there, and the token's own user. */
export async function isTrusted(api: Api, { author_association: association, user }: WireIssue): Promise<boolean> {
  if (WRITERS.has(association ?? '') || user?.type === 'Bot') return true;
  return user?.login !== undefined && user.login === (await ownLogin(api));
}

/** `undefined` for a token that is no user's. */
async function ownLogin(api: Api): Promise<string | undefined> {
  try {
    const { login } = await api.call('isTrusted', 'read issues', (octokit) => octokit.request('GET /user'));
    return login;
  } catch (error) {
    if (['permission', 'not-found', 'authentication'].includes(asPaceError(error).kind)) return undefined;
    throw error;
  }
}
