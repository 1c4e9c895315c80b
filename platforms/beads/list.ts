/** All issues in one answer: bd hides what is closed and cuts lists at fifty unless it is told not to. */
import { defined } from '../../core/defined.ts';
import type { StatusMap } from '../../core/drivers/status-map.ts';
import { asPaceError } from '../../core/errors.ts';
import type { Issue, IssueFilter, IssueLink, IssueSort } from '../../core/ports/issue.ts';
import { option } from '../../core/programs/program.ts';
import { sorted } from '../../core/tracker/issue-filter.ts';
import { isKey } from './address.ts';
import type { Api } from './api.ts';
import { linksWithin, toEdges, toLinks } from './edges.ts';
import { asListItem } from './fields.ts';
import { inPortions } from './gathered.ts';
import type { Tracker } from './issue-context.ts';
import { listOf, toWireIssue, type WireIssue } from './shapes.ts';
import type { Shows } from './show.ts';
import { toIssue } from './wire.ts';

export const SORTS = ['created', 'updated', 'priority'] as const;

export async function* listIssues(tracker: Tracker, filter: IssueFilter = {}): AsyncGenerator<Issue> {
  const labels = (filter.labels ?? []).map((label) => option('label', asListItem(label.trim())));
  const found = inOrder(await listed(tracker.api, labels), tracker.states, filter.sort ?? NEWEST_FIRST);
  if (!tellsDependencies(found)) return yield* completed(tracker, found);
  // of a part of the list, nobody knows who depends on its issues
  const links = labels.length === 0 ? linksWithin(found) : new Map<string, IssueLink[]>();
  for (const wire of found) yield { ...toIssue(wire, tracker.states), ...defined({ links: links.get(wire.id) }) };
}

/** As bd lists them; the same issue once. */
export async function listed(api: Api, more: readonly string[]): Promise<WireIssue[]> {
  const args = ['list', '--all', option('limit', 0), ...more];
  const answer = await api.call(args).catch(async (error: unknown) => {
    // 0.59 draws a tree even for programs, unless it is told not to
    if (await api.knows('list', 'flat')) return api.call([...args, '--flat']);
    throw error;
  });
  const found = listOf(answer).map(toWireIssue);
  return [...new Map(found.map((wire) => [wire.id, wire])).values()];
}

const NEWEST_FIRST = { by: 'created', direction: 'desc' } as const;
const byNumber = new Intl.Collator('en', { numeric: true });

/** Within one second a parent is older than its children, and these are as old as their numbers. */
function inOrder(found: readonly WireIssue[], states: StatusMap, sort: IssueSort): WireIssue[] {
  const sign = sort.direction === 'asc' ? 1 : -1;
  const byId = found.toSorted((one, other) => sign * byNumber.compare(one.id, other.id));
  const wires = new Map(byId.map((wire) => [wire.id, wire]));
  const issues = byId.map((wire) => toIssue(wire, states));
  return sorted(issues, sort).flatMap(({ key }) => wires.get(key) ?? []);
}

/** Versions before 0.49 list no dependencies, and so no parents; those before 1 leave out what is empty. */
function tellsDependencies(found: readonly WireIssue[]): boolean {
  return found.length === 0 || found.some((wire) => wire.comment_count !== undefined || wire.dependencies);
}

/** With what `show` tells of each, a hundred at a time, as far as the consumer reads. */
async function* completed({ shows, states }: Tracker, found: readonly WireIssue[]): AsyncGenerator<Issue> {
  for (const portion of inPortions(found)) {
    const whole = await Promise.all(portion.map((wire) => (isKey(wire.id) ? withDependents(shows, wire) : wire)));
    for (const wire of whole) yield { ...toIssue(wire, states), links: toLinks(toEdges(wire)) };
  }
}

/** Who was removed meanwhile stays as the list has told it. */
async function withDependents(shows: Shows, wire: WireIssue): Promise<WireIssue> {
  try {
    return await shows.withDependents(wire.id);
  } catch (error) {
    if (asPaceError(error).kind === 'not-found') return wire;
    throw error;
  }
}
