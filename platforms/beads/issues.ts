/** The tracker beads, through its program. https://github.com/steveyegge/beads */

import { withMetadata } from '../../core/drivers/hidden-metadata.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import { capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Capabilities, Person, Settings, TrackerDriver } from '../../core/ports/index.ts';
import { option, type RunProgram } from '../../core/programs/program.ts';
import { isRecord } from '../../core/record.ts';
import { claimsByComment } from '../../core/tracker/claims.ts';
import type { World } from '../../core/world.ts';
import { type Api, connect } from './api.ts';
import { beadsClaims } from './claims.ts';
import { issueComments } from './comments.ts';
import { TITLE_LIMIT } from './fields.ts';
import type { Tracker } from './issue-context.ts';
import { createLink, deleteLink, linksOf, linkTypes } from './links.ts';
import { listIssues, SORTS } from './list.ts';
import { readyIssues } from './ready.ts';
import { listOf } from './shapes.ts';
import { showing } from './show.ts';
import { createStates, statesOf, transitionsFrom } from './states.ts';
import { toIssue, toPerson } from './wire.ts';
import { issueWrites } from './writes.ts';

/** The column of version 1 holds 65,535 bytes. */
const BODY_LIMIT = 60_000;

/** One run of the program answers for all of them. */
const READS_AT_ONCE = 50;

const TYPES = ['task', 'bug', 'story', 'epic', 'chore'];

/** Starts nothing yet. `run` stands in for the program in tests. */
export function createTracker(world: World, settings: Settings, run?: RunProgram): TrackerDriver {
  const api = connect(world, settings, run);
  const tracker: Tracker = { api, states: createStates(settings['states']), shows: showing(api) };
  const { states, shows } = tracker;
  const driver = {
    platform: 'beads',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'bytes' },
    // where the text holds the metadata, they count
    measureBody: (markdown, metadata) => Buffer.byteLength(withMetadata(markdown, metadata)),
    formatDescription: (markdown) => markdown,
    capabilities: () => capabilities(tracker),
    getCurrentUser: () => currentUser(api),
    containerId: () => containerId(api, settings),
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(api),

    getIssue: async (key) => toIssue(await shows.issue(key), states),
    keepsDeferral: true,
    readsAtOnce: READS_AT_ONCE,
    filters: ['labels'],
    sorts: SORTS,
    listIssues: (filter) => listIssues(tracker, filter),
    ...issueWrites(tracker),
    getAvailableTransitions: async (key) => transitionsFrom(states, toIssue(await shows.issue(key), states).stateName),
    deleteIssue: async (key) => {
      const { id } = await shows.issue(key);
      // without the word it only tells what it would do; what depends on the issue stays
      await api.call(['delete', id, '--force']);
    },
    ...issueComments(tracker),

    getIssueLinks: (key) => linksOf(tracker, key),
    createLink: (key, link) => createLink(tracker, key, link),
    deleteLink: (key, link) => deleteLink(tracker, key, link),
    async *listLabels() {
      for (const found of listOf(await api.call(['label', 'list-all']))) {
        yield { name: neededText('beads', 'a label', isRecord(found) ? found['label'] : found) };
      }
    },
  } satisfies TrackerDriver;
  const claims = beadsClaims(tracker, claimsByComment(driver, world));
  return { ...driver, claims, ...readyIssues(tracker, claims) };
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
      attachments: 'bd keeps no files. Please commit the file, and name it in the text.',
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

/** Version 1 gives each database an id that stays when its issues are called otherwise, or its folder moves. */
async function containerId(api: Api, { directory = '.' }: Settings): Promise<string> {
  const found = await api.call(['context']).catch((error: unknown) => {
    if (asPaceError(error).kind === 'unsupported') return undefined;
    throw error;
  });
  const id = isRecord(found) ? found['project_id'] : undefined;
  return typeof id === 'string' && id !== '' ? id : directory;
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
