/**
 * What of an issue is kept in step, in the words of a pair: parents and links by the pair that the other issue has, people and labels
 * by their name in the maps. So values of two trackers can be compared. Pure.
 */
import type { LinkType, Priority } from '../../core/ports/index.ts';

/** One value each; `null`: none, or the tracker has no such field. */
export interface Scalars {
  readonly title: string;
  /** Markdown as this side tells it, above the line that ends what is kept in step. */
  readonly body: string;
  /** A neutral state; where the pair's maps name it, `=` and the name that b has for it. */
  readonly state: string;
  /** In lower case; named by the maps as the state is. */
  readonly type: string | null;
  readonly priority: Priority | null;
  readonly milestone: string | null;
  /** The id of the parent's pair. */
  readonly parent: string | null;
  readonly storyPoints: number | null;
  /** `YYYY-MM-DD`. */
  readonly dueDate: string | null;
}

/** Each sorted, without doubles. */
export interface Sets {
  readonly labels: readonly string[];
  /** Names of the people map; others as `a:login` or `b:login`, so that a map that is added later finds them. */
  readonly assignees: readonly string[];
  /** `blocks <id of the other pair>`; see `linkText`. */
  readonly links: readonly string[];
}

export interface Values extends Scalars, Sets {}

/** What two sides have agreed about; a field about which they never have is absent. */
export type Agreed = Partial<Values>;

export const SCALARS = [
  ...(['title', 'body', 'state', 'type', 'priority'] as const),
  ...(['milestone', 'parent', 'storyPoints', 'dueDate'] as const),
] as const satisfies readonly (keyof Scalars)[];
export const SETS = ['labels', 'assignees', 'links'] as const satisfies readonly (keyof Sets)[];

export type ScalarName = (typeof SCALARS)[number];
export type SetName = (typeof SETS)[number];
export type FieldName = ScalarName | SetName;

export const FIELDS: readonly FieldName[] = [...SCALARS, ...SETS];

export type SideName = 'a' | 'b';
export type Sides<Value> = Readonly<Record<SideName, Value>>;

export function otherSide(side: SideName): SideName {
  return side === 'a' ? 'b' : 'a';
}

export function sidesOf<Value>(of: (side: SideName) => Value): Sides<Value> {
  return { a: of('a'), b: of('b') };
}

/** A link as an element of the set, and back. */
export function linkText(type: LinkType, pair: string): string {
  return `${type} ${pair}`;
}

export function linkOf(text: string): { readonly type: LinkType; readonly pair: string } {
  const at = text.lastIndexOf(' ');
  return { type: text.slice(0, at) as LinkType, pair: text.slice(at + 1) };
}
