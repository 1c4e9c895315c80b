/** Whose token it is, who can be given an issue, and who may be taken for a writer. https://docs.github.com/en/rest/users/users */
import { unless } from '../../core/drivers/unless.ts';
import { asPaceError, PaceError, withOperation } from '../../core/errors.ts';
import type { Person } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { readPerson } from '../../core/tracker/odd-records.ts';
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
  for await (const page of api.list<WireUser>('listUsers', 'read issues', 'assignees'))
    yield* page.map((user) => readPerson(user, toPerson));
}

/** `team` is `org/team`, its slug. https://docs.github.com/en/rest/teams/members#get-team-membership-for-a-user */
export async function isTeamMember(api: Api, team: string, { id }: Person): Promise<boolean> {
  const [org, team_slug] = teamParts(team);
  // an app is no user, and in no team
  if (id.endsWith('[bot]')) return false;
  const membership = await unless(['not-found'], () =>
    api.call('isTeamMember', 'read teams', (octokit) =>
      octokit.request('GET /orgs/{org}/teams/{team_slug}/memberships/{username}', { org, team_slug, username: id }),
    ),
  );
  // who is invited is not in it yet
  return membership?.state === 'active';
}

function teamParts(team: string): [string, string] {
  const [, org, slug] = /^@?([\w-]+)\/([\w.-]+)$/.exec(team) ?? [];
  if (org !== undefined && slug !== undefined) return [org, slug];
  throw new PaceError({
    kind: 'validation',
    message: `"${plainLine(team, 60)}" is not the name of a team.`,
    remedy: 'Please write organisation and team, as in `octo-org/release-managers`.',
    operation: 'isTeamMember',
  });
}

/** https://docs.github.com/en/graphql/reference/enums#commentauthorassociation */
const WRITERS = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

type Said = { readonly [Name in 'author_association' | 'user']?: WireIssue[Name] | undefined };

/** The repository's people, and apps that somebody has installed there. */
export function isWriter({ author_association: association, user }: Said): boolean {
  if (WRITERS.has(association ?? '') || user?.type === 'Bot') return true;
  // a server that says nothing of anybody's rights does not say that this is a stranger
  return association === undefined && user?.login !== undefined && user.type === undefined;
}

/** The same, and the token's own user. */
export async function isTrusted(api: Api, { author_association: association, user }: Said): Promise<boolean> {
  if (isWriter({ author_association: association, user })) return true;
  return user?.login !== undefined && user.login === (await ownLogin(api));
}

/** `undefined` for a token that is no user's. */
async function ownLogin(api: Api): Promise<string | undefined> {
  const own = await unless(['permission', 'not-found', 'authentication'], () =>
    api.call('isTrusted', 'read issues', (octokit) => octokit.request('GET /user')),
  );
  return own?.login;
}
