/** Statuses: a project has its own list. Work that will not be done is marked where the list has no word for it. */

import { createStatusMap, unmappedState } from '../../core/drivers/status-map.ts';
import type { Target, Transition } from '../../core/ports/index.ts';
import { ISSUE_STATES, type IssueState } from '../../core/ports/issue.ts';

const DEFAULTS = {
  open: ['todo', 'backlog', 'open', 'selected', 'deferred'],
  in_progress: ['in-progress', 'in_progress', 'doing'],
  in_review: ['in-review', 'in_review', 'review'],
  blocked: ['blocked'],
  done: ['done'],
  canceled: ['canceled', 'cancelled', 'rejected', 'wontfix'],
} as const;

/** The name of what is done by its status, and marked as given up. */
const MARKED = 'canceled';

export interface States {
  read(status: string, isMarked: boolean): { state: IssueState; stateName: string };
  /** The status to write, and whether the mark belongs to it. Throws `transition` when the project has none. */
  write(target: Target, existing: readonly string[]): { status: string; isMarked: boolean };
  /** The states that the project can tell apart. */
  among(existing: readonly string[]): IssueState[];
  transitions(existing: readonly string[], present: string): Transition[];
}

export function createStates(configured: string | undefined): States {
  const map = createStatusMap('fp', DEFAULTS, configured);
  const fold = (name: string) => name.toLowerCase();

  function namesOf(state: IssueState, existing: readonly string[]): string[] {
    const found = map.toNames(state).flatMap((name) => existing.filter((each) => fold(each) === fold(name)));
    return found.length === 0 && state === 'canceled' ? [MARKED] : found;
  }

  return {
    // a status that nobody has mapped is work to do, never done
    read: (status, isMarked) => {
      const state = map.toState(status) ?? 'open';
      return state === 'done' && isMarked ? { state: 'canceled', stateName: MARKED } : { state, stateName: status };
    },
    write: ({ state, name }, existing) => {
      const names = namesOf(state, existing);
      const status = names.find((each) => fold(each) === name?.toLowerCase()) ?? names[0];
      if (status === undefined) throw unmappedState('fp', state, existing);
      if (existing.includes(status)) return { status, isMarked: false };
      const [done] = namesOf('done', existing);
      if (done === undefined) throw unmappedState('fp', state, existing);
      return { status: done, isMarked: true };
    },
    among: (existing) => ISSUE_STATES.filter((state) => namesOf(state, existing).length > 0),
    transitions: (existing, present) =>
      ISSUE_STATES.flatMap((state) => namesOf(state, existing).map((name) => ({ name, state }))).filter(
        ({ name }) => name !== present,
      ),
  };
}
