/** Lists of Jira that are counted: `startAt`, `total`, `isLast`. A page may be shorter than was asked for. */
import { createPageGuard } from '../../core/http/page-guard.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Call, JiraApi } from './dialect.ts';
import type { Operation } from './refusals.ts';

interface Page {
  readonly total?: number;
  readonly isLast?: boolean;
  readonly maxResults?: number;
}

/** The items of all pages; `names` are those of the member that holds them: several where Cloud and Data Center differ. */
export async function* paged<Item>(
  api: JiraApi,
  operation: Operation,
  { path, query = {} }: Pick<Call, 'path' | 'query'>,
  { names, size = 100 }: { readonly names: readonly string[]; readonly size?: number },
): AsyncGenerator<Item> {
  const guard = createPageGuard('Jira');
  let startAt = 0;
  for (;;) {
    const page = await api.call<Page & Readonly<Record<string, unknown>>>(operation, {
      path,
      query: { ...query, startAt, maxResults: size },
    });
    const items = Array.isArray(page) ? page : names.map((name) => page?.[name]).find(Array.isArray);
    if (!Array.isArray(items)) throw unexpectedAnswer('Jira', `${names[0]} is not a list`);
    yield* items as Item[];
    startAt += items.length;
    const { total, isLast } = page;
    if (items.length === 0 || isLast === true || (total !== undefined && startAt >= total)) return;
    // a list without counts ends with a page that is not full
    if (total === undefined && isLast === undefined && items.length < size) return;
    guard.next(startAt);
  }
}
