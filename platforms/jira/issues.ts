/** Jira's issues, in Cloud and in Data Center. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ */
import { isDeepStrictEqual } from 'node:util';
import { defined } from '../../core/defined.ts';
import { createStatusMap } from '../../core/drivers/status-map.ts';
import { wouldTakeAlong } from '../../core/drivers/whole-deletion.ts';
import { createDownload } from '../../core/http/download.ts';
import type {
  Issue,
  IssueDraft,
  IssuePatch,
  Metadata,
  Settings,
  Target,
  TrackerDriver,
} from '../../core/ports/index.ts';
import { type IssueState, isClosed } from '../../core/ports/issue.ts';
import { fieldsOf, finishing, inSteps } from '../../core/tracker/partly.ts';
import type { World } from '../../core/world.ts';
import { MAX_DOCUMENT } from './adf.ts';
import { createApi, credentialsOf } from './api.ts';
import { createAttachments } from './attachments.ts';
import { BULK_SIZE, createInBulk } from './batch.ts';
import { createComments } from './comments.ts';
import { NORMAL_VERSION } from './dialect.ts';
import { ANY_PURPOSE, type Fields, OPTIONAL, TITLE_LIMIT, validKey } from './fields.ts';
import { history } from './history.ts';
import { createLinks } from './links.ts';
import { FILTERS, listIssues } from './list.ts';
import { createProject } from './lookup.ts';
import { createMilestones } from './milestones.ts';
import { paged } from './pages.ts';
import { closedBy, isWriter, listUsers } from './people.ts';
import { standardPriority } from './priorities.ts';
import type { Operation } from './refusals.ts';
import { explainType, sendFields } from './screens.ts';
import {
  chooseTransition,
  fillScreen,
  isCalled,
  isExactly,
  noTransition,
  quotedName,
  toTransitions,
  type WireTransition,
} from './transitions.ts';
import {
  fromLabel,
  ISSUE_EXPAND,
  ISSUE_FIELDS,
  PROPERTY,
  stateOf,
  toCategory,
  toIssue,
  toPerson,
  type WireIssue,
  type WireUser,
} from './wire.ts';
import { createWriter } from './writes.ts';

/** Most issues that a search can be told to look at afresh. */
const MAX_RECONCILED = 50;

