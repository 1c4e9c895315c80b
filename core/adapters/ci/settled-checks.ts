/** When is a commit's CI over? Pure: from what was seen and when, to a verdict. */
import type { Check } from '../../ports/index.ts';
import { nameMatcher } from '../../text/name-matcher.ts';
import type { CiRules } from '../ports.ts';
import { isHeld, isUnfinished, standing } from './attempts.ts';
import { gateJobs, isGateStatus, withoutGate } from './gate-status.ts';
import { conclude, holdsUp, isWaiting, type Outcome } from './outcome.ts';

export const DEFAULT_CI_RULES: CiRules = {
  graceSeconds: 60,
  settleSeconds: 5,
  expected: [],
  ignored: [],
  skippedPasses: true,
  neutralPasses: true,
};

/** What one look at the host has given. Times in milliseconds since 1970. */
export interface Look {
  /** The judged set. */
  readonly checks: readonly Check[];
  /** By our clock. */
  readonly at: number;
  /** The earliest time that the host tells of the commit, by its own clock: it was pushed then, or before. */
  readonly known?: number | undefined;
  /** When the push came that has started our own run, by the host's clock: an old commit may be new where it is now. */
  readonly pushed?: number | undefined;
  /** By how much the host's clock is ahead of ours; absent where it has not told. Clocks that may differ decide nothing. */
  readonly ahead?: number | undefined;
}

export type Verdict =
  | (Outcome & { readonly over: true })
  | {
      readonly over: false;
      /** What is waited for, in words for people. */
      readonly awaited: readonly string[];
      /** A look after so many milliseconds can be the last one; absent when only the host knows. */
      readonly overIn?: number;
    };

/** What stands of each job that counts: the jobs of gates, their statuses, and what the rules ignore are left out. */
export function judgedSet(
  checks: readonly Check[],
  options: { ownId?: string | undefined; ignored: readonly string[] },
): Check[] {
  const isGate = gateJobs(checks, options.ownId);
  const isIgnored = nameMatcher(options.ignored);
  const counted = checks.filter((check) => !isGateStatus(check) && !isIgnored(check.name));
  return [...Map.groupBy(counted, jobKey).values()].flatMap((attempts) => {
    const others = withoutGate(attempts, isGate);
    return others.length === 0 ? [] : standing(others);
  });
}

/** Attempts of one job share app, workflow and name; jobs of one name in two workflows do not. */
function jobKey({ app, workflow, name }: Check): string {
  return JSON.stringify([app, workflow, name]);
}

/** The earliest time that checks tell of their commit, whichever they are. */
export function knownSince(checks: readonly Check[]): number | undefined {
  const dated = checks.filter(({ hasOwnClock }) => !hasOwnClock);
  const times = dated.flatMap(({ startedAt, completedAt }) => startedAt ?? completedAt ?? []);
  return times.length === 0 ? undefined : times.reduce((first, time) => Math.min(first, time));
}

/** A later stage may take a moment to start after the one before it: blocked checks lengthen the settle time to this. */
const SETTLE_WITH_BLOCKED_SECONDS = 15;

export interface Judging {
  readonly look: Look;
  /** When the set was first seen as it is now. */
  readonly unchangedSince: number;
  /** Set where an earlier look has seen checks. */
  readonly hadChecks?: boolean;
  /** When the wait began. */
  readonly since: number;
  readonly rules: CiRules;
}

/**
 * The verdict after a look. Nothing is over before the grace has passed since the push, an empty set not before it has passed since
 * the wait began, and a finished set not before it has stayed the same for the settle time.
 */
export function verdict(judging: Judging): Verdict {
  const { look, rules } = judging;
  const { checks, at } = look;
  const running = checks.filter(isUnfinished);
  const waiting = checks.filter(isWaiting);
  const missing = missingNames(checks, rules.expected);
  // what is expected may stand behind what a person holds up
  if (running.length > 0 || (missing.length > 0 && !waiting.some(holdsUp))) {
    const absent = missing.map((name) => `${name} (not there yet)`);
    return { over: false, awaited: [...running.map(describe), ...waiting.map(describe), ...absent] };
  }
  const left = Math.max(graceEnd(judging), settleEnd(judging)) - at;
  if (left > 0) return { over: false, awaited: lateOnes(checks, waiting), overIn: left };
  return { over: true, ...conclude(checks, rules, false) };
}

/** The names and patterns that no check has. */
export function missingNames(checks: readonly Check[], expected: readonly string[]): string[] {
  return expected.filter((pattern) => {
    const matches = nameMatcher([pattern]);
    return !checks.some(({ name }) => matches(name));
  });
}

function lateOnes(checks: readonly Check[], waiting: readonly Check[]): string[] {
  if (waiting.length > 0) return waiting.map(describe);
  return checks.every(isHeld) ? ['the first check to appear'] : ['late checks'];
}

/** A fresh push is waited for, as others may not have begun; not where all that was expected is there. */
function graceEnd({ look, since, rules }: Judging): number {
  const { checks, known, pushed, ahead } = look;
  const isComplete = rules.expected.length > 0 && missingNames(checks, rules.expected).length === 0;
  if (isComplete) return 0;
  const isEmpty = checks.every(({ state }) => state === 'blocked');
  const isTold = !isEmpty && known !== undefined && ahead !== undefined;
  const begin = isTold ? Math.min(Math.max(known, pushed ?? known) - ahead, since) : since;
  return begin + rules.graceSeconds * 1000;
}

function settleEnd({ look, unchangedSince, hadChecks, rules }: Judging): number {
  const ended = look.checks.filter((check) => !isHeld(check));
  // what was there may be there again at the next look
  if (look.checks.length === 0 && hadChecks) return unchangedSince + rules.settleSeconds * 1000;
  if (ended.length === 0) return 0;
  const isWhole = ended.length === look.checks.length;
  const seconds = isWhole ? rules.settleSeconds : Math.max(rules.settleSeconds, SETTLE_WITH_BLOCKED_SECONDS);
  return settledSince(ended, look, Math.min(unchangedSince, look.at)) + seconds * 1000;
}

/** When the set took its present form: by the host's own times where all and its clock are known, else by when we first saw it so. */
function settledSince(ended: readonly Check[], { at, ahead }: Look, unchangedSince: number): number {
  if (ahead === undefined) return unchangedSince;
  const times = ended.map(({ completedAt }) => completedAt ?? Number.POSITIVE_INFINITY);
  const latest = times.reduce((last, time) => Math.max(last, time)) - ahead;
  return latest <= at ? latest : unchangedSince;
}

/** Equal for two looks that saw the same set in the same states. */
export function signature(checks: readonly Check[]): string {
  return checks
    .map((check) => `${check.id} ${check.state}`)
    .sort()
    .join('\n');
}

function describe({ name, state, vendorState, waitsFor }: Check): string {
  if (state === 'waiting') return `${name} (waits for ${waitsFor?.who ?? 'a person'})`;
  return state === 'unknown' ? `${name} (unknown state "${vendorState}")` : name;
}
