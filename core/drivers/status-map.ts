/**
 * Which of a tracker's own states stands for which neutral one, in both directions. The defaults are the platform's; a person
 * replaces them state by state with `states` in the platform's section: `{ in_progress: [Doing, Fixing], done: Shipped }`.
 */
import { PaceError } from '../errors.ts';
import { ISSUE_STATES, type IssueState } from '../ports/issue.ts';
import { mappingOf } from './settings.ts';

/** The names of a state at the tracker: the first is written, all are read. */
export type StateNames = Readonly<Partial<Record<IssueState, readonly string[]>>>;

export interface StatusMap {
  /** The neutral state of a vendor's name, without regard to case; `undefined` when no line of the map has it. */
  toState(name: string): IssueState | undefined;
  /** The vendor's names for a state, the one to write first; `[]` when there are none. */
  toNames(state: IssueState): readonly string[];
  /** The states that have a name. */
  readonly states: readonly IssueState[];
}

/**
 * `configured` is the value of the setting `states`. Throws `configuration` for words that are not a state and for a name that stands
 * under two, with all the mistakes.
 */
export function createStatusMap(platform: string, defaults: StateNames, configured: string | undefined): StatusMap {
  const own = configuredNames(platform, configured);
  const taken = new Set(Object.values(own).flatMap((names) => names.map(fold)));
  const entries = ISSUE_STATES.map((state): [IssueState, readonly string[]] => [
    state,
    // a name that a person has given to another state is no longer the default's
    own[state] ?? (defaults[state] ?? []).filter((name) => !taken.has(fold(name))),
  ]);
  const names = new Map(entries);
  const states = new Map(entries.flatMap(([state, all]) => all.map((name) => [fold(name), state] as const)));
  return {
    toState: (name) => states.get(fold(name)),
    toNames: (state) => names.get(state) ?? [],
    states: ISSUE_STATES.filter((state) => (names.get(state) ?? []).length > 0),
  };
}

/** The refusal to guess: no name of the tracker stands for the state. */
export function unmappedState(platform: string, state: IssueState, existing: readonly string[]): PaceError {
  return new PaceError({
    kind: 'transition',
    message: `Nothing stands for the state ${state} here. Available: ${existing.map((name) => `“${name}”`).join(', ') || 'none'}.`,
    remedy: `Please name one of them under \`${platform}.states.${state}\` in pace.config.yaml.`,
  });
}

function configuredNames(platform: string, configured: string | undefined): Partial<Record<IssueState, string[]>> {
  const given = Object.entries(mappingOf(configured));
  const problems: string[] = [];
  const owner = new Map<string, string>();
  for (const [state, names] of given) {
    if (!isState(state)) problems.push(`“${state}” is not a state; the states are ${ISSUE_STATES.join(', ')}.`);
    for (const name of names) {
      const other = owner.get(fold(name));
      if (other !== undefined && other !== state) problems.push(`“${name}” stands under ${other} and under ${state}.`);
      owner.set(fold(name), state);
    }
  }
  if (problems.length > 0) {
    throw new PaceError({
      kind: 'configuration',
      message: `The setting \`${platform}.states\` is wrong: ${problems.join(' ')}`,
      remedy: 'Please give every state its own names, e.g. `states: { in_progress: Doing, done: [Done, Shipped] }`.',
    });
  }
  return Object.fromEntries(given);
}

function isState(word: string): word is IssueState {
  return (ISSUE_STATES as readonly string[]).includes(word);
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
