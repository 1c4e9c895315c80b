/** What labels say at GitLab: states beside opened and closed, types, priorities, and story points where there is no weight. */
import { createFieldLabels, type FieldLabels, STATE_LABELS_WITH_CANCELED } from '../../core/drivers/field-labels.ts';
import { createStatusMap, type StatusMap, unmappedState } from '../../core/drivers/status-map.ts';
import { ISSUE_STATES, type IssueState, isClosed } from '../../core/ports/index.ts';

export interface LabelWords {
  /** Names of labels, not of GitLab's own two states. */
  readonly states: StatusMap;
  /** The states that can be told apart. */
  readonly known: readonly IssueState[];
  /** Where issues have a weight, story points are not labels. */
  fields(hasWeight: boolean): FieldLabels;
}

/** `configured` is the setting `states`. */
export function createLabelWords(configured: string | undefined): LabelWords {
  const states = createStatusMap('gitlab', STATE_LABELS_WITH_CANCELED, configured);
  const withWeight = createFieldLabels(states, ['type', 'priority']);
  const without = createFieldLabels(states, ['type', 'priority', 'storyPoints']);
  return {
    states,
    known: ISSUE_STATES.filter((state) => isPlain(state) || states.states.includes(state)),
    fields: (hasWeight) => (hasWeight ? withWeight : without),
  };
}

/** GitLab tells these two by itself. */
function isPlain(state: IssueState): boolean {
  return state === 'open' || state === 'done';
}

/** Throws `transition` for a state that no label stands for. */
export function requireKnown({ known, states }: LabelWords, state: IssueState): void {
  if (known.includes(state)) return;
  const existing = states.states.flatMap((each) => states.toNames(each));
  throw unmappedState('gitlab', state, ['opened', 'closed', ...existing]);
}

/** The label that stands for the state; `undefined` where GitLab's own state says it all. */
export function stateLabel({ states }: LabelWords, state: IssueState, name?: string): string | undefined {
  const names = states.toNames(state);
  return names.find((each) => each === name) ?? names[0];
}

export function stateEventFor(state: IssueState): 'close' | 'reopen' {
  return isClosed(state) ? 'close' : 'reopen';
}
