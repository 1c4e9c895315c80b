/** Chance that falls the same way for the same seed. */
export interface Chance {
  /** A whole number from 0, and less than this. */
  below(end: number): number;
  one<Item>(items: readonly Item[]): Item;
}

/** By a linear congruential generator of 32 bits, of which the upper half counts. */
export function chanceOf(seed: number): Chance {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const below = (end: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor(((state >>> 8) / 0x1000000) * end);
  };
  return {
    below,
    one: <Item>(items: readonly Item[]) => {
      const found = items[below(items.length)];
      if (found === undefined) throw new Error('There is nothing to choose from.');
      return found;
    },
  };
}
