/** The statuses of bd. What was closed does not say how, but for its reason: work that will not be done is told by that. */

import { createStatusMap, type StateNames, type StatusMap, unmappedState } from '../../core/drivers/status-map.ts';
import type { Target, Transition } from '../../core/ports/index.ts';
import { ISSUE_STATES, type IssueState } from '../../core/ports/issue.ts';

const CLOSED = 'closed';

/** The name of what was closed for such a reason. */
const CANCELED = 'canceled';

const DEFAULTS = {
  open: ['open', 'deferred'],
  in_progress: ['in_progress', 'pinned', 'hooked'],
  blocked: ['blocked'],
  done: [CLOSED],
  canceled: ['tombstone'],
} as const satisfies StateNames;

/** These are bd's to give. */
const ONLY_READ = new Set(['tombstone', 'pinned', 'hooked']);

const WORDS_OF_CANCELED =
  /^\W*(?:cancel(?:l?ed)?|not[ _-]planned|won'?t[ _-](?:do|fix)|wontfix|duplicate|obsolete|abandoned|invalid)\b/i;

export const REASONS = { done: 'Done', canceled: 'Canceled: it will not be done' } as const;

export function createStates(configured: string | undefined): StatusMap {
  return createStatusMap('beads', DEFAULTS, configured);
}

/** A status that nobody has mapped is not closed: it reads as open, and never as done. */
export function readState(
  { status, close_reason: reason }: { readonly status?: string | null; readonly close_reason?: string | null },
  states: StatusMap,
): { state: IssueState; stateName: string } {
  const name = status || 'open';
  const state = states.toState(name) ?? 'open';
  if (name !== CLOSED || state !== 'done' || !WORDS_OF_CANCELED.test(reason ?? '')) return { state, stateName: name };
  return { state: 'canceled', stateName: CANCELED };
}

/** The states that can be told apart here. */
export function statesOf(states: StatusMap): IssueState[] {
  return ISSUE_STATES.filter((state) => namesOf(states, state).length > 0);
}

export function transitionsFrom(states: StatusMap, present: string): Transition[] {
  const all = ISSUE_STATES.flatMap((state) => namesOf(states, state).map((name) => ({ name, state })));
  return all.filter(({ name }) => name !== present);
}

/** How an issue is brought to a state: by a status, or by closing it for a reason. */
export type Move = { readonly status: string } | { readonly close: string };

/** Throws `transition` when no status stands for the state. */
export function moveTo(states: StatusMap, { state, name }: Target): Move {
  const names = namesOf(states, state);
  const wanted = names.find((each) => each.toLowerCase() === name?.toLowerCase()) ?? names[0];
  if (wanted === undefined) {
    throw unmappedState(
      'beads',
      state,
      ISSUE_STATES.flatMap((each) => namesOf(states, each)),
    );
  }
  if (state === 'canceled' && wanted === CANCELED) return { close: REASONS.canceled };
  return wanted === CLOSED ? { close: REASONS.done } : { status: wanted };
}

/** The names that can be written, the first one preferred. */
function namesOf(states: StatusMap, state: IssueState): string[] {
  const names = states.toNames(state).filter((name) => !ONLY_READ.has(name));
  return state === 'canceled' && names.length === 0 ? [CANCELED] : names;
}
