/** Which comments are to be copied to the other side, and what the copies say. Comments are only ever added. Pure. */
import type { Comment } from '../../core/ports/index.ts';
import { isAboutClaim } from '../../core/tracker/claim-comments.ts';
import { copiedFrom, copyLine, filesOrigin, isFormerOf, isOnServerOf, noteOf, type Place } from './footers.ts';
import { quietMentions } from './mentions.ts';
import { mayLeave } from './privacy.ts';
import type { Flow } from './reconcile.ts';
import { otherSide, type SideName, type Sides, sidesOf } from './values.ts';

export interface CommentsInput {
  /** Comments of both sides that are known to be one. */
  readonly known: readonly Sides<string>[];
  readonly comments: Sides<readonly Comment[]>;
  /** Of both issues. */
  readonly urls: Sides<string>;
  readonly flow: Flow;
  readonly isPrivateCopied?: boolean | undefined;
}

export interface Copy {
  readonly to: SideName;
  readonly comment: Comment;
}

export interface CommentsPlan {
  /** With those that an earlier run has copied without remembering it. */
  readonly known: readonly Sides<string>[];
  /** In the order in which they were written. */
  readonly copies: readonly Copy[];
}

export function planComments({ known, comments, urls, flow, isPrivateCopied = false }: CommentsInput): CommentsPlan {
  const found = sidesOf((side) => recovered(side, { known, comments, urls }));
  const all = [...known, ...found.a.pairs, ...found.b.pairs];
  // what was copied from an issue says so by the address that it had then
  const addresses = sidesOf((side) => new Set([urls[side], ...found[otherSide(side)].origins]));
  const copies = (['a', 'b'] as const).flatMap((from): Copy[] => {
    const to = otherSide(from);
    if (flow !== 'both' && flow !== `to-${to}`) return [];
    const there = new Set(all.map((pair) => pair[from]));
    const isNew = (comment: Comment) =>
      !there.has(comment.id) && isCopied(comment.body, addresses[to]) && mayLeave(comment, { isPrivateCopied });
    return comments[from].filter(isNew).map((comment) => ({ to, comment }));
  });
  return { known: all, copies: copies.sort((one, other) => one.comment.createdAt - other.comment.createdAt) };
}

interface Recovered {
  readonly pairs: readonly Sides<string>[];
  /** Addresses that the other issue has, or had before a rename. */
  readonly origins: ReadonlySet<string>;
}

/** Copies on this side whose origin is on the other one. */
function recovered(
  side: SideName,
  { known, comments, urls }: Pick<CommentsInput, 'known' | 'comments' | 'urls'>,
): Recovered {
  const other = otherSide(side);
  const origins = new Set(comments[other].map(({ id }) => id));
  const seen = new Set(known.map((pair) => pair[other]));
  const found: Sides<string>[] = [];
  const addresses = new Set<string>();
  for (const { id, body } of comments[side]) {
    const { id: origin, url } = copiedFrom(body) ?? {};
    // a third tracker may count its comments as the other one does
    if (origin === undefined || !origins.has(origin)) continue;
    if (url !== urls[other] && !isOnServerOf(url ?? '', urls[other])) continue;
    addresses.add(url ?? '');
    if (seen.has(origin)) continue;
    seen.add(origin);
    found.push(side === 'a' ? { a: id, b: origin } : { a: origin, b: id });
  }
  return { pairs: found, origins: addresses };
}

/** What has come from there does not go back, though its origin may be gone. A copied claim would be a forged one; what sync says of the other issue is of no use there. */
function isCopied(body: string, there: ReadonlySet<string>): boolean {
  const [comment, files] = [copiedFrom(body)?.url, filesOrigin(body)];
  // a list of files has no comment by which an older address could be known
  const isOfThere = [...there].some((url) => url === comment || url === files || isFormerOf(files ?? '', url));
  return !isAboutClaim(body) && noteOf(body) === undefined && !isOfThere;
}

export function copyText({ body, author, id }: Comment, origin: Place): string {
  return `${quietMentions(body).trimEnd()}\n\n${copyLine(author?.name ?? author?.id ?? '', origin, id)}`;
}
