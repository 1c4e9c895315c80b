/**
 * A stateful Asana on 127.0.0.1 with one workspace and one project: sections, tasks in the order in which people have dragged
 * them, tags by number, custom fields, stories, dependencies, batches. It answers as Asana does: only the fields that are asked
 * for, pages by offset, rich text that is refused when it is no XML of its own kind, refusals by scope.
 */

import { richText } from './asana/rich-text.ts';
import {
  attachmentShape,
  picked,
  projectShape,
  sectionShape,
  storyShape,
  tagShape,
  taskShape,
  userShape,
} from './asana/shapes.ts';
import { type AsanaOptions, newState, Refused, type State, taskOf, touch } from './asana/state.ts';
import {
  changeTask,
  comment,
  createTask,
  type Data,
  deleteTask,
  fieldsOf,
  listTasks,
  paged,
  personOf,
  tagOf,
  taskAnswer,
} from './asana/tasks.ts';
import { type Answer, type Asked, type Handler, type Loopback, loopback } from './loopback.ts';

export type { AsanaOptions } from './asana/state.ts';

export interface AsanaServer extends Pick<Loopback, 'origin' | 'exchanges' | 'trouble' | 'close'> {
  readonly state: State;
  readonly apiUrl: string;
  /** Without the settings of the token. */
  readonly env: Readonly<Record<string, string>>;
}

const PREFIX = '/api/1.0';

export async function startAsana(options: AsanaOptions = {}): Promise<AsanaServer> {
  const state = newState(options);
  const server = await loopback(routesOf(state), { prefix: PREFIX });
  const { origin, exchanges, trouble, close } = server;
  const apiUrl = `${origin}${PREFIX}`;
  const env = { PACE_ASANA_TOKEN: state.token, PACE_ASANA_PROJECT: state.project, ASANA_API_URL: apiUrl };
  return { origin, exchanges, trouble, close, state, apiUrl, env };
}

type Deed = (asked: Asked, data: Data) => Data;

