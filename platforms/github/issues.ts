/** GitHub's issues. https://docs.github.com/en/rest/issues */
import { withMetadata } from '../../core/drivers/hidden-metadata.ts';
import type { Settings, TrackerDriver } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { createFeatures } from './abilities.ts';
import { addressOf, getIssue } from './address.ts';
import { createApi } from './api.ts';
import { addComment, deleteComment, listComments, updateComment } from './comments.ts';
import { createIssueFields, sameName } from './field-labels.ts';
import { toIssue, type WireIssue } from './issue-wire.ts';
import { createLabel, deleteLabel, listLabels, updateLabel } from './labels.ts';
import { createLink, deleteLink, getIssueLinks } from './links.ts';
import { FILTERS, listIssues, SORTS } from './list.ts';
import { createMilestone, deleteMilestone, listMilestones, updateMilestone } from './milestones.ts';
import { getCurrentUser, isTrusted, listUsers } from './people.ts';
import { createIssue, TITLE_LIMIT, transitionIssue, updateIssue } from './writes.ts';

/** GitHub counts characters; UTF-16 units are never fewer. */
const BODY_LIMIT = 65_536;

/** The tracker for `issues_repository`, else `repository`. Makes no request yet. */
export function createTracker(world: World, settings: Settings): TrackerDriver {
  const api = createApi(world, settings, settings['issues_repository'] ?? settings['repository'] ?? '');
  const fields = createIssueFields(settings['states']);
  const features = createFeatures(api, fields);
  const writing = { world, api, fields, features };
  const wireOf = async (operation: string, key: string): Promise<WireIssue> =>
    getIssue(api, operation, addressOf(api, operation, key));
  return {
    platform: 'github',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody: (markdown, metadata) => withMetadata(markdown, metadata).length,
    formatDescription: (markdown) => markdown,

    capabilities: features.capabilities,
    getCurrentUser: () => getCurrentUser(api),

    getIssue: async (key) => toIssue(await wireOf('getIssue', key), fields),
    filters: FILTERS,
    sorts: SORTS,
    listIssues: (filter) => listIssues(api, fields, filter),
    createIssue: (draft) => createIssue(writing, draft),
    updateIssue: (key, patch) => updateIssue(writing, key, patch),
    transitionIssue: (key, target) => transitionIssue(writing, key, target),
    getAvailableTransitions: async (key) => {
      const { stateName } = toIssue(await wireOf('getAvailableTransitions', key), fields);
      return fields.transitions.filter(({ name }) => !sameName(name, stateName));
    },

    listComments: (key) => listComments(api, key),
    addComment: (key, markdown) => addComment(api, key, markdown),
    updateComment: (key, id, markdown) => updateComment(api, key, id, markdown),
    deleteComment: (key, id) => deleteComment(api, key, id),

    getIssueLinks: (key) => getIssueLinks(api, key),
    createLink: (key, link) => createLink(api, key, link),
    deleteLink: (key, link) => deleteLink(api, key, link),

    listLabels: () => listLabels(api),
    createLabel: (label) => createLabel(api, label),
    updateLabel: (name, changes) => updateLabel(api, name, changes),
    deleteLabel: (name) => deleteLabel(api, name),
    listMilestones: () => listMilestones(api),
    createMilestone: (milestone) => createMilestone(api, milestone),
    updateMilestone: (title, changes) => updateMilestone(api, title, changes),
    deleteMilestone: (title) => deleteMilestone(api, title),
    listUsers: () => listUsers(api),

    isTrusted: async ({ key }) => isTrusted(api, await wireOf('isTrusted', key)),
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(world, api, settings['token'] ?? ''),
  };
}
