/** Failures as they are known again on another day: by digests, as often as they occur. Pure. */
import { hash } from 'node:crypto';
import type { Finding } from './finding.ts';

/** By name of the evidence, a digest for each failure of the last day that shipped. */
export type KnownFailures = Readonly<Record<string, readonly string[]>>;

/** So many of one source are remembered: what is beyond them is new every day. */
export const MOST_REMEMBERED = 10_000;

/** Of what failed, wherever it stands in its file now; with an identity where that tells two findings of one check apart. */
export function failureDigest({ result, check }: Pick<Finding, 'result' | 'check'>, identity?: string): string {
  return hash('sha256', JSON.stringify([result, check, identity]), 'hex').slice(0, 16);
}

/** Counts down what is known: of three equal failures, of which two were there before, the third is new. */
export interface Known {
  readonly isEmpty: boolean;
  take(digest: string): boolean;
}

export function createKnown(digests: readonly string[]): Known {
  const left = new Map<string, number>();
  for (const digest of digests) left.set(digest, (left.get(digest) ?? 0) + 1);
  return {
    isEmpty: digests.length === 0,
    take: (digest) => {
      const count = left.get(digest) ?? 0;
      if (count > 0) left.set(digest, count - 1);
      return count > 0;
    },
  };
}
