/** What can be begun and what waits, out of an index that follows every change: see `tables-3.ts`. */
import type { Issue, IssueFilter } from '../../core/ports/issue.ts';
import type { BlockedIssue, Blocker, ClaimedIssue, ClaimRequest } from '../../core/ports/tracker-driver.ts';
import { insertClaim } from './claims.ts';
import type { Connection } from './connection.ts';
import type { Stamp } from './events.ts';
import type { Context } from './issue-context.ts';
import { listPart } from './list.ts';
import { findPlaces, planStanding } from './pages.ts';
import { toState } from './wire.ts';
import { findIssue, moveIssue, type UrlOf } from './writes.ts';

export async function* listReady(context: Context, filter: IssueFilter = {}): AsyncGenerator<Issue> {
  yield* listStanding(context, 'ready', filter, (_, issue) => issue);
}

export async function* listBlocked(context: Context, filter: IssueFilter = {}): AsyncGenerator<BlockedIssue> {
  yield* listStanding(context, 'blocked', filter, (db, issue) => ({
    ...issue,
    blockedBy: openBefore(db, Number(issue.key)),
  }));
}

async function* listStanding<Shown>(
  context: Context,
  standing: 'ready' | 'blocked',
  filter: IssueFilter,
  shown: (db: Connection, issue: Issue) => Shown,
): AsyncGenerator<Shown> {
  const plan = await context.read(
    'listIssues',
    (db) => planStanding(db, standing, filter, context.now()),
    () => undefined,
  );
  if (!plan) return;
  const seen = new Set<number>();
  for (const sql of plan.parts) {
    for await (const { place, issue } of listPart(context, plan, sql, shown)) {
      if (issue && !seen.has(place.number)) yield issue;
      // its priority may change meanwhile
      seen.add(place.number);
    }
  }
}

/** In the transaction that has found it, so that two agents never both have it. */
export function claimFirst(
  db: Connection,
  filter: IssueFilter,
  request: ClaimRequest,
  { stamp, urlOf }: { readonly stamp: Stamp; readonly urlOf: UrlOf },
): ClaimedIssue | undefined {
  const { parts, values, start } = planStanding(db, 'ready', filter, stamp.at);
  const [first] = parts.flatMap((sql) => findPlaces(db, sql, { values, after: start, limit: 1 }));
  if (!first) return undefined;
  const issue = findIssue(db, first.number, urlOf);
  if (!issue) return undefined;
  const claim = insertClaim(db, issue, request, stamp);
  if (!request.start) return { issue, claim };
  moveIssue(db, issue, 'in_progress', stamp);
  return { issue: findIssue(db, first.number, urlOf) ?? issue, claim };
}

/** What the issue waits for and is not closed, the oldest first. */
export function openBefore(db: Connection, number: number): Blocker[] {
  return db.all(OPEN_BEFORE, { number }).map(({ number: key, title, state }) => ({
    key: String(key),
    title: String(title),
    state: toState(state),
  }));
}

const OPEN_BEFORE = `SELECT number, title, state FROM issue
  WHERE number IN (SELECT source FROM link WHERE target = :number AND type = 'blocks'
      UNION SELECT target FROM link WHERE source = :number AND type = 'depends on')
    AND state NOT IN ('done', 'canceled') ORDER BY number`;
