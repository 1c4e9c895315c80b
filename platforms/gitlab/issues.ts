/** The issue tracker on GitLab. https://docs.gitlab.com/api/issues/ */
import { withMetadata } from '../../core/drivers/hidden-metadata.ts';
import { linkedFiles } from '../../core/drivers/linked-files.ts';
import { noId, vendorId } from '../../core/drivers/vendor-id.ts';
import { asPaceError, type PaceError } from '../../core/errors.ts';
import { createDownload } from '../../core/http/download.ts';
import type { Issue, IssuePatch, Settings, Target, TrackerDriver } from '../../core/ports/index.ts';
import { normalText } from '../../core/text/normal-text.ts';
import type { World } from '../../core/world.ts';
import { toCapabilities } from './abilities.ts';
import { authentication, headersOf, readable } from './api.ts';
import { attachmentReader, filesAt } from './attachments.ts';
import { addComment, deleteComment, listComments, updateComment } from './comments.ts';
import { TITLE_LIMIT } from './fields.ts';
import { FILTERS, SORTS } from './filter.ts';
import { history } from './history.ts';
import { type IssueContext, issueContext, type Place, placeOf } from './issue-context.ts';
import { seenFrom, toIssue, toPerson } from './issue-wire.ts';
import { createLabel, deleteLabel, listLabels, updateLabel } from './labels.ts';
import { createLink, deleteLink, getIssueLinks } from './links.ts';
import { listIssues } from './list.ts';
import { createMilestone, deleteMilestone, listMilestones, updateMilestone } from './milestones.ts';
import { isTeamMember, isTrusted, isWriter, listUsers } from './people.ts';
import { harmless, withPower } from './quick-actions.ts';
import { barred, type Operation } from './refusals.ts';
import {
  createIssue,
  deleteIssue,
  findIssue,
  getAvailableTransitions,
  getIssue,
  transitionIssue,
  updateIssue,
} from './writes.ts';

const BODY_LIMIT = 1_048_576;

/** The tracker for `issues_project`, else `project`. Makes no request yet. */
export function createTracker(world: World, settings: Settings): TrackerDriver {
  const context = issueContext(world, settings);
  const { api, project, words } = context;

  function write<Result>(operation: Operation, context: IssueContext, act: () => Promise<Result>, number?: number) {
    return api.attempt(operation, () =>
      act().catch(async (error: unknown) => {
        throw await whatBars(context, operation, asPaceError(error), number);
      }),
    );
  }

  /** Something is written to an issue, in the project that its key names. */
  function at<Given extends unknown[], Result>(
    operation: Operation,
    act: (place: Place, ...given: Given) => Promise<Result>,
  ): (key: string, ...given: Given) => Promise<Result> {
    return (key, ...given) =>
      api.attempt(operation, async () => {
        const place = placeOf(context, key);
        return write(operation, place.context, () => act(place, ...given), place.number);
      });
  }

  function seen(place: Place, issue: Issue): Issue {
    return place.context === context ? issue : seenFrom(place.context.project, issue);
  }

  return {
    platform: 'gitlab',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody: (markdown, metadata) => withMetadata(markdown, metadata).length,
    formatDescription: (markdown) => markdown,
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(context),
    isTrusted: (issue) => api.attempt('getIssue', () => isTrusted(api, project, issue)),
    isWriter: (person) => api.attempt('getIssue', () => isWriter(api, project, person)),

    capabilities: () => api.attempt('capabilities', async () => toCapabilities(await context.edition(), words)),
    getCurrentUser: () =>
      api.attempt('getCurrentUser', async () => toPerson(await api.resources().users.showCurrentUser())),

    containerId: () =>
      api.attempt('containerId', async () => {
        const { id } = await api.resources().projects.show(project);
        return vendorId(id) ?? noId('GitLab');
      }),
    harmless,
    normalText: { version: 1, of: (markdown) => normalText(withPower(markdown)) },

    getIssue: (key) => api.attempt('getIssue', () => getIssue(context, key)),
    filters: FILTERS,
    sorts: SORTS,
    listIssues: (filter) => listIssues(context, filter),
    createIssue: (draft) => write('createIssue', context, () => createIssue(context, draft)),
    deltas: ['labels'],
    updateIssue: at('updateIssue', async (place, patch: IssuePatch) => seen(place, await updateIssue(place, patch))),
    transitionIssue: at('transitionIssue', async (place, target: Target) =>
      seen(place, await transitionIssue(place, target)),
    ),
    deleteIssue: at('deleteIssue', deleteIssue),
    getAvailableTransitions: (key) =>
      api.attempt('getAvailableTransitions', () => getAvailableTransitions(context, key)),

    listComments: (key) => listComments(context, key),
    addComment: at('addComment', addComment),
    updateComment: at('updateComment', updateComment),
    deleteComment: at('deleteComment', deleteComment),

    filesAreLinks: true,
    async *listAttachments(key) {
      const { issue, place } = await api.attempt('listAttachments', () => findIssue(context, key));
      yield* linkedFiles(toIssue(issue, context.words), listComments(context, key), filesAt(api.url, place.project));
    },
    readAttachment: attachmentReader(
      api.url,
      createDownload(world, { title: 'GitLab', server: api.url, headers: headersOf(authentication(settings)) }),
    ),

    getIssueLinks: (key) => api.attempt('getIssueLinks', () => getIssueLinks(context, key)),
    createLink: (key, link) => api.attempt('createLink', () => createLink(context, key, link)),
    deleteLink: (key, link) => api.attempt('deleteLink', () => deleteLink(context, key, link)),

    listLabels: () => listLabels(context),
    createLabel: (label) => api.attempt('createLabel', () => createLabel(context, label)),
    updateLabel: (name, changes) => api.attempt('updateLabel', () => updateLabel(context, name, changes)),
    deleteLabel: (name) => api.attempt('deleteLabel', () => deleteLabel(context, name)),
    listMilestones: () => listMilestones(context),
    createMilestone: (milestone) => api.attempt('createMilestone', () => createMilestone(context, milestone)),
    updateMilestone: (title, changes) => api.attempt('updateMilestone', () => updateMilestone(context, title, changes)),
    deleteMilestone: (title) => api.attempt('deleteMilestone', () => deleteMilestone(context, title)),
    listUsers: () => listUsers(context),

    history: (key) => history(context, key),
    closedBy: (key) =>
      api.attempt('closedBy', async () => {
        const { state, closed_by: closer } = (await findIssue(context, key)).issue;
        return state === 'closed' && closer && typeof closer !== 'string' ? toPerson(closer) : undefined;
      }),
    isTeamMember: (team, person) => api.attempt('isTeamMember', () => isTeamMember(api, team, person)),
  };
}

/** GitLab says of a locked discussion and of an archived project no more than of a missing role: they are looked at. */
async function whatBars(context: IssueContext, operation: Operation, error: PaceError, number?: number) {
  if (error.status !== 403 || error.vendorMessage?.includes('insufficient_scope')) return error;
  const { issues, projects } = context.api.resources();
  const project = await readable(() => projects.show(context.project));
  const isComment = ['addComment', 'updateComment', 'deleteComment'].includes(operation);
  const archived = project?.archived === true;
  const asks = isComment && !archived && number !== undefined;
  const issue = asks ? await readable(() => issues.show(number, { projectId: context.project })) : undefined;
  return barred(error, operation, { archived, locked: issue?.discussion_locked === true });
}
