/** Statuses of a List, by type and name, and the six neutral states. https://developer.clickup.com/docs/tasks */

import { createStatusMap, type StateNames, unmappedState } from '../../core/drivers/status-map.ts';
import { PaceError } from '../../core/errors.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Target } from '../../core/ports/index.ts';
import { ISSUE_STATES, type IssueState, isClosed } from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { WireStatus } from './wire.ts';

/** What teams usually call them. Of several that fit, the first is written. */
const USUAL_NAMES: StateNames = {
  open: ['to do', 'todo', 'open', 'backlog', 'new', 'planned', 'not started', 'ready'],
  in_progress: ['in progress', 'doing', 'in development', 'active', 'started'],
  in_review: ['in review', 'review', 'code review', 'qa', 'testing', 'ready for review'],
  blocked: ['blocked', 'on hold', 'waiting', 'stuck'],
  done: ['complete', 'completed', 'done', 'closed', 'resolved', 'shipped'],
  canceled: ['canceled', 'cancelled', 'won’t do', "won't do", 'won’t fix', "won't fix", 'rejected', 'abandoned'],
};

/** “Closed” hides a task in ClickUp, “done” does not; both are over. */
const CLOSED_TYPES = ['closed', 'done'];
/** “Not started” in ClickUp's words. */
const OPEN_TYPES = ['open', 'unstarted'];

type Status = Pick<WireStatus, 'status' | 'type'>;

export interface States {
  toState(status: Status): IssueState;
  /** The status to move a task to. Throws `transition` when none fits, or when nothing tells which of several is meant. */
  choose(target: Target, statuses: readonly WireStatus[]): WireStatus;
  /** The states that can be written with these statuses. */
  writable(statuses: readonly WireStatus[]): IssueState[];
  /** A person has named statuses: their types alone do not tell what is closed. */
  readonly hasOwnNames: boolean;
  /** A person has said which status stands for open: new tasks may begin elsewhere. */
  readonly namesOpen: boolean;
}

/** `configured` is the value of the setting `states`. */
export function createStates(configured: string | undefined): States {
  const own = createStatusMap('clickup', {}, configured);
  const usual = createStatusMap('clickup', USUAL_NAMES, undefined);

  function toState({ status, type }: Status): IssueState {
    const named = own.toState(status);
    if (named !== undefined) return named;
    const guessed = usual.toState(status);
    if (CLOSED_TYPES.includes(type)) return guessed !== undefined && isClosed(guessed) ? guessed : 'done';
    return guessed ?? (OPEN_TYPES.includes(type) ? 'open' : 'in_progress');
  }

  function find({ state, name }: Target, statuses: readonly WireStatus[]): WireStatus | PaceError {
    const wanted = name === undefined ? own.toNames(state) : [name];
    const named = firstNamed(statuses, wanted);
    if (named) return named;
    const fitting = statuses.filter((each) => toState(each) === state);
    const [first, ...others] = fitting;
    // what a person has configured is not replaced by a guess
    if (!first || wanted.length > 0) return unmappedState('clickup', state, namesOf(statuses));
    if (others.length === 0) return first;
    // a List has one status where tasks begin, and one that closes them
    const only = fitting.filter(({ type }) => type === (state === 'open' ? 'open' : 'closed'));
    const byType = state === 'open' || state === 'done' ? only[0] : undefined;
    return byType ?? firstNamed(fitting, usual.toNames(state)) ?? ambiguous(state, fitting);
  }

  return {
    toState,
    choose: (target, statuses) => {
      const found = find(target, statuses);
      if (found instanceof PaceError) throw found;
      return found;
    },
    writable: (statuses) => ISSUE_STATES.filter((state) => !(find({ state }, statuses) instanceof PaceError)),
    hasOwnNames: own.states.length > 0,
    namesOpen: own.toNames('open').length > 0,
  };
}

/** The statuses of an answer, in the order of the board. */
export function statusesOf(found: { readonly statuses?: readonly WireStatus[] | null }): readonly WireStatus[] {
  const { statuses } = found;
  if (!Array.isArray(statuses)) throw unexpectedAnswer('ClickUp', 'statuses is not a list');
  return statuses.toSorted((one, other) => (one.orderindex ?? 0) - (other.orderindex ?? 0));
}

export function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function firstNamed(statuses: readonly WireStatus[], names: readonly string[]): WireStatus | undefined {
  for (const name of names) {
    const found = statuses.find(({ status }) => sameName(status, name));
    if (found) return found;
  }
  return undefined;
}

function ambiguous(state: IssueState, fitting: readonly WireStatus[]): PaceError {
  return new PaceError({
    kind: 'transition',
    message: `Several statuses could stand for ${state} here: ${namesOf(fitting)
      .map((name) => `“${name}”`)
      .join(', ')}.`,
    remedy: `Please name one of them under \`clickup.states.${state}\` in pace.config.yaml.`,
  });
}

function namesOf(statuses: readonly WireStatus[]): string[] {
  return statuses.map(({ status }) => plainLine(status, 60));
}
