/** Which issues belong together: by what is remembered, else by the mark or the line of a copy; never by a title. Pure. */
import type { Issue } from '../../core/ports/index.ts';
import { stepOrigin } from './footers.ts';
import { halfOf, hasMarks, markOf } from './mark.ts';
import type { End, Pair } from './pair.ts';
import type { Pairs } from './pairs.ts';
import { otherSide, type SideName, type Sides } from './values.ts';

export interface Listing {
  readonly issues: readonly Issue[];
  /** All that there are; else only those that were changed. */
  readonly isWhole: boolean;
  /** Comments that no list of issues tells of, by their ids. */
  readonly silent?: ReadonlySet<string>;
}

export interface Matched {
  /** Issues of known pairs, by the id of the pair. */
  readonly heads: ReadonlyMap<string, Partial<Sides<Issue>>>;
  /** Copies of which nothing is remembered, with what they say they are copies of. */
  readonly strays: readonly Stray[];
  /** Issues without a pair. */
  readonly alone: readonly Alone[];
  /** Issues that say they are the copy of an issue which has another one. */
  readonly doubles: readonly Double[];
}

export interface Alone {
  readonly side: SideName;
  readonly issue: Issue;
}

export interface Stray extends Alone {
  readonly pair: string | undefined;
  /** Of the issue at the other end: its key where a mark tells it, else its address. */
  readonly origin: string;
  /** Of the same issue, where a mark tells it. */
  readonly id?: string;
  /** The copy was made with a line. */
  readonly hasLine?: boolean;
}

export interface Double extends Alone {
  /** The key of the issue that has the pair. */
  readonly has: string;
}

export function matchIssues(listings: Sides<Listing>, pairs: Pairs, ends: Sides<End>): Matched {
  const heads = new Map<string, Partial<Sides<Issue>>>();
  const [strays, alone, doubles]: [Stray[], Alone[], Double[]] = [[], [], []];
  for (const side of ['a', 'b'] as const) {
    for (const issue of listings[side].issues) {
      const known = pairs.byId(side, issue.id ?? issue.key);
      if (known) {
        heads.set(known.id, { ...heads.get(known.id), [side]: issue });
        continue;
      }
      const stray = strayOf({ side, issue }, ends);
      const owner = stray && ownerOf(stray, pairs);
      if (owner) doubles.push({ side, issue, has: owner[side].key });
      else if (stray) strays.push(stray);
      else alone.push({ side, issue });
    }
  }
  return { heads, strays, alone, doubles };
}

function strayOf({ side, issue }: Alone, ends: Sides<End>): Stray | undefined {
  const mark = markOf(issue, ends[otherSide(side)]);
  if (mark) {
    const { pair, key, id, hasLine = false } = mark;
    return { side, issue, pair, origin: key, id, ...(hasLine && { hasLine }) };
  }
  // the copy of a third tracker's issue is one like any other here
  if (hasMarks(issue)) return undefined;
  const origin = stepOrigin(issue.body);
  return origin === undefined ? undefined : { side, issue, pair: undefined, origin };
}

/** The pair that the origin of a copy has already. */
function ownerOf({ side, pair, origin, id }: Stray, pairs: Pairs): Pair | undefined {
  const byPair = pair === undefined ? undefined : pairs.get(pair);
  return byPair ?? (id === undefined ? byUrl(pairs, otherSide(side), origin) : pairs.byId(otherSide(side), id));
}

function byUrl(pairs: Pairs, side: SideName, url: string): Pair | undefined {
  for (const pair of pairs.all()) if (pair[side].url === url) return pair;
  return undefined;
}

/** A pair that nobody remembers: both have never agreed, as far as is known. */
export function newPair(id: string, issues: Sides<Pick<Issue, 'id' | 'key' | 'url' | 'body'>>): Pair {
  return { id, a: halfOf(issues.a), b: halfOf(issues.b), comments: [] };
}
