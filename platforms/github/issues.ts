/** GitHub's issues. https://docs.github.com/en/rest/issues */
import { defined } from '../../core/defined.ts';
import { withMetadata, withoutMetadata } from '../../core/drivers/hidden-metadata.ts';
import { linkedFiles } from '../../core/drivers/linked-files.ts';
import { noId } from '../../core/drivers/vendor-id.ts';
import { createDownload } from '../../core/http/download.ts';
import type { Comment, Issue, IssueLink, IssuePatch, Settings, Target, TrackerDriver } from '../../core/ports/index.ts';
import { normalText } from '../../core/text/normal-text.ts';
import type { World } from '../../core/world.ts';
import { createFeatures } from './abilities.ts';
import { placeOf } from './address.ts';
import { type Api, createApi } from './api.ts';
import { attachmentReader, filesAt, webOf } from './attachments.ts';
import { addComment, deleteComment, listComments, listCommentsSince, updateComment } from './comments.ts';
import { createIssueFields, sameName } from './field-labels.ts';
import { history } from './history.ts';
import { createPlaces } from './issue-context.ts';
import { toComment, toIssue, toPerson } from './issue-wire.ts';
import { createLabel, deleteLabel, listLabels, updateLabel } from './labels.ts';
import { createLink, deleteLink, getIssueLinks } from './links.ts';
import { FILTERS, listIssues, SORTS } from './list.ts';
import { createMilestone, deleteMilestone, listMilestones, updateMilestone } from './milestones.ts';
import { getCurrentUser, isTeamMember, isTrusted, isWriter, listUsers } from './people.ts';
import { createIssue, TITLE_LIMIT, transitionIssue, updateIssue, type Writing } from './writes.ts';

/** GitHub counts characters; UTF-16 units are never fewer. */
const BODY_LIMIT = 65_536;

/** The tracker for `issues_repository`, else `repository`. Makes no request yet. */
export function createTracker(world: World, settings: Settings): TrackerDriver {
  const api = createApi(world, settings, settings['issues_repository'] ?? settings['repository'] ?? '');
  const fields = createIssueFields(settings['states']);
  const features = createFeatures(api, fields);
  const writing = { world, api, fields, features };

  const places = createPlaces(api);
  const { at, seen, named } = places;
  const writers = new Map<string, boolean>();

  function writingAt(place: Api): Writing {
    return place === api ? writing : { ...writing, api: place, features: createFeatures(place, fields) };
  }

  async function read(operation: string, key: string): Promise<Issue> {
    const { issue, place } = await places.find(operation, key);
    return seen(place, toIssue(issue, fields));
  }

  async function* comments(key: string): AsyncGenerator<Comment> {
    const { api: place, number } = placeOf(api, 'listComments', key);
    for await (const wire of listComments(place, number)) {
      // what a comment tells of its author needs no request later
      if (wire.user) writers.set(whoAndWhere(place, wire.user.login), isWriter(wire));
      yield toComment(wire);
    }
  }

  const web = webOf(api.url);
  const fileOf = filesAt(web);
  const { token } = settings;
  const headers: Record<string, string> = token ? { authorization: `token ${token}` } : {};

  return {
    platform: 'github',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody: (markdown, metadata) => withMetadata(markdown, metadata).length,
    formatDescription: (markdown) => markdown,
    // a block of metadata is taken out of comments as well
    normalText: { version: 1, of: (markdown) => normalText(withoutMetadata(markdown)) },

    capabilities: features.capabilities,
    getCurrentUser: () => getCurrentUser(api),
    containerId: async () => (await api.id('containerId')) ?? noId('GitHub'),

    getIssue: (key) => read('getIssue', key),
    filters: FILTERS,
    sorts: SORTS,
    listIssues: (filter) => listIssues(api, fields, filter),
    createIssue: (draft) => createIssue(writing, draft),
    deltas: ['labels', 'assignees'],
    updateIssue: at('updateIssue', async (place, number, { parent, ...patch }: IssuePatch) => {
      const above = typeof parent === 'string' ? named(place, parent) : parent;
      return seen(place, await updateIssue(writingAt(place), number, { ...patch, ...defined({ parent: above }) }));
    }),
    transitionIssue: at('transitionIssue', async (place, number, target: Target) =>
      seen(place, await transitionIssue(writingAt(place), number, target)),
    ),
    getAvailableTransitions: async (key) => {
      const { stateName } = await read('getAvailableTransitions', key);
      return fields.transitions.filter(({ name }) => !sameName(name, stateName));
    },

    listComments: comments,
    async *listCommentsSince(since) {
      for await (const wire of listCommentsSince(api, since)) {
        const key = /\/issues\/(\d+)$/.exec(wire.issue_url ?? '')?.[1];
        if (key !== undefined) yield { key, comment: toComment(wire) };
      }
    },
    addComment: at('addComment', addComment),
    updateComment: at('updateComment', updateComment),
    deleteComment: at('deleteComment', deleteComment),

    filesAreLinks: true,
    async *listAttachments(key) {
      yield* linkedFiles(await read('listAttachments', key), comments(key), fileOf);
    },
    readAttachment: attachmentReader(fileOf, createDownload(world, { title: 'GitHub', server: web, headers })),

    getIssueLinks: at('getIssueLinks', async (place, number) =>
      places.seenLinks(place, await getIssueLinks(place, number)),
    ),
    createLink: at('createLink', (place, number, { type, target }: IssueLink) =>
      createLink(place, number, { type, target: named(place, target) }),
    ),
    deleteLink: at('deleteLink', (place, number, { type, target }: IssueLink) =>
      deleteLink(place, number, { type, target: named(place, target) }),
    ),

    listLabels: () => listLabels(api),
    createLabel: (label) => createLabel(api, label),
    updateLabel: (name, changes) => updateLabel(api, name, changes),
    deleteLabel: (name) => deleteLabel(api, name),
    listMilestones: () => listMilestones(api),
    createMilestone: (milestone) => createMilestone(api, milestone),
    updateMilestone: (title, changes) => updateMilestone(api, title, changes),
    deleteMilestone: (title) => deleteMilestone(api, title),
    listUsers: () => listUsers(api),

    async *history(key) {
      const { issue, place } = await places.find('history', key);
      yield* history(place, issue, key);
    },
    closedBy: async (key) => {
      const { state, closed_by: closer } = (await places.find('closedBy', key)).issue;
      return state === 'closed' && closer ? toPerson(closer) : undefined;
    },
    isTeamMember: (team, person) => isTeamMember(api, team, person),
    isTrusted: async ({ key }) => isTrusted(api, (await places.find('isTrusted', key)).issue),
    // those who can be asked about have commented
    isWriter: async ({ id }, key) => writers.get(whoAndWhere(placeOf(api, 'isWriter', key).api, id)) ?? false,
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(world, api, settings['token'] ?? ''),
  };
}

/** Whoever may write in one repository need not in another. */
function whoAndWhere({ fullName }: Api, login: string): string {
  return `${fullName.toLowerCase()} ${login}`;
}
