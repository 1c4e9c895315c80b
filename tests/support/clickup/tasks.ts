/** Tasks, their tags and links. */
import type { Answer, Asked, Routes } from '../loopback.ts';
import { rewritten } from '../markdown-editor.ts';
import { mayOnly, NOT_ALLOWED, refused, type State, type TaskRow, UNSEEN, USERS } from './state.ts';

const PAGE = 100;
const HABITS = { bullet: '* ', isLoose: false, hasAngles: false, linksWords: false, lineEnd: '  \n' };
const PRIORITIES = ['urgent', 'high', 'normal', 'low'];

interface Body {
  readonly name?: string;
  readonly markdown_content?: string;
  readonly description?: string;
  readonly status?: string;
  readonly priority?: number | null;
  readonly points?: number | null;
  readonly due_date?: number | null;
  readonly due_date_time?: boolean;
  readonly parent?: string | null;
  readonly custom_item_id?: number;
  readonly tags?: readonly string[];
  readonly assignees?: readonly number[] | { readonly add: readonly number[]; readonly rem: readonly number[] };
  readonly depends_on?: string;
}

export function taskRoutes(state: State): Routes {
  const { options, list, workspace } = state;
  const { firstId = '86c100' } = options;

  function find({ params, query }: Pick<Asked, 'params' | 'query'>): TaskRow | undefined {
    const wanted = params['task'];
    const isCustom = query.get('custom_task_ids') === 'true' && query.get('team_id') === workspace;
    return state.tasks.find(({ id, customId }) => (isCustom ? customId : id) === wanted);
  }

  function whole(task: TaskRow, withMarkdown: boolean) {
    const place = state.statuses.findIndex(({ status }) => status === task.status);
    const user = (id: number) => ({ ...USERS.find((each) => each.id === id), color: '#827718', profilePicture: null });
    const at = { date_created: '', userid: '183' };
    const waits = (row: TaskRow) =>
      row.waitsFor.map((other) => ({ task_id: row.id, depends_on: other, type: 1, ...at, workspace_id: workspace }));
    const links = state.tasks.flatMap((row) =>
      row.linked
        .filter((other) => row.id === task.id || other === task.id)
        .map((other) => ({ task_id: row.id, link_id: other, ...at, workspace_id: workspace })),
    );
    const text = task.markdown.replaceAll(/[*_`#]/g, '');
    return {
      ...{ id: task.id, custom_id: task.customId, custom_item_id: task.typeId, name: task.name },
      ...{ text_content: text, description: text },
      ...(withMarkdown ? { markdown_description: task.markdown } : {}),
      status: { id: `p_${place}`, ...state.statuses[place], color: '#87909e', orderindex: place },
      ...{
        orderindex: `${task.number}.00`,
        date_created: String(task.createdAt),
        date_updated: String(task.updatedAt),
      },
      ...{ date_closed: null, date_done: null, archived: false, creator: user(task.userId) },
      ...{ assignees: task.assigneeIds.map(user), group_assignees: [], watchers: [], checklists: [] },
      tags: task.tags.map((name) => ({ name, tag_fg: '#ffffff', tag_bg: '#87909e', creator: 183 })),
      ...{ parent: task.parent, top_level_parent: task.parent, due_date: task.due === null ? null : String(task.due) },
      priority:
        task.priority === null
          ? null
          : { color: '#f8ae00', id: String(task.priority), orderindex: '1', priority: PRIORITIES[task.priority - 1] },
      ...{ start_date: null, points: task.points, time_estimate: null, custom_fields: [] },
      dependencies: [...waits(task), ...state.tasks.flatMap(waits).filter(({ depends_on }) => depends_on === task.id)],
      ...{ linked_tasks: links, locations: [], team_id: workspace, url: `https://app.clickup.com/t/${task.id}` },
      ...{ permission_level: 'create', list: { id: list, name: 'Releases', access: true }, space: { id: state.space } },
    };
  }

  const written = (task: TaskRow): Answer => ({ json: whole(task, !options.bareAnswers) });

  function problemIn({ status, assignees, parent }: Body): Answer | undefined {
    if (status !== undefined && !state.statuses.some((each) => each.status === status.toLowerCase()))
      return refused(400, 'Status not found', 'ITEM_114');
    const people = Array.isArray(assignees) ? assignees : Object.values(assignees ?? {}).flat();
    if (people.some((id) => !USERS.some((user) => user.id === id))) return refused(400, 'Invalid user', 'INPUT_011');
    const isKnown = typeof parent !== 'string' || parent === 'none' || state.tasks.some(({ id }) => id === parent);
    return isKnown ? undefined : refused(400, 'Parent not found', 'ITEM_058');
  }

  /** ClickUp's editor keeps another form, and writes Markdown anew. */
  function kept(markdown: string): string {
    const text = rewritten(markdown, HABITS);
    return text === '' ? '' : `${text}\n`;
  }

  /** A day begins to be due at four o'clock of the user's time zone. */
  function moment({ due_date: due, due_date_time: hasTime }: Body): number | null {
    if (due === null || due === undefined || hasTime !== false) return due ?? null;
    const zone = (options.zone ?? 0) * 3_600_000;
    const day = Math.floor((due + zone) / 86_400_000);
    return day * 86_400_000 + 4 * 3_600_000 - zone;
  }

  function change(task: TaskRow, body: Body): void {
    const { name, markdown_content: markdown, description, status, priority, points, parent } = body;
    if (name !== undefined) task.name = name;
    if (markdown !== undefined) task.markdown = kept(markdown);
    else if (description !== undefined) task.markdown = kept(description);
    if (status !== undefined) task.status = status.toLowerCase();
    if (priority !== undefined) task.priority = priority;
    if (points !== undefined) task.points = points;
    if (body.due_date !== undefined) task.due = moment(body);
    if (body.custom_item_id !== undefined) task.typeId = body.custom_item_id;
    if (parent === 'none' && !options.keepsParents) task.parent = null;
    if (typeof parent === 'string' && parent !== 'none') task.parent = parent;
    task.updatedAt = state.time();
  }

  /** What the Space does not have is dropped. */
  function tagged(task: TaskRow, name: string): void {
    const tag = name.toLowerCase();
    if (state.tags.some((each) => each.name === tag)) task.tags = [...new Set([...task.tags, tag])];
  }

  /** Whoever stands below goes with it. */
  function remove(task: TaskRow): void {
    for (const below of state.tasks.filter(({ parent }) => parent === task.id)) remove(below);
    state.tasks.splice(state.tasks.indexOf(task), 1);
    state.deleted += 1;
    for (const row of state.tasks) {
      row.waitsFor = row.waitsFor.filter((id) => id !== task.id);
      row.linked = row.linked.filter((id) => id !== task.id);
    }
  }

  /** The rest of a route about one task. */
  const onTask = (level: string, act: (task: TaskRow, asked: Asked) => Answer) => (asked: Asked) => {
    const task = find(asked);
    if (!task) return UNSEEN;
    return mayOnly(state, level) ? NOT_ALLOWED : act(task, asked);
  };
  const touched = (task: TaskRow): Answer => {
    task.updatedAt = state.time();
    return { json: {} };
  };

  return {
    'GET /v2/list/:list/task': ({ params, query }) => {
      if (params['list'] !== list) return UNSEEN;
      const isOver = ({ status }: TaskRow) =>
        state.statuses.some((each) => each.status === status && each.type === 'closed');
      const bound = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
      const inside = (time: number, field: string) =>
        time > bound(`${field}_gt`, -1) && time < bound(`${field}_lt`, Number.MAX_SAFE_INTEGER);
      const tags = query.getAll('tags[]');
      const found = state.tasks
        .filter((task) => query.get('include_closed') === 'true' || !isOver(task))
        .filter((task) => query.get('subtasks') === 'true' || task.parent === null)
        // any of them
        .filter((task) => tags.length === 0 || tags.some((tag) => task.tags.includes(tag)))
        .filter((task) => inside(task.createdAt, 'date_created') && inside(task.updatedAt, 'date_updated'))
        .toSorted((one, other) => other.createdAt - one.createdAt);
      const isReversed = (query.get('reverse') === 'true') !== (options.oldestFirst ?? false);
      const ordered = isReversed ? found.toReversed() : found;
      const page = Number(query.get('page') ?? 0);
      const tasks = ordered.slice(page * PAGE, (page + 1) * PAGE);
      const withMarkdown = query.get('include_markdown_description') === 'true';
      return {
        json: { tasks: tasks.map((task) => whole(task, withMarkdown)), last_page: ordered.length <= (page + 1) * PAGE },
      };
    },
    'POST /v2/list/:list/task': ({ params, body }) => {
      if (params['list'] !== list) return UNSEEN;
      if (mayOnly(state, 'create')) return NOT_ALLOWED;
      const draft = body as Body;
      const problem = problemIn(draft);
      if (problem) return problem;
      const number = state.tasks.length + state.deleted + 1;
      const at = state.time();
      const task: TaskRow = {
        ...{
          number,
          id: (Number.parseInt(firstId, 36) + number - 1).toString(36),
          name: '',
          markdown: '',
          tags: [],
          parent: null,
        },
        ...{ customId: options.prefix ? `${options.prefix}-${number}` : null, typeId: 0, comments: [] },
        ...{ status: state.statuses[0]?.status ?? '', priority: null, points: null, due: null, userId: 183 },
        ...{ createdAt: at, updatedAt: at, waitsFor: [], linked: [] },
        assigneeIds: Array.isArray(draft.assignees) ? [...draft.assignees] : [],
      };
      for (const tag of draft.tags ?? []) tagged(task, tag);
      change(task, draft);
      task.updatedAt = at;
      state.tasks.push(task);
      return written(task);
    },
    'GET /v2/task/:task': (asked) => {
      const task = find(asked);
      if (!task) return UNSEEN;
      const json = whole(task, asked.query.get('include_markdown_description') === 'true');
      // where there are none, it says nothing of them
      const below = state.tasks.filter(({ parent }) => parent === task.id).map((each) => whole(each, false));
      const asksBelow = asked.query.get('include_subtasks') === 'true' && below.length > 0;
      return { json: asksBelow ? { ...json, subtasks: below } : json };
    },
    'PUT /v2/task/:task': onTask('edit', (task, { body }) => {
      const patch = body as Body;
      const problem = problemIn(patch);
      if (problem) return problem;
      const { assignees } = patch;
      if (assignees && 'add' in assignees)
        task.assigneeIds = [
          ...new Set([...task.assigneeIds.filter((id) => !assignees.rem.includes(id)), ...assignees.add]),
        ];
      change(task, patch);
      return written(task);
    }),
    'DELETE /v2/task/:task': onTask('create', (task) => {
      remove(task);
      return { status: 204 };
    }),
    'POST /v2/task/:task/tag/:tag': onTask('edit', (task, { params }) => {
      tagged(task, params['tag'] ?? '');
      return touched(task);
    }),
    'DELETE /v2/task/:task/tag/:tag': onTask('edit', (task, { params }) => {
      task.tags = task.tags.filter((tag) => tag !== params['tag']);
      return touched(task);
    }),
    'POST /v2/task/:task/dependency': onTask('edit', (task, { body }) => {
      const { depends_on: other = '' } = body as Body;
      if (!state.tasks.some(({ id }) => id === other)) return UNSEEN;
      task.waitsFor.push(other);
      return touched(task);
    }),
    'DELETE /v2/task/:task/dependency': onTask('edit', (task, { query }) => {
      task.waitsFor = task.waitsFor.filter((id) => id !== query.get('depends_on'));
      return touched(task);
    }),
    'POST /v2/task/:task/link/:other': onTask('edit', (task, { params }) => {
      if (!state.tasks.some(({ id }) => id === params['other'])) return UNSEEN;
      task.linked.push(params['other'] ?? '');
      return touched(task);
    }),
    'DELETE /v2/task/:task/link/:other': onTask('edit', (task, { params }) => {
      for (const row of state.tasks)
        if (row.id === task.id || row.id === params['other'])
          row.linked = row.linked.filter((id) => id !== params['other'] && id !== task.id);
      return touched(task);
    }),
  };
}
