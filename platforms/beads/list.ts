/** All issues in one answer: bd hides what is closed and cuts lists at fifty unless it is told not to. */
import { defined } from '../../core/defined.ts';
import { asPaceError } from '../../core/errors.ts';
import type { Issue, IssueFilter, IssueLink } from '../../core/ports/issue.ts';
import { option } from '../../core/programs/program.ts';
import { isKey } from './address.ts';
import type { Api } from './api.ts';
import { linksWithin, toEdges, toLinks } from './edges.ts';
import { asListItem } from './fields.ts';
import { inPortions } from './gathered.ts';
import type { Tracker } from './issue-context.ts';
import { listOf, toWireIssue, type WireIssue } from './shapes.ts';
import type { Shows } from './show.ts';
import { toIssue } from './wire.ts';

/** Newest first. */
export async function* listIssues(tracker: Tracker, filter: IssueFilter = {}): AsyncGenerator<Issue> {
  const labels = (filter.labels ?? []).map((label) => option('label', asListItem(label.trim())));
  const found = await listed(tracker.api, labels);
  if (!tellsDependencies(found)) return yield* completed(tracker, found);
  // of a part of the list, nobody knows who depends on its issues
  const links = labels.length === 0 ? linksWithin(found) : new Map<string, IssueLink[]>();
  for (const wire of found) yield { ...toIssue(wire, tracker.states), ...defined({ links: links.get(wire.id) }) };
}

async function listed(api: Api, more: readonly string[]): Promise<WireIssue[]> {
  const args = ['list', '--all', option('limit', 0), ...more];
  const answer = await api.call(args).catch(async (error: unknown) => {
    // 0.59 draws a tree even for programs, unless it is told not to
    if (await api.knows('list', 'flat')) return api.call([...args, '--flat']);
    throw error;
  });
  const found = listOf(answer).map(toWireIssue);
  const unique = [...new Map(found.map((wire) => [wire.id, wire])).values()];
  return unique.toSorted((one, other) => Date.parse(other.created_at) - Date.parse(one.created_at));
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
