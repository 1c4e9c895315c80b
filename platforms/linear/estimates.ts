/** The estimates of a team: which numbers an issue can have. https://linear.app/docs/estimates */
import type { Team } from './lookup.ts';

export const UNESTIMATED = 'Please switch estimates on: Settings → Teams → the team → Estimates.';

/** The usual numbers of a scale, and those of its extended form. T-shirt sizes are numbers in the API. */
const SCALES: Readonly<Record<string, readonly [readonly number[], readonly number[]]>> = {
  exponential: [
    [1, 2, 4, 8, 16],
    [32, 64],
  ],
  fibonacci: [
    [1, 2, 3, 5, 8],
    [13, 21],
  ],
  linear: [
    [1, 2, 3, 4, 5],
    [6, 7],
  ],
  tshirt: [
    [1, 2, 3, 5, 8],
    [13, 21],
  ],
};

/** `[]` where the team does not estimate. */
export function estimateScale({ type, zero, extended }: Team['estimates']): number[] {
  const [usual, more] = SCALES[type.toLowerCase()] ?? [[], []];
  if (usual.length === 0) return [];
  return [...(zero ? [0] : []), ...usual, ...(extended ? more : [])];
}