/** Makes no request yet. */
export async function createTracker(world: World, settings: Settings): Promise<TrackerDriver> {
  const api = createApi(world, settings);
  const { project_key: key = '', story_points_field: pointsField } = settings;
  const states = createStatusMap('jira', {}, settings['states']);
  const project = createProject(api, key, pointsField);
  const writer = createWriter(world, api, settings, project);
  const written = new Set<number>();

  /** Searches of this run see what this run has written, although Jira's index is late. */
  function remember(id: string): void {
    written.delete(Number(id));
    written.add(Number(id));
    const [oldest] = written;
    if (written.size > MAX_RECONCILED && oldest !== undefined) written.delete(oldest);
  }

  async function read(operation: Operation, key: string): Promise<WireIssue> {
    const query = { fields: ISSUE_FIELDS, expand: ISSUE_EXPAND, properties: PROPERTY };
    const wire = await api.call<WireIssue>(operation, { path: ['issue', validKey(key, operation)], query });
    return (await api.dialect(operation)).complete(api, wire);
  }

  /** Only names of priorities that are not Jira's own need a look at the others. */
  async function neutral(operation: Operation, wire: WireIssue): Promise<Issue> {
    const name = wire.fields?.priority?.name;
    const isKnown = typeof name !== 'string' || standardPriority(name) !== undefined;
    const { toPriority } = isKnown ? { toPriority: standardPriority } : await project.knownPriorities(operation);
    const { parse } = await api.dialect(operation);
    return toIssue(wire, { site: await site(), parse, states, toPriority, pointsField });
  }

  async function readBack(operation: Operation, key: string): Promise<WireIssue> {
    const wire = await read(operation, key);
    remember(wire.id);
    return wire;
  }

  let knownSite: Promise<string> | undefined;
  /** Where people see the issues: tokens with scopes speak to another address than people. */
  function site(): Promise<string> {
    if (new URL(api.url).hostname !== 'api.atlassian.com') return Promise.resolve(api.url);
    knownSite ??= api
      .call<{ baseUrl: string }>('getIssue', { path: ['serverInfo'] })
      .then(({ baseUrl }) => baseUrl.replace(/\/+$/, ''));
    return knownSite;
  }

  function writeMetadata(operation: Operation, key: string, metadata: Metadata): Promise<void> {
    return api.send(operation, { method: 'PUT', path: ['issue', key, 'properties', PROPERTY], body: metadata });
  }

  /** The issue as it is after a write; metadata that came with the fields and were not taken are written by themselves. */
  async function afterWrite(operation: Operation, key: string, metadata: Metadata | undefined, wire?: WireIssue) {
    const found = wire ?? (await readBack(operation, key));
    remember(found.id);
    if (
      metadata === undefined ||
      isDeepStrictEqual(found.properties?.[PROPERTY] ?? {}, JSON.parse(JSON.stringify(metadata)))
    )
      return found;
    await writeMetadata(operation, key, metadata);
    return readBack(operation, key);
  }

  function draftBody(fields: Fields, { metadata = {} }: IssueDraft): object {
    if (Object.keys(metadata).length === 0) return { fields };
    return { fields, properties: [{ key: PROPERTY, value: metadata }] };
  }

  async function createIssue(draft: IssueDraft): Promise<Issue> {
    const fields = await writer.draft(draft);
    const created = await sendFields(
      { world, project: project.key, fields, optional: OPTIONAL.createIssue },
      (accepted) =>
        api.call<{ key: string }>('createIssue', { method: 'POST', path: ['issue'], body: draftBody(accepted, draft) }),
    ).catch((error: unknown) => explainType({ project, fields, purpose: draft.purpose ?? ANY_PURPOSE }, error));
    return finishDraft(created.key, draft);
  }

  function finishDraft(key: string, draft: IssueDraft, known?: WireIssue): Promise<Issue> {
    return finishing(key, async () => {
      const wire = await afterWrite('createIssue', key, draft.metadata, known);
      if (draft.state !== undefined && draft.state !== 'open') return transition(key, { state: draft.state }, wire);
      return neutral('createIssue', wire);
    });
  }

  async function updateIssue(key: string, patch: IssuePatch): Promise<Issue> {
    const path = ['issue', validKey(key, 'updateIssue')];
    const { fields, update } = await writer.patch(key, patch);
    const { metadata, state } = patch;
    const changes = Object.keys(update).length > 0 ? { update } : {};
    const properties = metadata ? { properties: [{ key: PROPERTY, value: metadata }] } : {};
    if (state && ('update' in changes || Object.keys(fields).length > 0)) await requireWay(key, state);
    const steps = inSteps(key);
    if (Object.keys(fields).length > 0 || 'update' in changes) {
      await steps.write(fieldsOf(patch, 'state'), () =>
        sendFields({ world, project: project.key, fields, optional: OPTIONAL.updateIssue }, (accepted) =>
          api.send('updateIssue', { method: 'PUT', path, body: { fields: accepted, ...changes, ...properties } }),
        ),
      );
    } else if (metadata) {
      await steps.write('metadata', () => writeMetadata('updateIssue', key, metadata));
    }
    const wire = await steps.read(() => afterWrite('updateIssue', key, metadata));
    return state ? steps.write('state', () => transition(key, { state }, wire)) : neutral('updateIssue', wire);
  }

  async function transition(key: string, target: Target, known?: WireIssue): Promise<Issue> {
    const operation = 'transitionIssue';
    const wire = known ?? (await read(operation, key));
    const { status } = wire.fields;
    const { state, name } = target;
    if (stateOf(wire, states) === state && (name === undefined || isCalled(status, name)))
      return neutral(operation, wire);
    const { chosen, there } = await wayTo(key, wire, target);
    // a workflow without a status of its own for the state: the right category is as near as it gets
    if (!chosen || (there && !isExactly(chosen.to, state, states))) {
      world.log.warn(`${key} stays in ${quotedName(status.name)}: its workflow has no better status for ${state}.`);
      return neutral(operation, wire);
    }
    const { fields, guessed } = fillScreen(chosen, state);
    if (guessed.length > 0)
      world.log.warn(`The transition ${quotedName(chosen.name)} of ${key} asked for values: ${guessed.join(', ')}.`);
    await api.send(operation, {
      method: 'POST',
      path: ['issue', key, 'transitions'],
      body: { transition: { id: chosen.id }, ...(Object.keys(fields).length > 0 ? { fields } : {}) },
    });
    return neutral(operation, await readBack(operation, key));
  }

  /** Throws `transition` where there is none. */
  async function wayTo(key: string, { fields: { status } }: WireIssue, { state, name }: Target) {
    const { transitions } = await api.call<WireTransitions>('transitionIssue', {
      path: ['issue', key, 'transitions'],
      query: { expand: 'transitions.fields' },
    });
    const chosen = chooseTransition(transitions, { state, ...defined({ name }) }, states);
    const named = name === undefined ? states.toNames(state) : [name];
    const there = named.length === 0 && status.statusCategory?.key === toCategory(state);
    if (!chosen && !there) throw noTransition({ key, from: status.name, state, named }, transitions);
    return { chosen, there };
  }

  /** Before anything else is written: what goes with a move that is refused must not be left behind. */
  async function requireWay(key: string, state: IssueState): Promise<void> {
    const wire = await read('updateIssue', key);
    if (stateOf(wire, states) === state) return;
    const { chosen } = await wayTo(key, wire, { state });
    if (chosen) fillScreen(chosen, state);
  }

  return {
    platform: 'jira',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: MAX_DOCUMENT, unit: 'characters' },
    // the metadata has a limit of its own, which is as large: counting it here keeps both
    measureBody: (markdown, metadata) =>
      api.likelyDialect().measure(markdown) + (metadata ? JSON.stringify(metadata).length : 0),
    formatDescription: (markdown) => api.likelyDialect().format(markdown),
    normalText: { version: NORMAL_VERSION, of: (markdown) => api.likelyDialect().normal(markdown) },
    containerId: () => project.id('containerId'),

    capabilities: async () => (await import('./abilities.ts')).lookAtAbilities(api, project, states),
    getCurrentUser: async () => toPerson(await api.call<WireUser>('getCurrentUser', { path: ['myself'] })),

    getIssue: async (key) => neutral('getIssue', await read('getIssue', key)),
    filters: FILTERS,
    sorts: ['created', 'updated', 'priority'],
    listIssues: (filter = {}) =>
      listIssues(
        {
          api,
          project,
          states,
          hasOwnStates: Boolean(settings['states']),
          written: () => [...written],
          read: (wire) => neutral('listIssues', wire),
        },
        filter,
      ),
    createIssue,
    deltas: ['labels'],
    updateIssue,
    transitionIssue: (key, target) => transition(key, target),
    deleteIssue: async (key) => {
      const operation = 'deleteIssue';
      const path = ['issue', validKey(key, operation)];
      const { fields } = await api.call<WireSubtasks>(operation, { path, query: { fields: 'subtasks' } });
      if ((fields?.subtasks ?? []).length > 0) throw wouldTakeAlong(key);
      // without the word for subtasks Jira refuses it too, if one came meanwhile
      await api.send(operation, { method: 'DELETE', path });
    },
    getAvailableTransitions: async (key) => {
      const operation = 'getAvailableTransitions';
      const path = ['issue', validKey(key, operation), 'transitions'];
      const { transitions } = await api.call<WireTransitions>(operation, { path });
      return toTransitions(transitions, states);
    },

    ...createComments(world, api),
    ...createAttachments(
      api,
      createDownload(world, { title: 'Jira', server: api.url, headers: credentialsOf(settings) }),
    ),
    ...createLinks(api, project),
    ...createMilestones(api, project),
    async *listLabels() {
      for await (const name of paged<string>(api, 'listLabels', { path: ['label'] }, { names: ['values'], size: 1000 }))
        yield { name: fromLabel(name) };
    },
    listUsers: () => listUsers(api, project.key),
    isWriter: (person) => isWriter(api, project.key, person),
    history: (key) => history(api, key),
    closedBy: (key) => closedBy(api, key, (fields) => isClosed(stateOf({ fields }, states))),
    batch: {
      size: BULK_SIZE,
      create: (drafts) =>
        createInBulk({ api, writer, createOne: createIssue, finish: finishDraft, bodyOf: draftBody }, drafts),
    },
    diagnose: async (needs) => (await import('./doctor.ts')).diagnoseTracker({ api, settings, project, states }, needs),
  };
}

interface WireSubtasks {
  readonly fields?: { readonly subtasks?: readonly unknown[] | null } | null;
}

interface WireTransitions {
  readonly transitions: readonly WireTransition[];
}
