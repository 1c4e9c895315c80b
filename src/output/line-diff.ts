/** Two texts, line by line: what goes and what comes. Pure. */

/** `-` goes, `+` comes, `…` stands for lines that are left out. */
export interface DiffLine {
  readonly sign: '-' | '+' | '…';
  readonly text: string;
}

/** Beyond that one text takes the place of the other: comparing all lines with all would take long. */
const MOST_CELLS = 4_000_000;

/** At most so many lines, then how many more there are. */
export function lineDiff(before: string, after: string, most: number): DiffLine[] {
  const changed = changedLines(before.split('\n'), after.split('\n'));
  if (changed.length <= most) return changed;
  const rest = changed.length - most;
  return [...changed.slice(0, most), { sign: '…', text: `${rest} more ${rest === 1 ? 'line' : 'lines'}` }];
}

function changedLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const start = commonStart(before, after);
  const end = commonStart(before.slice(start).toReversed(), after.slice(start).toReversed());
  const [gone, come] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  if (gone.length * come.length > MOST_CELLS) return [...signed('-', gone), ...signed('+', come)];
  return shortest(gone, come);
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  const differs = one.findIndex((line, index) => line !== other[index]);
  return differs === -1 ? Math.min(one.length, other.length) : Math.min(differs, other.length);
}

/** By the longest common subsequence; what goes stands before what comes. */
function shortest(gone: readonly string[], come: readonly string[]): DiffLine[] {
  const lengths = commonLengths(gone, come);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < gone.length && j < come.length) {
    const [one = '', other = ''] = [gone[i], come[j]];
    if (one === other) {
      [i, j] = [i + 1, j + 1];
    } else if (at(lengths, i + 1, j) >= at(lengths, i, j + 1)) {
      lines.push({ sign: '-', text: one });
      i += 1;
    } else {
      lines.push({ sign: '+', text: other });
      j += 1;
    }
  }
  return [...lines, ...signed('-', gone.slice(i)), ...signed('+', come.slice(j))];
}

/** How much the rests have in common, from each pair of places on. */
function commonLengths(gone: readonly string[], come: readonly string[]): readonly Uint32Array[] {
  const rows = Array.from({ length: gone.length + 1 }, () => new Uint32Array(come.length + 1));
  for (let i = gone.length - 1; i >= 0; i -= 1) {
    const row = rows[i] ?? new Uint32Array();
    for (let j = come.length - 1; j >= 0; j -= 1) {
      row[j] = gone[i] === come[j] ? at(rows, i + 1, j + 1) + 1 : Math.max(at(rows, i + 1, j), at(rows, i, j + 1));
    }
  }
  return rows;
}

function at(rows: readonly Uint32Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}

function signed(sign: DiffLine['sign'], lines: readonly string[]): DiffLine[] {
  return lines.map((text) => ({ sign, text }));
}
