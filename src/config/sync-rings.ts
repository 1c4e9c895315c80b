/** Pairs of trackers form a star or a chain: two ways between two trackers would copy each issue twice. Pure. */

export interface Edge {
  readonly a: string;
  readonly b: string;
}

/**
 * For each edge that closes a ring, by its place: the way between its ends that was there before, with both ends. One of a tracker with
 * itself is none.
 */
export function ringsIn(edges: readonly Edge[]): ReadonlyMap<number, readonly string[]> {
  const next = new Map<string, string[]>();
  const rings = new Map<number, readonly string[]>();
  for (const [place, { a, b }] of edges.entries()) {
    if (a === b) continue;
    const way = wayBetween(next, a, b);
    if (way) {
      rings.set(place, way);
      continue;
    }
    next.set(a, [...(next.get(a) ?? []), b]);
    next.set(b, [...(next.get(b) ?? []), a]);
  }
  return rings;
}

function wayBetween(next: ReadonlyMap<string, readonly string[]>, from: string, to: string): string[] | undefined {
  const ways: string[][] = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1) ?? from;
    if (last === to) return way;
    for (const name of next.get(last) ?? []) {
      if (!seen.has(name)) ways.push([...way, name]);
      seen.add(name);
    }
  }
  return undefined;
}
