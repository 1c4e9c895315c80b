import { createPageGuard } from '../../core/http/page-guard.ts';
import type { GitLabApi } from './api.ts';
import type { Operation } from './refusals.ts';

/** One page as the client gives it. https://docs.gitlab.com/api/rest/#pagination */
export interface Page<Item> {
  readonly data: readonly Item[];
  readonly paginationInfo: { readonly next: number | null };
}

/** What a call must be given to answer with one page. */
export interface PageOptions {
  readonly page: number;
  readonly perPage: number;
  readonly showExpanded: true;
}

/** The items of all pages, each once; a page is asked for when its first item is. */
export async function* pages<Item extends { readonly id: unknown }>(
  api: GitLabApi,
  operation: Operation,
  read: (options: PageOptions) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  const seen = new Set<unknown>();
  const guard = createPageGuard('GitLab');
  for (let page: number | null = 1; page !== null; ) {
    const options: PageOptions = { page, perPage: 100, showExpanded: true };
    const { data, paginationInfo }: Page<Item> = await api.attempt(operation, () => read(options));
    for (const item of data) {
      // what is added meanwhile moves the others to later pages
      if (!seen.has(item.id)) yield item;
      seen.add(item.id);
    }
    page = paginationInfo.next;
    if (page !== null) guard.next(page);
  }
}
