/** Links are dependencies: `bd dep add A B` says that A depends on B. */
import { asPaceError, type PaceError, revised } from '../../core/errors.ts';
import type { IssueLink, LinkType } from '../../core/ports/issue.ts';
import { option } from '../../core/programs/program.ts';
import { keyOf } from './address.ts';
import type { Api } from './api.ts';
import { type Edge, kindsBetween, toEdges, toLinks } from './edges.ts';
import type { Tracker } from './issue-context.ts';
import type { Shows } from './show.ts';

interface Dependency {
  readonly type: string;
  /** The issue that has the link is the one that depends. */
  readonly depends: boolean;
}

const EDGES = new Map<LinkType, Dependency>([
  ['blocks', { type: 'blocks', depends: false }],
  ['is blocked by', { type: 'blocks', depends: true }],
  ['relates to', { type: 'related', depends: true }],
  ['discovered from', { type: 'discovered-from', depends: true }],
  ['led to', { type: 'discovered-from', depends: false }],
  ['duplicates', { type: 'duplicates', depends: true }],
  ['is duplicated by', { type: 'duplicates', depends: false }],
]);

/** Versions with a fixed list of types know no duplicates; the others take any word. */
export async function linkTypes(api: Api): Promise<LinkType[]> {
  const takesAny = /tracks|supersedes/.test(await api.help('dep add'));
  return [...EDGES].flatMap(([name, { type }]) => (takesAny || type !== 'duplicates' ? [name] : []));
}

export async function linksOf({ shows }: Tracker, key: string): Promise<IssueLink[]> {
  return toLinks(toEdges(await shows.withDependents(key)));
}

export async function createLink({ api, shows }: Tracker, key: string, { type, target }: IssueLink): Promise<void> {
  const edge = EDGES.get(type);
  // bd answers “added” where the link is there already, and for an id of another prefix that is nobody's
  if (!edge || (await sameEdges(shows, key, { type, target })).length > 0) return;
  await shows.issue(target);
  const ends = edge.depends ? [keyOf(key), keyOf(target)] : [keyOf(target), keyOf(key)];
  await api.call(['dep', 'add', ...ends, option('type', edge.type)]);
}

/** bd removes whatever there is between two issues: the other kinds are added again, and told where they are not. */
export async function deleteLink({ api, shows }: Tracker, key: string, link: IssueLink): Promise<void> {
  const wire = await shows.withDependents(key);
  for (const depends of [true, false]) {
    const gone = toEdges(wire).filter((edge) => isSame(edge, link) && edge.depends === depends);
    if (gone.length === 0) continue;
    const ends = depends ? [key, link.target] : [link.target, key];
    await api.call(['dep', 'remove', ...ends.map(keyOf)]);
    const kinds = kindsBetween(wire, { target: link.target, depends });
    const kept = kinds.filter((kind) => !gone.some((edge) => edge.kind === kind));
    const lost: string[] = [];
    let refused: unknown;
    for (const kind of kept) {
      const command = ['dep', 'add', ...ends, option('type', kind)];
      await api.call(command).catch((error: unknown) => {
        refused = error;
        lost.push(`bd ${command.join(' ')}`);
      });
    }
    if (lost.length > 0) throw othersLost(key, link, lost, asPaceError(refused));
  }
}

function othersLost(
  key: string,
  { type, target }: IssueLink,
  commands: readonly string[],
  cause: PaceError,
): PaceError {
  return revised(cause, {
    operation: 'deleteLink',
    message: `“${type} ${target}” was removed from ${key}, and with it what else was between the two: it could not be added again. ${cause.message}`,
    remedy: `Please add it again: ${commands.map((command) => `\`${command}\``).join(', ')}.`,
    done: [`${key}: the links with ${target} are removed`],
  });
}

async function sameEdges(shows: Shows, key: string, link: IssueLink): Promise<Edge[]> {
  const edges = toEdges(await shows.withDependents(key));
  return edges.filter((edge) => isSame(edge, link));
}

function isSame(edge: Edge, { type, target }: IssueLink): boolean {
  return edge.type === type && edge.target === target;
}
