/** The issue tracker of Gitea and Forgejo. https://docs.gitea.com/api/ (issues) */

import { createFieldLabels, STATE_LABELS_WITH_CANCELED } from '../../core/drivers/field-labels.ts';
import { withMetadata } from '../../core/drivers/hidden-metadata.ts';
import { requireOwnComment } from '../../core/drivers/own-comment.ts';
import { createStatusMap } from '../../core/drivers/status-map.ts';
import { noId, vendorId } from '../../core/drivers/vendor-id.ts';
import { asPaceError, type PaceError } from '../../core/errors.ts';
import { createDownload } from '../../core/http/download.ts';
import { capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Capabilities, Comment, Settings, TrackerDriver, Transition } from '../../core/ports/index.ts';
import { ISSUE_STATES, type IssueState } from '../../core/ports/issue.ts';
import { storable } from '../../core/text/storable.ts';
import type { World } from '../../core/world.ts';
import { numberOf } from './address.ts';
import { authorizationOf, connect } from './api.ts';
import { attachmentReader, listAttachments } from './attachments.ts';
import { createDueDates } from './due-date.ts';
import type { Tracker } from './issue-context.ts';
import { toComment, toIssue, type WireComment } from './issue-wire.ts';
import { createLabelBook } from './labels.ts';
import { createLinks, GITEA_LINKS } from './links.ts';
import { listIssues } from './list.ts';
import { createMilestones } from './milestones.ts';
import { assignable, closedBy, currentUser, isTeamMember, isTrusted, isWriter } from './people.ts';
import { issuesAreOff, lockedIssue, type Operation } from './refusals.ts';
import { issueWrites, readIssue, requireIssue, TITLE_LIMIT } from './writes.ts';

/** The column holds more; what is longer is hard to read and slow to show. */
const BODY_LIMIT = 262_144;

/** The tracker for `issues_repository`, else `repository`. Makes no request yet. */
export function createTracker(world: World, settings: Settings): TrackerDriver {
  const api = connect(world, settings, settings['issues_repository'] ?? settings['repository'] ?? '');
  const dueDates = createDueDates(api);
  const states = createStatusMap('gitea', STATE_LABELS_WITH_CANCELED, settings['states']);
  const tracker: Tracker = {
    world,
    api,
    states,
    fields: createFieldLabels(states, ['type', 'priority', 'storyPoints']),
    labels: createLabelBook(world, api),
    milestones: createMilestones(api, dueDates),
    dueDates,
  };
  const { labels, milestones } = tracker;
  const links = createLinks(api);
  const writes = issueWrites(tracker);
  return {
    platform: 'gitea',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody: (markdown, metadata) => withMetadata(markdown, metadata).length,
    formatDescription: (markdown) => markdown,
    capabilities: () => capabilities(tracker),
    getCurrentUser: () => currentUser(api),
    containerId: async () => {
      const { id } = await api.call<WireRepository>('containerId', { path: api.repo });
      return vendorId(id) ?? noId('Gitea');
    },
    isTrusted: (issue) => isTrusted(api, issue),
    isWriter: (person) => isWriter(api, person),
    closedBy: async (key) => closedBy(api, await readIssue(api, 'closedBy', key)),
    isTeamMember: (team, person) => isTeamMember(api, team, person),
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(api, world.env),

    getIssue: async (key) => toIssue(await readIssue(api, 'getIssue', key), tracker.fields),
    filters: ['state', 'labels', 'createdSince', 'updatedSince', 'updatedUntil'],
    sorts: [],
    listIssues: (filter) => listIssues(tracker, filter),
    deltas: ['labels'],
    ...writes,
    getAvailableTransitions: async (key) => transitions(tracker, key),
    deleteIssue: async (key) => {
      const { number } = await readIssue(api, 'deleteIssue', key);
      await api.send('deleteIssue', { method: 'DELETE', path: `${api.repo}/issues/${number}` });
      api.issues.delete(number);
    },

    listComments: (key) => listComments(tracker, key),
    addComment: async (key, markdown) => {
      const path = `${api.repo}/issues/${numberOf(api, 'addComment', key)}/comments`;
      const body = { body: storable(markdown) };
      await requireIssue(api, 'addComment', key);
      try {
        return toComment(await api.call<WireComment>('addComment', { method: 'POST', path, body }));
      } catch (error) {
        throw await whyNoComment(tracker, key, asPaceError(error));
      }
    },
    updateComment: async (key, id, markdown) => {
      const path = await ownComment(tracker, 'updateComment', key, id);
      const body = { body: storable(markdown) };
      return toComment(await api.call<WireComment>('updateComment', { method: 'PATCH', path, body }));
    },
    deleteComment: async (key, id) => {
      const path = await ownComment(tracker, 'deleteComment', key, id);
      await api.send('deleteComment', { method: 'DELETE', path });
    },

    listAttachments: (key) => listAttachments(api, key),
    readAttachment: attachmentReader(
      api,
      createDownload(world, { title: 'Gitea', server: api.url, headers: authorizationOf(settings) }),
    ),
    getIssueLinks: links.list,
    createLink: links.create,
    deleteLink: links.remove,
    listLabels: labels.list,
    createLabel: labels.create,
    updateLabel: labels.update,
    deleteLabel: labels.remove,
    listMilestones: milestones.list,
    createMilestone: milestones.create,
    updateMilestone: milestones.update,
    deleteMilestone: milestones.remove,
    async *listUsers() {
      yield* await assignable(api, 'listUsers');
    },
  };
}

