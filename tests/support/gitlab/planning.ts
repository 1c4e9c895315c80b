import type { Answer, Asked, Routes } from '../loopback.ts';
import { bodyOf, guarded, type LabelRow, type MilestoneRow, page, refused, type State } from './state.ts';

/** https://docs.gitlab.com/api/labels/, /api/milestones/ and /api/epics/ */
export function planningRoutes(state: State): Routes {
  const label = (asked: Asked, answer: (row: LabelRow) => Answer): Answer => {
    const row = state.labels.find(({ id, isOurs }) => isOurs && String(id) === asked.params['label']);
    return row ? answer(row) : refused(404, '404 Label Not Found');
  };
  const milestone = (asked: Asked, answer: (row: MilestoneRow) => Answer): Answer => {
    const row = state.milestones.find(({ id, isOurs }) => isOurs && String(id) === asked.params['milestone']);
    return row ? answer(row) : refused(404, '404 Milestone Not Found');
  };
  const writes = { role: 'Reporter', write: true } as const;
  return guarded(state, {
    'GET /projects/:id/labels': [
      {},
      (asked) =>
        page(
          asked,
          searched(state.labels, asked, ({ name }) => name),
          labelOf,
        ),
    ],
    'POST /projects/:id/labels': [writes, (asked) => createLabel(state, asked)],
    'PUT /projects/:id/labels/:label': [writes, (asked) => label(asked, (row) => editLabel(state, asked, row))],
    'DELETE /projects/:id/labels/:label': [
      writes,
      (asked) =>
        label(asked, (row) => {
          state.labels.splice(state.labels.indexOf(row), 1);
          for (const issue of state.issues) issue.labels = issue.labels.filter((name) => name !== row.name);
          return { status: 204 };
        }),
    ],
    'GET /projects/:id/milestones': [
      {},
      (asked) => {
        const shown = state.milestones.filter(
          ({ isOurs }) => isOurs || asked.query.get('include_ancestors') === 'true',
        );
        return page(
          asked,
          searched(shown, asked, ({ title }) => title),
          shownMilestone,
        );
      },
    ],
    'POST /projects/:id/milestones': [writes, (asked) => createMilestone(state, asked)],
    'PUT /projects/:id/milestones/:milestone': [
      writes,
      (asked) => milestone(asked, (row) => editMilestone(asked, row)),
    ],
    'DELETE /projects/:id/milestones/:milestone': [
      writes,
      (asked) =>
        milestone(asked, (row) => {
          state.milestones.splice(state.milestones.indexOf(row), 1);
          for (const issue of state.issues) if (issue.milestoneId === row.id) issue.milestoneId = null;
          return { status: 204 };
        }),
    ],
    'GET /groups/:group/epics': [
      {},
      (asked) =>
        page(
          asked,
          state.premium ? state.epics.filter(({ group }) => group === asked.params['group']) : [],
          (epic) => epic,
        ),
    ],
    'GET /groups/:group/epics/:epic': [
      {},
      ({ params }) => {
        const found = state.epics.find(({ iid, group }) => String(iid) === params['epic'] && group === params['group']);
        return found && state.premium ? { json: found } : refused(404, '404 Not found');
      },
    ],
  });
}

function searched<Row>(rows: readonly Row[], { query }: Asked, textOf: (row: Row) => string): Row[] {
  const wanted = query.get('search')?.toLowerCase() ?? '';
  return rows.filter((row) => textOf(row).toLowerCase().includes(wanted));
}

/** A label of this name, which is made when it does not exist. */
export function addLabel(state: State, name: string): void {
  if (state.labels.some((row) => row.name === name)) return;
  state.labels.push({ id: state.nextId(), name, color: '#6699cc', description: null, isOurs: true });
}

function createLabel(state: State, asked: Asked): Answer {
  const { name, color, description } = bodyOf(asked);
  if (name === undefined || color === undefined) return { status: 400, json: { error: 'name is missing' } };
  if (state.labels.some((row) => row.name === name)) return refused(409, 'Label already exists');
  const row: LabelRow = {
    id: state.nextId(),
    name: String(name),
    color: String(color),
    description: description === undefined ? null : String(description),
    isOurs: true,
  };
  state.labels.push(row);
  return { status: 201, json: labelOf(row) };
}

function editLabel(state: State, asked: Asked, row: LabelRow): Answer {
  const { new_name: name = row.name, color = row.color, description = row.description } = bodyOf(asked);
  for (const issue of state.issues)
    issue.labels = issue.labels.map((label) => (label === row.name ? String(name) : label));
  Object.assign(row, { name, color, description });
  return { json: labelOf(row) };
}

function labelOf({ id, name, color, description, isOurs }: LabelRow) {
  const counts = { open_issues_count: 0, closed_issues_count: 0, open_merge_requests_count: 0 };
  const looks = { color, text_color: '#FFFFFF', description, description_html: description ?? '' };
  return { id, name, ...looks, ...counts, subscribed: false, priority: null, is_project_label: isOurs };
}

function createMilestone(state: State, asked: Asked): Answer {
  const { title, description, due_date: due } = bodyOf(asked);
  if (title === undefined) return { status: 400, json: { error: 'title is missing' } };
  if (state.milestones.some((row) => row.title === title))
    return refused(400, { title: ['already being used for another group or project milestone.'] });
  const row: MilestoneRow = {
    id: state.nextId(),
    title: String(title),
    description: description === undefined ? null : String(description),
    state: 'active',
    dueDate: due === undefined ? null : String(due),
    isOurs: true,
  };
  state.milestones.push(row);
  return { status: 201, json: shownMilestone(row) };
}

function editMilestone(asked: Asked, row: MilestoneRow): Answer {
  const { title = row.title, description = row.description, due_date: due, state_event: event } = bodyOf(asked);
  Object.assign(row, { title, description });
  if (due !== undefined) row.dueDate = String(due) || null;
  if (event !== undefined) row.state = event === 'close' ? 'closed' : 'active';
  return { json: shownMilestone(row) };
}

export function milestoneOf(state: State, id: number | null) {
  const row = state.milestones.find((each) => each.id === id);
  return row ? shownMilestone(row) : null;
}

function shownMilestone({ id, title, description, state, dueDate, isOurs }: MilestoneRow) {
  return {
    id,
    iid: id,
    ...(isOurs ? { project_id: 4217 } : { group_id: 9 }),
    title,
    description,
    state,
    due_date: dueDate,
    start_date: null,
    expired: false,
    created_at: '2026-03-02T09:00:00.000Z',
    updated_at: '2026-03-02T09:00:00.000Z',
  };
}
