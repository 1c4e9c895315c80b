/** How a judged set ended, in one word. All that is to say of it is `src/gate/evidence/ci.ts`. Pure. */
import type { Check } from '../../ports/index.ts';
import type { CiConclusion, CiRules } from '../ports.ts';
import { isHeld, isUnfinished } from './attempts.ts';

export interface Outcome {
  readonly conclusion: CiConclusion;
  /** The check that decided it. */
  readonly decidedBy: Check | undefined;
}

/** The worst first; what has not ended is a time-out, whenever it is asked. */
export function conclude(
  checks: readonly Check[],
  rules: Pick<CiRules, 'skippedPasses' | 'neutralPasses'>,
  timedOut: boolean,
): Outcome {
  const ended = checks.filter((check) => !isUnfinished(check) && !isHeld(check));
  const counted = ended.filter((check) => !check.optional);
  const failed = counted.find((check) => countsAsFailure(check, rules));
  if (failed) return { conclusion: 'failure', decidedBy: failed };
  const unfinished = checks.find(isUnfinished);
  if (timedOut || unfinished) return { conclusion: 'timeout', decidedBy: unfinished };
  const cancelled = counted.find(({ state }) => state === 'cancelled');
  if (cancelled) return { conclusion: 'cancelled', decidedBy: cancelled };
  const waiting = checks.find((check) => holdsUp(check)) ?? (ended.length === 0 ? checks.find(isWaiting) : undefined);
  if (waiting) return { conclusion: 'waiting', decidedBy: waiting };
  if (ended.length === 0) return { conclusion: 'no_runs', decidedBy: undefined };
  return { conclusion: 'success', decidedBy: ended[0] };
}

/** Whether this ended check, taken alone, speaks against the commit. */
export function countsAsFailure(check: Check, rules: Pick<CiRules, 'skippedPasses' | 'neutralPasses'>): boolean {
  if (check.state === 'skipped') return !rules.skippedPasses;
  if (check.state === 'neutral') return !rules.neutralPasses;
  return check.state === 'failure';
}

/** For a person. */
export function isWaiting({ state }: Check): boolean {
  return state === 'waiting';
}

/** Until a person has acted, checks are missing that would have told something. */
export function holdsUp({ state, waitsFor }: Check): boolean {
  if (state !== 'waiting') return false;
  return waitsFor === undefined || waitsFor.kind === 'approval' || (waitsFor.kind === 'start' && waitsFor.isBlocking);
}