/** As far as it is read. */
interface WireRepository {
  readonly id?: number;
  readonly has_issues?: boolean;
  readonly internal_tracker?: { readonly enable_issue_dependencies?: boolean } | null;
}

async function capabilities({ api, states }: Tracker): Promise<Capabilities> {
  const { internal_tracker: internal, has_issues: hasIssues } = await api.call<WireRepository>('capabilities', {
    path: api.repo,
  });
  // an owner's issues would be kept where nobody can read them
  if (hasIssues === false) throw issuesAreOff(api);
  const withLinks = internal?.enable_issue_dependencies === true;
  return capabilitiesBut(
    {
      parent: 'Gitea has no parents. Please link the issues instead: “blocks” or “is blocked by”.',
      sprint: 'Gitea has no sprints. A milestone is the nearest thing.',
      ...(withLinks
        ? {}
        : { links: 'Dependencies are off in the repository: please enable them under Settings → Units → Issues.' }),
    },
    {
      states: ISSUE_STATES.filter((state) => isNative(state) || states.toNames(state).length > 0),
      linkTypes: withLinks ? GITEA_LINKS : [],
    },
  );
}

function isNative(state: IssueState): boolean {
  return state === 'open' || state === 'done';
}

async function transitions({ api, states, fields }: Tracker, key: string): Promise<Transition[]> {
  const { stateName } = toIssue(await readIssue(api, 'getAvailableTransitions', key), fields);
  const all = ISSUE_STATES.flatMap((state) => {
    const names = states.toNames(state);
    const own = state === 'open' ? ['open'] : state === 'done' ? ['closed'] : [];
    return (names.length > 0 ? names : own).map((name) => ({ name, state }));
  });
  return all.filter(({ name }) => name.toLowerCase() !== stateName.toLowerCase());
}

/**
 * The server fails where there is no such issue; a locked one is refused like a missing permission, in the words of the server's
 * language.
 */
async function whyNoComment({ api }: Tracker, key: string, error: PaceError): Promise<PaceError> {
  if (error.status === 500) {
    return readIssue(api, 'addComment', key).then(
      () => error,
      (lookedUp: unknown) => (asPaceError(lookedUp).kind === 'not-found' ? asPaceError(lookedUp) : error),
    );
  }
  if (error.status !== 403 || /scope/i.test(error.vendorMessage ?? '')) return error;
  const issue = await readIssue(api, 'addComment', key).catch(() => undefined);
  return issue?.is_locked === true ? lockedIssue(error, api) : error;
}

/** Where the comment is changed, which may belong to another issue: the path has nothing of it. */
async function ownComment(tracker: Tracker, operation: Operation, key: string, id: string): Promise<string> {
  numberOf(tracker.api, operation, key);
  const number = numberOf(tracker.api, operation, id);
  await requireOwnComment(listComments(tracker, key, operation), key, String(number));
  return `${tracker.api.repo}/issues/comments/${number}`;
}

/** The list has no pages, and holds no events. */
async function* listComments(
  { api }: Tracker,
  key: string,
  operation: Operation = 'listComments',
): AsyncGenerator<Comment> {
  const path = `${api.repo}/issues/${numberOf(api, operation, key)}/comments`;
  await requireIssue(api, operation, key);
  try {
    yield* (await api.call<WireComment[]>(operation, { path })).map(toComment);
  } catch (error) {
    // Gitea answers 500 for an issue that does not exist
    if (asPaceError(error).status === 500) await readIssue(api, operation, key);
    throw error;
  }
}
