/** Every issue with all that belongs to it. */
import type { IssueTracker } from '../../../core/ports/index.ts';
import type { Selection } from '../query/conditions.ts';
import { withDetails } from '../query/details.ts';
import { selectIssues } from '../query/select.ts';
import { toLine } from './jsonl.ts';

/** One object per line of the file; details are fetched a few issues ahead. */
export async function* exportIssues(
  tracker: IssueTracker,
  selection: Selection,
  details: readonly string[],
): AsyncGenerator<Record<string, unknown>> {
  const can = await tracker.capabilities();
  const possible = details.filter((name) => name !== 'links' || can.unsupported.links === undefined);
  const inOrder = { ...selection, filter: { sort: OLDEST_FIRST, ...selection.filter } };
  // an order of our own would hold the whole list in memory
  const isOffered = tracker.explainFilter(inOrder.filter).byVendor.includes('sort');
  const issues = withDetails(tracker, selectIssues(tracker, isOffered ? inOrder : selection), { with: possible });
  for await (const issue of issues) yield toLine(tracker.platform, issue);
}

/** So that an import gives the numbers in the order of the issues. */
const OLDEST_FIRST = { by: 'created', direction: 'asc' } as const;
