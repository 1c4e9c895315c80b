import type { Answer, Asked, Routes } from '../loopback.ts';
import { addNote, editNote, noteOf, runQuickActions } from './notes.ts';
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
      (asked) => found(asked, (row) => addNote(state, asked, row, 'Issue')),
    ],
    'PUT /projects/:id/issues/:iid/notes/:note': [
      { write: true },
      (asked) => found(asked, (row) => editNote(state, asked, row, 'Issue')),
    ],
  });
}

function list(state: State, asked: Asked): Answer {
  const { query } = asked;
  const wanted = listOf(query.get('labels'));
  const after = query.get('created_after');
  const rows = state.issues
    .filter((row) => ['all', null].includes(query.get('state')) || row.state === query.get('state'))
    .filter((row) => query.get('issue_type') === null || row.type === query.get('issue_type'))
    .filter((row) => wanted.every((label) => row.labels.includes(label)))
    .filter((row) => after === null || Date.parse(row.createdAt) >= Date.parse(after));
  return page(asked, rows.toReversed(), (row) => issueOf(state, row));
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
    iid: state.issues.length + 1,
    title: String(body['title']).trim(),
    description: '',
    state: 'opened',
    type: String(body['issue_type'] ?? 'issue'),
    labels: mayTriage ? listOf(body['labels']).toSorted() : [],
    assigneeIds: mayTriage ? ((body['assignee_ids'] as number[] | undefined) ?? []).map(Number) : [],
    createdAt: at,
    updatedAt: at,
    notes: [],
  };
  state.issues.push(row);
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
  if (body['labels'] !== undefined) row.labels = listOf(body['labels']).toSorted();
  const { state_event: event } = body as { state_event?: string };
  if (event !== undefined) {
    row.state = event === 'close' ? 'closed' : 'opened';
    const note = event === 'close' ? 'closed' : 'reopened';
    row.notes.push({ id: state.nextId(), body: note, system: true, authorId: 1, createdAt: state.time() });
  }
  row.updatedAt = state.time();
  return { json: issueOf(state, row) };
}

function issueOf(state: State, row: IssueRow) {
  const assignees = row.assigneeIds.map((id) => userOf(state, id));
  return {
    id: 70_000 + row.iid,
    iid: row.iid,
    project_id: state.projectId,
    title: row.title,
    description: row.description === '' ? null : row.description,
    state: row.state,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    closed_at: row.state === 'closed' ? row.updatedAt : null,
    closed_by: null,
    labels: row.labels,
    milestone: null,
    assignees,
    author: userOf(state, 1),
    type: row.type.toUpperCase(),
    assignee: assignees[0] ?? null,
    due_date: null,
    confidential: false,
    discussion_locked: null,
    issue_type: row.type,
    web_url: state.webUrl(`/-/issues/${row.iid}`),
    references: { short: `#${row.iid}`, relative: `#${row.iid}`, full: `${state.project}#${row.iid}` },
  };
}
