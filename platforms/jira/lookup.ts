/** What the project and its site have: types, screens, priorities, versions, statuses. Each is asked for when needed, and once. */

import { defined } from '../../core/defined.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import { type CustomField, customFieldOf, type FieldSchema } from './custom-fields.ts';
import type { JiraApi } from './dialect.ts';
import type { WireLinkType } from './link-words.ts';
import { paged } from './pages.ts';
import { createPriorities, type PriorityMap } from './priorities.ts';
import type { Operation } from './refusals.ts';
import { toType, type WireIssueType, type WireStatus } from './wire.ts';

export interface ScreenField {
  readonly id: string;
  readonly name: string;
  readonly schema?: FieldSchema;
  readonly allowedValues?: readonly { readonly id?: string; readonly name?: string }[];
  /** What Jira sets when nobody says anything. */
  readonly usual?: string;
}

/** A type with the fields that its screen takes for a new issue. */
export interface Screen {
  readonly type: WireIssueType;
  readonly fields: readonly ScreenField[];
}

export interface Project {
  readonly key: string;
  readonly pointsField: string | undefined;
  types(operation: Operation): Promise<readonly WireIssueType[]>;
  screenOf(operation: Operation, type: WireIssueType): Promise<Screen>;
  screens(operation: Operation): Promise<readonly Screen[]>;
  priorities(operation: Operation): Promise<PriorityMap>;
  /** The same for reading, which goes on without what the account may not see. */
  knownPriorities(operation: Operation): Promise<PriorityMap>;
  priorityNames(operation: Operation): Promise<readonly string[]>;
  /** What an issue gets when nobody says anything. */
  defaultPriority(operation: Operation): Promise<string | undefined>;
  /** Of all types, each once. */
  statuses(operation: Operation): Promise<readonly WireStatus[]>;
  /** `[]` where links are switched off. */
  linkTypes(operation: Operation): Promise<readonly WireLinkType[]>;
  id(operation: Operation): Promise<string>;
  /** Ids of fields that may be this one, on any screen of the project. */
  customFields(operation: Operation, field: CustomField): Promise<readonly string[]>;
}

export function createProject(api: JiraApi, key: string, pointsField: string | undefined): Project {
  const remembered = createMemory();

  /** Older servers tell types and fields in one answer, newer ones in parts. */
  const split = (operation: Operation) =>
    remembered('types', async () => {
      const path = ['issue', 'createmeta', key, 'issuetypes'];
      try {
        return {
          types: await collect(paged<WireIssueType>(api, operation, { path }, { names: ['issueTypes', 'values'] })),
        };
      } catch (error) {
        if (!(error instanceof PaceError) || error.kind !== 'not-found') throw error;
        return whole(operation, error);
      }
    });

  async function whole(
    operation: Operation,
    missing: PaceError,
  ): Promise<{ types: WireIssueType[]; screens: Screen[] }> {
    const query = { projectKeys: key, expand: 'projects.issuetypes.fields' };
    const answer = await api.call<WireMeta>(operation, { path: ['issue', 'createmeta'], query }).catch(() => undefined);
    const [found] = answer?.projects ?? [];
    // the first refusal is the one to explain
    if (!found) throw missing;
    const { issuetypes = [] } = found;
    return { types: [...issuetypes], screens: issuetypes.map((type) => ({ type, fields: listed(type.fields) })) };
  }

  async function priorityField(operation: Operation): Promise<ScreenField | undefined> {
    const [type] = await project.types(operation);
    const screen = type && (await project.screenOf(operation, type));
    return screen?.fields.find(({ id }) => id === 'priority');
  }

  const project: Project = {
    key,
    pointsField,
    types: async (operation) => (await split(operation)).types,
    screenOf: (operation, type) =>
      remembered(`screen ${type.id}`, async () => {
        const known = await split(operation);
        const found = 'screens' in known ? known.screens.find((screen) => screen.type.id === type.id) : undefined;
        if (found) return found;
        const path = ['issue', 'createmeta', key, 'issuetypes', type.id];
        const fields = await collect(
          paged<WireScreenField>(api, operation, { path }, { names: ['fields', 'values', 'results'] }),
        );
        return { type, fields: fields.map((field) => toScreenField(field)) };
      }),
    screens: async (operation) =>
      Promise.all((await project.types(operation)).map((type) => project.screenOf(operation, type))),
    priorityNames: (operation) =>
      remembered('priorities', async () => {
        // whoever may not create issues there is not told the fields; the site's priorities everybody is
        const allowed = (await priorityField(operation).catch(withoutAnswer))?.allowedValues;
        const all = allowed ?? (await api.call<readonly { name: string }[]>(operation, { path: ['priority'] }));
        return all.flatMap(({ name }) => name ?? []);
      }),
    defaultPriority: async (operation) => (await priorityField(operation))?.usual,
    priorities: async (operation) => createPriorities(await project.priorityNames(operation)),
    knownPriorities: (operation) =>
      remembered('known priorities', () =>
        project.priorityNames(operation).then(createPriorities, (error: unknown) => {
          withoutAnswer(error);
          return createPriorities([]);
        }),
      ),
    statuses: (operation) =>
      remembered('statuses', async () => {
        const types = await api.call<readonly { statuses?: readonly WireStatus[] }[]>(operation, {
          path: ['project', key, 'statuses'],
        });
        return [...new Map(types.flatMap(({ statuses = [] }) => statuses).map((one) => [one.name, one])).values()];
      }),
    linkTypes: (operation) =>
      remembered('link types', async () => {
        try {
          const path = ['issueLinkType'];
          const { issueLinkTypes = [] } = await api.call<{ issueLinkTypes?: WireLinkType[] }>(operation, { path });
          return issueLinkTypes;
        } catch (error) {
          // Jira answers so where links are switched off
          if (error instanceof PaceError && error.kind === 'not-found') return [];
          throw error;
        }
      }),
    id: (operation) =>
      remembered('id', async () => (await api.call<{ id: string }>(operation, { path: ['project', key] })).id),
    customFields: async (operation, wanted) => {
      const fields = (await project.screens(operation)).flatMap((screen) => screen.fields);
      return [...new Set(fields.filter((field) => customFieldOf(field, pointsField) === wanted).map(({ id }) => id))];
    },
  };
  return project;
}

