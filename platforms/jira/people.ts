/** Who people are: by account, e-mail or name. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/ */
import { unless } from '../../core/drivers/unless.ts';
import { PaceError } from '../../core/errors.ts';
import type { Person } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import { readPerson } from '../../core/tracker/odd-records.ts';
import type { JiraApi } from './dialect.ts';
import { validKey } from './fields.ts';
import { paged } from './pages.ts';
import type { Operation } from './refusals.ts';
import { toPerson, type WireIssue, type WireUser } from './wire.ts';

const MOST_FOUND = 50;

/** Those who can be given an issue of the project. */
export async function* listUsers(api: JiraApi, project: string): AsyncGenerator<Person> {
  const call = { path: ['user', 'assignable', 'search'], query: { project } };
  for await (const user of paged<WireUser>(api, 'listUsers', call, { names: ['values'] }))
    yield readPerson(user, toPerson);
}

/** Whether the person is one of those who work in the project: in an open one everybody may comment. */
export async function isWriter(api: JiraApi, project: string, { id }: Person): Promise<boolean> {
  const operation = 'listUsers';
  const { peopleQuery, name } = await api.dialect(operation);
  const query = { project, [name === 'Cloud' ? 'accountId' : peopleQuery]: id, maxResults: MOST_FOUND };
  const found = await unless(['permission'], () =>
    api.call<readonly WireUser[]>(operation, { path: ['user', 'assignable', 'search'], query }),
  );
  // where nobody may look, nobody can be told from a member
  if (found === undefined || found.some((user) => toPerson(user).id === id)) return true;
  // an account of a program need not be one that issues are given to
  return toPerson(await api.call<WireUser>(operation, { path: ['myself'] })).id === id;
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

interface WireChange {
  readonly author?: WireUser | null;
  readonly created: string;
  readonly items?: readonly { readonly field?: string | null }[];
}

interface WireHistory {
  readonly fields: Pick<WireIssue['fields'], 'status' | 'resolution'>;
  readonly changelog?: { readonly histories?: readonly WireChange[]; readonly total?: number };
}

/** Who has moved the issue to where it is, when that is a final status. Cloud tells the newest changes first, Data Center the oldest. */
export async function closedBy(api: JiraApi, key: string, isClosed: (fields: WireHistory['fields']) => boolean) {
  const operation = 'closedBy';
  const path = ['issue', validKey(key, operation)];
  const query = { fields: 'status,resolution', expand: 'changelog' };
  const { fields, changelog } = await api.call<WireHistory>(operation, { path, query });
  if (!isClosed(fields)) return undefined;
  const { histories = [], total = 0 } = changelog ?? {};
  const recent = lastMove(histories);
  if (recent || total <= histories.length) return moverOf(recent);
  // so many changes since then that the list is cut
  const all = paged<WireChange>(api, operation, { path: [...path, 'changelog'] }, { names: ['values'] });
  return moverOf(lastMove(await collect(all)));
}

function lastMove(changes: readonly WireChange[]): WireChange | undefined {
  const moves = changes.filter(({ items }) => items?.some(({ field }) => field === 'status'));
  return moves.toSorted((one, other) => Date.parse(other.created) - Date.parse(one.created))[0];
}

/** Automation may be nobody. */
function moverOf(move: WireChange | undefined): Person | undefined {
  return move?.author ? toPerson(move.author) : undefined;
}
