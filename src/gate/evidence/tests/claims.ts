/** What a report says of itself in numbers, beside its tests. */
import { grouped } from '../finding-text.ts';

export interface Counts {
  readonly total: number;
  readonly failed: number;
}

/**
 * What its numbers tell beyond its tests. They judge only where tests are missing: tools count in many ways, and a failed test
 * that is there is told of anyway.
 */
export function missingFailures(claimed: Counts, seen: Counts): string | undefined {
  if (claimed.failed <= seen.failed || claimed.total <= seen.total) return undefined;
  const counts = ({ failed, total }: Counts) => `${grouped(failed)} failed of ${grouped(total)}`;
  return `It counts ${counts(claimed)} and holds ${counts(seen)}: the other failures are missing from it.`;
}

/** A whole number from 0 that an attribute says; 0 where it says none. */
export function countOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
}
