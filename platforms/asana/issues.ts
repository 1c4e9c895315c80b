/** Asana's tasks as issues. https://developers.asana.com/reference/tasks */
import { createDownload } from '../../core/http/download.ts';
import { type Capabilities, capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Settings, TrackerDriver } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { connect } from './api.ts';
import { attachmentCalls } from './attachments.ts';
import { createBatch } from './batch.ts';
import { commentCalls } from './comments.ts';
import { FIELD_NAMES, findField, LACKING, prioritiesOf, typesOf } from './custom-fields.ts';
import type { Tracker } from './issue-context.ts';
import { createTags } from './labels.ts';
import { LINK_TYPES, linkCalls } from './links.ts';
import { listIssues } from './list.ts';
import { createProject } from './lookup.ts';
import { createPeople } from './people.ts';
import { NORMAL_TEXT, toNotes } from './rich-text.ts';
import { createStates } from './states.ts';
import { presentOf, toIssue } from './wire.ts';
import { createIssue, deleteIssue, readTask, TITLE_LIMIT, transitionIssue, updateIssue } from './writes.ts';

/** A bound of ours: Asana documents none. */
const BODY_LIMIT = 60_000;

/** Makes no request yet. */
export function createTracker(world: World, settings: Settings): TrackerDriver {
  const api = connect(world, settings);
  const project = createProject(api, settings);
  const states = createStates(settings['states']);
  const tags = createTags(api, project);
  const people = createPeople(api, project);
  const tracker: Tracker = { world, api, project, states, tags, people };
  return {
    platform: 'asana',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody: (markdown, metadata) => toNotes(markdown, metadata).length,
    formatDescription: (markdown) => toNotes(markdown, undefined),
    normalText: NORMAL_TEXT,
    capabilities: () => capabilities(tracker),
    getCurrentUser: () => people.currentUser(),
    containerId: async () => api.project,
    isTrusted: people.isTrusted,
    // Asana only shortens the list
    filters: [],
    sorts: [],
    getIssue: async (key) => toIssue(await readTask(tracker, 'getIssue', key), api.project, states),
    listIssues: (filter) => listIssues(tracker, filter),
    createIssue: (draft) => createIssue(tracker, draft),
    deltas: ['labels'],
    updateIssue: (key, patch) => updateIssue(tracker, key, patch),
    transitionIssue: (key, target) => transitionIssue(tracker, key, target),
    getAvailableTransitions: async (key) => {
      const task = await readTask(tracker, 'getAvailableTransitions', key);
      return states.transitions(presentOf(task, api.project), await project.sections('getAvailableTransitions'));
    },
    deleteIssue: (key) => deleteIssue(tracker, key),
    ...commentCalls(api),
    // its store wants no token
    ...attachmentCalls(api, createDownload(world, { title: 'Asana', server: api.url, headers: {} })),
    ...linkCalls(api),
    ...tags.calls,
    listUsers: people.listUsers,
    closedBy: people.closedBy,
    batch: createBatch(tracker),
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(tracker),
  };
}

async function capabilities({ project, states }: Tracker): Promise<Capabilities> {
  const { fields } = await project.info('capabilities');
  const priorities = prioritiesOf(fields);
  const has = { priority: priorities.length > 0, type: typesOf(fields).length > 0 };
  const lacking = FIELD_NAMES.filter((name) => !(name === 'storyPoints' ? findField(fields, name) : has[name]));
  return capabilitiesBut(
    {
      'several assignees': 'A task in Asana has one assignee.',
      sprint: 'Asana has no sprints.',
      ...NO_MILESTONES,
      ...Object.fromEntries(lacking.map((name) => [name, LACKING[name]])),
    },
    {
      states: states.writable(await project.sections('capabilities')),
      priorities,
      linkTypes: LINK_TYPES,
      ...(has.type ? { types: typesOf(fields) } : {}),
    },
  );
}

const WITHOUT =
  'A milestone of Asana is a task, and no other task belongs to it. Please make it the parent of the tasks instead, or use a label.';
const NO_MILESTONES = {
  milestone: WITHOUT,
  'list milestones': WITHOUT,
  'create milestones': WITHOUT,
  'edit milestones': WITHOUT,
  'delete milestones': WITHOUT,
};
