/** Jira's links in neutral words. A site has types of its own, each with a name for either end. Pure. */
import { INVERSE_LINK, type IssueLink, LINK_TYPES, type LinkType } from '../../core/ports/index.ts';

export interface WireLinkType {
  readonly name: string;
  /** What the issue does to the other: `blocks`. */
  readonly outward: string;
  /** What the other end reads: `is blocked by`. */
  readonly inward: string;
}

/** From the issue that has it: to the one at the outward end, or from the one at the inward end. */
export interface WireLink {
  readonly id: string;
  readonly type: WireLinkType;
  readonly outwardIssue?: { readonly key: string };
  readonly inwardIssue?: { readonly key: string };
}

const ALIASES: ReadonlyMap<string, LinkType> = new Map([
  ['blocked by', 'is blocked by'],
  ['relates', 'relates to'],
  ['related to', 'relates to'],
  ['is related to', 'relates to'],
  ['duplicate of', 'duplicates'],
  ['is duplicate of', 'duplicates'],
  ['duplicated by', 'is duplicated by'],
  ['cloned by', 'is cloned by'],
  ['requires', 'depends on'],
  ['dependency of', 'is dependency of'],
  ['is depended on by', 'is dependency of'],
  ['is required by', 'is dependency of'],
  ['is depended upon by', 'is dependency of'],
]);

/** One of ours for a site's words; `undefined` for words of its own. */
export function toLinkType(words: string): LinkType | undefined {
  const fold = words.trim().toLowerCase();
  return LINK_TYPES.find((type) => type === fold) ?? ALIASES.get(fold);
}

/** A type of a site's own says at least that the two belong together. */
export function linksOf(wire: readonly WireLink[]): IssueLink[] {
  return wire.flatMap(({ type, outwardIssue, inwardIssue }) => {
    const other = outwardIssue ?? inwardIssue;
    return other ? [{ type: readAt(type, outwardIssue !== undefined) ?? 'relates to', target: other.key }] : [];
  });
}

/** How a site says a link: its type, and whether the issue stands at its outward end. */
export interface LinkWords {
  readonly type: WireLinkType;
  readonly isOutward: boolean;
}

/** `undefined` when the site has no such type. */
export function linkWords(types: readonly WireLinkType[], wanted: LinkType): LinkWords | undefined {
  const ends = types.flatMap((type) => [true, false].map((isOutward) => ({ type, isOutward })));
  return ends.find(({ type, isOutward }) => readAt(type, isOutward) === wanted);
}

/** What the link means to the issue at this end, by the words of this end, else by those of the other. */
function readAt({ outward, inward }: WireLinkType, isOutward: boolean): LinkType | undefined {
  const [here, there] = isOutward ? [outward, inward] : [inward, outward];
  const other = toLinkType(there);
  return toLinkType(here) ?? (other && INVERSE_LINK[other]);
}
