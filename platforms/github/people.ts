/** Whose token it is, who can be given an issue, and who may be taken for a writer. https://docs.github.com/en/rest/users/users */
import { asPaceError, withOperation } from '../../core/errors.ts';
import type { Person } from '../../core/ports/index.ts';
import { unless } from './abilities.ts';
import type { Api } from './api.ts';
import { toPerson, type WireIssue, type WireUser } from './issue-wire.ts';

const OPERATION = 'getCurrentUser';

/** The token of a workflow or an app is not a user's for REST; GraphQL names its bot: `github-actions[bot]`. */
export async function getCurrentUser(api: Api): Promise<Person> {
  const user = await unless(['permission', 'not-found'], () =>
    api.call(OPERATION, 'read issues', (octokit) => octokit.request('GET /user')),
  );
  return user ? toPerson(user) : viewer(api);
}

/** https://docs.github.com/en/graphql/reference/queries#viewer */
async function viewer(api: Api): Promise<Person> {
  try {
    return await api.call(OPERATION, 'read issues', async (octokit) => {
      const { viewer: found } = await octokit.graphql<{ viewer: WireUser }>('query { viewer { login } }');
      return { data: toPerson(found), headers: {} };
    });
  } catch (error) {
    throw withOperation(asPaceError(error), OPERATION, {
      remedy: 'Please name people by their login instead of `@me`, or use a personal access token.',
    });
  }
}

/** https://docs.github.com/en/rest/issues/assignees */
export async function* listUsers(api: Api): AsyncGenerator<Person> {
  for await (const page of api.list<WireUser>('listUsers', 'read issues', 'assignees')) yield* page.map(toPerson);
}

/** https://docs.github.com/en/graphql/reference/enums#commentauthorassociation */
const WRITERS = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** The repository's people, apps that somebody has installed there, and the token's own user. */
export async function isTrusted(
  api: Api,
  { author_association: association, user }: Pick<WireIssue, 'author_association' | 'user'>,
): Promise<boolean> {
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
