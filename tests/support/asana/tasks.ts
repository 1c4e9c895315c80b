/** Tasks: created, changed, listed, tagged, moved, linked, commented. */
import type { Asked } from '../loopback.ts';
import { richText } from './rich-text.ts';
import { picked, storyShape, taskShape } from './shapes.ts';
import { Refused, type State, type TaskRow, taskOf, touch } from './state.ts';

export type Data = Readonly<Record<string, unknown>>;

export function createTask(state: State, data: Data): TaskRow {
  const { projects, parent } = data as { projects?: string[]; parent?: string };
  if (projects?.some((gid) => gid !== state.project)) throw new Refused(400, 'projects: Unknown object');
  if (!projects && !parent) throw new Refused(400, 'You should specify one of workspace, parent, projects');
  const tags = ((data['tags'] as string[] | undefined) ?? []).map((gid) => tagOf(state, gid));
  const parentGid = parent === undefined ? null : taskOf(state, parent).gid;
  const at = state.time();
  const task: TaskRow = {
    ...{
      gid: state.nextTask(),
      name: '',
      html: '<body></body>',
      completed: false,
      completedBy: null,
      createdAt: at,
      modifiedAt: at,
    },
    ...{ dueOn: null, assignee: null, author: state.users[0]?.gid ?? null, parent: parentGid, tags },
    ...{ section: projects ? state.sections[0]?.gid : undefined, values: new Map(), dependencies: [], stories: [] },
  };
  changeTask(state, task, data);
  state.tasks.unshift(task);
  return task;
}

/** Whoever stands below goes with it. */
export function deleteTask(state: State, task: TaskRow): void {
  for (const below of state.tasks.filter(({ parent }) => parent === task.gid)) deleteTask(state, below);
  state.tasks = state.tasks.filter((each) => each !== task);
  for (const other of state.tasks) other.dependencies = other.dependencies.filter((gid) => gid !== task.gid);
}

export function tagOf(state: State, gid: unknown): string {
  if (state.tags.some((tag) => tag.gid === gid)) return String(gid);
  throw new Refused(400, `tag: Unknown object: ${String(gid)}`);
}

export function changeTask(state: State, task: TaskRow, data: Data): void {
  const { name, html_notes: html, completed, due_on: dueOn, assignee, custom_fields: values } = data;
  if (typeof name === 'string') task.name = name.trim();
  if (html !== undefined) task.html = richText('html_notes', html);
  if (dueOn !== undefined) task.dueOn = dueOn as string | null;
  if (assignee !== undefined) task.assignee = assignee === null ? null : personOf(state, String(assignee));
  for (const [gid, value] of Object.entries((values as Data | undefined) ?? {})) setField(state, task, gid, value);
  if (typeof completed === 'boolean' && completed !== task.completed) {
    task.completed = completed;
    task.completedBy = completed ? (state.users[0]?.gid ?? null) : null;
  }
  touch(state, task, `changed ${Object.keys(data).join(', ')}`);
}

export function personOf(state: State, who: string): string {
  const wanted = who === 'me' ? state.users[0]?.gid : who;
  const found = state.users.find(({ gid, email }) => gid === wanted || email === wanted);
  if (found) return found.gid;
  throw new Refused(404, `user: Unknown object: ${who}`);
}

function setField(state: State, task: TaskRow, gid: string, value: unknown): void {
  const field = state.fields.find((one) => one.gid === gid);
  if (!field) throw new Refused(400, `custom_fields: Custom field with ID ${gid} is not on given object`);
  if (value === null) task.values.delete(gid);
  else if (field.subtype === 'enum') {
    if (!field.options.some((option) => option.gid === value)) throw new Refused(400, 'custom_fields: not an option');
    task.values.set(gid, String(value));
  } else {
    if (typeof value !== 'number') throw new Refused(400, 'custom_fields: not a number');
    task.values.set(gid, Number(value.toFixed(field.precision ?? 0)));
  }
}

/** What Asana can look for. */
export function listTasks(state: State, query: URLSearchParams): TaskRow[] {
  if (query.get('project') !== state.project) throw new Refused(404, 'project: Unknown object');
  const time = (name: string) => (query.has(name) ? Date.parse(query.get(name) ?? '') : undefined);
  const [completed, modified] = [time('completed_since'), time('modified_since')];
  return state.tasks
    .filter(({ section }) => section !== undefined)
    .filter((task) => completed === undefined || !task.completed || task.modifiedAt >= completed)
    .filter((task) => modified === undefined || task.modifiedAt >= modified);
}

/** A part of a list with the pointer to the next one, as Asana counts: by place. */
export function paged(rows: readonly unknown[], asked: Asked): Data {
  const { query, path, origin } = asked;
  const limit = Number(query.get('limit') ?? '0');
  if (limit < 1 || limit > 100) throw new Refused(400, 'limit: must be between 1 and 100');
  const start = query.has('offset') ? Number(Buffer.from(query.get('offset') ?? '', 'base64url').toString()) : 0;
  const offset = Buffer.from(String(start + limit)).toString('base64url');
  const next = { offset, path: `${path}?offset=${offset}`, uri: `${origin}${path}?offset=${offset}` };
  const data = picked(rows.slice(start, start + limit), fieldsOf(query));
  return { data, next_page: start + limit < rows.length ? next : null };
}

export function fieldsOf(query: URLSearchParams): string[] | undefined {
  return query.get('opt_fields')?.split(',');
}

export function taskAnswer(state: State, task: TaskRow, asked: Pick<Asked, 'origin'>, fields: string[] | undefined) {
  return { data: picked(taskShape(state, task, asked.origin), fields) };
}

export function comment(state: State, task: TaskRow, html: unknown): Data {
  const row = {
    ...({ gid: state.nextGid(), type: 'comment', html: richText('html_text', html) } as const),
    ...{ author: state.users[0]?.gid ?? '', at: state.time() },
  };
  // the time of change does not tell of comments: https://developers.asana.com/reference/tasks
  task.stories.push(row);
  return storyShape(state, row);
}