/** What is refused to this account; trouble that passes is thrown. */
function withoutAnswer(error: unknown): undefined {
  const { kind } = asPaceError(error);
  if (!['permission', 'not-found', 'validation', 'unexpected'].includes(kind)) throw error;
  return undefined;
}

interface WireMeta {
  readonly projects?: readonly {
    readonly issuetypes?: readonly (WireIssueType & { readonly fields?: Readonly<Record<string, WireScreenField>> })[];
  }[];
}

interface WireScreenField {
  readonly fieldId?: string;
  readonly key?: string;
  readonly name?: string;
  readonly schema?: FieldSchema;
  readonly allowedValues?: ScreenField['allowedValues'];
  readonly defaultValue?: unknown;
}

function listed(fields: Readonly<Record<string, WireScreenField>> = {}): ScreenField[] {
  return Object.entries(fields).map(([id, field]) => toScreenField(field, id));
}

function toScreenField(wire: WireScreenField, key = ''): ScreenField {
  const { schema, allowedValues, defaultValue } = wire;
  const id = wire.fieldId ?? wire.key ?? key;
  const usual = isRecord(defaultValue) && 'name' in defaultValue ? defaultValue.name : undefined;
  return {
    id,
    name: wire.name ?? id,
    ...defined({ schema, allowedValues }),
    ...(typeof usual === 'string' && { usual }),
  };
}

/** The types with this name, by Jira's word or by ours. */
export function typesNamed(types: readonly WireIssueType[], wanted: string): WireIssueType[] {
  const fold = wanted.trim().toLowerCase();
  const exact = types.filter(({ name }) => name.trim().toLowerCase() === fold);
  return exact.length > 0 ? exact : types.filter((type) => toType(type) === toType({ name: wanted }));
}

export function namesOf(things: readonly { readonly name: string }[]): string {
  return things.map(({ name }) => `“${plainLine(name, 60)}”`).join(', ') || 'none';
}

/** Answers of this run; what failed is asked for again. */
function createMemory() {
  const known = new Map<string, Promise<unknown>>();
  return <Answer>(name: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const found = known.get(name) as Promise<Answer> | undefined;
    if (found) return found;
    const asked = ask();
    known.set(name, asked);
    asked.catch(() => known.delete(name));
    return asked;
  };
}
