/** The draw: which mutants a run looks at. The same seed on the same sources draws the same ones. */
import { createHash, randomInt } from 'node:crypto';

export function newSeed(): string {
  return String(randomInt(1_000_000));
}

/**
 * Cuts the list into as many equal stretches as are wanted, and draws one of each. So every mutant has the same chance, which
 * makes the score an estimate of the score over all of them; and as the list is in the order of the files, a folder gets its
 * share by size in every draw, not only on average. Strata of equal size per folder would say more about small folders, and would make
 * the score over all a matter of weights.
 */
export function draw<Item>(items: readonly Item[], count: number, seed: string): Item[] {
  const wanted = Math.min(count, items.length);
  return Array.from({ length: wanted }, (_, at) => {
    const from = Math.floor((at * items.length) / wanted);
    const to = Math.floor(((at + 1) * items.length) / wanted);
    return items[from + Math.floor(fraction(seed, at) * (to - from))];
  }).filter((item) => item !== undefined);
}

/** From 0 to below 1. */
function fraction(seed: string, at: number): number {
  return createHash('sha256').update(`${seed}:${at}`).digest().readUIntBE(0, 6) / 2 ** 48;
}
