/** All issues in one answer, and what follows from seeing all of them: links from both ends. */
import type { Issue, IssueFilter, IssueLink } from '../../core/ports/issue.ts';
import { fits } from '../../core/tracker/issue-filter.ts';
import { keyOf } from './address.ts';
import { type Api, flag } from './api.ts';
import type { Tracker } from './issue-context.ts';
import { fromLines, keyIn, listOf, otherKey, toIssue, toWireIssue, type WireIssue } from './wire.ts';
import { readIssue } from './writes.ts';

/** Newest first. */
export async function* listIssues(tracker: Tracker, filter: IssueFilter = {}): AsyncGenerator<Issue> {
  const { api, states } = tracker;
  const { issues, prefix } = await all(api);
  const { hasLabels } = issues.length > 0 ? await api.project() : { hasLabels: false };
  const dependents = dependentsIn(issues);
  const found = issues.map((wire) => ({
    wire,
    issue: { ...toIssue(wire, states, prefix), links: linksIn(dependents, wire, prefix) },
  }));
  for (const { wire, issue } of found.toSorted((one, other) => other.issue.createdAt - one.issue.createdAt)) {
    // older builds list no properties, and none lists authors
    const isPartial = (hasLabels && wire.properties === undefined) || filter.author !== undefined;
    if (!isPartial) yield issue;
    else if (fits(issue, filter, ['author', 'labels', 'anyLabels'])) {
      yield { ...toIssue(await readIssue(api, issue.key), states), links: issue.links };
    }
  }
}

async function all(api: Api): Promise<{ issues: readonly WireIssue[]; prefix: string }> {
  const found = await api.json(['issue', 'list']);
  if (found === undefined) return { issues: fromLines((await api.run(['issue', 'list'])).stdout), prefix: '' };
  const issues = listOf(found, 'issues').map(toWireIssue);
  return { issues: unique(issues), prefix: await prefixOf(api, issues[0]) };
}

function unique(issues: readonly WireIssue[]): WireIssue[] {
  return [...new Map(issues.map((wire) => [wire.id, wire])).values()];
}

/** Where the guide does not tell it, an issue does. */
async function prefixOf(api: Api, sample: WireIssue | undefined): Promise<string> {
  if (sample === undefined) return '';
  const { prefix } = await api.project();
  if (prefix !== undefined) return prefix;
  const { displayId = '' } = toWireIssue(await api.json(['issue', 'show', sample.id]));
  return displayId.slice(0, Math.max(0, displayId.lastIndexOf('-')));
}

export async function linksOf(api: Api, key: string): Promise<IssueLink[]> {
  const wire = await readIssue(api, key);
  const { issues, prefix } = await all(api);
  return linksIn(dependentsIn(issues), { ...wire, displayId: key }, prefix);
}

/** A dependency is told at one end only: the other ends, by whichever id they are named. */
function dependentsIn(issues: readonly WireIssue[]): ReadonlyMap<string, WireIssue[]> {
  const found = new Map<string, WireIssue[]>();
  for (const wire of issues) {
    for (const id of wire.dependencies ?? []) found.set(id, [...(found.get(id) ?? []), wire]);
  }
  return found;
}

function linksIn(dependents: ReadonlyMap<string, WireIssue[]>, wire: WireIssue, prefix: string): IssueLink[] {
  const key = keyIn(wire, prefix);
  const back = new Set([...(dependents.get(wire.id) ?? []), ...(dependents.get(key) ?? [])]);
  return [
    ...(wire.dependencies ?? []).map((each): IssueLink => ({ type: 'depends on', target: otherKey(each, key) })),
    ...[...back].map((each): IssueLink => ({ type: 'is dependency of', target: keyIn(each, prefix) })),
  ];
}

/** The whole set is replaced: it is read before. */
export async function changeLink(api: Api, key: string, link: IssueLink, isWanted: boolean): Promise<void> {
  const [from, to] = link.type === 'depends on' ? [key, link.target] : [link.target, key];
  const [one, other] = [await readIssue(api, from), await readIssue(api, to)];
  const before = one.dependencies ?? [];
  const isIt = (each: string) => each === other.id || each === other.displayId;
  if (before.some(isIt) === isWanted) return;
  const after = isWanted ? [...before, keyOf(to)] : before.filter((each) => !isIt(each));
  await api.requireFlags('issue update', ['depends']);
  await api.run(['issue', 'update', keyOf(from), ...flag('depends', after.join(','))]);
}
