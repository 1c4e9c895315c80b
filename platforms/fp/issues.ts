/** The tracker fp of Fiberplane, through its program. https://fp.dev/docs */

import { asPaceError, PaceError } from '../../core/errors.ts';
import { capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Capabilities, Person, Settings, TrackerDriver } from '../../core/ports/index.ts';
import { PRIORITIES } from '../../core/ports/issue.ts';
import { gitOr } from '../../core/programs/git.ts';
import type { RunProgram } from '../../core/programs/program.ts';
import { normalText } from '../../core/text/normal-text.ts';
import type { World } from '../../core/world.ts';
import { type Api, connect } from './api.ts';
import { addComment, commentsOf, deleteComment, updateComment } from './comments.ts';
import type { Tracker } from './issue-context.ts';
import { changeLink, linksOf, listIssues } from './list.ts';
import { createStates } from './states.ts';
import { fromText, PRIORITY_WORDS, toIssue, toPerson } from './wire.ts';
import { issueWrites, readIssue, TITLE_LIMIT } from './writes.ts';

/** What one argument of a program holds everywhere, with room for labels. */
const BODY_LIMIT = 100_000;

/** Starts nothing yet. `run` stands in for the program in tests. */
export function createTracker(world: World, settings: Settings, run?: RunProgram): TrackerDriver {
  const tracker: Tracker = { api: connect(world, settings, run), states: createStates(settings['states']) };
  const { api, states } = tracker;
  return {
    platform: 'fp',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'bytes' },
    measureBody: (markdown, metadata = {}) => Buffer.byteLength(fromText(markdown, metadata, {})),
    formatDescription: (markdown) => markdown,
    // comments lose every blank at their end, also those of typesetters
    normalText: { version: 1, of: (markdown) => normalText(markdown.trimEnd()) },
    capabilities: () => capabilities(tracker),
    getCurrentUser: () => currentUser(api),
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(tracker),

    getIssue: async (key) => toIssue(await readIssue(api, key), states),
    filters: [],
    sorts: [],
    listIssues: (filter) => listIssues(tracker, filter),
    ...issueWrites(tracker),
    getAvailableTransitions: async (key) => {
      const { stateName } = toIssue(await readIssue(api, key), states);
      return states.transitions((await api.project()).statuses, stateName);
    },

    async *listComments(key) {
      yield* await commentsOf(api, key);
    },
    addComment: (key, markdown) => addComment(api, key, markdown),
    updateComment: (key, id, markdown) => updateComment(api, key, id, markdown),
    deleteComment: (key, id) => deleteComment(api, key, id),

    getIssueLinks: (key) => linksOf(api, key),
    createLink: (key, link) => changeLink(api, key, link, true),
    deleteLink: (key, link) => changeLink(api, key, link, false),
    async *listLabels() {
      const seen = new Set<string>();
      for await (const { labels } of listIssues(tracker)) {
        for (const name of labels.filter((label) => !seen.has(label))) {
          seen.add(name);
          yield { name };
        }
      }
    },
  };
}

async function capabilities({ api, states }: Tracker): Promise<Capabilities> {
  const { statuses } = await api.project();
  const labels = 'Labels come with the issues that have them, and go with them.';
  const milestones = 'fp has no milestones. A parent is the nearest thing.';
  const people = 'An issue of fp belongs to whoever works on it.';
  return capabilitiesBut(
    {
      type: 'fp has no types of issues. A label is the nearest thing.',
      assignees: people,
      'several assignees': people,
      milestone: milestones,
      storyPoints: 'fp has no estimates.',
      dueDate: 'fp has no due dates.',
      sprint: 'fp has no sprints.',
      'delete issues': 'fp deletes none. Please close it: `pace issue close KEY --reason not-planned`.',
      attachments: 'fp keeps no files. Please commit the file, and name it in the text.',
      'create labels': labels,
      'edit labels': labels,
      'delete labels': labels,
      'list milestones': milestones,
      'create milestones': milestones,
      'edit milestones': milestones,
      'delete milestones': milestones,
      'list users': people,
    },
    {
      states: states.among(statuses),
      priorities: PRIORITIES.filter((place) => PRIORITY_WORDS[place] !== undefined),
      linkTypes: ['depends on', 'is dependency of'],
    },
  );
}

/** Who is logged in; a folder that is shared with nobody needs no login. */
async function currentUser(api: Api): Promise<Person> {
  const words = await api.run(['auth', 'status']).then(
    ({ stdout, stderr }) => `${stdout}\n${stderr}`,
    (error: unknown) => {
      if (['configuration', 'transient'].includes(asPaceError(error).kind)) throw error;
      return '';
    },
  );
  const [, email] = /^\s*Email:\s*(\S+)\s*$/m.exec(words) ?? [];
  const [, name] = /^\s*Name:\s*(.+?)\s*$/m.exec(words) ?? [];
  if (email !== undefined) return { ...toPerson(email), name: name ?? email };
  const known = (await gitOr(api.world, ['config', 'user.email'])) ?? api.world.env['USER'];
  if (known) return toPerson(known);
  throw new PaceError({
    kind: 'configuration',
    message: 'fp does not know who you are.',
    remedy: 'Please run `fp auth login`.',
  });
}
