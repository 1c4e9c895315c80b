/** Who can be given an issue, and who may be taken for a writer: those whom Gitea offers as assignees. */
import { unless } from '../../core/drivers/unless.ts';
import { PaceError } from '../../core/errors.ts';
import type { Issue, Person } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Api } from './api.ts';
import { toPerson, type WireEvent, type WireIssue, type WireUser } from './issue-wire.ts';
import type { Operation } from './refusals.ts';

/** Members with write access; the list has no pages. */
export async function assignable(api: Api, operation: Operation): Promise<Person[]> {
  return (await api.call<WireUser[]>(operation, { path: `${api.repo}/assignees` })).map(toPerson);
}

export interface Assignees {
  /** Of those whom Gitea offers, by login or by name. */
  readonly logins: readonly string[];
  /** Logins of others who have an account: in a public repository they may be given an issue too, which the server decides. */
  readonly outsiders: readonly string[];
  /** As they were named. */
  readonly unknown: readonly string[];
  /** Whom Gitea offers. */
  readonly people: readonly Person[];
}

/** What these people are called at the server. */
export async function loginsOf(api: Api, operation: Operation, names: readonly string[]): Promise<Assignees> {
  const people = await assignable(api, operation);
  const found = { logins: new Set<string>(), outsiders: new Set<string>(), unknown: [] as string[] };
  for (const name of names) {
    const login = loginOf(people, name);
    const other = login === undefined ? await accountOf(api, operation, name) : undefined;
    if (login !== undefined) found.logins.add(login);
    else if (other !== undefined) found.outsiders.add(other);
    else found.unknown.push(name);
  }
  return { logins: [...found.logins], outsiders: [...found.outsiders], unknown: found.unknown, people };
}

/** The login as the server writes it; `undefined` for nobody, and where the token may not ask. */
async function accountOf(api: Api, operation: Operation, name: string): Promise<string | undefined> {
  const login = bare(name);
  if (!/^[\w][\w.-]*$/.test(login)) return undefined;
  const found = await unless(UNREADABLE, () => api.call<WireUser>(operation, { path: `/users/${login}` }));
  return found && toPerson(found).id;
}

function bare(name: string): string {
  return name.replace(/^@/, '');
}

function loginOf(people: readonly Person[], name: string): string | undefined {
  const wanted = bare(name).toLowerCase();
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
  const writers = await unless(UNREADABLE, () => assignable(api, 'isTrusted'));
  if (writers?.some(({ id }) => id === author.id)) return true;
  return (await unless(UNREADABLE, () => currentUser(api)))?.id === author.id;
}

/** Whether the person may write; where that may not be read, nobody can be told from a writer. */
export async function isWriter(api: Api, { id }: Person): Promise<boolean> {
  const writers = await unless(UNREADABLE, () => assignable(api, 'isWriter'));
  return writers === undefined || writers.some((writer) => writer.id === id);
}

/** The token may not ask. */
const UNREADABLE = ['permission', 'not-found', 'authentication'] as const;

/** How far before the issue was closed the server may have noted it down. */
const EARLIER_MS = 60_000;

/** The issue itself does not tell. The whole list comes at once: its pages tell a wrong total. */
export async function closedBy(
  api: Api,
  { number, state, closed_at: closedAt }: WireIssue,
): Promise<Person | undefined> {
  if (state !== 'closed') return undefined;
  const since = closedAt ? { since: new Date(Date.parse(closedAt) - EARLIER_MS).toISOString() } : {};
  const path = `${api.repo}/issues/${number}/timeline`;
  const events = await api.call<WireEvent[]>('closedBy', { path, query: since });
  const closing = events.findLast(({ type }) => type === 'close');
  return closing?.user ? toPerson(closing.user) : undefined;
}

interface WireTeam {
  readonly id: number;
  readonly name: string;
}

/** `team` is `organisation/team`. https://docs.gitea.com/usage/permissions */
export async function isTeamMember(api: Api, team: string, { id }: Person): Promise<boolean> {
  const operation = 'isTeamMember';
  const [, org, name] = /^@?([\w.-]+)\/([\w.-]+)$/.exec(team.trim()) ?? [];
  if (org === undefined || name === undefined || /^\.+$/.test(org)) throw noTeamName(team);
  const path = `/orgs/${org}/teams/search`;
  const found = await unless(['not-found'], () =>
    api.call<{ data?: readonly WireTeam[] | null }>(operation, { path, query: { q: name, include_desc: 'false' } }),
  );
  const match = found?.data?.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!match) return false;
  const member = { path: `/teams/${match.id}/members/${encodeURIComponent(id)}` };
  return (await unless(['not-found'], () => api.call<WireUser>(operation, member))) !== undefined;
}

function noTeamName(team: string): PaceError {
  return new PaceError({
    kind: 'validation',
    operation: 'isTeamMember',
    message: `"${plainLine(team, 60)}" is not the name of a team.`,
    remedy: 'Please write organisation and team, as in `acme/release-managers`.',
  });
}