function routesOf(state: State): Record<string, Handler> {
  const EMPTY = { data: {} };
  const task = ({ params }: Asked) => taskOf(state, params['gid'] ?? '');
  const one = (asked: Asked, shape: unknown) => ({ data: picked(shape, fieldsOf(asked.query)) });
  const project = (asked: Asked) => {
    if (asked.params['gid'] !== state.project) throw new Refused(404, 'project: Unknown object');
  };
  const workspace = (gid: unknown) => {
    if (gid !== state.workspace) throw new Refused(404, `workspace: Unknown object: ${String(gid)}`);
  };
  const onTask =
    (text: string, change: (row: ReturnType<typeof task>, data: Data) => void): Deed =>
    (asked, data) => {
      const row = task(asked);
      change(row, data);
      touch(state, row, text);
      return EMPTY;
    };
  const linked = (data: unknown) => (data as string[]).map((gid) => taskOf(state, gid));

  const deeds: Readonly<Record<string, readonly [scope: string, Deed]>> = {
    'GET /projects/:gid': [
      'projects:read',
      (asked) => {
        project(asked);
        return one(asked, projectShape(state));
      },
    ],
    'GET /projects/:gid/sections': [
      'project_sections:read',
      (asked) => {
        project(asked);
        return paged(state.sections.map(sectionShape), asked);
      },
    ],
    'POST /sections/:gid/addTask': [
      'tasks:write',
      ({ params }, data) => {
        const section = state.sections.find(({ gid }) => gid === params['gid']);
        if (!section) throw new Refused(404, 'section: Unknown object');
        const row = taskOf(state, String(data['task']));
        row.section = section.gid;
        touch(state, row, `moved to ${section.name}`);
        return EMPTY;
      },
    ],
    'GET /tasks': [
      'tasks:read',
      (asked) =>
        paged(
          listTasks(state, asked.query).map((row) => taskShape(state, row, asked.origin)),
          asked,
        ),
    ],
    'POST /tasks': [
      'tasks:write',
      (asked, data) => taskAnswer(state, createTask(state, data), asked, fieldsOf(asked.query)),
    ],
    'GET /tasks/:gid': ['tasks:read', (asked) => taskAnswer(state, task(asked), asked, fieldsOf(asked.query))],
    'GET /attachments': [
      'attachments:read',
      (asked) => {
        const of = taskOf(state, asked.query.get('parent') ?? '').gid;
        return paged(state.attachments.filter(({ parent }) => parent === of).map(attachmentShape), asked);
      },
    ],
    'GET /attachments/:gid': [
      'attachments:read',
      ({ params, query }) => {
        const found = state.attachments.find(({ gid }) => gid === params['gid']);
        if (!found) throw new Refused(404, 'attachment: Unknown object');
        return { data: picked(attachmentShape(found), fieldsOf(query)) };
      },
    ],
    'DELETE /tasks/:gid': [
      'tasks:delete',
      (asked) => {
        deleteTask(state, task(asked));
        return EMPTY;
      },
    ],
    'PUT /tasks/:gid': [
      'tasks:write',
      (asked, data) => {
        changeTask(state, task(asked), data);
        return taskAnswer(state, task(asked), asked, fieldsOf(asked.query));
      },
    ],
    'GET /tasks/:gid/subtasks': [
      'tasks:read',
      (asked) => {
        const { gid } = task(asked);
        const children = state.tasks.filter(({ parent }) => parent === gid);
        return paged(
          children.map((row) => taskShape(state, row, asked.origin)),
          asked,
        );
      },
    ],
    'POST /tasks/:gid/setParent': [
      'tasks:write',
      onTask('parent', (row, { parent }) => {
        row.parent = parent === null ? null : taskOf(state, String(parent)).gid;
      }),
    ],
    'POST /tasks/:gid/addTag': [
      'tasks:write',
      onTask('tag', (row, { tag }) => {
        row.tags = [...new Set([...row.tags, tagOf(state, tag)])];
      }),
    ],
    'POST /tasks/:gid/removeTag': [
      'tasks:write',
      onTask('tag', (row, { tag }) => {
        row.tags = row.tags.filter((gid) => gid !== tag);
      }),
    ],
    'POST /tasks/:gid/addDependencies': [
      'tasks:write',
      onTask('dependency', (row, { dependencies }) => {
        row.dependencies = [...new Set([...row.dependencies, ...linked(dependencies).map(({ gid }) => gid)])];
      }),
    ],
    'POST /tasks/:gid/removeDependencies': [
      'tasks:write',
      onTask('dependency', (row, { dependencies }) => {
        row.dependencies = row.dependencies.filter((gid) => !(dependencies as string[]).includes(gid));
      }),
    ],
    'POST /tasks/:gid/addDependents': [
      'tasks:write',
      onTask('dependent', ({ gid }, { dependents }) => {
        for (const other of linked(dependents)) other.dependencies = [...new Set([...other.dependencies, gid])];
      }),
    ],
    'POST /tasks/:gid/removeDependents': [
      'tasks:write',
      onTask('dependent', ({ gid }, { dependents }) => {
        for (const other of linked(dependents)) other.dependencies = other.dependencies.filter((one) => one !== gid);
      }),
    ],
    'GET /tasks/:gid/stories': [
      'stories:read',
      (asked) =>
        paged(
          task(asked).stories.map((row) => storyShape(state, row)),
          asked,
        ),
    ],
    'POST /tasks/:gid/stories': [
      'stories:write',
      (asked, data) => one(asked, comment(state, task(asked), data['html_text'])),
    ],
    'PUT /stories/:gid': [
      'stories:write',
      (asked, data) => {
        const { story } = storyOf(state, asked.params['gid'] ?? '');
        story.html = richText('html_text', data['html_text']);
        return one(asked, storyShape(state, story));
      },
    ],
    'DELETE /stories/:gid': [
      'stories:delete',
      ({ params }) => {
        const { row, story } = storyOf(state, params['gid'] ?? '');
        row.stories = row.stories.filter((each) => each !== story);
        return EMPTY;
      },
    ],
    'GET /workspaces/:gid/tags': [
      'tags:read',
      (asked) => {
        workspace(asked.params['gid']);
        return paged(state.tags.map(tagShape), asked);
      },
    ],
    'POST /workspaces/:gid/tags': [
      'tags:write',
      (asked, { name, notes = '' }) => {
        workspace(asked.params['gid']);
        const tag = { gid: state.nextGid(), name: String(name), notes: String(notes) };
        state.tags.push(tag);
        return one(asked, tagShape(tag));
      },
    ],
    'PUT /tags/:gid': [
      'tags:write',
      (asked, { name, notes }) => {
        const tag = state.tags.find(({ gid }) => gid === asked.params['gid']);
        if (!tag) throw new Refused(404, 'tag: Unknown object');
        if (typeof name === 'string') tag.name = name;
        if (typeof notes === 'string') tag.notes = notes;
        return one(asked, tagShape(tag));
      },
    ],
    'DELETE /tags/:gid': [
      'tags:delete',
      ({ params }) => {
        const gid = tagOf(state, params['gid']);
        state.tags = state.tags.filter((tag) => tag.gid !== gid);
        for (const row of state.tasks) row.tags = row.tags.filter((each) => each !== gid);
        return EMPTY;
      },
    ],
    'GET /workspaces/:gid/typeahead': [
      'workspaces.typeahead:read',
      (asked) => {
        workspace(asked.params['gid']);
        const query = (asked.query.get('query') ?? '').toLowerCase();
        const found = state.tags.filter(
          ({ gid, name }) => name.toLowerCase().startsWith(query) && !state.hiddenTags.has(gid),
        );
        return one(asked, found.slice(0, Number(asked.query.get('count') ?? '20')).map(tagShape));
      },
    ],
    'GET /users': [
      'users:read',
      (asked) => {
        workspace(asked.query.get('workspace'));
        return paged(
          state.users.map(({ gid }) => userShape(state, gid)),
          asked,
        );
      },
    ],
    'GET /users/:gid': [
      'users:read',
      (asked) => one(asked, userShape(state, personOf(state, asked.params['gid'] ?? ''))),
    ],
    'POST /batch': ['', (asked, data) => batch(state, asked, data)],
  };
  return Object.fromEntries(
    Object.entries(deeds).map(([route, [scope, deed]]) => [route, handled(state, scope, deed)]),
  );
}

