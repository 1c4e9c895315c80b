/** Lines by their number, and whether each ran: a byte for each where they lie close together, as those of a source file do. */

export interface Lines extends Iterable<readonly [line: number, ran: boolean]> {
  /** How many lines are told of, and how many of them ran. */
  readonly size: number;
  readonly covered: number;
  /** A line that is told twice counts once, and has run when any of them tells so. */
  add(line: number, ran: boolean): void;
  /** All of these lines. */
  addAll(lines: readonly number[], ran: boolean): void;
  get(line: number): boolean | undefined;
}

const [MISSED, RAN] = [1, 2];
/** So many numbers may lie between two lines, in the mean, before the bytes would take more memory than they spare. */
const MOST_APART = 32;
const FIRST_BYTES = 64;
const NONE = new Uint8Array(0);

export function createLines(): Lines {
  let bytes = NONE;
  /** Lines that lie far from all others. */
  const far = new Map<number, boolean>();
  let [size, covered] = [0, 0];

  function stateOf(line: number): number {
    const near = bytes[line] ?? 0;
    if (near > 0 || far.size === 0) return near;
    const known = far.get(line);
    return known === undefined ? 0 : known ? RAN : MISSED;
  }

  function keep(line: number, ran: boolean): void {
    if (far.has(line)) far.set(line, ran);
    else if (hasByte(line)) bytes[line] = ran ? RAN : MISSED;
    else far.set(line, ran);
  }

  function hasByte(line: number): boolean {
    if (line >= 0 && line < bytes.length) return true;
    if (line < 0 || line >= FIRST_BYTES + MOST_APART * size) return false;
    grow(Math.max(FIRST_BYTES, bytes.length * 4, line + 1));
    return true;
  }

  function grow(length: number): void {
    const grown = new Uint8Array(length);
    grown.set(bytes);
    bytes = grown;
  }

  /** Where a line may be looked up without asking whether it lies far from all others. */
  function nearBytes(): Uint8Array {
    return far.size === 0 ? bytes : NONE;
  }

  function add(line: number, ran: boolean): void {
    const isNear = far.size === 0 && line >= 0 && line < bytes.length;
    const before = isNear ? bytes[line] : stateOf(line);
    if (before === RAN) return;
    if (before === 0) size += 1;
    if (ran) covered += 1;
    if (isNear) bytes[line] = ran ? RAN : MISSED;
    else keep(line, ran);
  }

  return {
    get size() {
      return size;
    },
    get covered() {
      return covered;
    },
    add,
    addAll(lines, ran) {
      const last = lines.at(-1) ?? 0;
      const isClose = last < FIRST_BYTES + MOST_APART * (size + lines.length);
      if (isClose && last >= bytes.length) grow(last + 1);
      const state = ran ? RAN : MISSED;
      let [near, fresh] = [nearBytes(), 0];
      for (const line of lines) {
        // most are told of for the first time
        if (near[line] === 0) {
          near[line] = state;
          fresh += 1;
          continue;
        }
        add(line, ran);
        near = nearBytes();
      }
      size += fresh;
      if (ran) covered += fresh;
    },
    get: (line) => {
      const state = stateOf(line);
      return state === 0 ? undefined : state === RAN;
    },
    *[Symbol.iterator]() {
      for (const [line, state] of bytes.entries()) if (state > 0) yield [line, state === RAN] as const;
      yield* far;
    },
  };
}
