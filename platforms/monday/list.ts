/**
 * Items of the board, newest first. Labels and parents are looked for by monday itself, everything else on our side.
 * https://developer.monday.com/api-reference/reference/items-page
 */

import { asPaceError } from '../../core/errors.ts';
import { createPageGuard } from '../../core/http/page-guard.ts';
import type { IssueFilter } from '../../core/ports/index.ts';
import { idOf } from './address.ts';
import type { MondayApi } from './api.ts';
import { type Board, knownLabel, learnFrom } from './board.ts';
import type { Lookup, PageAnswer } from './lookup.ts';
import { ITEM, listOf, needed, type WireItem, type WirePage } from './shapes.ts';

/** Most lists are left early; whoever goes on wants all, and every page is a call. */
const FIRST_PAGE = 100;
const FURTHER_PAGE = 500;

const NEWEST_FIRST = 'order_by: [{ column_id: "__creation_log__", direction: desc }]';
const CHANGED_FIRST = 'order_by: [{ column_id: "__last_updated__", direction: desc }]';
/** Clocks of servers may differ a little. */
const MOMENT = 60_000;
const NOTHING: WirePage = { cursor: null, items: [] };

interface Rule {
  readonly column_id: string;
  readonly compare_value: readonly (string | number)[];
  readonly operator: 'any_of';
}

/** May hold more than the filter wants. Newest first. */
export async function* listItems(api: MondayApi, lookup: Lookup, filter: IssueFilter): AsyncGenerator<WireItem> {
  const { updatedSince = 0 } = filter;
  if (updatedSince > 0) return yield* changedItems(pages(api, lookup, filter, CHANGED_FIRST), updatedSince);
  for await (const items of pages(api, lookup, filter, NEWEST_FIRST)) {
    for (const item of items) {
      if (isOlder(item, filter)) return;
      yield item;
    }
  }
}

/** Of a large board few items have changed. What monday calls the last change need not be the very time that it tells: a whole page has to be older. */
async function* changedItems(all: AsyncIterable<readonly WireItem[]>, since: number): AsyncGenerator<WireItem> {
  const found: WireItem[] = [];
  for await (const items of all) {
    const changed = items.filter(({ updated_at: updated }) => !(Date.parse(updated ?? '') < since - MOMENT));
    if (changed.length === 0) break;
    found.push(...changed);
  }
  const byAge = (one: WireItem, other: WireItem) =>
    (other.created_at ?? '').localeCompare(one.created_at ?? '') || Number(other.id) - Number(one.id);
  yield* found.toSorted(byAge);
}

/** Each item once. */
async function* pages(
  api: MondayApi,
  lookup: Lookup,
  filter: IssueFilter,
  order: string,
): AsyncGenerator<readonly WireItem[]> {
  const seen = new Set<string>();
  const guard = createPageGuard('monday');
  let page = await firstPage(api, lookup, filter, order);
  for (let restarted = false; ; ) {
    const items = listOf<WireItem>(page.items, 'items');
    const board = lookup.known();
    if (board) for (const item of items) learnFrom(board, item);
    yield items.filter(({ id }) => !seen.has(id));
    for (const { id } of items) seen.add(id);
    const { cursor } = page;
    if (!cursor) return;
    guard.next(cursor);
    const next = await nextPage(api, cursor);
    if (next === 'expired' && restarted) return;
    restarted = next === 'expired';
    page = next === 'expired' ? await firstPage(api, lookup, filter, order) : next;
  }
}

/** Newest first: what comes behind it is older still. */
function isOlder({ created_at: created }: WireItem, { createdSince }: IssueFilter): boolean {
  return createdSince !== undefined && Date.parse(created ?? '') < createdSince - MOMENT;
}

async function firstPage(api: MondayApi, lookup: Lookup, filter: IssueFilter, order: string): Promise<WirePage> {
  const known = lookup.known();
  const rules = known && rulesFor(known, filter);
  if (known && rules) return narrowed(api, rules, order);
  // the board is not known, or not the label: somebody may have made it since
  const { board, page } = await lookup.withItems('listIssues', `(limit: ${FIRST_PAGE}, query_params: { ${order} })`);
  const found = rulesFor(board, filter);
  if (!found) return NOTHING;
  return found.length === 0 || !page.cursor ? page : narrowed(api, found, order);
}

async function narrowed(api: MondayApi, rules: readonly Rule[], order: string): Promise<WirePage> {
  const params = `query_params: { rules: $rules, operator: and, ${order} }`;
  const { boards } = await api.query<PageAnswer>('listIssues', {
    fields: [
      `boards(ids: [$board], state: all) { items_page(limit: ${FIRST_PAGE}, ${params}) { cursor items { ${ITEM} } } }`,
    ],
    declared: ['$board: ID!', '$rules: [ItemsQueryRule!]'],
    variables: { board: api.board, rules },
  });
  return needed(boards?.[0]?.items_page, 'items_page');
}

/** A cursor lives for an hour. */
async function nextPage(api: MondayApi, cursor: string): Promise<WirePage | 'expired'> {
  try {
    const { next_items_page: page } = await api.query<{ readonly next_items_page?: WirePage }>('listIssues', {
      fields: [`next_items_page(cursor: $cursor, limit: ${FURTHER_PAGE}) { cursor items { ${ITEM} } }`],
      declared: ['$cursor: String!'],
      variables: { cursor },
    });
    return needed(page, 'next_items_page');
  } catch (error) {
    const { kind, vendorMessage = '' } = asPaceError(error);
    if (kind === 'validation' && /cursor/i.test(vendorMessage)) return 'expired';
    throw error;
  }
}

/** What monday can look for itself; `undefined` when a label is wanted that the board does not know. */
function rulesFor(board: Board, { labels = [], anyLabels = [], parent }: IssueFilter): Rule[] | undefined {
  const column = board.columns.labels?.id ?? '';
  const idsOf = (names: readonly string[]) =>
    names.flatMap((name) => knownLabel(board, name) ?? []).map(({ id }) => Number(id));
  const all = labels.map((name) => idsOf([name]));
  const some = idsOf(anyLabels);
  if (all.some((ids) => ids.length === 0) || (anyLabels.length > 0 && some.length === 0)) return undefined;
  const wanted = [...all, ...(some.length > 0 && some.length === anyLabels.length ? [some] : [])];
  const above = board.columns.parent && parent ? [rule(board.columns.parent.id, [Number(idOf(parent))])] : [];
  return [...wanted.map((ids) => rule(column, ids)), ...above];
}

function rule(column_id: string, compare_value: readonly number[]): Rule {
  return { column_id, compare_value, operator: 'any_of' };
}
