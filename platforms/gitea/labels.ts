/** Labels by name: Gitea wants their numbers. https://docs.gitea.com/usage/labels */

import { defined } from '../../core/defined.ts';
import { unless } from '../../core/drivers/unless.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import { neededNumber } from '../../core/http/unexpected-answer.ts';
import type { Label } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import { toLabel, type WireLabel } from './issue-wire.ts';
import type { Operation } from './refusals.ts';

/** How long labels are remembered, in milliseconds; a name that is not among them is always looked up again. */
const MEMORY_MS = 300_000;

const COLOR = '#ededed';

export interface LabelBook {
  /** The repository's own labels, those that Gitea can look for in lists. */
  own(operation: Operation): Promise<readonly WireLabel[]>;
  /** Whether the token may see all labels that issues here can have. */
  seesAll(operation: Operation): Promise<boolean>;
  /** The labels of these names, in whatever case; missing ones are created. */
  ensure(operation: Operation, names: readonly string[]): Promise<WireLabel[]>;
  /** The labels that answer to the name; `[]` only when there surely is none. `undefined` when that cannot be told. */
  named(operation: Operation, fits: (name: string) => boolean): Promise<WireLabel[] | undefined>;
  list(): AsyncGenerator<Label>;
  create(label: Label): Promise<Label>;
  update(name: string, changes: Partial<Label>): Promise<Label>;
  remove(name: string): Promise<void>;
  /** Something is not as it is remembered. */
  forget(): void;
}

interface Known {
  readonly own: readonly WireLabel[];
  /** `undefined` when the token may not see them. */
  readonly shared: readonly WireLabel[] | undefined;
}

export function createLabelBook(world: World, api: Api): LabelBook {
  const own = memory((operation) => collect(api.list<WireLabel>(operation, { path: `${api.repo}/labels` })));
  const shared = memory(readShared);
  const coming = new Map<string, Promise<WireLabel>>();

  /** A person has none: 404. So has an organisation that is hidden from the token's user; the scope may be missing: 403. */
  async function readShared(operation: Operation): Promise<WireLabel[] | undefined> {
    const path = `/orgs/${encodeURIComponent(api.owner)}/labels`;
    try {
      return await collect(api.list<WireLabel>(operation, { path }));
    } catch (error) {
      const { kind, message } = asPaceError(error);
      if (kind !== 'not-found' && kind !== 'permission' && kind !== 'authentication') throw error;
      if (await isPersons(operation)) return [];
      world.log.debug(`The labels of the organisation are not seen: ${message}`);
      return undefined;
    }
  }

  /** The teams of a repository are refused in a way of its own where no organisation has it, whatever the token's scopes are. */
  async function isPersons(operation: Operation): Promise<boolean> {
    try {
      await api.send(operation, { path: `${api.repo}/teams` });
      return false;
    } catch (error) {
      return asPaceError(error).status === 405;
    }
  }

  /** What is remembered for a while. */
  function memory<Value>(read: (operation: Operation) => Promise<Value>) {
    let kept: { readonly value: Promise<Value>; readonly at: number } | undefined;
    return {
      get: (operation: Operation): Promise<Value> => {
        if (kept && world.now() - kept.at < MEMORY_MS) return kept.value;
        const entry = { value: read(operation), at: world.now() };
        kept = entry;
        entry.value.catch(() => {
          if (kept === entry) kept = undefined;
        });
        return entry.value;
      },
      set: (value: Value) => {
        kept = { value: Promise.resolve(value), at: kept?.at ?? world.now() };
      },
      isKept: () => kept !== undefined,
      forget: () => {
        kept = undefined;
      },
    };
  }

  function forget(): void {
    own.forget();
    shared.forget();
  }

  async function all(operation: Operation): Promise<Known> {
    return { own: await own.get(operation), shared: await shared.get(operation) };
  }

  /** Looks at the repository's labels, then at the organisation's; and once more when what was remembered does not have it. */
  async function find(operation: Operation, name: string): Promise<WireLabel | undefined> {
    const remembered = own.isKept();
    const mine = pick({ own: await own.get(operation), shared: [] }, name);
    if (mine) return mine;
    const found = pick(await all(operation), name);
    if (found || !remembered) return found;
    forget();
    return pick(await all(operation), name);
  }

  async function one(operation: Operation, name: string): Promise<WireLabel> {
    const found = await find(operation, name);
    if (found) return found;
    const fold = name.toLowerCase();
    // Gitea would make a second label of the same name
    const creation = coming.get(fold) ?? makeOnce(operation, name);
    coming.set(fold, creation);
    return creation.finally(() => coming.delete(fold));
  }

  /** Of several processes with one new label each makes its own: the first one stays. */
  async function makeOnce(operation: Operation, name: string): Promise<WireLabel> {
    const created = await make(operation, { name });
    own.forget();
    const first = pick({ own: await own.get(operation), shared: [] }, name);
    if (!first || first.id === created.id) return created;
    const path = `${api.repo}/labels/${created.id}`;
    await unless(['permission', 'not-found'], () => api.send(operation, { method: 'DELETE', path }));
    own.forget();
    return first;
  }

  async function make(operation: Operation, { name, color, description }: Label): Promise<WireLabel> {
    const body = { name, color: color ? `#${color}` : COLOR, ...(description ? { description } : {}) };
    const path = `${api.repo}/labels`;
    const created = sound(await api.call<WireLabel>(operation, { method: 'POST', path, body }));
    own.set([...(await own.get(operation)), created]);
    return created;
  }

  /** The repository's own label. That of an organisation is not this repository's to change. */
  async function changeable(operation: Operation, name: string): Promise<WireLabel> {
    forget();
    const known = await all(operation);
    const found = pick({ own: known.own, shared: [] }, name);
    if (found) return found;
    const foreign = pick(known, name);
    if (foreign) {
      throw new PaceError({
        kind: 'unsupported',
        operation,
        message: `The label “${plainLine(foreign.name, 60)}” belongs to the organisation ${api.owner}.`,
        remedy: 'Please change it on the page of the organisation: other repositories use it too.',
      });
    }
    throw noSuchLabel(operation, name, known);
  }

  return {
    own: own.get,
    seesAll: async (operation) => (await shared.get(operation)) !== undefined,
    forget,
    ensure: async (operation, names) => {
      const found: WireLabel[] = [];
      // one after the other: of several that are on their way some would come into being after an error
      for (const name of new Set(names)) found.push(sound(await one(operation, name)));
      return found;
    },
    named: async (operation, fits) => {
      const fitting = ({ own: mine, shared: theirs = [] }: Known) =>
        [...mine, ...theirs].filter(({ name }) => fits(name));
      const remembered = own.isKept();
      let known = await all(operation);
      if (remembered && fitting(known).length === 0) {
        forget();
        known = await all(operation);
      }
      const found = fitting(known);
      return found.length === 0 && known.shared === undefined ? undefined : found;
    },
    async *list() {
      forget();
      const { own: mine, shared: theirs = [] } = await all('listLabels');
      yield* [...mine, ...theirs].map(toLabel);
    },
    create: async (label) => {
      forget();
      if (pick(await all('createLabel'), label.name)) throw alreadyThere(label.name);
      return toLabel(await make('createLabel', label));
    },
    update: async (name, { name: newName, color, description }) => {
      const { id } = await changeable('updateLabel', name);
      const body = {
        ...defined({ name: newName, color: color === undefined ? undefined : `#${color}`, description }),
      };
      forget();
      return toLabel(
        await api.call<WireLabel>('updateLabel', { method: 'PATCH', path: `${api.repo}/labels/${id}`, body }),
      );
    },
    remove: async (name) => {
      const { id } = await changeable('deleteLabel', name);
      forget();
      await api.send('deleteLabel', { method: 'DELETE', path: `${api.repo}/labels/${id}` });
    },
  };
}

