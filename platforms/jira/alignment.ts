/** Two lists side by side: what is the same in both, in the same order. Pure. */

/** Above so many comparisons the middle is only matched in passing. */
const MOST_COMPARED = 1_000_000;

/** Places of equal keys, `[in one, in other]`, each growing. As many as there can be, where the lists are not very long. */
export function alignment(one: readonly string[], other: readonly string[]): [number, number][] {
  let start = 0;
  const shorter = Math.min(one.length, other.length);
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const [middle, otherMiddle] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  const isLong = middle.length * otherMiddle.length > MOST_COMPARED;
  const inside = (isLong ? inPassing : longest)(middle, otherMiddle);
  return [
    ...Array.from({ length: start }, (_, at): [number, number] => [at, at]),
    ...inside.map(([a, b]): [number, number] => [a + start, b + start]),
    ...Array.from({ length: end }, (_, at): [number, number] => [one.length - end + at, other.length - end + at]),
  ];
}

/** https://en.wikipedia.org/wiki/Longest_common_subsequence */
function longest(one: readonly string[], other: readonly string[]): [number, number][] {
  return bestPairs(one.length, other.length, (a, b) => (one[a] === other[b] ? 1 : 0));
}

function inPassing(one: readonly string[], other: readonly string[]): [number, number][] {
  const places = Map.groupBy(other.keys(), (at) => other[at] ?? '');
  const taken = new Map<string, number>();
  const pairs: [number, number][] = [];
  let last = -1;
  for (const [at, key] of one.entries()) {
    const all = places.get(key) ?? [];
    let place = taken.get(key) ?? 0;
    while ((all[place] ?? Number.POSITIVE_INFINITY) <= last) place += 1;
    taken.set(key, place);
    const next = all[place];
    if (next === undefined) continue;
    pairs.push([at, next]);
    last = next;
  }
  return pairs;
}

/** The pairs, in order, that are worth most together; what is worth nothing is no pair. */
export function bestPairs(
  height: number,
  width: number,
  worth: (one: number, other: number) => number,
): [number, number][] {
  const own = Array.from({ length: height }, (_, a) => Float64Array.from({ length: width }, (__, b) => worth(a, b)));
  // sums[a][b]: what can be had from `a` and `b` on
  const sums = Array.from({ length: height + 1 }, () => new Float64Array(width + 1));
  const at = (rows: readonly Float64Array[], a: number, b: number) => rows[a]?.[b] ?? 0;
  for (let a = height - 1; a >= 0; a -= 1) {
    for (let b = width - 1; b >= 0; b -= 1) {
      const pair = at(own, a, b) > 0 ? at(own, a, b) + at(sums, a + 1, b + 1) : 0;
      (sums[a] ?? [])[b] = Math.max(pair, at(sums, a + 1, b), at(sums, a, b + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let a = 0, b = 0; a < height && b < width; ) {
    const total = at(sums, a, b);
    if (at(own, a, b) > 0 && total === at(own, a, b) + at(sums, a + 1, b + 1)) {
      pairs.push([a, b]);
      a += 1;
      b += 1;
    } else if (total === at(sums, a + 1, b)) a += 1;
    else b += 1;
  }
  return pairs;
}
