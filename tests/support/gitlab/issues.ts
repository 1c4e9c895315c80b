import type { Answer, Asked, Routes } from '../loopback.ts';
import { addNote, deleteNote, editNote, noteOf, runQuickActions } from './notes.ts';
import { addLabel, milestoneOf } from './planning.ts';
import { bodyOf, guarded, type IssueRow, listOf, page, refused, type State, userOf } from './state.ts';

/** https://docs.gitlab.com/api/issues/ and /api/notes/ */
export function issueRoutes(state: State): Routes {
  const found = (asked: Asked, answer: (row: IssueRow) => Answer): Answer => {
    const row = state.issues.find((each) => String(each.iid) === asked.params['iid']);
    return row ? answer(row) : refused(404, '404 Not found');
  };
  return guarded(state, {
    'GET /projects/:id/issues': [{}, (asked) => list(state, asked)],
    'GET /projects/:id/issues/:iid': [{}, (asked) => found(asked, (row) => ({ json: issueOf(state, row) }))],
    'POST /projects/:id/issues': [{ write: true }, (asked) => create(state, asked)],
    'PUT /projects/:id/issues/:iid': [
      { role: 'Reporter', write: true },
      (asked) => found(asked, (row) => edit(state, asked, row)),
    ],
    'DELETE /projects/:id/issues/:iid': [
      { role: 'Owner', write: true },
      (asked) =>
        found(asked, (row) => {
          state.issues.splice(state.issues.indexOf(row), 1);
          state.deleted += 1;
          state.links = state.links.filter(
            ({ source, target }) => source !== row.iid && target !== `${state.project}#${row.iid}`,
          );
          return { status: 204 };
        }),
    ],
    'GET /projects/:id/issues/:iid/notes': [
      {},
      (asked) =>
        found(asked, (row) => {
          const notes = asked.query.get('sort') === 'asc' ? row.notes : row.notes.toReversed();
          return page(asked, notes, (note) => noteOf(state, note, 'Issue', row.iid));
        }),
    ],
    'POST /projects/:id/issues/:iid/notes': [
      { write: true },
      (asked) =>
        found(asked, (row) => (row.locked ? refused(403, '403 Forbidden') : addNote(state, asked, row, 'Issue'))),
    ],
    'PUT /projects/:id/issues/:iid/notes/:note': [
      { write: true },
      (asked) => found(asked, (row) => editNote(state, asked, row, 'Issue')),
    ],
    'DELETE /projects/:id/issues/:iid/notes/:note': [
      { write: true },
      (asked) => found(asked, (row) => deleteNote(asked, row)),
    ],
  });
}

function list(state: State, asked: Asked): Answer {
  const { query } = asked;
  const order = query.get('order_by') === 'updated_at' ? 'updatedAt' : 'createdAt';
  const rows = state.issues
    .filter((row) => fits(state, row, query))
    // the later number first where the time is the same
    .toSorted((one, other) => one[order].localeCompare(other[order]) || one.iid - other.iid);
  return page(asked, query.get('sort') === 'asc' ? rows : rows.toReversed(), (row) => issueOf(state, row));
}

function fits(state: State, row: IssueRow, query: URLSearchParams): boolean {
  const user = (id: number) => state.users.find((each) => each.id === id)?.username ?? '';
  const title = state.milestones.find(({ id }) => id === row.milestoneId)?.title;
  const conditions: [string, (wanted: string) => boolean][] = [
    ['state', (wanted) => wanted === 'all' || row.state === wanted],
    ['issue_type', (wanted) => row.type === wanted],
    ['labels', (wanted) => listOf(wanted).every((label) => row.labels.includes(label))],
    ['milestone', (wanted) => title === wanted],
    ['milestone_id', (wanted) => wanted === 'None' && title === undefined],
    ['assignee_id', (wanted) => wanted === 'None' && row.assigneeIds.length === 0],
    ['assignee_username[]', (wanted) => row.assigneeIds.some((id) => user(id) === wanted)],
    ['author_username', (wanted) => user(row.authorId) === wanted],
    ['epic_id', (wanted) => (wanted === 'None' ? row.epicId === null : row.epicId === Number(wanted))],
    ['created_after', (wanted) => microseconds(row.createdAt) >= microseconds(wanted)],
    ['created_before', (wanted) => microseconds(row.createdAt) <= microseconds(wanted)],
    ['updated_after', (wanted) => microseconds(row.updatedAt) >= microseconds(wanted)],
    ['updated_before', (wanted) => microseconds(row.updatedAt) <= microseconds(wanted)],
  ];
  return conditions.every(([name, holds]) => query.getAll(name).every(holds));
}

/** GitLab keeps times finer than JavaScript does, and compares what it keeps. */
function microseconds(time: string): number {
  return Date.parse(time) * 1000 + Number(/\.\d{3}(\d{3})/.exec(time)?.[1] ?? 0);
}

function problem(body: Readonly<Record<string, unknown>>): Answer | undefined {
  const [title, description] = [body['title'], body['description']];
  if (typeof title === 'string' && [...title].length > 255) {
    return refused(400, { title: ['is too long (maximum is 255 characters)'] });
  }
  if (title === '') return refused(400, { title: ["can't be blank"] });
  if (typeof description === 'string' && [...description].length > 1_048_576) {
    return refused(400, { description: ['is too long (maximum is 1048576 characters)'] });
  }
  return undefined;
}

