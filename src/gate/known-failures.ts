/** Failures as they are known again on another day: by digests, as often as they occur. Pure. */
import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';

/** By name of the evidence, a digest for each failure of the last day that shipped. */
export type KnownFailures = Readonly<Record<string, readonly string[]>>;

/** So many of one source are remembered: what is beyond them is new every day. */
export const MOST_REMEMBERED = 10_000;

/** Of what failed, wherever it stands in its file now: a message of a test has values in it, that of a scanner tells two findings apart. */
export function failureDigest({ result, check, evidence }: Finding, by: 'check' | 'message'): string {
  const words = by === 'check' ? [result, check] : [result, check, evidence];
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 16);
}

/** Counts down what is known: of three equal failures, of which two were there before, the third is new. */
export function createKnown(digests: readonly string[]): { take(digest: string): boolean } {
  const left = new Map<string, number>();
  for (const digest of digests) left.set(digest, (left.get(digest) ?? 0) + 1);
  return {
    take: (digest) => {
      const count = left.get(digest) ?? 0;
      left.set(digest, count - 1);
      return count > 0;
    },
  };
}
