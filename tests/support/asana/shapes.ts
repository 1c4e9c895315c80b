/** What Asana answers: whole records, of which it gives only what `opt_fields` names. */
import type { AttachmentRow, State, StoryRow, TagRow, TaskRow } from './state.ts';

type Json = Record<string, unknown>;

export function userShape(state: State, gid: string | null): Json | null {
  const user = state.users.find((one) => one.gid === gid);
  return user ? { ...user, resource_type: 'user' } : null;
}

export function tagShape({ gid, name, notes }: TagRow): Json {
  return { gid, resource_type: 'tag', name, notes, color: null };
}

export function sectionShape({ gid, name }: { readonly gid: string; readonly name: string }): Json {
  return { gid, resource_type: 'section', name };
}

export function projectShape(state: State): Json {
  return {
    ...{ gid: state.project, resource_type: 'project', name: 'Release', archived: state.archived },
    workspace: { gid: state.workspace, resource_type: 'workspace', name: 'Acme' },
    custom_field_settings: state.fields.map((field) => ({
      gid: `${field.gid}0`,
      resource_type: 'custom_field_setting',
      custom_field: {
        ...{ gid: field.gid, resource_type: 'custom_field', name: field.name, resource_subtype: field.subtype },
        ...{ precision: field.precision, is_value_read_only: false },
        enum_options: field.options.map((option) => ({ ...option, resource_type: 'enum_option' })),
      },
    })),
  };
}

export function taskShape(state: State, task: TaskRow, origin: string): Json {
  const section = state.sections.find(({ gid }) => gid === task.section);
  const dependents = state.tasks.filter(({ dependencies }) => dependencies.includes(task.gid));
  const compact = (gid: string) => ({ gid, resource_type: 'task' });
  return {
    ...{ gid: task.gid, resource_type: 'task', resource_subtype: 'default_task', name: task.name },
    ...{ html_notes: task.html, notes: task.html.replace(/<[^>]+>/g, ''), completed: task.completed },
    permalink_url: `${origin}/1/${state.workspace}/project/${state.project}/task/${task.gid}`,
    created_at: new Date(task.createdAt).toISOString(),
    modified_at: new Date(task.modifiedAt).toISOString(),
    completed_by: userShape(state, task.completedBy),
    due_on: task.dueOn,
    assignee: userShape(state, task.assignee),
    created_by: userShape(state, task.author),
    parent: task.parent === null ? null : { ...compact(task.parent), name: 'Parent' },
    tags: state.tags.filter(({ gid }) => task.tags.includes(gid)).map(tagShape),
    memberships: section
      ? [{ project: { gid: state.project, resource_type: 'project' }, section: sectionShape(section) }]
      : [],
    custom_fields: task.section === undefined ? [] : state.fields.map((field) => fieldValue(field, task)),
    num_subtasks: state.tasks.filter(({ parent }) => parent === task.gid).length,
    dependencies: task.dependencies.map(compact),
    dependents: dependents.map(({ gid }) => compact(gid)),
  };
}

function fieldValue(field: State['fields'][number], task: TaskRow): Json {
  const value = task.values.get(field.gid);
  const option = field.options.find(({ gid }) => gid === value);
  return {
    ...{ gid: field.gid, resource_type: 'custom_field', name: field.name, resource_subtype: field.subtype },
    ...(field.subtype === 'enum' ? { enum_value: option ? { ...option, resource_type: 'enum_option' } : null } : {}),
    ...(field.subtype === 'number' ? { number_value: typeof value === 'number' ? value : null } : {}),
  };
}

export function attachmentShape({ gid, parent, name, size, at, download }: AttachmentRow): Json {
  const subtype = download === null ? 'external' : 'asana';
  return {
    ...{ gid, resource_type: 'attachment', resource_subtype: subtype, name, host: subtype },
    ...{ parent: { gid: parent, resource_type: 'task' }, created_at: new Date(at).toISOString() },
    ...(download === null ? {} : { size }),
    permanent_url: `https://app.asana.com/app/asana/-/get_asset?asset_id=${gid}`,
    view_url: download,
    download_url: download,
  };
}

export function storyShape(state: State, { gid, type, html, author, at }: StoryRow): Json {
  return {
    ...{ gid, resource_type: 'story', type, html_text: html, text: html.replace(/<[^>]+>/g, '') },
    ...{ created_at: new Date(at).toISOString(), created_by: userShape(state, author) },
  };
}

/** Only `gid`, `resource_type` and what is asked for. Without `fields`: the compact form. */
export function picked(value: unknown, fields: readonly string[] | undefined): unknown {
  if (Array.isArray(value)) return value.map((one) => picked(one, fields));
  if (typeof value !== 'object' || value === null) return value;
  const wanted = fields ?? ['name'];
  const record = value as Json;
  const kept: Json = {};
  for (const name of ['gid', 'resource_type']) if (record[name] !== undefined) kept[name] = record[name];
  for (const name of new Set(wanted.map((field) => field.split('.')[0] ?? ''))) {
    if (record[name] === undefined) continue;
    const below = wanted.filter((field) => field.startsWith(`${name}.`)).map((field) => field.slice(name.length + 1));
    kept[name] = picked(record[name], below);
  }
  return kept;
}