function handled(state: State, scope: string, deed: Deed): Handler {
  return (asked) => {
    if (asked.headers['authorization'] !== `Bearer ${state.token}`) return refusal(401, 'Not Authorized');
    if (state.denied.has(scope)) return refusal(403, 'Forbidden');
    return answered(asked.method === 'POST' && !/\/(add|remove|set)[A-Z]|\/batch$/.test(asked.path) ? 201 : 200, () =>
      deed(asked, (asked.body as { data?: Data } | undefined)?.data ?? {}),
    );
  };
}

function answered(status: number, deed: () => Data): Answer {
  try {
    return { status, json: deed() };
  } catch (error) {
    if (error instanceof Refused) return refusal(error.status, error.message);
    throw error;
  }
}

function refusal(status: number, message: string): Answer {
  return { status, json: { errors: [{ message, help: 'https://developers.asana.com/docs/errors' }] } };
}

interface Action {
  readonly relative_path: string;
  readonly method: string;
  readonly data: Data;
  readonly options: { readonly fields: string[] };
}

function batch(state: State, asked: Asked, { actions }: Data): Data {
  const all = actions as readonly Action[];
  if (all.length > 10) throw new Refused(400, 'actions: at most 10');
  const parts = all.map(({ relative_path: path, method, data, options }) => {
    const isCreate = path === '/tasks' && method === 'post' && !state.denied.has('tasks:write');
    const answer = isCreate
      ? answered(201, () => taskAnswer(state, createTask(state, data), asked, options.fields))
      : refusal(403, 'Forbidden');
    return { status_code: answer.status, headers: {}, body: answer.json };
  });
  return { data: parts };
}

function storyOf(state: State, gid: string) {
  for (const row of state.tasks) {
    const story = row.stories.find((each) => each.gid === gid && each.type === 'comment');
    if (story) return { row, story };
  }
  throw new Refused(404, `story: Unknown object: ${gid}`);
}
