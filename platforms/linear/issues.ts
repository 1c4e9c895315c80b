/** Linear's issues. https://linear.app/developers/graphql */

import { createFieldLabels } from '../../core/drivers/field-labels.ts';
import { createStatusMap } from '../../core/drivers/status-map.ts';
import { wouldTakeAlong } from '../../core/drivers/whole-deletion.ts';
import { createDownload } from '../../core/http/download.ts';
import { type Capabilities, capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Issue, IssueFilter, Person, Settings, Target, TrackerDriver } from '../../core/ports/index.ts';
import { isClosed } from '../../core/ports/issue.ts';
import { markdownForm } from '../../core/text/markdown-form.ts';
import type { World } from '../../core/world.ts';
import { authorizationOf, connect } from './api.ts';
import { attachmentCalls, UPLOADS } from './attachments.ts';
import { createBatch } from './batch.ts';
import { commentCalls } from './comments.ts';
import { estimateScale, UNESTIMATED } from './estimates.ts';
import { TITLE_LIMIT } from './fields.ts';
import { FILTERS, isImpossible, needsWorkflow, toFilter } from './filter.ts';
import type { Place } from './issue-context.ts';
import { labelCalls } from './labels.ts';
import { LINK_TYPES, linkCalls } from './links.ts';
import { createLookup, needed } from './lookup.ts';
import { milestoneCalls } from './milestones.ts';
import { allOf } from './pages.ts';
import { closedBy, listUsers } from './people.ts';
import type { Operation } from './refusals.ts';
import { page, textOf } from './selection.ts';
import { createStates } from './states.ts';
import { wholeIssue } from './whole-issue.ts';
import {
  ISSUE,
  listOf,
  PRIORITIES,
  toIssue,
  toPerson,
  USER,
  type WireIssue,
  type WirePage,
  type WireUser,
} from './wire.ts';
import { createIssue, moveIssue, readIssue, updateIssue } from './writes.ts';

/** A bound of ours: Linear tells none. */
const BODY_LIMIT = 100_000;
const FIRST_PAGE = 50;

