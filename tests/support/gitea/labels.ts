import type { Answer, Asked, Routes } from '../loopback.ts';
import {
  bodyOf,
  guarded,
  type LabelRow,
  type MilestoneRow,
  NOT_FOUND,
  page,
  pageWithoutLinks,
  refused,
  type State,
  timeOf,
} from './state.ts';

const READ = { scope: 'read:issue' } as const;
const WRITE = { scope: 'write:issue', access: 'write', inArchive: true } as const;

/** Labels of the repository and of its organisation, and milestones. */
export function labelRoutes(state: State): Routes {
  const labels = '/repos/:owner/:repo/labels';
  const milestones = '/repos/:owner/:repo/milestones';
  const own = () => state.labels.filter(({ shared }) => !shared);
  const label = (asked: Asked, answer: (row: LabelRow) => Answer) => {
    const row = own().find(({ id }) => String(id) === asked.params['id']);
    return row ? answer(row) : NOT_FOUND;
  };
  const milestone = (asked: Asked, answer: (row: MilestoneRow) => Answer) => {
    const row = state.milestones.find(({ id }) => String(id) === asked.params['id']);
    return row ? answer(row) : NOT_FOUND;
  };
  return guarded(state, {
    [`GET ${labels}`]: [
      READ,
      (asked) => pageWithoutLinks(state, asked, own(), (rows) => rows.map(({ id }) => labelOf(state, id))),
    ],
    // a second label of the same name is no error
    [`POST ${labels}`]: [WRITE, (asked) => createLabel(state, asked)],
    [`PATCH ${labels}/:id`]: [
      WRITE,
      (asked) =>
        label(asked, (row) => {
          const { name, color, description } = bodyOf(asked);
          if (name !== undefined) row.name = String(name);
          if (color !== undefined) row.color = String(color);
          if (description !== undefined) row.description = String(description);
          return { json: labelOf(state, row.id) };
        }),
    ],
    [`DELETE ${labels}/:id`]: [
      WRITE,
      // one that is not there is gone, too
      ({ params }) => {
        const gone = own().find(({ id }) => String(id) === params['id'])?.id;
        state.labels = state.labels.filter((row) => row.id !== gone);
        for (const issue of state.issues) issue.labelIds = issue.labelIds.filter((each) => each !== gone);
        return { status: 204 };
      },
    ],
    'GET /orgs/:org/labels': [
      { scope: 'read:organization' },
      (asked) => {
        if (!state.organisation || state.organisationHidden || asked.params['org'] !== state.owner) return NOT_FOUND;
        const shared = state.labels.filter((row) => row.shared);
        return page(state, asked, shared, (rows) => rows.map(({ id }) => labelOf(state, id)));
      },
    ],
    [`GET ${milestones}`]: [
      READ,
      (asked) => {
        const wanted = asked.query.get('state') ?? 'open';
        const rows = state.milestones.filter((row) => wanted === 'all' || row.state === wanted);
        return page(state, asked, rows, (shown) => shown.map((row) => milestoneOf(state, row)));
      },
    ],
    [`POST ${milestones}`]: [WRITE, (asked) => createMilestone(state, asked)],
    [`PATCH ${milestones}/:id`]: [
      WRITE,
      (asked) =>
        milestone(asked, (row) => {
          const { title, description, state: word, due_on: due } = bodyOf(asked);
          if (title !== undefined) row.title = String(title);
          if (description !== undefined) row.description = String(description);
          if (word !== undefined) row.state = word === 'closed' ? 'closed' : 'open';
          if (due !== undefined) row.due = Date.parse(String(due)) / 1000;
          return { json: milestoneOf(state, row) };
        }),
    ],
    [`DELETE ${milestones}/:id`]: [
      WRITE,
      (asked) =>
        milestone(asked, ({ id }) => {
          state.milestones = state.milestones.filter((row) => row.id !== id);
          return { status: 204 };
        }),
    ],
  });
}

function createLabel(state: State, asked: Asked): Answer {
  const { name, color, description = '', exclusive = false } = bodyOf(asked);
  if (!name) return refused(422, '[Name]: Required');
  if (!/^#?[0-9a-fA-F]{3,6}$/.test(String(color))) return refused(422, 'invalid color');
  const row = {
    id: state.nextId(),
    name: String(name),
    color: String(color),
    description: String(description),
    exclusive: exclusive === true,
    shared: false,
  };
  state.labels.push(row);
  return { status: 201, json: labelOf(state, row.id) };
}

function createMilestone(state: State, asked: Asked): Answer {
  const { title, description = '', due_on: due } = bodyOf(asked);
  const row: MilestoneRow = {
    id: state.nextId(),
    title: String(title),
    description: String(description),
    state: 'open',
    due: due === undefined ? null : Date.parse(String(due)) / 1000,
  };
  state.milestones.push(row);
  return { status: 201, json: milestoneOf(state, row) };
}

export function labelOf(state: State, id: number) {
  const row = state.labels.find((each) => each.id === id);
  return (
    row && {
      id,
      name: row.name,
      exclusive: row.exclusive,
      is_archived: false,
      color: row.color.replace(/^#/, ''),
      description: row.description,
      url: `${state.origin}/api/v1/repos/${state.path}/labels/${id}`,
    }
  );
}

export function milestoneOf(state: State, row: MilestoneRow) {
  const at = timeOf(state, state.time());
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    state: row.state,
    open_issues: 0,
    closed_issues: 0,
    created_at: at,
    updated_at: at,
    closed_at: row.state === 'closed' ? at : null,
    due_on: row.due === null ? null : timeOf(state, row.due),
  };
}
