/** The tracker beads, through its program. https://github.com/steveyegge/beads */

import { withMetadata } from '../../core/drivers/hidden-metadata.ts';
import { PaceError } from '../../core/errors.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import { capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Capabilities, Person, Settings, TrackerDriver } from '../../core/ports/index.ts';
import type { Issue, IssueFilter } from '../../core/ports/issue.ts';
import { option, type RunProgram } from '../../core/programs/program.ts';
import { isRecord } from '../../core/record.ts';
import type { World } from '../../core/world.ts';
import { keyOf, noSuchIssue } from './address.ts';
import { type Api, connect } from './api.ts';
import type { Tracker } from './issue-context.ts';
import { createLink, deleteLink, linksOf, linkTypes } from './links.ts';
import { createStates, statesOf, transitionsFrom } from './states.ts';
import { listOf, oneOf, toComment, toIssue, toPerson, toWireIssue } from './wire.ts';
import { asListItem, issueWrites, readIssue, TITLE_LIMIT } from './writes.ts';

/** The column of version 1 holds 65,535 bytes. */
const BODY_LIMIT = 60_000;

const TYPES = ['task', 'bug', 'story', 'epic', 'chore'];

/** Starts nothing yet. `run` stands in for the program in tests. */
export function createTracker(world: World, settings: Settings, run?: RunProgram): TrackerDriver {
  const api = connect(world, settings, run);
  const tracker: Tracker = { api, states: createStates(settings['states']) };
  const { states } = tracker;
  return {
    platform: 'beads',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'bytes' },
    // where the text holds the metadata, they count
    measureBody: (markdown, metadata) => Buffer.byteLength(withMetadata(markdown, metadata)),
    formatDescription: (markdown) => markdown,
    capabilities: () => capabilities(tracker),
    getCurrentUser: () => currentUser(api),
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(api),

    getIssue: async (key) => toIssue(await readIssue(api, key), states),
    filters: ['labels'],
    sorts: [],
    listIssues: (filter) => listIssues(tracker, filter),
    ...issueWrites(tracker),
    getAvailableTransitions: async (key) =>
      transitionsFrom(states, toIssue(await readIssue(api, key), states).stateName),

    async *listComments(key) {
      yield* await comments(api, key);
    },
    addComment: async (key, markdown) => {
      await readIssue(api, key);
      const added = oneOf(await api.call(['comments', 'add', '--', keyOf(key), markdown]));
      return added === undefined ? lastOf(await comments(api, key)) : toComment(added);
    },

    getIssueLinks: (key) => linksOf(api, key),
    createLink: (key, link) => createLink(api, key, link),
    deleteLink: (key, link) => deleteLink(api, key, link),
    async *listLabels() {
      for (const found of listOf(await api.call(['label', 'list-all']))) {
        yield { name: neededText('beads', 'a label', isRecord(found) ? found['label'] : found) };
      }
    },
  };
}

/** bd can do more with each version: its help says what. */
async function capabilities({ api, states }: Tracker): Promise<Capabilities> {
  const lacks = async (flag: string, field: 'parent' | 'dueDate' | 'type') =>
    (await api.knows('update', flag)) ? {} : { [field]: 'This version of bd cannot change it: please update bd.' };
  const comments = 'bd can add comments, and neither change nor delete them.';
  const labels = 'Labels come with the issues that have them, and go with them.';
  return capabilitiesBut(
    {
      'several assignees': 'An issue of bd belongs to one person.',
      milestone: 'bd has no milestones. An epic as parent is the nearest thing.',
      storyPoints: 'bd estimates in minutes.',
      sprint: 'bd has no sprints.',
      'edit comments': comments,
      'delete comments': comments,
      'create labels': labels,
      'edit labels': labels,
      'delete labels': labels,
      'list milestones': 'bd has no milestones.',
      'create milestones': 'bd has no milestones.',
      'edit milestones': 'bd has no milestones.',
      'delete milestones': 'bd has no milestones.',
      'list users': 'bd keeps no list of people: whoever is named can be given an issue.',
      ...(await lacks('parent', 'parent')),
      ...(await lacks('due', 'dueDate')),
      ...(await lacks('type', 'type')),
    },
    { states: statesOf(states), linkTypes: await linkTypes(api), types: TYPES },
  );
}

async function currentUser(api: Api): Promise<Person> {
  // proves that the program is there, and issues for it
  await api.call(['list', option('limit', 1)]);
  const name = await api.actor();
  if (name) return toPerson(name);
  throw new PaceError({
    kind: 'configuration',
    message: 'bd does not know in whose name to write here.',
    remedy: 'Please set `beads.actor` in pace.config.yaml, or run `git config --global user.name "Your Name"`.',
  });
}

/** All in one answer: bd hides what is closed and cuts lists at fifty unless it is told not to. Newest first. */
async function* listIssues({ api, states }: Tracker, filter: IssueFilter = {}): AsyncGenerator<Issue> {
  const labels = (filter.labels ?? []).map((label) => option('label', asListItem(label.trim())));
  const found = listOf(await api.call(['list', '--all', option('limit', 0), ...labels]));
  const issues = found.map((wire) => toIssue(toWireIssue(wire), states));
  const unique = new Map(issues.map((issue) => [issue.key, issue]));
  yield* [...unique.values()].toSorted((one, other) => other.createdAt - one.createdAt);
}

async function comments(api: Api, key: string) {
  const found = listOf(await api.call(['comments', keyOf(key)]));
  // bd takes a part of an id for the whole
  if (found.some((each) => isRecord(each) && each['issue_id'] !== undefined && each['issue_id'] !== key)) {
    throw noSuchIssue(key);
  }
  return found.map(toComment).toSorted((one, other) => one.createdAt - other.createdAt);
}

function lastOf<Item>(items: readonly Item[]): Item {
  const last = items.at(-1);
  if (last === undefined) throw new TypeError('bd does not show the comment that it has added');
  return last;
}
