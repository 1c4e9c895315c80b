/** Links are dependencies: `bd dep add A B` says that A depends on B. */
import type { IssueLink, LinkType } from '../../core/ports/issue.ts';
import { option } from '../../core/programs/program.ts';
import { keyOf } from './address.ts';
import type { Api } from './api.ts';
import { type Edge, toEdges } from './wire.ts';
import { readIssue } from './writes.ts';

interface Dependency {
  readonly type: string;
  /** The issue that has the link is the one that depends. */
  readonly depends: boolean;
}

const EDGES = new Map<LinkType, Dependency>([
  ['blocks', { type: 'blocks', depends: false }],
  ['is blocked by', { type: 'blocks', depends: true }],
  ['relates to', { type: 'related', depends: true }],
  ['duplicates', { type: 'duplicates', depends: true }],
  ['is duplicated by', { type: 'duplicates', depends: false }],
]);

/** Versions with a fixed list of types know no duplicates; the others take any word. */
export async function linkTypes(api: Api): Promise<LinkType[]> {
  const takesAny = /tracks|supersedes/.test(await api.help('dep add'));
  return [...EDGES].flatMap(([name, { type }]) => (takesAny || type !== 'duplicates' ? [name] : []));
}

export async function linksOf(api: Api, key: string): Promise<IssueLink[]> {
  const links = (await edgesOf(api, key)).map(({ type, target }) => ({ type, target }));
  // two issues may be related from both ends
  return [...new Map(links.map((link) => [`${link.type} ${link.target}`, link])).values()];
}

export async function createLink(api: Api, key: string, { type, target }: IssueLink): Promise<void> {
  const edge = EDGES.get(type);
  if (!edge || (await sameEdges(api, key, { type, target })).length > 0) return;
  await readIssue(api, target);
  const ends = edge.depends ? [keyOf(key), keyOf(target)] : [keyOf(target), keyOf(key)];
  await api.call(['dep', 'add', ...ends, option('type', edge.type)]);
}

export async function deleteLink(api: Api, key: string, link: IssueLink): Promise<void> {
  for (const { target, depends } of await sameEdges(api, key, link)) {
    await api.call(['dep', 'remove', ...(depends ? [key, target] : [target, key])]);
  }
}

async function sameEdges(api: Api, key: string, link: IssueLink): Promise<Edge[]> {
  return (await edgesOf(api, key)).filter(({ type, target }) => type === link.type && target === link.target);
}

async function edgesOf(api: Api, key: string): Promise<Edge[]> {
  // newer versions only count the issues that depend on this one, unless they are asked for
  const flags = (await api.knows('show', 'include-dependents')) ? ['--include-dependents'] : [];
  return toEdges(await readIssue(api, key, ...flags));
}