export async function createTracker(world: World, settings: Settings): Promise<TrackerDriver> {
  const api = connect(world, settings);
  const lookup = createLookup(api, settings);
  const states = createStates(settings['states']);
  const fieldLabels = createFieldLabels(createStatusMap('linear', {}, undefined), ['type']);
  const team = settings['team'] ?? '';
  const hasProject = settings['project'] !== undefined;
  const place: Place = { world, api, lookup, states, fieldLabels, team, hasProject };
  const reading = { toState: states.toState, readLabels: fieldLabels.read };

  async function read(operation: Operation, ask: () => Promise<WireIssue>): Promise<Issue> {
    return api.attempt(operation, async () => toIssue(await wholeIssue(api, operation, await ask()), reading));
  }

  async function capabilities(): Promise<Capabilities> {
    const { workflow, estimates } = await lookup.team('capabilities');
    return capabilitiesBut(
      {
        'several assignees': 'An issue in Linear has one assignee.',
        ...(estimateScale(estimates).length > 0 ? {} : { storyPoints: UNESTIMATED }),
        ...(hasProject ? {} : NO_PROJECT),
      },
      { states: states.writable(workflow), priorities: PRIORITIES, linkTypes: LINK_TYPES },
    );
  }

  async function* listIssues(filter: IssueFilter = {}): AsyncGenerator<Issue> {
    const operation = 'listIssues';
    const workflow = needsWorkflow(filter, states) ? (await lookup.team(operation)).workflow : undefined;
    // an empty list of states might be taken for no condition
    if (isImpossible(filter, states, workflow)) return;
    const wanted = await api.attempt(operation, async () => toFilter(filter, { team, states, workflow }));
    const found = allOf<WireIssue>({
      of: ISSUE,
      begin: FIRST_PAGE,
      ask: async (first, after) => {
        const given = 'filter: $filter, after: $after, orderBy: createdAt, includeArchived: true';
        const declared = '$filter: IssueFilter, $after: String';
        const text = textOf([page('issues', first, ISSUE, given)]);
        const answer: Answer = await api.query(operation, text, declared, { filter: wanted, after });
        return answer.issues;
      },
    });
    for await (const issue of found) if (!issue.trashed) yield await read(operation, async () => issue);
  }

  async function transitionIssue(key: string, target: Target): Promise<WireIssue> {
    const { before } = await lookup.find('transitionIssue', { before: key });
    const { issue, workflow } = needed(before, 'the issue');
    const { name } = target;
    const isThere = name === undefined ? states.toState(issue.state) === target.state : issue.state.name === name;
    return isThere ? issue : moveIssue(place, key, states.choose(target, workflow).id);
  }

  async function getAvailableTransitions(key: string) {
    const { before } = await lookup.find('getAvailableTransitions', { before: key });
    const { issue, workflow } = needed(before, 'the issue');
    const others = workflow.states.filter(({ name }) => name !== issue.state.name);
    return others.map((state) => ({ name: state.name, state: states.toState(state) }));
  }

  async function getCurrentUser(): Promise<Person> {
    const { viewer } = await api.query<{ viewer?: WireUser }>('getCurrentUser', `viewer { ${textOf(USER)} }`);
    return toPerson(needed(viewer, 'viewer'));
  }

  /** A team, or its part in a project: two projects of one team are two places. */
  async function containerId(): Promise<string> {
    const found = await lookup.find('containerId', { team: true, project: hasProject });
    const { id } = needed(found.team, 'the team');
    return hasProject ? `${id}/${needed(found.project, 'the project').id}` : id;
  }

  const comments = commentCalls(api, team);
  const whole = (operation: 'getIssue' | 'listAttachments', key: string) =>
    read(operation, () => readIssue(place, operation, key));
  const getIssue = (key: string) => whole('listAttachments', key);
  const uploads = {
    title: 'Linear',
    server: UPLOADS,
    headers: { authorization: authorizationOf(settings['token'] ?? '') },
  };
  const { listComments } = comments;

  return {
    platform: 'linear',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody: (markdown, metadata) => markdown.length + (metadata ? JSON.stringify(metadata).length : 0),
    formatDescription: (markdown) => markdown,
    normalText: { version: 1, of: markdownForm },
    capabilities,
    getCurrentUser,
    containerId,
    filters: FILTERS,
    sorts: [],
    getIssue: (key) => whole('getIssue', key),
    listIssues,
    createIssue: (draft) => read('createIssue', () => createIssue(place, draft)),
    deltas: ['labels'],
    updateIssue: (key, patch) => read('updateIssue', () => updateIssue(place, key, patch)),
    transitionIssue: (key, target) => read('transitionIssue', () => transitionIssue(key, target)),
    getAvailableTransitions: (key) => api.attempt('getAvailableTransitions', () => getAvailableTransitions(key)),
    // into the trash, from which Linear brings it back for thirty days
    deleteIssue: (key) =>
      api.attempt('deleteIssue', async () => {
        const { id } = await wholeIssue(api, 'deleteIssue', await readIssue(place, 'deleteIssue', key));
        const text = 'issue(id: $id) { children(first: 1) { nodes { id } } }';
        const { issue } = await api.query<WithChildren>('deleteIssue', text, '$id: String!', { id });
        if (listOf(issue?.children, 'children').length > 0) throw wouldTakeAlong(key);
        await api.mutate('deleteIssue', 'issueDelete(id: $id) { success }', '$id: String!', { id });
      }),
    ...comments,
    ...attachmentCalls(api, team, { getIssue, listComments }, createDownload(world, uploads)),
    ...linkCalls(api, team),
    ...labelCalls(api, lookup, team),
    ...(hasProject ? milestoneCalls(api, lookup) : {}),
    listUsers: () => listUsers(api, team),
    closedBy: (key) =>
      api.attempt('closedBy', () => closedBy(api, { key, team }, (state) => isClosed(states.toState(state)))),
    batch: createBatch(place, read),
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(place),
  };
}

interface WithChildren {
  readonly issue?: { readonly children?: Pick<WirePage<unknown>, 'nodes'> };
}

interface Answer {
  readonly issues?: WirePage<WireIssue>;
}

const WITHOUT = 'Milestones belong to a project in Linear: please set `linear.project`.';
const NO_PROJECT = {
  milestone: WITHOUT,
  'list milestones': WITHOUT,
  'create milestones': WITHOUT,
  'edit milestones': WITHOUT,
  'delete milestones': WITHOUT,
};
