import { PaceError } from '../../core/errors.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { LinearApi } from './api.ts';
import { allOf } from './pages.ts';
import type { Operation } from './refusals.ts';
import { page, type Selection, textOf } from './selection.ts';
import type { WireIssue, WirePage } from './wire.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const NAMED: Selection = ['id', 'name'];

/** The issue with all of its labels; few have more than come along. Throws `not-found` for one that is deleted. */
export async function wholeIssue<Issue extends WireIssue>(
  api: LinearApi,
  operation: Operation,
  issue: Issue,
): Promise<Issue> {
  if (issue.trashed) throw deleted(issue.identifier);
  if (issue.labels?.pageInfo?.hasNextPage !== true) return issue;
  const labels = allOf<Named>({
    of: NAMED,
    ask: async (first, after) => {
      const list = `issue(id: $id) { ${textOf([page('labels', first, NAMED, 'after: $after')])} }`;
      const declared = '$id: String!, $after: String';
      const answer: Answer = await api.query(operation, list, declared, { id: issue.id, after });
      return answer.issue?.labels;
    },
  });
  return { ...issue, labels: { nodes: await collect(labels), pageInfo: { hasNextPage: false } } };
}

interface Answer {
  readonly issue?: { readonly labels?: WirePage<Named> };
}

export function deleted(identifier: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `The issue ${identifier} has been deleted.`,
    remedy: 'Please restore it in Linear (Recently deleted issues of the team), or name another one.',
  });
}
