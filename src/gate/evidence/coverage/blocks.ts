/** The blocks of a file, each once, as plain numbers: a profile has as many of them as a project has branches. */

/** Statements that run together, as a Go profile has them. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly statements: number;
  readonly ran: boolean;
}

/** Line and column where a block begins and where it ends, and how many statements are in it; whole numbers below 2^31. */
export type BlockNumbers = [line: number, column: number, lastLine: number, lastColumn: number, statements: number];

export interface Blocks extends Iterable<Block> {
  readonly size: number;
  /** A block that is told twice counts once, and has run when any of them tells so. */
  add(numbers: Readonly<BlockNumbers>, ran: boolean): void;
  /** Their statements. */
  counted(): { readonly covered: number; readonly total: number } | undefined;
  /** Takes in those of another report. */
  addAll(others: Blocks): void;
  /** Each as `add` takes it. */
  entries(): Iterable<readonly [Readonly<BlockNumbers>, boolean]>;
}

/** Of each block its place, its statements, and whether it ran. */
const CELLS = 6;
const FIRST_BLOCKS = 16;
/** Most files have no block at all. */
const NONE = new Int32Array(0);

export function createBlocks(): Blocks {
  let cells = NONE;
  /** For each place, by its digest, the number of its block, from 1; 0 where there is none. Half of them stay free. */
  let slots = NONE;
  let size = 0;

  function grow(): void {
    const blocks = Math.max(FIRST_BLOCKS, size * 2);
    const grown = new Int32Array(blocks * CELLS);
    grown.set(cells);
    cells = grown;
    slots = new Int32Array(blocks * 2);
    for (let block = 0; block < size; block += 1) slots[slotOf(block)] = block + 1;
  }

  /** Where the block of the same place is, or would be. */
  function slotOf(block: number): number {
    const mask = slots.length - 1;
    const at = block * CELLS;
    let slot = digest(at) & mask;
    for (let other = slots[slot] ?? 0; other > 0 && !isSame(at, (other - 1) * CELLS); other = slots[slot] ?? 0) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  function digest(at: number): number {
    let sum = 0;
    for (let cell = at; cell < at + 4; cell += 1) sum = Math.imul(sum ^ (cells[cell] ?? 0), 0x9e3779b1);
    return sum ^ (sum >>> 15);
  }

  function isSame(one: number, other: number): boolean {
    for (let cell = 0; cell < 4; cell += 1) if (cells[one + cell] !== cells[other + cell]) return false;
    return true;
  }

  function add([line, column, lastLine, lastColumn, statements]: Readonly<BlockNumbers>, ran: boolean): void {
    if ((size + 1) * CELLS > cells.length) grow();
    const end = size * CELLS;
    cells[end] = line;
    cells[end + 1] = column;
    cells[end + 2] = lastLine;
    cells[end + 3] = lastColumn;
    const slot = slotOf(size);
    const known = slots[slot] ?? 0;
    if (known > 0 && !ran) return;
    if (known === 0) {
      size += 1;
      slots[slot] = size;
    }
    const at = known > 0 ? (known - 1) * CELLS : end;
    cells[at + 4] = statements;
    cells[at + 5] = ran ? 1 : 0;
  }

  const cell = (index: number) => cells[index] ?? 0;
  return {
    get size() {
      return size;
    },
    add,
    addAll(others) {
      for (const [numbers, ran] of others.entries()) add(numbers, ran);
    },
    counted() {
      let [covered, total] = [0, 0];
      for (let at = 0; at < size * CELLS; at += CELLS) {
        total += cell(at + 4);
        if (cell(at + 5) > 0) covered += cell(at + 4);
      }
      return size === 0 ? undefined : { covered, total };
    },
    *entries() {
      for (let at = 0; at < size * CELLS; at += CELLS)
        yield [[cell(at), cell(at + 1), cell(at + 2), cell(at + 3), cell(at + 4)], cell(at + 5) > 0];
    },
    *[Symbol.iterator]() {
      for (let at = 0; at < size * CELLS; at += CELLS)
        yield { from: cell(at), to: cell(at + 2), statements: cell(at + 4), ran: cell(at + 5) > 0 };
    },
  };
}
