/** The pairs of two trackers while sync runs, found by either issue. */
import type { Pair } from './pair.ts';
import type { SideName } from './values.ts';

export interface Pairs {
  /** How many are kept in step. */
  readonly size: number;
  get(id: string): Pair | undefined;
  /** By the vendor's id of an issue. */
  byId(side: SideName, id: string): Pair | undefined;
  byKey(side: SideName, key: string): Pair | undefined;
  /** Adds it, or replaces the one of the same id. */
  put(pair: Pair): void;
  remove(id: string): void;
  all(): Iterable<Pair>;
}

export function pairsOf(given: Iterable<Pair>): Pairs {
  const pairs = new Map<string, Pair>();
  const ids = { a: new Map<string, string>(), b: new Map<string, string>() };
  const keys = { a: new Map<string, string>(), b: new Map<string, string>() };

  function remove(id: string): void {
    const pair = pairs.get(id);
    if (!pair) return;
    pairs.delete(id);
    for (const side of ['a', 'b'] as const) {
      ids[side].delete(pair[side].id);
      keys[side].delete(fold(pair[side].key));
    }
  }

  function put(pair: Pair): void {
    remove(pair.id);
    pairs.set(pair.id, pair);
    for (const side of ['a', 'b'] as const) {
      ids[side].set(pair[side].id, pair.id);
      keys[side].set(fold(pair[side].key), pair.id);
    }
  }

  const found = (id: string | undefined) => (id === undefined ? undefined : pairs.get(id));
  // an issue that was parted from another one may have a pair of its own by now
  const all = [...given];
  for (const pair of [...all.filter(({ isApart }) => isApart), ...all.filter(({ isApart }) => !isApart)]) put(pair);
  return {
    get size() {
      return [...pairs.values()].filter(({ isApart }) => !isApart).length;
    },
    get: (id) => pairs.get(id),
    byId: (side, id) => found(ids[side].get(id)),
    byKey: (side, key) => found(keys[side].get(fold(key))),
    put,
    remove,
    all: () => pairs.values(),
  };
}

function fold(key: string): string {
  return key.trim().replace(/^#/, '').toLowerCase();
}
