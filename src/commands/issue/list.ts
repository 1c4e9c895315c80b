/** `pace issue list`, and what `search` and `children` share with it. */
import type { Issue, IssueTracker } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { parseReference } from '../../tracker/backends/references.ts';
import type { ShownIssue } from '../../tracker/print/fields.ts';
import { boundedList, type ListEnd } from '../../tracker/query/bounded-list.ts';
import type { Selection } from '../../tracker/query/conditions.ts';
import { withDetails } from '../../tracker/query/details.ts';
import { explainSelection, selectionOf, settledSelection } from '../../tracker/query/select.ts';
import { usageError } from '../../tracker/usage.ts';
import { type BackendChoice, openFor } from '../on-tracker.ts';
import type { IssueList } from './options.ts';
import { type IssueChoice, listFlags } from './select.ts';

export interface ListedIssues {
  readonly issues: AsyncIterable<ShownIssue>;
  /** Which conditions the tracker looks at and which are looked at here, where that was asked for. */
  readonly explained: string | undefined;
  /** How the list ended; to be asked when it was read. */
  end(): Promise<ListEnd>;
}

export interface Details {
  /** Fields that cost a request per issue (`comments`, `links`, `claim`): fetched when they are named. */
  readonly details?: readonly string[];
}

/** Of a page that is bounded by more than a count: see `PageBounds`. */
export interface Room {
  readonly hasRoom?: (issue: Issue) => boolean;
}

export const DETAILS = ['comments', 'links', 'claim'];

export function listIssues(world: World, options: IssueList & Details & Room): Promise<ListedIssues> {
  return selectFrom(world, options, 'open');
}

/** `state`: which issues are meant without a word about it. `under`: directly below this one. */
export async function selectFrom(
  world: World,
  { config, backend, explain, page, hasRoom, details = [], ...choice }: IssueList & Details & Room,
  state: string,
  under?: string,
): Promise<ListedIssues> {
  // another --parent beside the key is refused, as every contradiction is
  const { key: above = '' } = under === undefined ? {} : parseReference(under);
  if (under !== undefined && above === '' && choice.parent !== undefined) throw twoParents();
  const named = [above, choice.parent].filter((each) => each !== undefined);
  const parent = above === '' ? choice.parent : named.filter(isFirstOfItsKey);
  const flags = { ...listFlags(choice), parent };
  const selection = selectionOf(flags, choice.query, world.now(), state);
  const { tracker, keys } = await openFor(world, { config, backend }, under === undefined ? [] : [under]);
  const own =
    under === undefined ? selection : { ...selection, filter: { ...selection.filter, parent: keys[0] ?? '' } };
  const settled = await settledSelection(tracker, own);
  const { issues, end } = boundedList(tracker, settled, { cursor: page, hasRoom });
  const shown = withDetails(tracker, issues, { with: DETAILS.filter((name) => details.includes(name)) });
  return {
    end,
    issues: under === undefined ? shown : someOrOf(tracker, keys[0] ?? '', shown),
    explained: explain ? explainSelection(tracker, settled) : undefined,
  };
}

/** Nothing stands below an issue that is not there: that is said, where an empty list would say that it has no children. */
async function* someOrOf<Item>(tracker: IssueTracker, key: string, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  let count = 0;
  for await (const item of items) {
    count += 1;
    yield item;
  }
  // what is above an issue need not be one: an epic of a group on GitLab
  if (count === 0 && !key.includes('&')) await tracker.getIssue(key);
}

/** The tracker, and what is chosen from it. */
export async function chosenFrom(
  world: World,
  { config, backend, ...choice }: IssueChoice & BackendChoice,
  state: string,
  opened?: IssueTracker,
): Promise<{ tracker: IssueTracker; selection: Selection }> {
  const selection = selectionOf(listFlags(choice), choice.query, world.now(), state);
  const tracker = opened ?? (await openFor(world, { config, backend })).tracker;
  return { tracker, selection: await settledSelection(tracker, selection) };
}

/** What an address means is known when its tracker is open. */
function twoParents(): Error {
  return usageError('--parent: the address says already below which issue.', 'Please give one of them.');
}

/** `#1` and `1` name the same issue here. */
function isFirstOfItsKey(reference: string, place: number, all: readonly string[]): boolean {
  const keyOf = (text: string) => (text === 'none' ? text : parseReference(text).key || text);
  return all.findIndex((other) => keyOf(other) === keyOf(reference)) === place;
}