/** A label without a number would be left out of an issue in silence. */
function sound(label: WireLabel): WireLabel {
  neededNumber('Gitea', 'id of a label', label.id);
  return label;
}

/** The label that is written so, else one that differs in case only; the repository's own before the organisation's. */
function pick({ own, shared = [] }: Known, name: string): WireLabel | undefined {
  const labels = [...own.toSorted((one, other) => one.id - other.id), ...shared];
  const fold = name.toLowerCase();
  return labels.find((label) => label.name === name) ?? labels.find((label) => label.name.toLowerCase() === fold);
}

function alreadyThere(name: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    operation: 'createLabel',
    message: `There is a label “${plainLine(name, 60)}” already.`,
    remedy: 'Please choose another name, or edit the label that is there.',
  });
}

function noSuchLabel(operation: Operation, name: string, { own }: Known): PaceError {
  return new PaceError({
    kind: 'not-found',
    operation,
    message: `There is no label “${plainLine(name, 60)}”. Available: ${
      own
        .slice(0, 20)
        .map((label) => `“${plainLine(label.name, 40)}”`)
        .join(', ') || 'none'
    }.`,
    remedy: 'Please check the name.',
  });
}

/**
 * Of labels that exclude each other the server keeps one, whichever it likes: those that are to stay give way to those that
 * are added. Throws `validation` when two that are added exclude each other.
 */
export function withoutRivals(labels: readonly WireLabel[], kept: readonly string[]): WireLabel[] {
  const before = new Set(kept.map((name) => name.toLowerCase()));
  const isOld = ({ name }: WireLabel) => before.has(name.toLowerCase());
  const taken = new Map<string, WireLabel>();
  for (const label of labels.filter((each) => !isOld(each))) {
    const scope = exclusiveScope(label);
    const rival = taken.get(scope);
    if (scope !== '' && rival && rival.id !== label.id) throw excludeEachOther(rival, label);
    taken.set(scope, label);
  }
  return labels.filter((label) => {
    const scope = exclusiveScope(label);
    return !(isOld(label) && scope !== '' && taken.has(scope));
  });
}

function exclusiveScope({ name, exclusive }: WireLabel): string {
  return exclusive ? name.slice(0, Math.max(0, name.lastIndexOf('/'))) : '';
}

function excludeEachOther(one: WireLabel, other: WireLabel): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `The labels “${plainLine(one.name, 60)}” and “${plainLine(other.name, 60)}” exclude each other.`,
    remedy: `Please give one of them: an issue has at most one label of the scope “${exclusiveScope(one)}”.`,
  });
}
