/** How long until the next look at a commit's checks. Pure. */

/** Longest wait between two looks where looking again is free of charge, in seconds. */
const FREE_POLL_SECONDS = 10;

/** While so many are awaited the end is not near, and their changes are seen several at a time. */
const MANY_AWAITED = 4;

/**
 * Seconds until the next look: the interval while many checks are awaited; then soon after a change, less and less often
 * while nothing changes, never more than the interval.
 */
export function pollWait(options: {
  quietSeconds: number;
  interval: number;
  /** Looking again costs nothing while nothing has changed. */
  free?: boolean | undefined;
  awaited: number;
  overIn?: number | undefined;
  random: number;
}): number {
  const { interval, free, awaited, quietSeconds, overIn } = options;
  const many = awaited >= MANY_AWAITED;
  const limit = free && !many ? Math.min(FREE_POLL_SECONDS, interval) : interval;
  const soonest = many ? limit : Math.min(5, limit);
  const easy = Math.min(Math.max(quietSeconds * 0.2, soonest), limit);
  const jittered = easy * (0.9 + 0.2 * options.random);
  return overIn === undefined ? jittered : Math.min(jittered, overIn / 1000);
}
