/** Tags as labels: they have numbers, belong to a workspace, and may share a name. https://developers.asana.com/reference/tags */

import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { Label } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { Api, Operation } from './api.ts';
import type { Project } from './lookup.ts';
import { storable } from './rich-text.ts';

export interface WireTag {
  readonly gid: string;
  readonly name: string;
  readonly notes?: string | null;
}

const FULL = ['name', 'notes'];

export function createTags(api: Api, project: Project) {
  /** By folded name; a task that was read teaches its tags. */
  const known = new Map<string, Promise<string>>();

  function learn(tags: readonly WireTag[]): void {
    for (const { gid, name } of tags) if (!known.has(fold(name))) known.set(fold(name), Promise.resolve(gid));
  }

  /** The numbers for these names; what is missing is created. */
  async function ensure(operation: Operation, names: readonly string[]): Promise<string[]> {
    const wanted = new Map(names.map((name) => [fold(name), storable(name.trim())]));
    const gids: string[] = [];
    for (const [folded, name] of wanted) gids.push(await remembered(operation, folded, name));
    return gids;
  }

  function remembered(operation: Operation, folded: string, name: string): Promise<string> {
    const present = known.get(folded);
    if (present) return present;
    const asked = findOrCreate(operation, name);
    known.set(folded, asked);
    asked.catch(() => known.get(folded) === asked && known.delete(folded));
    return asked;
  }

  /** What is looked up by its beginning is quick and may miss the newest: then there are two of one name, which are read as one. */
  async function findOrCreate(operation: Operation, name: string): Promise<string> {
    const workspace = await project.workspace(operation);
    const path = `/workspaces/${workspace}/typeahead`;
    const query = { resource_type: 'tag', query: name, count: '20' };
    const scope = 'workspaces.typeahead:read';
    const found = await api.call<readonly WireTag[]>(operation, { path, query, fields: ['name'], scope });
    const same = found.find((tag) => fold(tag.name) === fold(name));
    return neededText('Asana', 'gid', (same ?? (await post(operation, { name }))).gid);
  }

  async function post(operation: Operation, { name, description }: Label): Promise<WireTag> {
    const path = `/workspaces/${await project.workspace(operation)}/tags`;
    const data = { name: storable(name), ...(description === undefined ? {} : { notes: storable(description) }) };
    return api.call<WireTag>(operation, { method: 'POST', path, data, fields: FULL, scope: 'tags:write' });
  }

  async function* all(operation: Operation): AsyncGenerator<WireTag> {
    const path = `/workspaces/${await project.workspace(operation)}/tags`;
    yield* api.list<WireTag>(operation, { path, fields: FULL });
  }

  async function named(operation: Operation, name: string): Promise<readonly WireTag[]> {
    return (await collect(all(operation))).filter((tag) => fold(tag.name) === fold(name));
  }

  async function needed(operation: Operation, name: string): Promise<readonly WireTag[]> {
    const found = await named(operation, name);
    if (found.length > 0) return found;
    throw new PaceError({
      kind: 'not-found',
      operation,
      message: `There is no tag “${plainLine(name, 80)}” in the workspace.`,
      remedy: 'Please look at the existing tags: `pace label list`.',
    });
  }

  async function createLabel(label: Label): Promise<Label> {
    if ((await named('createLabel', label.name)).length > 0) throw isThere(label.name);
    const tag = await post('createLabel', label);
    learn([tag]);
    return toLabel(tag);
  }

  async function updateLabel(name: string, { name: next, description }: Partial<Label>): Promise<Label> {
    const tags = await needed('updateLabel', name);
    if (next !== undefined && fold(next) !== fold(name) && (await named('updateLabel', next)).length > 0)
      throw isThere(next);
    const data = {
      ...defined({ name: next && storable(next), notes: description && storable(description) }),
    };
    known.delete(fold(name));
    const changed: WireTag[] = [];
    for (const { gid } of tags)
      changed.push(await api.call<WireTag>('updateLabel', { method: 'PUT', path: `/tags/${gid}`, data, fields: FULL }));
    learn(changed);
    return toLabel(changed[0] ?? { gid: '', name });
  }

  async function deleteLabel(name: string): Promise<void> {
    const tags = await needed('deleteLabel', name);
    known.delete(fold(name));
    for (const { gid } of tags) await api.call('deleteLabel', { method: 'DELETE', path: `/tags/${gid}` });
  }

  async function* listLabels(): AsyncGenerator<Label> {
    const seen = new Set<string>();
    for await (const tag of all('listLabels')) {
      if (!seen.has(fold(tag.name))) yield toLabel(tag);
      seen.add(fold(tag.name));
    }
  }

  return { learn, ensure, calls: { listLabels, createLabel, updateLabel, deleteLabel } };
}

export type Tags = ReturnType<typeof createTags>;

function toLabel({ name, notes }: WireTag): Label {
  return { name: neededText('Asana', 'name', name), ...(notes ? { description: notes } : {}) };
}

function isThere(name: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `There is a tag “${plainLine(name, 80)}” in the workspace already.`,
    remedy: 'Please use that one, or choose another name.',
  });
}

export function fold(name: string): string {
  return name.trim().toLowerCase();
}
