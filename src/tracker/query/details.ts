/** Issues with what belongs to them. */

import { defined } from '../../../core/defined.ts';
import type { IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import type { ShownIssue } from '../print/fields.ts';

export interface ShowOptions {
  /** What to fetch besides the issue itself. */
  readonly with: readonly string[];
}

/** Asks for what is wanted only: `comments`, `links` and `claim` cost a request each. */
export async function showIssue(tracker: IssueTracker, key: string, options: ShowOptions): Promise<ShownIssue> {
  const [issue, details] = await Promise.all([tracker.getIssue(key), detailsOf(tracker, key, options)]);
  return { ...issue, ...details };
}

async function detailsOf(
  tracker: IssueTracker,
  key: string,
  options: ShowOptions,
): Promise<Pick<ShownIssue, 'comments' | 'links' | 'claim'>> {
  const wants = (what: string) => options.with.includes(what);
  const [comments, links, claim] = await Promise.all([
    wants('comments') ? collect(tracker.listComments(key)) : undefined,
    wants('links') ? tracker.getIssueLinks(key) : undefined,
    wants('claim') ? tracker.currentClaim(key) : undefined,
  ]);
  return defined({ comments, links, claim: wants('claim') ? (claim ?? null) : undefined });
}

/** The same for each issue of a list, a few at a time and in their order. */
export async function* withDetails(
  tracker: IssueTracker,
  issues: AsyncIterable<ShownIssue>,
  options: ShowOptions,
): AsyncGenerator<ShownIssue> {
  if (options.with.length === 0) return yield* issues;
  const underWay: Promise<ShownIssue>[] = [];
  const detailed = async (issue: ShownIssue) => ({ ...(await detailsOf(tracker, issue.key, options)), ...issue });
  for await (const issue of issues) {
    const work = detailed(issue);
    work.catch(() => undefined);
    underWay.push(work);
    if (underWay.length < AT_ONCE) continue;
    const next = underWay.shift();
    if (next) yield await next;
  }
  for (const next of underWay) yield await next;
}

const AT_ONCE = 4;
