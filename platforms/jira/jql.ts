/** Jira's query language. https://support.atlassian.com/jira-software-cloud/docs/what-is-advanced-search-in-jira-cloud/ */
import { type IssueFilter, type IssueState, isClosed } from '../../core/ports/index.ts';
import { dateAndMinute } from '../../core/text/minute.ts';
import { isKey } from './fields.ts';
import { toCategory, toLabel } from './wire.ts';

const DAY = 86_400_000;
const FIRST_YEAR = Date.UTC(1000, 0);
const LAST_YEAR = Date.UTC(9999, 0);

/** What a query must know of the site; what is absent is left to the caller to look at. */
export interface Known {
  /** Ids of statuses by what they stand for, where a person has said it for some. */
  readonly statuses?: readonly { readonly id?: string; readonly name: string; readonly state: IssueState }[];
  /** The site's names for the type and the priority in the filter. */
  readonly types?: readonly string[];
  readonly priorities?: readonly string[];
  /** Whether a text can be asked for as a person. */
  asksForPerson?(text: string): boolean;
  /** The condition for “stands under this issue”, where it is not `parent = …`. */
  parent?(key: string): string;
  /** “has no parent” can be asked. */
  readonly asksForNoParent?: boolean;
}

const CATEGORIES: Readonly<Record<string, string>> = { new: 'To Do', indeterminate: 'In Progress', done: 'Done' };

/**
 * The query for a filter. It may find more than was asked for: times in JQL are minutes in the time zone of the account,
 * which we do not know, so that it asks for one day more; the caller drops what does not fit.
 */
export function toJql(project: string, filter: IssueFilter, known: Known = {}): string {
  const conditions = [
    `project = ${quoted(project)}`,
    ...(filter.labels ?? []).map((label) => `labels = ${quoted(toLabel(label))}`),
    ...oneOf('labels', filter.anyLabels?.map(toLabel)),
    ...stateConditions(filter, known),
    ...oneOf('issuetype', known.types),
    ...oneOf('priority', known.priorities),
    ...personCondition('assignee', filter.assignee, known),
    ...personCondition('creator', filter.author, known),
    ...orEmpty('fixVersion', filter.milestone),
    ...parentCondition(filter.parent, known),
    ...since('created', filter.createdSince),
    ...until('created', filter.createdUntil),
    ...since('updated', filter.updatedSince),
    ...until('updated', filter.updatedUntil),
  ];
  return `${conditions.join(' AND ')} ORDER BY ${order(filter)}`;
}

/** A string in JQL; backslash and quote are escaped. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function order({ sort = { by: 'created', direction: 'desc' } }: IssueFilter): string {
  const direction = sort.direction.toUpperCase();
  // what is equally urgent, or was changed in the same moment, has the newest first
  return sort.by === 'created' ? `created ${direction}` : `${sort.by} ${direction}, created DESC`;
}

function stateConditions({ state = 'all', states = [] }: IssueFilter, { statuses }: Known): string[] {
  if (statuses) {
    const fits = (one: IssueState) =>
      (state === 'all' || isClosed(one) === (state === 'closed')) &&
      // a resolution can turn done into canceled
      (states.length === 0 || states.includes(one) || (one === 'done' && states.includes('canceled')));
    if (state === 'all' && states.length === 0) return [];
    const names = statuses.filter((one) => fits(one.state)).map(({ id, name }) => id ?? name);
    return names.length === 0 ? ['statusCategory = Done', 'statusCategory != Done'] : oneOf('status', names);
  }
  const categories = [...new Set(states.map((one) => CATEGORIES[toCategory(one)] ?? ''))];
  return [
    ...(state === 'all' ? [] : [`statusCategory ${state === 'open' ? '!=' : '='} Done`]),
    // a status of no category counts as open
    ...(states.length > 0 && !states.includes('open') ? oneOf('statusCategory', categories) : []),
  ];
}

/** People can be asked for by their ids only: names are not unique. */
function personCondition(field: string, who: string | null | undefined, { asksForPerson }: Known): string[] {
  if (who === null) return [`${field} is EMPTY`];
  return who !== undefined && asksForPerson?.(who) ? [`${field} = ${quoted(who)}`] : [];
}

function parentCondition(parent: string | null | undefined, known: Known): string[] {
  if (parent === undefined) return [];
  if (parent === null) return known.asksForNoParent ? ['parent is EMPTY'] : [];
  return isKey(parent) ? [known.parent?.(parent) ?? `parent = ${quoted(parent)}`] : [];
}

function orEmpty(field: string, value: string | null | undefined): string[] {
  if (value === undefined) return [];
  return [value === null ? `${field} is EMPTY` : `${field} = ${quoted(value)}`];
}

function oneOf(field: string, values: readonly string[] = []): string[] {
  return values.length === 0 ? [] : [`${field} in (${values.map(quoted).join(', ')})`];
}

function since(field: string, time: number | undefined): string[] {
  return time !== undefined && time > DAY ? [`${field} >= ${quoted(boundedMinute(time - DAY))}`] : [];
}

function until(field: string, time: number | undefined): string[] {
  return time !== undefined && time < LAST_YEAR - DAY ? [`${field} <= ${quoted(boundedMinute(time + DAY))}`] : [];
}

function boundedMinute(time: number): string {
  const bounded = Math.max(FIRST_YEAR, Math.min(time, LAST_YEAR));
  return dateAndMinute(bounded);
}
