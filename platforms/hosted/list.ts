/** Lists: the service has an order of its own, so that all of them come before the first is shown. */
import { ISSUE_STATES, type Issue, type IssueFilter, isClosed } from '../../core/ports/issue.ts';
import type { Api } from './api.ts';
import { statusFor, TYPES, toIssue } from './wire.ts';

/** A moment before the one that is asked for: nobody says whether that one counts. */
const OVERLAP_MS = 1000;

export async function* listIssues(api: Api, filter: IssueFilter = {}): AsyncGenerator<Issue> {
  const found: Issue[] = [];
  for await (const wire of api.pages(filtersFor(filter))) found.push(toIssue(wire));
  yield* found.sort((one, other) => other.createdAt - one.createdAt || numberIn(other.key) - numberIn(one.key));
}

function numberIn(key: string): number {
  return Number(/\d+$/.exec(key)?.[0] ?? 0);
}

/** What the service can leave out by itself; it is looked at again here. */
function filtersFor({ state = 'all', states, updatedSince, type }: IssueFilter): Record<string, unknown> | undefined {
  const named = states && states.length > 0 ? states : undefined;
  const wanted =
    named ?? (state === 'all' ? undefined : ISSUE_STATES.filter((each) => isClosed(each) === (state === 'closed')));
  const isKnown = TYPES.some((each) => each === type?.toLowerCase());
  const filters = {
    ...(updatedSince === undefined ? {} : { updated_since: new Date(updatedSince - OVERLAP_MS).toISOString() }),
    ...(wanted ? { status: wanted.map(statusFor) } : {}),
    ...(type !== undefined && isKnown ? { issue_type: [type.toLowerCase()] } : {}),
  };
  return Object.keys(filters).length > 0 ? filters : undefined;
}
