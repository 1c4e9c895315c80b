/** Dependencies of issues as bd tells them, read as links. Pure. */
import type { IssueLink, LinkType } from '../../core/ports/issue.ts';
import type { WireDependency, WireIssue } from './shapes.ts';

/** A link and which of the two issues depends on the other. */
export interface Edge extends IssueLink {
  readonly depends: boolean;
  /** bd's own word for it. */
  readonly kind: string;
}

type Read = readonly [LinkType, LinkType];

const RELATED: Read = ['relates to', 'relates to'];
const WAITS: Read = ['depends on', 'is dependency of'];

/** Which link an edge is, seen from the issue that depends; read backwards from the other one. */
const LINKS = new Map<string, Read>([
  ['blocks', ['is blocked by', 'blocks']],
  ['waits-for', WAITS],
  ['conditional-blocks', WAITS],
  ['duplicates', ['duplicates', 'is duplicated by']],
  ['discovered-from', ['discovered from', 'led to']],
  ...[
    ...['related', 'relates-to', 'relates_to', 'relates', 'supersedes', 'caused-by', 'replies-to'],
    ...['tracks', 'until', 'validates', 'delegated-from'],
  ].map((type): [string, Read] => [type, RELATED]),
]);

/** Types whose link says all that there is to say. */
const PLAIN = new Set([
  'blocks',
  'duplicates',
  'discovered-from',
  'related',
  'relates-to',
  'relates_to',
  'relates',
  'parent-child',
]);

export const PARENT = 'parent-child';

export function typeOf({ dependency_type: shown, type }: WireDependency): string {
  return shown ?? type ?? '';
}

/** The edges of an issue as `show` tells them. */
export function toEdges({ dependencies, dependents }: Pick<WireIssue, 'dependencies' | 'dependents'>): Edge[] {
  return [
    ...(dependencies ?? []).flatMap((edge) => toEdge(edge, edge.depends_on_id ?? edge.id, true)),
    ...(dependents ?? []).flatMap((edge) => toEdge(edge, edge.issue_id ?? edge.id, false)),
  ];
}

function toEdge(edge: WireDependency, target: string | undefined, depends: boolean): Edge[] {
  const kind = typeOf(edge);
  const type = LINKS.get(kind)?.[depends ? 0 : 1];
  return type && target ? [{ type, target, depends, kind }] : [];
}

/** All kinds of dependencies between an issue and another, in the one direction or the other. */
export function kindsBetween(wire: WireIssue, { target, depends }: Pick<Edge, 'target' | 'depends'>): string[] {
  const edges = (depends ? wire.dependencies : wire.dependents) ?? [];
  const other = (edge: WireDependency) => (depends ? edge.depends_on_id : edge.issue_id) ?? edge.id;
  return edges.filter((edge) => other(edge) === target).map(typeOf);
}

/** Two issues may be related from both ends. */
export function toLinks(edges: readonly Edge[]): IssueLink[] {
  return [...new Map(edges.map(({ type, target }) => [`${type} ${target}`, { type, target }])).values()];
}

/** What a link does not tell: the types for which there is no word of its own. */
export function ownDependencies({ dependencies }: WireIssue): { type: string; target: string }[] {
  return (dependencies ?? []).flatMap((edge) => {
    const [type, target] = [typeOf(edge), edge.depends_on_id ?? edge.id];
    return type === '' || target === undefined || PLAIN.has(type) ? [] : [{ type, target }];
  });
}

/** The links of every issue of a whole list, whose records name the other end only. */
export function linksWithin(issues: readonly WireIssue[]): ReadonlyMap<string, IssueLink[]> {
  const ends = new Map<string, WireDependency[]>();
  for (const { id, dependencies } of issues) {
    for (const edge of dependencies ?? []) {
      const target = edge.depends_on_id ?? edge.id ?? '';
      ends.set(target, [...(ends.get(target) ?? []), { ...edge, issue_id: id }]);
    }
  }
  return new Map(
    issues.map(({ id, dependencies }) => {
      const edges = toEdges({ dependencies: dependencies ?? [], dependents: ends.get(id) ?? [] });
      return [id, toLinks(edges)];
    }),
  );
}
