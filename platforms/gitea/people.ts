/** Who can be given an issue, and who may be taken for a writer: those whom Gitea offers as assignees. */
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { Issue, Person } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Api } from './api.ts';
import { toPerson, type WireUser } from './issue-wire.ts';
import type { Operation } from './refusals.ts';

/** Members with write access; the list has no pages. */
export async function assignable(api: Api, operation: Operation): Promise<Person[]> {
  return (await api.call<WireUser[]>(operation, { path: `${api.repo}/assignees` })).map(toPerson);
}

/** The logins of these people, who may be named by login or by name; `unknown` are the others. */
export async function loginsOf(
  api: Api,
  operation: Operation,
  names: readonly string[],
): Promise<{ logins: string[]; unknown: string[]; people: readonly Person[] }> {
  const people = await assignable(api, operation);
  const found = names.map((name) => ({ name, login: loginOf(people, name) }));
  return {
    logins: [...new Set(found.flatMap(({ login }) => login ?? []))],
    unknown: found.filter(({ login }) => login === undefined).map(({ name }) => name),
    people,
  };
}

function loginOf(people: readonly Person[], name: string): string | undefined {
  const wanted = name.replace(/^@/, '').toLowerCase();
  const found = people.find(({ id }) => id.toLowerCase() === wanted);
  return (found ?? people.find((person) => person.name.toLowerCase() === wanted))?.id;
}

export function cannotBeAssigned(api: Api, unknown: readonly string[], people: readonly Person[]): PaceError {
  const names = people.slice(0, 20).map(({ id }) => id);
  return new PaceError({
    kind: 'validation',
    operation: 'updateIssue',
    message: `${plainLine(unknown.join(', '), 200)} cannot be assigned in ${api.fullName}. These can: ${names.join(', ') || 'nobody'}.`,
    remedy: 'Please name one of them, or give the person write access to the repository.',
  });
}

export async function currentUser(api: Api): Promise<Person> {
  return toPerson(await api.call<WireUser>('getCurrentUser', { path: '/user' }));
}

/** The token's own user, and those who may write. */
export async function isTrusted(api: Api, { author }: Issue): Promise<boolean> {
  if (author === undefined) return false;
  const writers = await readable(() => assignable(api, 'isTrusted'));
  if (writers?.some(({ id }) => id === author.id)) return true;
  return (await readable(() => currentUser(api)))?.id === author.id;
}

/** `undefined` when the token may not ask. */
async function readable<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await call();
  } catch (error) {
    if (['permission', 'not-found', 'authentication'].includes(asPaceError(error).kind)) return undefined;
    throw error;
  }
}
