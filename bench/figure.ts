/** What a benchmark measures, and how it is printed. */
import { availableParallelism, loadavg } from 'node:os';

export interface Figure {
  readonly what: string;
  readonly measured: number;
  /** `×` (of what `detail` says), `s`, `MB`, `requests`. */
  readonly unit: string;
  /** The largest value that is still good; absent where nothing was promised. */
  readonly limit?: number;
  /** What lies behind the number. */
  readonly detail?: string;
}

/** A benchmark gives each figure as soon as it has it. Throws when it cannot be run. */
export type Benchmark = () => AsyncIterable<Figure>;

const WIDTHS = [58, 14, 10, 6] as const;

/** Runs the benchmarks one after the other and prints one table. Returns how many figures are over their limit. */
export async function show(...benchmarks: readonly Benchmark[]): Promise<number> {
  let over = 0;
  const load = `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores; times are for a quiet machine`;
  line(['what', 'measured', 'limit', ''], load);
  for (const benchmark of benchmarks) {
    for await (const figure of benchmark()) {
      const { what, measured, unit, limit, detail = '' } = figure;
      const good = limit === undefined || measured <= limit;
      if (!good) over += 1;
      const verdict = limit === undefined ? '' : good ? 'ok' : 'OVER';
      line([what, `${rounded(measured)} ${unit}`, limit === undefined ? '' : `≤ ${limit}`, verdict], detail);
    }
  }
  return over;
}

function line([what = '', ...cells]: readonly string[], detail: string): void {
  const padded = cells.map((cell, index) => cell.padStart(WIDTHS[index + 1] ?? 0)).join(' ');
  process.stdout.write(`${what.padEnd(WIDTHS[0])}${padded}  ${detail}`.trimEnd().concat('\n'));
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that at least this share of all values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
