/** Lists of issues. https://docs.gitlab.com/api/issues/#list-project-issues */
import type { Issue, IssueFilter } from '../../core/ports/index.ts';
import { queryOf } from './filter.ts';
import type { IssueContext } from './issue-context.ts';
import { toIssue, type WireIssue } from './issue-wire.ts';
import { type Page, type PageOptions, pages } from './pages.ts';

/** Plain issues; those of GitLab's other types only where such a type is asked for. */
export async function* listIssues(
  context: IssueContext,
  filter: IssueFilter = {},
): AsyncGenerator<Issue, void, undefined> {
  const query = await context.api.attempt('listIssues', () => queryOf(context, filter));
  if (query === undefined) return;
  const read: Read = (page, more = {}) =>
    context.api.resources().issues.all({ projectId: context.project, ...query, ...more, ...page });
  const { sort } = filter;
  const found =
    sort?.by === 'updated' && sort.direction === 'asc'
      ? inWindows(context, read)
      : pages(context.api, 'listIssues', (page) => read(page));
  for await (const issue of found) yield toIssue(issue, context.words);
}

/**
 * The longest untouched first. An issue that is touched meanwhile goes to the end and moves all others towards earlier pages,
 * so that pages would skip some: the next request begins at the time of the last issue instead.
 */
async function* inWindows({ api }: IssueContext, read: Read): AsyncGenerator<WireIssue, void, undefined> {
  const seen = new Set<number>();
  let window: Window = {};
  for (let page: number | null = 1; page !== null; ) {
    const options: PageOptions = { page, perPage: 100, showExpanded: true };
    const asked = window;
    const { data, paginationInfo }: Page<WireIssue> = await api.attempt('listIssues', () => read(options, asked));
    for (const issue of data) {
      if (!seen.has(issue.iid)) yield issue;
      seen.add(issue.iid);
    }
    const last = data.at(-1)?.updated_at;
    const moves = last !== undefined && last !== data[0]?.updated_at;
    if (moves) window = { updatedAfter: last };
    page = moves && paginationInfo.next !== null ? 1 : paginationInfo.next;
  }
}

interface Window {
  readonly updatedAfter?: string;
}

type Read = (page: PageOptions, window?: Window) => Promise<Page<WireIssue & { readonly id: number }>>;
