/** Who people are: by account, e-mail or name. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/ */
import { PaceError } from '../../core/errors.ts';
import type { Person } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { JiraApi } from './dialect.ts';
import { paged } from './pages.ts';
import type { Operation } from './refusals.ts';
import { toPerson, type WireUser } from './wire.ts';

const MOST_FOUND = 50;

/** Those who can be given an issue of the project. */
export async function* listUsers(api: JiraApi, project: string): AsyncGenerator<Person> {
  const call = { path: ['user', 'assignable', 'search'], query: { project } };
  for await (const user of paged<WireUser>(api, 'listUsers', call, { names: ['values'] })) yield toPerson(user);
}

/** The id of the one person that is meant. Throws `validation` for nobody and for several. */
export async function personId(api: JiraApi, operation: Operation, project: string, who: string): Promise<string> {
  const dialect = await api.dialect(operation);
  if (dialect.isPersonId(who)) return who;
  const query = { project, [dialect.peopleQuery]: who, maxResults: MOST_FOUND };
  const found = await api.call<readonly WireUser[]>(operation, { path: ['user', 'assignable', 'search'], query });
  const fold = who.trim().toLowerCase();
  const exact = (of: (user: WireUser) => string | undefined) =>
    found.filter((user) => of(user)?.toLowerCase() === fold);
  const candidates = [
    exact(({ accountId, name }) => accountId ?? name),
    exact(({ emailAddress }) => emailAddress),
    exact(({ displayName }) => displayName),
    // Cloud finds people by e-mail addresses that it does not show
    fold.includes('@') ? found : [],
  ].find((users) => users.length > 0);
  const [user, ...others] = candidates ?? [];
  if (user && others.length === 0) return toPerson(user).id;
  throw new PaceError({
    kind: 'validation',
    operation,
    message: user
      ? `“${plainLine(who, 80)}” is the name of several people: ${(candidates ?? []).map((one) => toPerson(one).id).join(', ')}.`
      : `Nobody called “${plainLine(who, 80)}” can be given an issue of ${project}.`,
    remedy: `Please name a person by ${dialect.name === 'Cloud' ? 'account id, e-mail address' : 'user name, e-mail address'} or full name; “pace user list” shows who is there.`,
  });
}
