import type { Issue, IssueFilter } from '../../core/ports/issue.ts';
import type { Context } from './issue-context.ts';
import { findPlaces, type PagePlan, type Place, planList } from './pages.ts';
import { findIssue } from './writes.ts';

/** The first page is small, so that the first issues are there at once; each next one is larger. */
const [FIRST, LARGEST] = [50, 200];

/** Each issue once, also when it changes its place in the list meanwhile. */
export async function* listIssues(context: Context, filter: IssueFilter = {}): AsyncGenerator<Issue> {
  const plan = await context.read(
    'listIssues',
    (db) => planList(db, filter),
    () => undefined,
  );
  if (!plan) return;
  const seen = new Set<number>();
  for (const sql of plan.parts) {
    for await (const { place, issue } of listPart(context, plan, sql)) {
      if (issue && !seen.has(place.number)) yield issue;
      // numbers never change, other values do
      if (filter.sort && filter.sort.by !== 'created') seen.add(place.number);
    }
  }
}

interface Found {
  readonly place: Place;
  /** Absent when it is gone since. */
  readonly issue: Issue | undefined;
}

async function* listPart(context: Context, { values, start }: PagePlan, sql: string): AsyncGenerator<Found> {
  let after = start;
  for (let limit = FIRST; ; limit = Math.min(limit * 2, LARGEST)) {
    const page = await context.read(
      'listIssues',
      (db) =>
        findPlaces(db, sql, { values, after, limit }).map((place) => ({
          place,
          issue: findIssue(db, place.number, context.urlOf),
        })),
      () => [],
    );
    yield* page;
    after = page.at(-1)?.place ?? after;
    if (page.length < limit) return;
  }
}
