/** A list of nodes beside the list that it shall become: what is the same stays, what is like another takes its place. Pure. */
import type { AdfNode } from './adf-node.ts';
import { alignment, bestPairs } from './alignment.ts';

export interface OldNode {
  readonly node: AdfNode;
  /** What Markdown makes of it: as many nodes as people would see, each in one word. */
  readonly units: readonly string[];
}

export interface Becoming {
  readonly before: readonly OldNode[];
  readonly after: readonly AdfNode[];
  /** Whether the one can become the other, and how. */
  fits(old: AdfNode, now: AdfNode): boolean;
  merge(old: AdfNode, now: AdfNode): AdfNode;
}

/** Equal nodes have equal words; names that nobody sees do not count. */
export function canonical(node: AdfNode): string {
  return JSON.stringify(node, (key, value: unknown) => (key === 'localId' ? undefined : value));
}

/** What stands before the first, and in the place of each of `before` with what follows it: one more than there are. */
export function mergedList({ before, after, fits, merge }: Becoming): AdfNode[][] {
  const slots: AdfNode[][] = Array.from({ length: before.length + 1 }, () => []);
  let [place, at] = [0, 0];
  for (const anchor of [...anchorsIn(before, after), { place: before.length, from: after.length, to: after.length }]) {
    const old = before.slice(place, anchor.place).map((one, index) => ({ ...one, place: place + index }));
    // of what shows nothing nobody can have taken it away
    for (const one of old) if (one.units.length === 0) slots[one.place + 1]?.push(one.node);
    const changed = old.filter(({ units }) => units.length > 0);
    const now = after.slice(at, anchor.from);
    const pairs = new Map(alike(changed, now, fits).map(([one, other]) => [other, changed[one]]));
    let slot = place;
    for (const [index, node] of now.entries()) {
      const pair = pairs.get(index);
      if (pair) slot = pair.place + 1;
      slots[slot]?.push(pair ? merge(pair.node, node) : node);
    }
    const kept = before[anchor.place];
    if (kept) slots[anchor.place + 1]?.push(kept.node);
    [place, at] = [anchor.place + 1, anchor.to];
  }
  return slots;
}

interface Anchor {
  readonly place: number;
  readonly from: number;
  readonly to: number;
}

/** Those whose Markdown is all there, in one piece. */
function anchorsIn(before: readonly OldNode[], after: readonly AdfNode[]): Anchor[] {
  const owners = before.flatMap(({ units }, place) => units.map(() => place));
  const units = before.flatMap((one) => one.units);
  const pairs = alignment(units, after.map(canonical));
  const found = Map.groupBy(pairs, ([unit]) => owners[unit] ?? 0);
  return [...found].flatMap(([place, own]) => {
    const [first, last] = [own[0]?.[1] ?? 0, own.at(-1)?.[1] ?? 0];
    const isWhole = own.length === before[place]?.units.length && last - first === own.length - 1;
    return isWhole ? [{ place, from: first, to: last + 1 }] : [];
  });
}

/** More are paired in their order, without a look at their words. */
const MOST_COMPARED = 10_000;

function alike(old: readonly OldNode[], now: readonly AdfNode[], fits: Becoming['fits']): [number, number][] {
  if (old.length * now.length > MOST_COMPARED)
    return old
      .slice(0, now.length)
      .map(({ node }, at): [AdfNode, number] => [node, at])
      .filter(([node, at]) => fits(node, now[at] ?? node))
      .map(([, at]) => [at, at]);
  const words = now.map(wordsIn);
  const oldWords = old.map(({ node }) => wordsIn(node));
  const none = new Set<string>();
  return bestPairs(old.length, now.length, (one, other) => {
    const [node, next] = [old[one]?.node, now[other]];
    if (!node || !next || !fits(node, next)) return 0;
    return 0.001 + likeness(oldWords[one] ?? none, words[other] ?? none);
  });
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared === 0 ? 0 : (2 * shared) / (one.size + other.size);
}

function wordsIn(node: AdfNode): Set<string> {
  const found = new Set<string>();
  const left = [node];
  for (let next = left.pop(); next; next = left.pop()) {
    const { text, alt, title } = next.attrs ?? {};
    for (const said of [next.text, text, alt, title])
      for (const word of typeof said === 'string' ? (said.match(/[\p{L}\p{N}]+/gu) ?? []) : []) found.add(word);
    left.push(...(next.content ?? []));
  }
  return found;
}
