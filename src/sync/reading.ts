/** Reads one tracker: what was changed since the last run, or all of it where the question is a new one. */
import type { Issue, IssueFilter } from '../../core/ports/index.ts';
import { fits } from '../../core/tracker/issue-filter.ts';
import { saysLimit, selectionOf, settledSelection, wholeFilter } from '../tracker/query/select.ts';
import { usageError } from '../tracker/usage.ts';
import type { Listing } from './matching.ts';
import type { Watermark } from './pair.ts';
import type { Side } from './side.ts';

/** What a vendor's clock and its index may be behind. What is read twice costs nothing: it is as it was. */
export const OVERLAP_MS = 10 * 60_000;

export interface Reading {
  readonly side: Side;
  /** How far it was read; absent: from the start. */
  readonly watermark: Watermark | undefined;
  /** Which issues get a pair: with it, a whole list is as short as it can be. */
  readonly scope: IssueFilter | undefined;
}

export async function readChanges({ side, watermark, scope }: Reading): Promise<Listing> {
  const filter: IssueFilter = watermark
    ? { state: 'all', updatedSince: Math.max(0, watermark.seen - OVERLAP_MS) }
    : { state: 'all', ...scope };
  const issues: Issue[] = [];
  for await (const issue of side.tracker.listIssues(filter)) issues.push(issue);
  return { issues, isWhole: watermark === undefined && scope === undefined };
}

/** Newest change that was seen. */
export function seenIn({ issues }: Listing, before = 0): number {
  return issues.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt), before);
}

/** The issues that a query means, open and closed, unless it says so. */
export async function scopeOf(side: Side, query: string, now: number): Promise<IssueFilter> {
  if (saysLimit(query)) throw limited();
  const selection = selectionOf({}, query, now, 'all');
  return wholeFilter(await settledSelection(side.tracker, selection));
}

function limited(): Error {
  return usageError(
    'A query with a limit does not say which issues are meant.',
    'Please name the issues by their labels, their milestone, or another word of the query.',
  );
}

export function isInScope(issue: Issue, scope: IssueFilter | undefined): boolean {
  return scope === undefined || fits(issue, scope);
}
