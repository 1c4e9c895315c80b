/** Labels are tags: a Space has them, and its tasks use them. https://developer.clickup.com/docs/tasks */
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { Label } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Api } from './api.ts';
import type { Lookup } from './lookup.ts';
import type { Operation } from './refusals.ts';
import { sameName } from './states.ts';
import { listOf, toLabel, type WireTag } from './wire.ts';

const WHITE = '#ffffff';
const GREY = '#87909e';

/** The names of tags as they are written, each once. ClickUp keeps them in lower case: others would come back changed. */
export function tagNames(labels: readonly string[]): string[] {
  const names = [...new Set(labels.map((label) => label.trim()))];
  for (const name of names) if (name !== name.toLowerCase()) throw inCapitals(name);
  return names;
}

function inCapitals(name: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `“${plainLine(name, 60)}” cannot be a tag: ClickUp keeps tags in lower case.`,
    remedy: `Please write it as “${plainLine(name.toLowerCase(), 60)}”.`,
  });
}

export interface Tags {
  /** Creates those that the Space does not have: ClickUp drops them from a task without a word. */
  ensure(operation: Operation, names: readonly string[]): Promise<void>;
  /** Adds tags that the Space has. */
  add(operation: Operation, id: string, names: readonly string[]): Promise<void>;
  remove(operation: Operation, id: string, names: readonly string[]): Promise<void>;
  /** Forgets what is known of the Space. */
  forget(): void;
}

export function createTags(api: Api, lookup: Lookup): Tags {
  const known = new Set<string>();

  async function learn(operation: Operation): Promise<void> {
    for (const { name } of await spaceTags(api, lookup, operation)) known.add(name.toLowerCase());
  }

  async function create(operation: Operation, name: string): Promise<void> {
    try {
      await createTag(api, lookup, operation, { name });
      known.add(name);
    } catch (error) {
      // somebody else may have made it meanwhile
      if (!['validation', 'conflict'].includes(asPaceError(error).kind)) throw error;
      await learn(operation);
      if (!known.has(name)) throw error;
    }
  }

  return {
    ensure: async (operation, names) => {
      const missing = () => names.filter((name) => !known.has(name));
      if (missing().length > 0) await learn(operation);
      for (const name of missing()) await create(operation, name);
    },
    add: async (operation, id, names) => {
      for (const name of names) await api.send(operation, { method: 'POST', path: ['task', id, 'tag', name] });
    },
    remove: async (operation, id, names) => {
      for (const name of names) await api.send(operation, { method: 'DELETE', path: ['task', id, 'tag', name] });
    },
    forget: () => known.clear(),
  };
}

async function spaceTags(api: Api, lookup: Lookup, operation: Operation): Promise<readonly WireTag[]> {
  const path = ['space', await lookup.spaceId(operation), 'tag'];
  const { tags } = await api.call<{ tags?: readonly WireTag[] }>(operation, { path, isPage: true });
  return listOf(tags, 'tags');
}

async function createTag(
  api: Api,
  lookup: Lookup,
  operation: Operation,
  { name, color }: Pick<Label, 'name' | 'color'>,
): Promise<void> {
  const path = ['space', await lookup.spaceId(operation), 'tag'];
  const body = { tag: { name, tag_fg: WHITE, tag_bg: color ? `#${color}` : GREY } };
  await api.send(operation, { method: 'POST', path, body });
}

/** The catalogue: the tags of the Space, which all of its Lists share. */
export function labelCalls(api: Api, lookup: Lookup, tags: Pick<Tags, 'forget'>) {
  async function find(operation: Operation, name: string): Promise<WireTag | undefined> {
    const there = await spaceTags(api, lookup, operation);
    return there.find((tag) => sameName(tag.name, name));
  }

  async function existing(operation: Operation, name: string): Promise<WireTag> {
    const found = await find(operation, name);
    if (found) return found;
    throw new PaceError({
      kind: 'not-found',
      message: `The Space has no tag “${plainLine(name, 60)}”.`,
      remedy: 'Please look at the existing tags: `pace label list`.',
    });
  }

  async function* listLabels(): AsyncGenerator<Label> {
    const there = await api.attempt('listLabels', () => spaceTags(api, lookup, 'listLabels'));
    yield* there.map(toLabel);
  }

  async function createLabel(label: Label): Promise<Label> {
    const [name = ''] = tagNames([label.name]);
    if (await find('createLabel', name)) throw isThere(name);
    await createTag(api, lookup, 'createLabel', { ...label, name });
    return toLabel(await existing('createLabel', name));
  }

  /** Tags have no description: nothing is said of one. */
  async function updateLabel(label: string, { name = label, color }: Partial<Label>): Promise<Label> {
    const [after = ''] = tagNames([name]);
    const before = await existing('updateLabel', label);
    if (!sameName(before.name, after) && (await find('updateLabel', after))) throw isThere(after);
    const path = ['space', await lookup.spaceId('updateLabel'), 'tag', before.name];
    const tag = { name: after, fg_color: WHITE, bg_color: color ? `#${color}` : (before.tag_bg ?? GREY) };
    tags.forget();
    await api.send('updateLabel', { method: 'PUT', path, body: { tag } });
    return toLabel(await existing('updateLabel', after));
  }

  async function deleteLabel(label: string): Promise<void> {
    const { name } = await existing('deleteLabel', label);
    tags.forget();
    await api.send('deleteLabel', {
      method: 'DELETE',
      path: ['space', await lookup.spaceId('deleteLabel'), 'tag', name],
    });
  }

  return {
    listLabels,
    createLabel: (label: Label) => api.attempt('createLabel', () => createLabel(label)),
    updateLabel: (name: string, changes: Partial<Label>) =>
      api.attempt('updateLabel', () => updateLabel(name, changes)),
    deleteLabel: (name: string) => api.attempt('deleteLabel', () => deleteLabel(name)),
  };
}

function isThere(name: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `There is a tag “${plainLine(name, 60)}” already.`,
    remedy: 'Please choose another name, or change the existing one.',
  });
}
