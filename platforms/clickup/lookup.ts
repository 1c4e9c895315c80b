/** What a call has to know beforehand. What does not change within a run is asked for once. */
import { PaceError } from '../../core/errors.ts';
import type { Person, Settings } from '../../core/ports/index.ts';
import { keyOf } from './address.ts';
import type { Api } from './api.ts';
import type { Operation } from './refusals.ts';
import { sameName } from './states.ts';
import { listOf, need, toPerson, type WireStatus, type WireTask, type WireUser } from './wire.ts';

export interface WireList {
  readonly id: string;
  readonly name: string;
  readonly archived?: boolean;
  readonly space?: { readonly id: string } | null;
  readonly statuses?: readonly WireStatus[] | null;
  /** `read`, `comment`, `edit`, `create`. */
  readonly permission_level?: string;
}

type Feature = { readonly enabled?: boolean } | null;

/** ClickApps are switched on and off by Space. */
export interface WireSpace {
  readonly name: string;
  readonly multiple_assignees?: boolean;
  readonly features?: Readonly<Partial<Record<'due_dates' | 'tags' | 'points' | 'priorities', Feature>>>;
}

interface WireWorkspace {
  readonly id: string;
  readonly name: string;
  readonly members?: readonly { readonly user: WireUser }[] | null;
}

export interface TaskType {
  readonly id: number;
  readonly name: string;
}

/** https://developer.clickup.com/reference/getcustomitems */
export const BUILT_IN_TYPES: readonly TaskType[] = [
  { id: 0, name: 'task' },
  { id: 1, name: 'milestone' },
];

export interface Lookup {
  list(operation: Operation, id?: string): Promise<WireList>;
  space(operation: Operation): Promise<WireSpace>;
  spaceId(operation: Operation): Promise<string>;
  members(operation: Operation): Promise<readonly Person[]>;
  /** The member with this id, name or e-mail address. */
  member(operation: Operation, who: string): Promise<Person | undefined>;
  /** Those of the Workspace besides the built-in ones, with names in lower case. */
  types(operation: Operation, workspace?: string | null): Promise<readonly TaskType[]>;
  /** With its description. */
  task(operation: Operation, key: string): Promise<WireTask>;
  /** The id behind a key: asks only for custom ids. */
  id(operation: Operation, key: string): Promise<string>;
}

export function createLookup(api: Api, settings: Settings): Lookup {
  const lists = new Map<string, WireList>();
  let knownSpace: WireSpace | undefined;
  let knownWorkspace: WireWorkspace | undefined;
  let knownTypes: readonly TaskType[] | undefined;

  async function list(operation: Operation, id = api.list): Promise<WireList> {
    const found = lists.get(id) ?? (await api.call<WireList>(operation, { path: ['list', id] }));
    need('id of the List', found?.id);
    lists.set(id, found);
    return found;
  }

  async function spaceId(operation: Operation): Promise<string> {
    return need('Space of the List', (await list(operation)).space?.id);
  }

  async function space(operation: Operation): Promise<WireSpace> {
    knownSpace ??= await api.call<WireSpace>(operation, { path: ['space', await spaceId(operation)] });
    return knownSpace;
  }

  async function workspace(operation: Operation): Promise<WireWorkspace> {
    knownWorkspace ??= await findWorkspace(operation);
    return knownWorkspace;
  }

  async function findWorkspace(operation: Operation): Promise<WireWorkspace> {
    const { teams } = await api.call<{ teams?: readonly WireWorkspace[] }>(operation, { path: ['team'] });
    const all = listOf(teams, 'teams');
    const configured = settings['workspace'];
    const [first, another] = all;
    if (configured === undefined && first && !another) return first;
    if (configured !== undefined) {
      const found = all.find(({ id }) => id === configured);
      if (found) return found;
      throw noWorkspace(`The token sees no Workspace ${configured}.`);
    }
    const wanted = await spaceId(operation);
    for (const team of all) {
      const path = ['team', team.id, 'space'];
      const { spaces } = await api.call<{ spaces?: readonly { readonly id: string }[] }>(operation, { path });
      if (listOf(spaces, 'spaces').some(({ id }) => id === wanted)) return team;
    }
    throw noWorkspace('None of the Workspaces that the token sees has the Space of the List.');
  }

  async function members(operation: Operation): Promise<Person[]> {
    const found = listOf((await workspace(operation)).members, 'members');
    // whoever has no id cannot be named either
    return found.filter(({ user }) => user?.id).map(({ user }) => toPerson(user));
  }

  async function types(operation: Operation, team?: string | null): Promise<readonly TaskType[]> {
    if (knownTypes) return knownTypes;
    const id = team ?? (await workspace(operation)).id;
    const path = ['team', id, 'custom_item'];
    const { custom_items: found } = await api.call<{ custom_items?: readonly TaskType[] }>(operation, { path });
    knownTypes = listOf(found, 'custom_items')
      .filter((type) => !BUILT_IN_TYPES.some((each) => each.id === type.id))
      .map((type) => ({ id: type.id, name: need('name of a type', type.name).toLowerCase() }));
    return knownTypes;
  }

  async function task(operation: Operation, key: string): Promise<WireTask> {
    const { id, isCustom } = keyOf(key);
    const custom = isCustom
      ? { custom_task_ids: 'true', team_id: settings['workspace'] ?? (await workspace(operation)).id }
      : {};
    const query = { include_markdown_description: 'true', ...custom };
    return api.call<WireTask>(operation, { path: ['task', id], query });
  }

  return {
    list,
    space,
    spaceId,
    members,
    types,
    task,
    member: async (operation, who) => {
      const all = await members(operation);
      // ids and e-mail addresses belong to one person, names may not
      return (
        all.find(({ id, email }) => id === who || sameName(email ?? '', who)) ??
        all.find(({ name }) => sameName(name, who))
      );
    },
    id: async (operation, key) => {
      const { id, isCustom } = keyOf(key);
      return isCustom ? need('id', (await task(operation, key)).id) : id;
    },
  };
}

function noWorkspace(message: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message,
    remedy: 'Please set `clickup.workspace` (CLICKUP_WORKSPACE) to the first number of the address of the List.',
  });
}
