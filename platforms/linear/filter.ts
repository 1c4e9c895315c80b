/** The neutral filter as Linear's. https://linear.app/developers/filtering */

import type { FilterName, IssueFilter } from '../../core/ports/index.ts';
import { isClosed } from '../../core/ports/issue.ts';
import { searchWords } from '../../core/tracker/issue-filter.ts';
import { keyOf } from './address.ts';
import { CLOSED_TYPES, type Workflow, type WorkflowStates } from './states.ts';

/** What Linear looks at fully and as we do. Words, and types, which are labels, only make its list shorter. */
export const FILTERS = [
  'state',
  'states',
  'labels',
  'anyLabels',
  'priority',
  'assignee',
  'author',
  'milestone',
  'parent',
  'createdSince',
  'createdUntil',
  'updatedSince',
  'updatedUntil',
] as const satisfies readonly FilterName[];

type Condition = Readonly<Record<string, unknown>>;

/** Whether the filter speaks of states that only the team's workflow tells. */
export function needsWorkflow({ state = 'all', states = [] }: IssueFilter, { hasOwnNames }: WorkflowStates): boolean {
  return states.length > 0 || (state !== 'all' && hasOwnNames);
}

/** No state of the team is one of those that are asked for: no issue is in one. */
export function isImpossible(filter: IssueFilter, states: WorkflowStates, workflow: Workflow | undefined): boolean {
  return workflow !== undefined && fittingStates(filter, states, workflow).length === 0;
}

/** An `IssueFilter` of Linear for the issues of a team. `workflow` is there where the filter needs it. */
export function toFilter(
  filter: IssueFilter,
  { team, states, workflow }: { team: string; states: WorkflowStates; workflow: Workflow | undefined },
): Condition {
  const { labels = [], anyLabels = [], type, priority, assignee, author, milestone, parent, text } = filter;
  return {
    and: [
      { team: { key: { eqIgnoreCase: team } } },
      ...stateConditions(filter, states, workflow),
      ...labels.map(withLabel),
      ...(anyLabels.length === 0 ? [] : [{ or: anyLabels.map(withLabel) }]),
      ...(type === undefined ? [] : [withLabel(`type:${type}`)]),
      ...(priority === undefined ? [] : [{ priority: { eq: priority === 4 ? NO_SUCH_PRIORITY : priority + 1 } }]),
      ...(assignee === undefined ? [] : [{ assignee: assignee === null ? { null: true } : person(assignee) }]),
      ...(author === undefined ? [] : [{ creator: person(author) }]),
      ...(milestone === undefined ? [] : [{ projectMilestone: named(milestone) }]),
      ...(parent === undefined ? [] : [{ parent: parent === null ? { null: true } : byKey(parent, team) }]),
      ...(text === undefined ? [] : searchWords(text).map(withWord)),
      ...timeConditions(filter),
    ],
  };
}

const NO_SUCH_PRIORITY = 5;

function stateConditions(filter: IssueFilter, states: WorkflowStates, workflow: Workflow | undefined): Condition[] {
  if (workflow) {
    return [{ state: { id: { in: fittingStates(filter, states, workflow).map(({ id }) => id) } } }];
  }
  const { state = 'all' } = filter;
  return state === 'all'
    ? []
    : [{ state: { type: state === 'closed' ? { in: CLOSED_TYPES } : { nin: CLOSED_TYPES } } }];
}

function fittingStates(
  { state = 'all', states: wanted = [] }: IssueFilter,
  { toState }: WorkflowStates,
  workflow: Workflow,
) {
  return workflow.states.filter((each) => {
    const neutral = toState(each);
    const isWanted = wanted.length === 0 || wanted.includes(neutral);
    return isWanted && (state === 'all' || isClosed(neutral) === (state === 'closed'));
  });
}

function timeConditions({ createdSince, createdUntil, updatedSince, updatedUntil }: IssueFilter): Condition[] {
  const bounds = [
    ['createdAt', 'gte', createdSince],
    ['createdAt', 'lte', createdUntil],
    ['updatedAt', 'gte', updatedSince],
    ['updatedAt', 'lte', updatedUntil],
  ] as const;
  return bounds.flatMap(([field, comparison, time]) =>
    time === undefined ? [] : [{ [field]: { [comparison]: new Date(time).toISOString() } }],
  );
}

function withLabel(name: string): Condition {
  return { labels: { some: { name: { eqIgnoreCase: name.trim() } } } };
}

function withWord(word: string): Condition {
  return { or: [{ title: { containsIgnoreCase: word } }, { description: { containsIgnoreCase: word } }] };
}

function person(who: string): Condition {
  return { or: [{ displayName: { eqIgnoreCase: who } }, { name: { eqIgnoreCase: who } }] };
}

function named(title: string | null): Condition {
  return title === null ? { null: true } : { name: { eqIgnoreCase: title } };
}

function byKey(key: string, ownTeam: string): Condition {
  const { team, number } = keyOf(key, ownTeam);
  return { team: { key: { eq: team } }, number: { eq: number } };
}
