/** The issues that a selection means, as they come. */

import { defined } from '../../../core/defined.ts';
import type { FilterName, Issue, IssueFilter, IssueTracker } from '../../../core/ports/index.ts';
import { conditionsOf, filtersIn, fits, mapFilter } from '../../../core/tracker/issue-filter.ts';
import { fieldLabelsIn, labelsToFields } from '../label-fields.ts';
import { isStateWord, type Selection, type Term, toSelection, type Word } from './conditions.ts';
import { parseQuery } from './query.ts';

/** The flags of a list, under the names of the query's words. */
export type ListFlags = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Flags and query as one selection. Without any word about the state only open issues are meant, or those that `otherwise` says. */
export function selectionOf(flags: ListFlags, query: string | undefined, now: number, otherwise = 'open'): Selection {
  const given: Word[] = Object.entries(flags).flatMap(([name, values]) =>
    // what an issue can be are flags without a value
    [values ?? []].flat().map((value) => ({ name, value, not: false, where: `--${name === 'is' ? value : name}` })),
  );
  const parsed = parseQuery(query ?? '');
  const state = { name: 'state', value: otherwise, not: false, where: '--state' };
  return toSelection(withState([...given, ...parsed.terms], state), now, parsed.mistakes);
}

/** Where only some alternatives say something of the state, the others mean what is meant without a word. */
function withState(terms: readonly Term[], state: Word): readonly Term[] {
  if (!terms.some(saysState)) return [...terms, state];
  if (terms.some((term) => !('alternatives' in term) && saysState(term))) return terms;
  return terms.map((term) => {
    if (!('alternatives' in term) || term.not || !saysState(term)) return term;
    return { ...term, alternatives: term.alternatives.map((each) => withState(each, state)) };
  });
}

function saysState(term: Term): boolean {
  if ('alternatives' in term) return !term.not && term.alternatives.some((each) => each.some(saysState));
  return !term.not && (term.name === 'state' || (term.name === 'is' && isStateWord(term.value.toLowerCase())));
}

/** Whether the query has a limit of its own, wherever it stands. */
export function saysLimit(query = ''): boolean {
  const isLimit = (term: Term): boolean =>
    'alternatives' in term ? term.alternatives.some((each) => each.some(isLimit)) : term.name === 'limit';
  return parseQuery(query).terms.some(isLimit);
}

/** The same with `priority:high` and `type:bug` among its labels as fields, where the tracker has those. */
export async function settledSelection(tracker: IssueTracker, selection: Selection): Promise<Selection> {
  const all = [selection.filter, ...selection.without].flatMap(filtersIn);
  const isPlain = !all.some(({ labels = [] }) => fieldLabelsIn(labels).length > 0);
  const isMine = all.some(({ assignee, author }) => assignee === '@me' || author === '@me');
  if (isPlain && !isMine) return selection;
  const settle = isPlain ? (filter: IssueFilter) => filter : labelsToFields(await tracker.capabilities());
  const me = isMine ? (await tracker.getCurrentUser()).id : '@me';
  const named = ({ assignee, author, ...rest }: IssueFilter): IssueFilter => ({
    ...rest,
    ...defined({ assignee: assignee === '@me' ? me : assignee, author: author === '@me' ? me : author }),
  });
  const settled = (one: IssueFilter) => mapFilter(one, (each) => named(settle(each)));
  return { ...selection, filter: settled(selection.filter), without: selection.without.map(settled) };
}

export async function* selectIssues(
  tracker: IssueTracker,
  { filter, without, limit }: Selection,
): AsyncGenerator<Issue> {
  let count = 0;
  for await (const issue of tracker.listIssues(filter)) {
    if (without.some((one) => fits(issue, one))) continue;
    yield issue;
    count += 1;
    if (count >= limit) return;
  }
}

/** The whole selection but for its limit, for verbs that choose and order by themselves. */
export function wholeFilter({ filter: { sort: _, ...filter }, without }: Selection): IssueFilter {
  const noneOf = [...(filter.noneOf ?? []), ...without];
  return noneOf.length > 0 ? { ...filter, noneOf } : filter;
}

/** What the tracker looks at itself, and what is looked at here: two lines for people. */
export function explainSelection(tracker: IssueTracker, { filter, without }: Selection): string {
  const { byVendor, byUs } = tracker.explainFilter(filter);
  const not = without.map((one) => `not ${conditionsOf(one).map(shownName).join(' and ')}`);
  const here = [...byUs.map(shownName), ...not];
  return [
    `${tracker.name} checks: ${byVendor.map(shownName).join(', ') || 'nothing; all issues are fetched'}.`,
    `Checked here, in what it sends: ${here.join(', ') || 'nothing'}.`,
  ].join('\n');
}

/** Alternatives and what is left out in parentheses have no word of their own in a query. */
function shownName(name: FilterName): string {
  if (name === 'anyOf') return 'OR';
  return name === 'noneOf' ? '-( … )' : name;
}
