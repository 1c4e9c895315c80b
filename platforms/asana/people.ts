/** People of the workspace, known by gid, e-mail address or name. https://developers.asana.com/reference/users */
import { unless } from '../../core/drivers/unless.ts';
import { PaceError } from '../../core/errors.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { Issue, Person } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { readPerson } from '../../core/tracker/odd-records.ts';
import { gidOf } from './address.ts';
import type { Api, Operation } from './api.ts';
import { fold } from './labels.ts';
import type { Project } from './lookup.ts';

export interface WireUser {
  readonly gid: string;
  readonly name?: string | null;
  /** Only where it is asked for: within tasks that would take a right of its own. */
  readonly email?: string | null;
}

interface WireCompletion {
  readonly completed?: boolean;
  readonly completed_by?: WireUser | null;
}

const SCOPE = 'users:read';

export function toPerson({ gid, name, email }: WireUser): Person {
  const id = neededText('Asana', 'gid', gid);
  return { id, name: name || id, ...(email ? { email } : {}) };
}

export function createPeople(api: Api, project: Project) {
  async function* all(operation: Operation): AsyncGenerator<WireUser> {
    const query = { workspace: await project.workspace(operation) };
    yield* api.list<WireUser>(operation, { path: '/users', query, fields: ['name', 'email'], scope: SCOPE });
  }

  /** The gid; `undefined` for somebody whom Asana does not know. A number or an address costs one request, a name the list. */
  async function find(operation: Operation, who: string): Promise<string | undefined> {
    if (!/^\d{1,30}$/.test(who) && !/^[^\s/@?#%]+@[^\s/@?#%]+$/.test(who)) {
      for await (const user of all(operation)) if (fold(user.name ?? '') === fold(who)) return user.gid;
      return undefined;
    }
    const path = `/users/${encodeURIComponent(who)}`;
    const user = await unless(['not-found', 'validation'], () =>
      api.call<WireUser>(operation, { path, fields: ['name'], scope: SCOPE }),
    );
    return user?.gid;
  }

  async function currentUser(operation: Operation = 'getCurrentUser'): Promise<Person> {
    return toPerson(await api.call<WireUser>(operation, { path: '/users/me', fields: ['name', 'email'] }));
  }

  /** https://developers.asana.com/reference/gettask */
  async function closedBy(key: string): Promise<Person | undefined> {
    const path = `/tasks/${gidOf('closedBy', 'task', key)}`;
    const task = await api.call<WireCompletion>('closedBy', { path, fields: ['completed', 'completed_by.name'] });
    return task.completed === true && task.completed_by ? toPerson(task.completed_by) : undefined;
  }

  return {
    find,
    currentUser,
    closedBy,
    /** Forms and e-mail create tasks too: only what the token's own user has made is taken for PACE's. */
    isTrusted: async ({ author }: Issue) => author !== undefined && author.id === (await currentUser('isTrusted')).id,
    async *listUsers(): AsyncGenerator<Person> {
      for await (const user of all('listUsers')) yield readPerson(user, toPerson);
    },
  };
}

export type People = ReturnType<typeof createPeople>;

export function unknownPerson(who: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `Asana knows nobody called “${plainLine(who, 60)}” in this workspace.`,
    remedy: 'Please check the name: `pace user list` shows who is there.',
  });
}
