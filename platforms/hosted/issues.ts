/** The issues behind a hosted tracker. */

import { unsupported } from '../../core/errors.ts';
import { refusalIn } from '../../core/hosted/envelope.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import { capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Capabilities, Person, Settings, TrackerDriver } from '../../core/ports/index.ts';
import { ISSUE_STATES } from '../../core/ports/issue.ts';
import type { World } from '../../core/world.ts';
import { type Api, connect, TITLE } from './api.ts';
import { createLink, deleteLink, linksOf } from './links.ts';
import { listIssues } from './list.ts';
import { fromText, LINK_TYPES, statusFor, TYPES, toIssue, WIRE_PRIORITIES } from './wire.ts';
import { issueWrites, TITLE_LIMIT } from './writes.ts';

/** What the narrowest of the four takes, with room for metadata. */
const BODY_LIMIT = 30_000;

/** Sends nothing yet. */
export async function createTracker(world: World, settings: Settings): Promise<TrackerDriver> {
  const api = await connect(world, settings);
  const { provider, bindingRef, projectSlug } = api.routing;
  return {
    platform: 'hosted',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody: (markdown, metadata = {}) => fromText(markdown, metadata).length,
    formatDescription: (markdown) => markdown,
    capabilities: async () => capabilitiesOf(provider),
    getCurrentUser: () => currentUser(api),
    containerId: async () => `${api.client.origin} ${provider} ${bindingRef ?? projectSlug}`,

    keepsComments: false,
    getIssue: async (key) => toIssue(await api.one(key)),
    // those who ask together share one answer
    readsAtOnce: 50,
    filters: [],
    sorts: [],
    listIssues: (filter) => listIssues(api, filter),
    ...issueWrites(api),
    getAvailableTransitions: async (key) => {
      const { state } = toIssue(await api.one(key));
      return ISSUE_STATES.filter((each) => each !== state).map((each) => ({ state: each, name: statusFor(each) }));
    },

    // the contract has no call for them: who looks at an issue sees it all the same, and only who would write is refused
    async *listComments(key) {
      await api.one(key);
      yield* [];
    },
    addComment: async () => {
      throw noComments();
    },

    getIssueLinks: (key) => linksOf(api, key),
    createLink: (key, link) => createLink(api, key, link),
    deleteLink: (key, link) => deleteLink(api, key, link),
    peopleAreNames: true,
  };
}

const NO_COMMENTS = 'The service has no call for comments. Please write them at the address of the issue.';

function noComments() {
  return unsupported(TITLE, 'read or write comments', NO_COMMENTS);
}

/** The service tells nothing of them: these are the facts of the connectors behind it. */
function capabilitiesOf(provider: string): Capabilities {
  const none = (what: string) => `The service has no ${what}. Please keep them at the tracker behind it.`;
  const flat = provider === 'github' ? 'The service keeps no such thing for GitHub.' : undefined;
  const single = ['jira', 'linear'].includes(provider) ? 'One person has an issue there.' : undefined;
  return capabilitiesBut(
    {
      comments: NO_COMMENTS,
      milestone: none('milestones'),
      storyPoints: none('story points'),
      dueDate: none('due dates'),
      sprint: none('sprints'),
      'delete issues': 'What is deleted behind the service is gone there, too. Please close it instead.',
      'edit comments': NO_COMMENTS,
      'delete comments': NO_COMMENTS,
      'list labels': 'Labels come with the issues that have them.',
      'create labels': 'Labels come with the issues that have them.',
      'edit labels': none('list of labels'),
      'delete labels': none('list of labels'),
      'list milestones': none('milestones'),
      'create milestones': none('milestones'),
      'edit milestones': none('milestones'),
      'delete milestones': none('milestones'),
      'list users': 'The service does not tell who can be given an issue.',
      attachments: none('files'),
      ...(flat === undefined ? {} : { parent: flat, links: flat }),
      ...(single === undefined ? {} : { 'several assignees': single }),
    },
    {
      states: ISSUE_STATES,
      priorities: WIRE_PRIORITIES,
      linkTypes: flat === undefined ? LINK_TYPES : [],
      types: TYPES,
    },
  );
}

async function currentUser({ client }: Api): Promise<Person> {
  const { username } = client.session;
  const me = await client.me().catch((error: unknown) => {
    // a service of the first generation has no such address
    if (username === undefined || refusalIn(error)?.status !== 404) throw error;
    return { email: username };
  });
  const { email, user_id: number, name } = me as Readonly<Record<string, unknown>>;
  const id = neededText(TITLE, 'email', email ?? number);
  return { id, name: typeof name === 'string' && name !== '' ? name : id };
}
