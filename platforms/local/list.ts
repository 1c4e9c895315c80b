import type { Issue, IssueFilter } from '../issue.ts';
import type { Context } from './context.ts';
import { findPlaces, type Place, type Plan, planList } from './pages.ts';
import { findIssue } from './records.ts';

/** The first page is small, so that the first issues are there at once; each next one is larger. */
const [FIRST, LARGEST] = [50, 800];

/** Each issue once, also when it changes its place in the list meanwhile. */
export async function* listIssues(context: Context, filter: IssueFilter = {}): AsyncGenerator<Issue> {
  const seen = new Set<number>();
  let plan: Plan | undefined;
  let after: Place | undefined;
  for (let limit = FIRST; ; limit = Math.min(limit * 2, LARGEST)) {
    const page = await context.read(
      'listIssues',
      (db) => {
        plan ??= planList(db, filter);
        const places = plan ? findPlaces(db, plan, { after: after ?? plan.start, limit }) : [];
        return places.map((place) => ({ place, issue: findIssue(db, place.number, context.urlOf) }));
      },
      () => [],
    );
    for (const { place, issue } of page) {
      if (issue && !seen.has(place.number)) yield issue;
      // numbers never change, other values do
      if (filter.sort && filter.sort.by !== 'created') seen.add(place.number);
    }
    after = page.at(-1)?.place;
    if (page.length < limit) return;
  }
}
