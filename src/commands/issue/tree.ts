/** `pace issue tree`: what stands above and below issues, what they wait for, and where they wait for each other in a cycle. */
import type { Issue, IssueTracker } from '../../../core/ports/index.ts';
import { circleText } from '../../../core/tracker/circles.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { WAITS } from '../../../core/tracker/readiness.ts';
import type { World } from '../../../core/world.ts';
import type { Tree, TreeNode } from '../../tracker/print/tree-text.ts';
import { selectIssues } from '../../tracker/query/select.ts';
import { openForIssue } from '../on-tracker.ts';
import { chosenFrom } from './list.ts';
import type { IssueTree } from './options.ts';

const MOST = 1000;

export async function issueTree(world: World, { key: reference, ...options }: IssueTree): Promise<Tree> {
  if (reference === undefined) {
    const { tracker, selection } = await chosenFrom(world, { limit: 'all', ...options }, 'open');
    const issues = (await collect(selectIssues(tracker, selection))).toReversed();
    const keys = new Set(issues.map(({ key }) => key));
    const tops = issues.filter(({ parent }) => parent === undefined || !keys.has(parent));
    const tree = await grown(tracker, { tops, known: issues });
    // those of a cycle of parents have no top
    const shown = new Set(tree.nodes.map(({ key }) => key));
    const hidden = issues.filter(({ key }) => !shown.has(key));
    return hidden.length === 0 || tree.truncated ? tree : grown(tracker, { tops: [...tops, ...hidden], known: issues });
  }
  const { tracker, key } = await openForIssue(world, options, reference);
  const top = await tracker.getIssue(key);
  return { ...(await grown(tracker, { tops: [top] })), above: await above(tracker, top) };
}

async function above(tracker: IssueTracker, { parent, key: own }: Issue): Promise<{ key: string; title: string }[]> {
  const chain: { key: string; title: string }[] = [];
  for (let key = parent; key !== undefined && key !== own && chain.every((one) => one.key !== key); ) {
    const { key: found, title, parent: next } = await tracker.getIssue(key);
    chain.unshift({ key: found, title });
    key = next;
  }
  return chain;
}

interface Seeds {
  readonly tops: readonly Issue[];
  /** All issues that are shown as children; without it each one's are asked for. */
  readonly known?: readonly Issue[];
}

async function grown(tracker: IssueTracker, { tops, known }: Seeds): Promise<Tree> {
  const nodes: TreeNode[] = [];
  const cycles: string[][] = [];
  const seen = new Set<string>();
  const issues = new Map((known ?? []).map((issue) => [issue.key, issue]));
  const below = known && Map.groupBy(known, ({ parent = '' }) => parent);
  const hasLinks = (await tracker.capabilities()).unsupported.links === undefined;

  async function childrenOf(key: string): Promise<readonly Issue[]> {
    return below ? (below.get(key) ?? []) : (await collect(tracker.listIssues({ parent: key }))).toReversed();
  }

  async function waitsFor({ key, links }: Issue): Promise<string[]> {
    const all = links ?? (hasLinks ? await tracker.getIssueLinks(key) : []);
    return [...new Set(all.filter(({ type }) => WAITS.has(type)).map(({ target }) => target))];
  }

  async function find(key: string): Promise<Issue | undefined> {
    const found = issues.get(key) ?? (await tracker.getIssue(key).catch(() => undefined));
    if (found) issues.set(key, found);
    return found;
  }

  async function grow(key: string, relation: TreeNode['relation'], way: readonly string[]): Promise<void> {
    if (nodes.length >= MOST) return;
    const issue = await find(key);
    const start = way.indexOf(key);
    const repeated = seen.has(key);
    const { title = null, state = null } = issue ?? {};
    nodes.push({ key, title, state, depth: way.length, relation, repeated, cycle: start >= 0 });
    if (start >= 0) noteCycle(cycles, way.slice(start));
    if (!issue || repeated) return;
    seen.add(key);
    const here = [...way, key];
    for (const first of await waitsFor(issue)) await grow(first, 'waits for', here);
    for (const child of await childrenOf(key)) {
      issues.set(child.key, child);
      await grow(child.key, 'child', here);
    }
  }

  for (const top of tops) {
    issues.set(top.key, top);
    if (!seen.has(top.key)) await grow(top.key, 'top', []);
  }
  return { above: [], nodes, cycles, truncated: nodes.length >= MOST };
}

/** Each once, wherever it was entered. */
function noteCycle(cycles: string[][], way: readonly string[]): void {
  const members = (one: readonly string[]) => [...one].sort().join(' ');
  if (!cycles.some((known) => members(known) === members(way))) cycles.push([...way]);
}

/** `1 → 2 → 1`. */
export function cycleLine(cycle: readonly string[]): string {
  return circleText([...cycle.slice(1), ...cycle.slice(0, 1)]);
}
