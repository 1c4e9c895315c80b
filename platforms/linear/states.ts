/** Workflow states of a team, by type and name, and the six neutral ones. https://linear.app/docs/configuring-workflows */

import { createStatusMap, type StateNames, unmappedState } from '../../core/drivers/status-map.ts';
import { PaceError } from '../../core/errors.ts';
import type { Target } from '../../core/ports/index.ts';
import { ISSUE_STATES, type IssueState } from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { WireState } from './wire.ts';

/** What teams usually call them. Names tell apart what has one type; of several that fit, the first is written. */
const USUAL_NAMES: StateNames = {
  open: ['Todo', 'To Do', 'Open', 'Backlog'],
  in_progress: ['In Progress', 'Doing', 'In Development', 'Started'],
  in_review: ['In Review', 'Review', 'Code Review', 'Ready for Review'],
  blocked: ['Blocked', 'On Hold', 'Waiting'],
  done: ['Done', 'Completed'],
  canceled: ['Canceled', 'Cancelled', 'Won’t Do', "Won't Do"],
};

/** Where an issue may be open, the state to write first. */
const OPEN_TYPES = ['unstarted', 'backlog', 'triage'];
const CLOSED = new Map<string, IssueState>([
  ['completed', 'done'],
  ['canceled', 'canceled'],
  ['duplicate', 'canceled'],
]);
export const CLOSED_TYPES = [...CLOSED.keys()];

/** The workflow of one team. */
export interface Workflow {
  readonly states: readonly WireState[];
  /** Where new issues begin. */
  readonly defaultState: string | undefined;
}

export interface WorkflowStates {
  toState(state: Pick<WireState, 'name' | 'type'>): IssueState;
  /** The state to move an issue to. Throws `transition` when none fits, or when nothing tells which of several is meant. */
  choose(target: Target, workflow: Workflow): WireState;
  /** The states that can be written in this workflow. */
  writable(workflow: Workflow): IssueState[];
  /** A person has named states: their types alone do not tell what is closed. */
  readonly hasOwnNames: boolean;
}

/** `configured` is the value of the setting `states`. */
export function createStates(configured: string | undefined): WorkflowStates {
  const own = createStatusMap('linear', {}, configured);
  const usual = createStatusMap('linear', USUAL_NAMES, undefined);

  function toState({ name, type }: Pick<WireState, 'name' | 'type'>): IssueState {
    const closed = CLOSED.get(type);
    const named = own.toState(name);
    if (named !== undefined || closed !== undefined) return named ?? closed ?? 'open';
    const guessed = usual.toState(name);
    if (guessed === 'in_review' || guessed === 'blocked') return guessed;
    return type === 'started' ? 'in_progress' : 'open';
  }

  function find({ state, name }: Target, workflow: Workflow): WireState | PaceError {
    const { states, defaultState } = workflow;
    const wanted = name === undefined ? own.toNames(state) : [name];
    const named = firstNamed(states, wanted);
    if (named) return named;
    const fitting = inOrder(states.filter((each) => toState(each) === state));
    const [first, ...others] = fitting;
    // what a person has configured is not replaced by a guess
    if (!first || wanted.length > 0) return unmappedState('linear', state, namesOf(states));
    if (others.length === 0) return first;
    const begin = state === 'open' ? fitting.find(({ id }) => id === defaultState) : undefined;
    const known = begin ?? firstNamed(fitting, usual.toNames(state));
    // closed is closed, and open is open; which work under way is meant nobody can tell
    return known ?? (state === 'in_progress' ? ambiguous(state, fitting) : first);
  }

  function choose(target: Target, workflow: Workflow): WireState {
    const found = find(target, workflow);
    if (found instanceof PaceError) throw found;
    return found;
  }

  return {
    toState,
    choose,
    writable: (workflow) => ISSUE_STATES.filter((state) => !(find({ state }, workflow) instanceof PaceError)),
    hasOwnNames: own.states.length > 0,
  };
}

function firstNamed(states: readonly WireState[], names: readonly string[]): WireState | undefined {
  for (const name of names) {
    const found = states.find((state) => fold(state.name) === fold(name));
    if (found) return found;
  }
  return undefined;
}

/** Linear shows states by type, and those of a type by position. */
function inOrder(states: readonly WireState[]): WireState[] {
  const rank = ({ type }: WireState) => [...OPEN_TYPES, 'started', ...CLOSED_TYPES].indexOf(type);
  return states.toSorted((one, other) => rank(one) - rank(other) || one.position - other.position);
}

function ambiguous(state: IssueState, fitting: readonly WireState[]): PaceError {
  return new PaceError({
    kind: 'transition',
    message: `Several states could stand for ${state} here: ${namesOf(fitting)
      .map((name) => `“${name}”`)
      .join(', ')}.`,
    remedy: `Please name one of them under \`linear.states.${state}\` in pace.config.yaml.`,
  });
}

function namesOf(states: readonly WireState[]): string[] {
  return states.map(({ name }) => plainLine(name, 60));
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
