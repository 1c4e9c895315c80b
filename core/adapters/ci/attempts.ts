/** What counts of a job that was attempted several times. Pure, and by the host's own times and numbers alone. */
import type { Check } from '../../ports/index.ts';

/**
 * Of the checks of one job those that stand: the attempt that counts, with all checks of its name, and what had failed before and
 * no later attempt has mended. A skipped attempt says nothing of an earlier one, and a cancelled one takes back no result.
 */
export function standing(checks: readonly Check[]): Check[] {
  const attempts = attemptsOf(checks).sort(checks.some(({ hasOwnClock }) => hasOwnClock) ? byNewestId : byTime);
  const counts = attempts.reduce((known, one) => (weight(one) < weight(known) ? known : one));
  const failed = unmended(attempts).filter((check) => !counts.includes(check));
  return [...failed, ...counts];
}

/** Two checks of one name in one attempt are two; a check that names no attempt is one by itself. */
export function attemptsOf(checks: readonly Check[]): Check[][] {
  return [...Map.groupBy(checks, ({ attempt, id }) => JSON.stringify([attempt ?? null, attempt ?? id])).values()];
}

/** Will end by itself: queued, running, or in a state that we do not know. */
export function isUnfinished({ state }: Check): boolean {
  return state === 'pending' || state === 'unknown';
}

/** Says how the commit fared; a skip does not, nor does what was cancelled. */
export function isResult({ state }: Check): boolean {
  return state === 'success' || state === 'failure' || state === 'neutral';
}

/** Goes on when a person has acted, or something else has ended: it has not begun. */
export function isHeld({ state }: Check): boolean {
  return state === 'waiting' || state === 'blocked';
}

/** What is to come counts before all, then what was found out, then what was cancelled, and a skip at last. */
function weight(attempt: readonly Check[]): number {
  if (attempt.some(isUnfinished)) return 3;
  if (attempt.some((check) => isResult(check) || isHeld(check))) return 2;
  return attempt.some(({ state }) => state === 'cancelled') ? 1 : 0;
}

/**
 * Each result of a later attempt mends one failure of those before it: of two jobs of one name that have failed, the one that was
 * not run again still counts. What ran at the same time for another event, as for a push and for its pull request, mends none.
 */
function unmended(attempts: readonly Check[][]): Check[] {
  let failed: Check[] = [];
  for (const attempt of attempts) {
    const results = attempt.filter(isResult);
    const others = failed.filter((one) => isBeside(one, attempt));
    const mendable = failed.filter((one) => !others.includes(one));
    failed = [...mendable.slice(results.length), ...others, ...results.filter(({ state }) => state === 'failure')];
  }
  return failed;
}

function isBeside({ event, completedAt = 0 }: Check, attempt: readonly Check[]): boolean {
  const isOther = attempt.every((one) => one.event !== undefined && event !== undefined && one.event !== event);
  return isOther && completedAt > startOf(attempt);
}

function byTime(one: readonly Check[], other: readonly Check[]): number {
  const [start, otherStart] = [startOf(one), startOf(other)];
  if (start !== otherStart) return start < otherStart ? -1 : 1;
  return byNewestId(one, other);
}

function byNewestId(one: readonly Check[], other: readonly Check[]): number {
  return byNumber(newestId(one), newestId(other));
}

function startOf(attempt: readonly Check[]): number {
  const starts = attempt.map((check) => check.startedAt ?? check.completedAt ?? unknownStart(check));
  return starts.reduce((last, start) => Math.max(last, start));
}

/** What has not begun begins later than all that has a time. */
function unknownStart(check: Check): number {
  return isUnfinished(check) || isHeld(check) ? Number.POSITIVE_INFINITY : 0;
}

function newestId(attempt: readonly Check[]): string {
  return attempt.map(({ id }) => id).reduce((newest, id) => (byNumber(newest, id) < 0 ? id : newest));
}

function byNumber(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
