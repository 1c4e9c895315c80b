/** Conditions on what is kept in labels, so that GitLab looks and not we. */
import type { IssueFilter } from '../../core/ports/index.ts';
import type { IssueContext } from './issue-context.ts';
import { found } from './labels.ts';

/**
 * The labels that an issue must have to fit; `undefined` when the project has none that would do. GitLab tells capitals apart and
 * a value may be written in several ways: where more than one label stands for it, none is asked for.
 */
export async function labelQuery(context: IssueContext, filter: IssueFilter): Promise<string[] | undefined> {
  const wanted: string[] = [];
  for (const { search, fits } of conditions(context, filter)) {
    const labels = new Set<string>();
    for (const text of search)
      for await (const { name } of found(context, 'listIssues', text)) if (fits(name)) labels.add(name);
    if (labels.size === 0) return undefined;
    if (labels.size === 1) wanted.push(...labels);
  }
  return wanted;
}

interface Condition {
  /** What names of the label may contain. */
  readonly search: readonly string[];
  readonly fits: (label: string) => boolean;
}

function conditions({ words }: IssueContext, { type, priority, states = [] }: IssueFilter): Condition[] {
  const read = (label: string) => words.fields(true).read([label]);
  const [state, ...more] = new Set(states);
  const named = state !== undefined && more.length === 0 && state !== 'open' && state !== 'done';
  return [
    ...(type === undefined || isOwnType(type)
      ? []
      : [{ search: ['type:'], fits: (label: string) => read(label).type === type.toLowerCase() }]),
    ...(priority === undefined
      ? []
      : [{ search: ['priority:'], fits: (label: string) => read(label).priority === priority }]),
    ...(named
      ? [{ search: words.states.toNames(state), fits: (label: string) => words.states.toState(label) === state }]
      : []),
  ];
}

/** Types of GitLab itself; every other word is a label of a plain issue. https://docs.gitlab.com/api/issues/ */
export function isOwnType(type: string | undefined): boolean {
  return ['incident', 'task', 'test_case', 'requirement', 'ticket'].includes(type?.toLowerCase() ?? '');
}
