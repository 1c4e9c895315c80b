/** When is a commit's CI over, and how did it end? Pure: from what was seen and when, to a verdict. */
import type { Check } from '../../ports/index.ts';
import { nameMatcher } from '../../text/name-matcher.ts';
import type { CiConclusion, CiRules } from '../ports.ts';
import { isGateJob, isGateStatus } from './gate-status.ts';

export const DEFAULT_CI_RULES: CiRules = {
  graceSeconds: 60,
  settleSeconds: 5,
  expected: [],
  ignored: [],
  skippedPasses: true,
  neutralPasses: true,
};

/** What one look at the host has given. */
export interface Look {
  readonly checks: readonly Check[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

export type Verdict =
  | {
      readonly over: true;
      readonly conclusion: Exclude<CiConclusion, 'timeout'>;
      readonly decidedBy: Check | undefined;
      readonly checks: readonly Check[];
    }
  | {
      readonly over: false;
      /** What is waited for, in words for people. */
      readonly awaited: readonly string[];
      readonly checks: readonly Check[];
      /** A look after so many milliseconds can be the last one; absent when only the host knows. */
      readonly overIn?: number;
    };

/** Latest attempts of the checks that count: the jobs of gates in all their attempts, their statuses, and what the rules ignore are left out. */
export function judgedSet(
  checks: readonly Check[],
  options: { ownId?: string | undefined; ignored: readonly string[] },
): Check[] {
  const gates = new Set(
    checks.filter((check) => check.id === options.ownId || isGateJob(check, checks)).map(attemptKey),
  );
  const isIgnored = nameMatcher(options.ignored);
  const latest = new Map<string, Check>();
  for (const check of checks) {
    if (gates.has(attemptKey(check))) continue;
    if (isGateStatus(check) || isIgnored(check.name)) continue;
    const key = attemptKey(check);
    const known = latest.get(key);
    if (!known || supersedes(check, known)) latest.set(key, check);
  }
  return [...latest.values()];
}

/** Attempts of one job share app, workflow and name; jobs of one name in two workflows do not. */
function attemptKey({ app, workflow, name }: Check): string {
  return JSON.stringify([app, workflow, name]);
}

function supersedes(candidate: Check, known: Check): boolean {
  const unfinished = [isUnfinished(candidate), isUnfinished(known)];
  if (unfinished[0] !== unfinished[1]) return unfinished[0] === true;
  const starts = [candidate.startedAt ?? candidate.completedAt, known.startedAt ?? known.completedAt] as const;
  if (starts[0] !== starts[1]) return (starts[0] ?? 0) > (starts[1] ?? 0);
  return candidate.id.localeCompare(known.id, 'en', { numeric: true }) > 0;
}

/** Will end by itself: queued, running, or in a state that we do not know. */
function isUnfinished({ state }: Check): boolean {
  return state === 'pending' || state === 'unknown';
}

/** A later stage may take a moment to start after the one before it: blocked checks lengthen the settle time to this. */
const SETTLE_WITH_BLOCKED_SECONDS = 15;

/**
 * The verdict after a look. Nothing is over before the finished set has stayed the same for the settle time, and an empty
 * set not before the grace.
 */
export function verdict(options: {
  look: Look;
  /** When the set was first seen as it is now. */
  unchangedSince: number;
  /** When the wait began. */
  since: number;
  rules: CiRules;
}): Verdict {
  const { look, rules } = options;
  const checks = look.checks;
  const running = checks.filter(isUnfinished);
  const missing = rules.expected.filter((pattern) => !checks.some((check) => nameMatcher([pattern])(check.name)));
  if (running.length > 0 || missing.length > 0) {
    return {
      over: false,
      checks,
      awaited: [...running.map(describe), ...missing.map((name) => `${name} (not there yet)`)],
    };
  }
  const ended = checks.filter((check) => check.state !== 'blocked');
  if (ended.length === 0) {
    const left = options.since + rules.graceSeconds * 1000 - look.at;
    if (left > 0) return { over: false, checks, awaited: ['the first check to appear'], overIn: left };
    return { over: true, conclusion: 'no_runs', decidedBy: undefined, checks };
  }
  const settleSeconds =
    ended.length < checks.length ? Math.max(rules.settleSeconds, SETTLE_WITH_BLOCKED_SECONDS) : rules.settleSeconds;
  const left = settledSince(ended, options.unchangedSince, look.at) + settleSeconds * 1000 - look.at;
  if (left > 0) return { over: false, checks, awaited: ['late checks'], overIn: left };
  return { over: true, ...conclude(ended, rules), checks };
}

/** When the set took its present form: by the host's own times where all are known, else by when we first saw it so. */
function settledSince(ended: readonly Check[], unchangedSince: number, now: number): number {
  const times = ended.map((check) => check.completedAt);
  const latest = times.reduce<number>((max, time) => Math.max(max, time ?? Number.POSITIVE_INFINITY), 0);
  return latest <= now ? latest : Math.min(unchangedSince, now);
}

function conclude(
  ended: readonly Check[],
  rules: CiRules,
): { conclusion: 'success' | 'failure' | 'cancelled'; decidedBy: Check | undefined } {
  const counted = ended.filter((check) => !check.optional);
  const failed = counted.find((check) => countsAsFailure(check, rules));
  if (failed) return { conclusion: 'failure', decidedBy: failed };
  const cancelled = counted.find((check) => check.state === 'cancelled');
  if (cancelled) return { conclusion: 'cancelled', decidedBy: cancelled };
  return { conclusion: 'success', decidedBy: ended[0] };
}

/** Whether this ended check, taken alone, speaks against the commit. */
export function countsAsFailure(check: Check, rules: Pick<CiRules, 'skippedPasses' | 'neutralPasses'>): boolean {
  if (check.state === 'skipped') return !rules.skippedPasses;
  if (check.state === 'neutral') return !rules.neutralPasses;
  return check.state === 'failure';
}

/** Equal for two looks that saw the same set in the same states. */
export function signature(checks: readonly Check[]): string {
  return checks
    .map((check) => `${check.id} ${check.state}`)
    .sort()
    .join('\n');
}

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

function describe(check: Check): string {
  return check.state === 'unknown' ? `${check.name} (unknown state "${check.vendorState}")` : check.name;
}
