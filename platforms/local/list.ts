import type { Issue, IssueFilter } from '../../core/ports/issue.ts';
import type { Connection } from './connection.ts';
import type { Context } from './issue-context.ts';
import { findPlaces, type PagePlan, type Place, planList } from './pages.ts';
import { findIssue } from './writes.ts';

/** The first page is small, so that the first issues are there at once; each next one is larger. */
const [FIRST, LARGEST] = [50, 200];

/** Each issue once, also when it changes its place in the list meanwhile. */
export async function* listIssues(context: Context, filter: IssueFilter = {}): AsyncGenerator<Issue> {
  const plan = await context.read(
    'listIssues',
    (db) => planList(db, filter, context.now()),
    () => undefined,
  );
  if (!plan) return;
  const seen = new Set<number>();
  for (const sql of plan.parts) {
    for await (const { place, issue } of listPart(context, plan, sql, (_, found) => found)) {
      if (issue && !seen.has(place.number)) yield issue;
      // numbers never change, other values do
      if (filter.sort && filter.sort.by !== 'created') seen.add(place.number);
    }
  }
}

interface Found<Shown> {
  readonly place: Place;
  /** Absent when it is gone since. */
  readonly issue: Shown | undefined;
}

/** Page by page, each read at once with what is shown of its issues. */
export async function* listPart<Shown>(
  context: Context,
  { values, start }: PagePlan,
  sql: string,
  shown: (db: Connection, issue: Issue) => Shown,
): AsyncGenerator<Found<Shown>> {
  let after = start;
  for (let limit = FIRST; ; limit = Math.min(limit * 2, LARGEST)) {
    const page = await context.read(
      'listIssues',
      (db) =>
        findPlaces(db, sql, { values, after, limit }).map((place) => {
          const issue = findIssue(db, place.number, context.urlOf);
          return { place, issue: issue && shown(db, issue) };
        }),
      () => [],
    );
    yield* page;
    after = page.at(-1)?.place ?? after;
    if (page.length < limit) return;
  }
}