/** A guest may open an issue, but labels and assignees are dropped in silence. */
function create(state: State, asked: Asked): Answer {
  const body = bodyOf(asked);
  if (body['title'] === undefined) return { status: 400, json: { error: 'title is missing' } };
  const wrong = problem(body);
  if (wrong) return wrong;
  const mayTriage = state.role !== 'Guest';
  const at = state.time();
  const row: IssueRow = {
    iid: state.issues.length + state.deleted + 1,
    title: String(body['title']).trim(),
    description: '',
    state: 'opened',
    type: String(body['issue_type'] ?? 'issue'),
    labels: [],
    assigneeIds: [],
    authorId: 1,
    milestoneId: null,
    dueDate: null,
    weight: null,
    epicId: null,
    iteration: null,
    closedById: null,
    movedToId: null,
    locked: false,
    createdAt: at,
    updatedAt: at,
    notes: [],
  };
  state.issues.push(row);
  if (mayTriage) setFields(state, row, body);
  row.description = runQuickActions(state, String(body['description'] ?? ''), row);
  return { status: 201, json: issueOf(state, row) };
}

function edit(state: State, asked: Asked, row: IssueRow): Answer {
  const body = bodyOf(asked);
  const wrong = problem(body);
  if (wrong) return wrong;
  if (Object.keys(body).length === 0)
    return { status: 400, json: { error: 'at least one parameter must be provided' } };
  if (body['title'] !== undefined) row.title = String(body['title']).trim();
  if (body['description'] !== undefined) row.description = runQuickActions(state, String(body['description']), row);
  setFields(state, row, body);
  const { state_event: event } = body as { state_event?: string };
  if (event !== undefined) {
    row.state = event === 'close' ? 'closed' : 'opened';
    row.closedById = event === 'close' ? 1 : null;
    const note = event === 'close' ? 'closed' : 'reopened';
    row.notes.push({ id: state.nextId(), body: note, system: true, authorId: 1, createdAt: state.time() });
  }
  row.updatedAt = state.time();
  return { json: issueOf(state, row) };
}

/** What only those may set who may triage. Labels that do not exist are made; Free keeps one assignee and no weight. */
function setFields(state: State, row: IssueRow, body: Readonly<Record<string, unknown>>): void {
  const named = body['labels'] === undefined ? row.labels : listOf(body['labels']);
  const removed = listOf(body['remove_labels']);
  row.labels = [...new Set([...named, ...listOf(body['add_labels'])])]
    .filter((label) => !removed.includes(label))
    .toSorted();
  for (const name of row.labels) addLabel(state, name);
  const { assignee_ids: ids, milestone_id: milestone, due_date: due, weight, epic_id: epic } = body;
  if (Array.isArray(ids))
    row.assigneeIds = ids
      .map(Number)
      .filter((id) => id > 0)
      .slice(0, state.premium ? 10 : 1);
  if (milestone !== undefined) row.milestoneId = Number(milestone) || null;
  if (due !== undefined) row.dueDate = String(due ?? '') || null;
  if (state.premium && weight !== undefined) row.weight = weight === null ? null : Number(weight);
  if (state.premium && epic !== undefined) row.epicId = Number(epic) || null;
}

/** As if a person had moved the issue to another project: a closed one stays behind. */
export function moveIssue(from: State, to: State, iid: number): IssueRow {
  const row = from.issues.find((each) => each.iid === iid);
  if (!row) throw new Error(`there is no issue ${iid}`);
  const notes = row.notes.filter(({ system }) => !system).map((note) => ({ ...note, id: from.nextId() }));
  const moved = {
    ...row,
    iid: to.issues.length + to.deleted + 1,
    labels: [...row.labels],
    notes,
    updatedAt: to.time(),
  };
  to.issues.push(moved);
  const [group, name] = [from.project.replace(/[^/]*$/, ''), to.project];
  const place = name.startsWith(group) ? name.slice(group.length) : name;
  const body = `moved to ${place}#${moved.iid}`;
  row.notes.push({ id: from.nextId(), body, system: true, authorId: 1, createdAt: from.time() });
  Object.assign(row, {
    state: 'closed',
    closedById: 1,
    movedToId: to.firstIssueId + moved.iid,
    updatedAt: from.time(),
  });
  return moved;
}

export function issueOf(state: State, row: IssueRow) {
  const assignees = row.assigneeIds.map((id) => userOf(state, id));
  return {
    id: state.firstIssueId + row.iid,
    iid: row.iid,
    project_id: state.projectId,
    title: row.title,
    description: row.description === '' ? null : row.description,
    state: row.state,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    user_notes_count: row.notes.filter(({ system }) => !system).length,
    closed_at: row.state === 'closed' ? row.updatedAt : null,
    closed_by: row.closedById === null ? null : userOf(state, row.closedById),
    moved_to_id: row.movedToId,
    labels: row.labels,
    milestone: milestoneOf(state, row.milestoneId),
    assignees,
    author: userOf(state, row.authorId),
    type: row.type.toUpperCase(),
    assignee: assignees[0] ?? null,
    due_date: row.dueDate,
    confidential: row.isConfidential ?? false,
    discussion_locked: row.locked || null,
    issue_type: row.type,
    web_url: state.webUrl(`/-/issues/${row.iid}`),
    references: { short: `#${row.iid}`, relative: `#${row.iid}`, full: `${state.project}#${row.iid}` },
    ...(state.premium ? licensedFields(state, row) : {}),
  };
}

/** Absent without a licence. */
function licensedFields(state: State, row: IssueRow) {
  const epic = state.epics.find(({ id }) => id === row.epicId);
  return {
    weight: row.weight,
    blocking_issues_count: 0,
    epic_iid: epic?.iid ?? null,
    epic: epic
      ? { id: epic.id, iid: epic.iid, title: epic.title, url: `/groups/${epic.group}/-/epics/${epic.iid}`, group_id: 9 }
      : null,
    iteration:
      row.iteration === null ? null : { id: 1, iid: 1, sequence: 1, group_id: 9, title: row.iteration, state: 2 },
    health_status: null,
  };
}
