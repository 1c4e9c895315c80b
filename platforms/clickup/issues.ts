/** The tasks of one List as issues. https://developer.clickup.com/reference */
import { createDownload } from '../../core/http/download.ts';
import { type Capabilities, capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Issue, IssueFilter, Person, Settings, TrackerDriver, Transition } from '../../core/ports/index.ts';
import { markdownForm } from '../../core/text/markdown-form.ts';
import type { World } from '../../core/world.ts';
import { connect } from './api.ts';
import { attachmentCalls } from './attachments.ts';
import { commentCalls } from './comments.ts';
import type { Place } from './issue-context.ts';
import { createTags, labelCalls } from './labels.ts';
import { LINK_TYPES, linkCalls } from './links.ts';
import { createTaskList, FILTERS } from './list.ts';
import { BUILT_IN_TYPES, createLookup } from './lookup.ts';
import { withMetadata } from './metadata.ts';
import type { Operation } from './refusals.ts';
import { createStates, sameName, statusesOf } from './states.ts';
import { PRIORITIES, toIssue, toPerson, type WireTask, type WireUser } from './wire.ts';
import { createIssue, deleteIssue, TITLE_LIMIT, transitionIssue, updateIssue } from './writes.ts';

/** A bound of ours: ClickUp documents none. */
const BODY_LIMIT = 100_000;

export async function createTracker(world: World, settings: Settings): Promise<TrackerDriver> {
  const api = connect(world, settings);
  const lookup = createLookup(api, settings);
  const states = createStates(settings['states']);
  const tasks = createTaskList(api, states);
  const tags = createTags(api, lookup);
  const place: Place = { world, api, lookup, states, tags };
  let me: Person | undefined;

  async function read(operation: Operation, task: WireTask): Promise<Issue> {
    const isOwnType = !BUILT_IN_TYPES.some(({ id }) => id === (task.custom_item_id ?? 0));
    const types = isOwnType ? await lookup.types(operation, task.team_id) : BUILT_IN_TYPES;
    const typeOf = (id: number) => types.find((type) => type.id === id)?.name;
    return toIssue(task, { toState: states.toState, typeOf });
  }

  function reading(operation: Operation, work: () => Promise<WireTask>): Promise<Issue> {
    return api.attempt(operation, async () => read(operation, await work()));
  }

  async function capabilities(): Promise<Capabilities> {
    const operation = 'capabilities';
    const statuses = statusesOf(await lookup.list(operation));
    const { features = {}, multiple_assignees: several } = await lookup.space(operation);
    const isOff = (name: keyof typeof features) => features[name]?.enabled === false;
    const types = [...BUILT_IN_TYPES, ...(await lookup.types(operation))].map(({ name }) => name);
    return capabilitiesBut(
      {
        ...NO_MILESTONES,
        sprint: 'Sprints are Lists in ClickUp, and a task may be in several: a task does not tell its sprint.',
        ...(several === false ? { 'several assignees': switchOn('Multiple Assignees') } : {}),
        ...(isOff('points') ? { storyPoints: switchOn('Sprint Points') } : {}),
        ...(isOff('due_dates') ? { dueDate: switchOn('Due Dates') } : {}),
        ...(isOff('priorities') ? { priority: switchOn('Priorities') } : {}),
        ...(isOff('tags') ? { labels: switchOn('Tags') } : {}),
      },
      {
        states: states.writable(statuses),
        priorities: isOff('priorities') ? [] : PRIORITIES,
        linkTypes: LINK_TYPES,
        types,
        labelCase: 'lower',
      },
    );
  }

  async function getCurrentUser(operation: Operation): Promise<Person> {
    const { user } = await api.call<{ user: WireUser }>(operation, { path: ['user'] });
    me = toPerson(user);
    return me;
  }

  async function* listIssues(filter: IssueFilter = {}): AsyncGenerator<Issue> {
    for await (const task of tasks(filter)) yield await reading('listIssues', async () => task);
  }

  async function getAvailableTransitions(key: string): Promise<Transition[]> {
    const operation = 'getAvailableTransitions';
    const { status, list } = await lookup.task(operation, key);
    const statuses = statusesOf(await lookup.list(operation, list?.id));
    return statuses
      .filter((each) => !sameName(each.status, status.status))
      .map((each) => ({ name: each.status, state: states.toState(each) }));
  }

  return {
    platform: 'clickup',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody: (markdown, metadata) => withMetadata(markdown, metadata).length,
    formatDescription: (markdown) => markdown,
    normalText: { version: 1, of: markdownForm },
    capabilities: () => api.attempt('capabilities', capabilities),
    getCurrentUser: () => api.attempt('getCurrentUser', () => getCurrentUser('getCurrentUser')),
    containerId: async () => api.list,
    filters: FILTERS,
    sorts: [],
    getIssue: (key) => reading('getIssue', () => lookup.task('getIssue', key)),
    listIssues,
    createIssue: (draft) => reading('createIssue', () => createIssue(place, draft)),
    deltas: ['labels', 'assignees'],
    updateIssue: (key, patch) => reading('updateIssue', () => updateIssue(place, key, patch)),
    transitionIssue: (key, target) => reading('transitionIssue', () => transitionIssue(place, key, target)),
    getAvailableTransitions: (key) => api.attempt('getAvailableTransitions', () => getAvailableTransitions(key)),
    deleteIssue: (key) => api.attempt('deleteIssue', () => deleteIssue(place, key)),
    ...commentCalls(api, lookup),
    ...attachmentCalls(api, lookup, createDownload(world, { title: 'ClickUp', server: api.url, headers: {} })),
    ...linkCalls(api, lookup),
    ...labelCalls(api, lookup, tags),
    listUsers: async function* () {
      const members = await api.attempt('listUsers', () => lookup.members('listUsers'));
      yield* members;
    },
    // a form or an e-mail can open a task with any text; tags are set by members
    isTrusted: ({ author }) =>
      api.attempt('isTrusted', async () => author?.id === (me ?? (await getCurrentUser('isTrusted'))).id),
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(place),
  };
}

const MILESTONES = 'A milestone is a task of its own in ClickUp: please use the type “milestone”, or a parent.';
const NO_MILESTONES = {
  milestone: MILESTONES,
  'list milestones': MILESTONES,
  'create milestones': MILESTONES,
  'edit milestones': MILESTONES,
  'delete milestones': MILESTONES,
};

function switchOn(clickApp: string): string {
  return `The Space does not have it: please switch the ClickApp “${clickApp}” on for the Space.`;
}
