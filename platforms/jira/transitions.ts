/** Which of the offered transitions leads to a state, and what its screen must be told. Pure. */

import { defined } from '../../core/defined.ts';
import type { StatusMap } from '../../core/drivers/status-map.ts';
import { PaceError } from '../../core/errors.ts';
import type { IssueState, Target, Transition } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { CANCELED, statusState, toCategory, type WireStatus } from './wire.ts';

interface WireField {
  readonly name?: string;
  readonly required?: boolean;
  readonly hasDefaultValue?: boolean;
  readonly schema?: { readonly type?: string };
  readonly allowedValues?: readonly WireValue[];
}

interface WireValue {
  readonly id?: string;
  readonly name?: string;
  readonly value?: string;
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-transitions-get */
export interface WireTransition {
  readonly id: string;
  readonly name: string;
  readonly to: WireStatus;
  readonly isAvailable?: boolean;
  readonly fields?: Readonly<Record<string, WireField>>;
}

export interface Move {
  readonly transition: WireTransition;
  /** For the request. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Fields that were filled with the first value that Jira allows, for want of a better one: `Root cause: Unknown`. */
  readonly guessed: readonly string[];
}

/** Words in a status' name that fit a state best, for a choice among several of the right category. */
const FITTING: Readonly<Record<IssueState, RegExp>> = {
  open: /^(?:re-?)?open|^to ?do\b|^new$/i,
  in_progress: /progress|doing|develop/i,
  in_review: /review|approval/i,
  blocked: /blocked|hold|impeded|waiting/i,
  done: /^(?:done|closed|resolved|completed?|fixed)$/i,
  canceled: CANCELED,
};

/**
 * The transition to a state. A status that a person has named, here or in the status map, is the only one that will do. Else its
 * target has the state's category; among several the one whose target reads as exactly this state, then the one whose name fits,
 * then the first. `undefined` when none leads there.
 */
export function chooseTransition(
  offered: readonly WireTransition[],
  { state, name }: Target,
  states: StatusMap,
): WireTransition | undefined {
  const available = offered.filter(({ isAvailable }) => isAvailable !== false);
  const named = name === undefined ? states.toNames(state) : [name];
  if (named.length > 0) return named.flatMap((one) => available.filter(({ to }) => isCalled(to, one)))[0];
  const candidates = available.filter(
    ({ to }) => to.statusCategory?.key === toCategory(state) && states.toState(to.name) === undefined,
  );
  const rank = ({ to }: WireTransition) =>
    (isExactly(to, state, states) ? 2 : 0) + (FITTING[state].test(to.name) ? 1 : 0);
  return candidates.toSorted((one, other) => rank(other) - rank(one))[0];
}

export function isExactly(status: WireStatus, state: IssueState, states: StatusMap): boolean {
  return statusState(status, states) === state;
}

export function isCalled({ name }: WireStatus, wanted: string): boolean {
  return name.trim().toLowerCase() === wanted.trim().toLowerCase();
}

/** Where the issue can go, each status once. */
export function toTransitions(offered: readonly WireTransition[], states: StatusMap): Transition[] {
  const available = offered.filter(({ isAvailable }) => isAvailable !== false);
  const targets = new Map(available.map(({ to }) => [to.name, { name: to.name, state: statusState(to, states) }]));
  return [...targets.values()];
}

/** What the transition's screen requires, filled in; a required field without values to choose from is an error. */
export function fillScreen(transition: WireTransition, state: IssueState): Move {
  const fields: Record<string, unknown> = {};
  const guessed: string[] = [];
  for (const [key, field] of Object.entries(transition.fields ?? {})) {
    const closing = key === 'resolution' && toCategory(state) === 'done';
    if (!closing && (!field.required || field.hasDefaultValue)) continue;
    const value = key === 'resolution' ? resolution(field, state) : field.allowedValues?.[0];
    if (value === undefined) {
      if (field.required) throw cannotFill(transition, field.name ?? key);
      continue;
    }
    fields[key] = field.schema?.type === 'array' ? [reference(value)] : reference(value);
    if (key !== 'resolution')
      guessed.push(plainLine(`${field.name ?? key}: ${value.name ?? value.value ?? value.id ?? '?'}`, 120));
  }
  return { transition, fields, guessed };
}

function resolution({ allowedValues = [] }: WireField, state: IssueState): WireValue | undefined {
  const named = (words: RegExp) => allowedValues.find(({ name = '' }) => words.test(name));
  if (state === 'canceled') return named(/^won['’]?t (?:do|fix)$/i) ?? named(CANCELED) ?? allowedValues[0];
  const best = named(/^done$/i) ?? named(/^fixed$/i) ?? named(/^(?:resolved|completed?)$/i);
  return best ?? allowedValues.find(({ name = '' }) => !CANCELED.test(name)) ?? allowedValues[0];
}

function reference({ id, name, value }: WireValue): WireValue {
  if (id !== undefined) return { id };
  return name === undefined ? defined({ value }) : { name };
}

function cannotFill(transition: WireTransition, field: string): PaceError {
  return new PaceError({
    kind: 'transition',
    operation: 'transitionIssue',
    message: `The transition ${quotedName(transition.name)} of Jira requires the field ${quotedName(field)}, for which PACE knows no value.`,
    remedy: 'Please give the field a default, or make it optional on the screen of this transition.',
  });
}

/** There is no way to the state from here. `named`: the statuses that would do. */
export function noTransition(
  { key, from, state, named = [] }: { key: string; from: string; state: IssueState; named?: readonly string[] },
  offered: readonly WireTransition[],
): PaceError {
  const list = offered
    .map(
      ({ name, to }) =>
        `${quotedName(name)} to ${quotedName(to.name)} (${plainLine(to.statusCategory?.key ?? '', 20)})`,
    )
    .join(', ');
  const target =
    named.length > 0 ? named.map(quotedName).join(' or ') : `a status of the category “${toCategory(state)}”`;
  return new PaceError({
    kind: 'transition',
    operation: 'transitionIssue',
    message: `${key} cannot go from ${quotedName(from)} to ${state}: Jira offers ${list || 'no transition at all'}.`,
    remedy: list
      ? `Please add a transition from ${quotedName(from)} to ${target} to the workflow, or say under \`jira.states.${state}\` which status stands for it.`
      : 'Please check the workflow, and that the account has the permission “Transition Issues” in the project.',
  });
}

/** A name that people have given, for messages. */
export function quotedName(name: string): string {
  return `“${plainLine(name, 80)}”`;
}
