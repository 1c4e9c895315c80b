/** A board of monday.com as a tracker. https://developer.monday.com/api-reference/reference/items */
import { createDownload } from '../../core/http/download.ts';
import { type Ability, type Capabilities, capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { IssueFilter, Label, Person, Settings, TrackerDriver } from '../../core/ports/index.ts';
import { PRIORITIES } from '../../core/ports/issue.ts';
import { readPerson } from '../../core/tracker/odd-records.ts';
import type { World } from '../../core/world.ts';
import { idOf } from './address.ts';
import { connect } from './api.ts';
import { attachmentCalls } from './attachments.ts';
import type { Board } from './board.ts';
import { howToAdd, type RoleName } from './columns.ts';
import { commentCalls } from './comments.ts';
import { typesOf } from './fields.ts';
import type { Tracker } from './issue-context.ts';
import { linkCalls, linkTypes, noLinks } from './links.ts';
import { listItems } from './list.ts';
import { createLookup, itemIn } from './lookup.ts';
import { BODY_LIMIT, measure } from './metadata.ts';
import { closedBy } from './people.ts';
import { NORMAL_TEXT } from './rich-text.ts';
import { needed, toPerson, USER, type WireUser } from './shapes.ts';
import { createStates, type States } from './states.ts';
import { priorityOf, statusOf } from './wire.ts';
import { createIssue, deleteIssue, read, TITLE_LIMIT, transitionIssue, updateIssue } from './writes.ts';

/** Makes no request yet. */
export function createTracker(world: World, settings: Settings): TrackerDriver {
  const api = connect(world, settings);
  const lookup = createLookup(api, settings, world);
  const states = createStates(settings['states']);
  const tracker: Tracker = { world, api, lookup, states, settings, seen: new Map() };

  async function* listIssues(filter: IssueFilter = {}) {
    for await (const item of listItems(api, lookup, filter)) {
      const board = lookup.known();
      if (board) yield read(tracker, board, item);
    }
  }

  async function getCurrentUser(): Promise<Person> {
    const { me } = await api.query<{ readonly me?: WireUser | null }>('getCurrentUser', { fields: [`me { ${USER} }`] });
    return toPerson(needed(me, 'me'));
  }

  async function* listLabels(): AsyncGenerator<Label> {
    const { board } = await lookup.find('listLabels');
    for (const { name } of board.labels.values()) yield { name };
  }

  async function* listUsers(): AsyncGenerator<Person> {
    const { people } = await lookup.find('listUsers', { people: true });
    yield* people.map((user) => readPerson(user, toPerson));
  }

  return {
    platform: 'monday',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'bytes' },
    measureBody: measure,
    formatDescription: (markdown) => markdown,
    normalText: NORMAL_TEXT,
    capabilities: async () => capabilitiesOf((await lookup.find('capabilities')).board, states),
    getCurrentUser,
    containerId: async () => api.board,
    filters: [],
    sorts: [],
    getIssue: (key) =>
      api.attempt('getIssue', async () => {
        const found = await lookup.find('getIssue', { items: [idOf(key)] });
        return read(tracker, found.board, itemIn(found, key));
      }),
    listIssues,
    createIssue: (draft) => api.attempt('createIssue', () => createIssue(tracker, draft)),
    updateIssue: (key, patch) => api.attempt('updateIssue', () => updateIssue(tracker, key, patch)),
    transitionIssue: (key, target) => api.attempt('transitionIssue', () => transitionIssue(tracker, key, target)),
    getAvailableTransitions: (key) =>
      api.attempt('getAvailableTransitions', async () => {
        const found = await lookup.find('getAvailableTransitions', { items: [idOf(key)] });
        return states.others(found.board, statusOf(found.board, itemIn(found, key)));
      }),
    deleteIssue: (key) => api.attempt('deleteIssue', () => deleteIssue(tracker, key)),
    ...commentCalls(api),
    ...attachmentCalls(api, createDownload(world, { title: 'monday', server: settings['api_url'] ?? '', headers: {} })),
    ...linkCalls(tracker),
    listLabels,
    listUsers,
    closedBy: (key) => api.attempt('closedBy', () => closedBy(tracker, key)),
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(tracker),
  };
}

/** The fields that need a column of their own. */
const FIELDS = {
  labels: 'labels',
  metadata: 'data',
  assignees: 'assignees',
  'several assignees': 'assignees',
  dueDate: 'due_date',
  storyPoints: 'points',
  priority: 'priority',
  type: 'type',
  parent: 'parent',
  'list labels': 'labels',
} as const satisfies Partial<Record<Ability, RoleName>>;

const BY_HAND =
  'Labels are made with the first issue that has them. Please edit them in the settings of the column on the board.';
const NO_MILESTONES = 'A board has no milestones. Please use a label.';

function capabilitiesOf(board: Board, states: States): Capabilities {
  const missing = Object.entries(FIELDS).filter(([, role]) => !board.columns[role]);
  const types = linkTypes(board.columns);
  const priorities = board.labelsOf(board.columns.priority).map(({ name }) => priorityOf(name));
  return capabilitiesBut(
    {
      ...Object.fromEntries(missing.map(([ability, role]) => [ability, howToAdd(role)])),
      ...(types.length > 0 ? {} : { links: noLinks() }),
      milestone: NO_MILESTONES,
      'list milestones': NO_MILESTONES,
      'create milestones': NO_MILESTONES,
      'edit milestones': NO_MILESTONES,
      'delete milestones': NO_MILESTONES,
      sprint: 'Sprints of monday dev are another board. Please use a label.',
      'create labels': BY_HAND,
      'edit labels': BY_HAND,
      'delete labels': BY_HAND,
    },
    {
      states: states.writable(board),
      priorities: PRIORITIES.filter((priority) => priorities.includes(priority)),
      linkTypes: types,
      ...(board.columns.type ? { types: typesOf(board) } : {}),
    },
  );
}
