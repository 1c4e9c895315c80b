/** Where two sequences are the same: the indices of a longest common part of both. Pure. */
export type Matches = readonly (readonly [one: number, other: number])[];

/** As many comparisons as take some milliseconds: two sequences of a thousand that differ at both ends. */
const MOST = 1_000_000;

/** `undefined`: too long to be compared. */
export function longestCommon(one: readonly number[], other: readonly number[]): Matches | undefined {
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  const most = Math.min(one.length, other.length) - start;
  while (end < most && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const middle = between(one.slice(start, one.length - end), other.slice(start, other.length - end));
  return (
    middle && [
      ...Array.from({ length: start }, (_, at) => [at, at] as const),
      ...middle.map(([at, there]) => [start + at, start + there] as const),
      ...Array.from({ length: end }, (_, at) => [one.length - end + at, other.length - end + at] as const),
    ]
  );
}

function between(one: readonly number[], other: readonly number[]): Matches | undefined {
  if (one.length * other.length > MOST) return undefined;
  const width = other.length + 1;
  // how long the common part is from here on; the shorter sequence has no more than a thousand
  const lengths = new Uint16Array((one.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        one[row] === other[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const matches: [number, number][] = [];
  let row = 0;
  let column = 0;
  while (row < one.length && column < other.length) {
    if (one[row] === other[column]) matches.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return matches;
}
