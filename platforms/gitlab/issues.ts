/** The issue tracker on GitLab. https://docs.gitlab.com/api/issues/ */
import { withMetadata } from '../../core/drivers/hidden-metadata.ts';
import type { Settings, TrackerDriver } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { toCapabilities } from './abilities.ts';
import { addComment, deleteComment, listComments, updateComment } from './comments.ts';
import { TITLE_LIMIT } from './fields.ts';
import { FILTERS, SORTS } from './filter.ts';
import { issueContext } from './issue-context.ts';
import { toPerson } from './issue-wire.ts';
import { createLabel, deleteLabel, listLabels, updateLabel } from './labels.ts';
import { createLink, deleteLink, getIssueLinks } from './links.ts';
import { listIssues } from './list.ts';
import { createMilestone, deleteMilestone, listMilestones, updateMilestone } from './milestones.ts';
import { isTrusted, listUsers } from './people.ts';
import { createIssue, getAvailableTransitions, getIssue, transitionIssue, updateIssue } from './writes.ts';

const BODY_LIMIT = 1_048_576;

/** The tracker for `issues_project`, else `project`. Makes no request yet. */
export function createTracker(world: World, settings: Settings): TrackerDriver {
  const context = issueContext(world, settings);
  const { api, project, words } = context;
  return {
    platform: 'gitlab',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody: (markdown, metadata) => withMetadata(markdown, metadata).length,
    formatDescription: (markdown) => markdown,
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(context),
    isTrusted: (issue) => api.attempt('getIssue', () => isTrusted(api, project, issue)),

    capabilities: () => api.attempt('capabilities', async () => toCapabilities(await context.edition(), words)),
    getCurrentUser: () =>
      api.attempt('getCurrentUser', async () => toPerson(await api.resources().users.showCurrentUser())),

    getIssue: (key) => api.attempt('getIssue', () => getIssue(context, key)),
    filters: FILTERS,
    sorts: SORTS,
    listIssues: (filter) => listIssues(context, filter),
    createIssue: (draft) => api.attempt('createIssue', () => createIssue(context, draft)),
    updateIssue: (key, patch) => api.attempt('updateIssue', () => updateIssue(context, key, patch)),
    transitionIssue: (key, target) => api.attempt('transitionIssue', () => transitionIssue(context, key, target)),
    getAvailableTransitions: (key) =>
      api.attempt('getAvailableTransitions', () => getAvailableTransitions(context, key)),

    listComments: (key) => listComments(context, key),
    addComment: (key, markdown) => api.attempt('addComment', () => addComment(context, key, markdown)),
    updateComment: (key, id, markdown) => api.attempt('updateComment', () => updateComment(context, key, id, markdown)),
    deleteComment: (key, id) => api.attempt('deleteComment', () => deleteComment(context, key, id)),

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
  };
}
