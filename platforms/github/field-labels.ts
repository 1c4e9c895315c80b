/**
 * What an issue keeps in labels here: work under way, priority, story points, and the type where the organisation has no issue
 * types. GitHub itself tells only open, and why an issue was closed.
 */

import { createFieldLabels, type FieldLabels, STATE_LABELS } from '../../core/drivers/field-labels.ts';
import { createStatusMap, type StatusMap, unmappedState } from '../../core/drivers/status-map.ts';
import { PaceError } from '../../core/errors.ts';
import type { Target, Transition } from '../../core/ports/index.ts';
import type { Schema } from './schema.ts';

/** The names under which GitHub's own closed states are shown and chosen. `none`: closed before there were reasons. */
export const CLOSED_NAMES = {
  done: 'closed (completed)',
  canceled: 'closed (not_planned)',
  duplicate: 'closed (duplicate)',
  none: 'closed',
} as const;

const LABELLED_STATES = ['in_progress', 'in_review', 'blocked'] as const;

export interface IssueFields {
  readonly states: StatusMap;
  /** Knows all fields that are labels; with a type of its own on the issue, a label `type:…` is a label like any other. */
  labelsOf(issue: { readonly type?: object | null | undefined }): FieldLabels;
  /** Where types are not labels. */
  readonly withoutType: FieldLabels;
  readonly withType: FieldLabels;
  /** What GitHub is told for a target. Throws `transition` when no label stands for the state. */
  move(target: Target): Move;
  readonly transitions: readonly Transition[];
}

/** https://docs.github.com/en/rest/issues/issues#update-an-issue */
export type StateReason = Schema<'issue'>['state_reason'] & string;

export interface Move {
  readonly state: 'open' | 'closed';
  readonly state_reason: StateReason;
  /** The label that stands for the state. */
  readonly label?: string;
}

/** `configured` is the setting `states`. Throws `configuration` for what no label can stand for. */
export function createIssueFields(configured: string | undefined): IssueFields {
  const states = createStatusMap('github', STATE_LABELS, configured);
  const foreign = states.states.filter((state) => !(LABELLED_STATES as readonly string[]).includes(state));
  if (foreign.length > 0) throw notLabels(foreign);
  const withType = createFieldLabels(states, ['type', 'priority', 'storyPoints']);
  const withoutType = createFieldLabels(states, ['priority', 'storyPoints']);
  return {
    states,
    withType,
    withoutType,
    labelsOf: ({ type }) => (type ? withoutType : withType),
    move: ({ state, name }) => {
      if (state === 'open') return { state: 'open', state_reason: 'reopened' };
      if (state === 'done') return { state: 'closed', state_reason: 'completed' };
      if (state === 'canceled')
        return { state: 'closed', state_reason: name === CLOSED_NAMES.duplicate ? 'duplicate' : 'not_planned' };
      const names = states.toNames(state);
      const label = names.find((each) => sameName(each, name ?? '')) ?? names[0];
      if (label === undefined) throw unmappedState('github', state, states.states.flatMap(states.toNames));
      return { state: 'open', state_reason: 'reopened', label };
    },
    transitions: [
      { name: 'open', state: 'open' },
      ...LABELLED_STATES.flatMap((state) => states.toNames(state).map((name) => ({ name, state }))),
      { name: CLOSED_NAMES.done, state: 'done' },
      { name: CLOSED_NAMES.canceled, state: 'canceled' },
      { name: CLOSED_NAMES.duplicate, state: 'canceled' },
    ],
  };
}

/** GitHub does not mind upper and lower case in labels. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function notLabels(states: readonly string[]): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `The setting \`github.states\` names labels for ${states.join(', ')}, which GitHub tells by itself.`,
    remedy: `Please name labels for ${LABELLED_STATES.join(', ')} only.`,
  });
}
