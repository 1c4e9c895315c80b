/** The people of the emulated Jira: accounts in Cloud, names in Data Center. */
import type { Handler } from '../loopback.ts';
import type { Site } from './site.ts';

export interface JiraPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The first is the one whose token it is. */
export const ACCOUNTS: readonly JiraPerson[] = [
  { id: '5b10a2844c20165700ede21g', name: 'Mia Krystof', email: 'pace@example.org' },
  { id: '5b10ac8d82e05b22cc7d4ef5', name: 'Emma Richards', email: 'emma@example.org' },
  { id: '712020:f58131cb-b67d-43c7-b30d-6b58d40bd077', name: 'Alex Kim', email: 'alex@example.org' },
  { id: '557058:a58131cb-b67d-43c7-b30d-6b58d40bd078', name: 'Alex Kim', email: 'kim@example.org' },
];

export const USERS: readonly JiraPerson[] = [
  { id: 'mia', name: 'Mia Krystof', email: 'pace@example.org' },
  { id: 'emma.richards', name: 'Emma Richards', email: 'emma@example.org' },
  { id: 'akim', name: 'Alex Kim', email: 'alex@example.org' },
  { id: 'kim', name: 'Alex Kim', email: 'kim@example.org' },
];

/** A person as an answer shows one. Cloud hides e-mail addresses. */
export function wirePerson(site: Site, origin: string, id: string): Record<string, unknown> {
  const found = site.people.find((person) => person.id === id) ?? { id, name: id, email: '' };
  if (site.isCloud) {
    return {
      self: `${origin}/rest/api/3/user?accountId=${encodeURIComponent(id)}`,
      accountId: id,
      accountType: 'atlassian',
      active: true,
      avatarUrls: {},
      displayName: found.name,
      timeZone: 'Etc/GMT+12',
    };
  }
  return {
    self: `${origin}/rest/api/2/user?username=${encodeURIComponent(id)}`,
    name: id,
    key: `JIRAUSER${site.people.indexOf(found)}`,
    emailAddress: found.email,
    displayName: found.name,
    active: true,
    avatarUrls: {},
  };
}

export function peopleRoutes(site: Site): Record<'myself' | 'assignable', Handler> {
  const assignable: Handler = ({ query, origin }) => {
    const wanted = (query.get(site.isCloud ? 'query' : 'username') ?? '').toLowerCase();
    const start = Number(query.get('startAt') ?? 0);
    const size = Math.min(Number(query.get('maxResults') ?? 50), 1000);
    const account = site.isCloud ? query.get('accountId') : null;
    const found = site.people
      .filter(({ id }) => account === null || id === account)
      .filter(({ id, name, email }) => [id, name, email].some((text) => text.toLowerCase().includes(wanted)));
    return { json: found.slice(start, start + size).map(({ id }) => wirePerson(site, origin, id)) };
  };
  return { myself: ({ origin }) => ({ json: wirePerson(site, origin, site.me.id) }), assignable };
}
