/**
 * Issues that say they are copies, of which nothing is remembered. Anybody can write such words: they count when whoever made the issue
 * may write there. All others are issues like any.
 */
import { asPaceError } from '../../core/errors.ts';
import type { Issue, IssueTracker } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Found, Scopes } from './choosing.ts';
import { endsRun } from './ends-run.ts';
import { isFormerOf, keyIn, splitBody, withoutKey } from './footers.ts';
import { idOf } from './mark.ts';
import { type Alone, type Double, type Matched, newPair, type Stray } from './matching.ts';
import { plainMentions } from './mentions.ts';
import type { Pairs } from './pairs.ts';
import { isInScope } from './reading.ts';
import type { Side } from './side.ts';
import type { Failed } from './troubles.ts';
import { otherSide, type SideName, type Sides, sidesOf } from './values.ts';

export interface StraysInput {
  readonly sides: Sides<Side>;
  readonly pairs: Pairs;
  readonly matched: Matched;
  readonly scopes: Scopes;
  newId(): string;
}

/** Copies become pairs again, when what they are copies of is there, is meant, and has no other pair. */
export async function withStrays({
  sides,
  pairs,
  matched,
  scopes,
  newId,
}: StraysInput): Promise<Found & { readonly doubles: readonly Double[]; readonly lost: readonly Failed[] }> {
  const heads = new Map(matched.heads);
  let alone = [...matched.alone];
  const doubles: Double[] = [];
  const lost: Failed[] = [];
  const failed = (at: Failed['at'], error: unknown) => {
    if (endsRun(error)) throw error;
    lost.push({ at, error });
  };
  for (const { side, issue, has } of matched.doubles) {
    try {
      if (await isTrusted(sides[side], issue)) doubles.push({ side, issue, has });
      else alone.push({ side, issue });
    } catch (error) {
      failed({ side, key: issue.key }, error);
    }
  }
  const addresses = sidesOf((side) => addressesOf(side, pairs, alone));
  for (const stray of matched.strays) {
    const { side, issue } = stray;
    const other = otherSide(side);
    let origin: Issue | 'nobody' | undefined;
    try {
      origin = (await isTrusted(sides[side], issue))
        ? await originOf(stray, sides, { alone, isHere: isOf(stray, addresses[other]) })
        : 'nobody';
    } catch (error) {
      // nobody knows whether it is the copy of that one: both are asked about again by the next run, and neither is copied before
      failed({ side, key: issue.key }, error);
      const named = alone.filter((one) => one.side === other && isNamed(stray, one.issue, sides));
      for (const one of named) failed({ side: other, key: one.issue.key }, error);
      alone = alone.filter((one) => !named.includes(one));
      continue;
    }
    // the copy of an issue that is gone is no new issue
    if (origin === undefined && isOf(stray, addresses[other])) continue;
    if (origin === undefined || origin === 'nobody' || !isInScope(origin, scopes[other])) {
      alone.push({ side, issue });
      continue;
    }
    const taken = pairs.byId(other, idOf(origin));
    // both tell of each other: the first of them has made the pair
    if (taken && taken[side].id === idOf(issue)) continue;
    if (taken) {
      doubles.push({ side, issue, has: taken[side].key });
      continue;
    }
    const fresh = newPair(stray.pair ?? newId(), side === 'a' ? { a: issue, b: origin } : { a: origin, b: issue });
    const pair = stray.hasLine ? { ...fresh, [side]: { ...fresh[side], hasLine: true } } : fresh;
    pairs.put(pair);
    heads.set(pair.id, side === 'a' ? { a: issue, b: origin } : { a: origin, b: issue });
    alone = alone.filter((one) => one.side !== other || one.issue.key !== origin.key);
  }
  return { alone, heads, doubles, lost };
}

/** Addresses of a tracker's issues, without their keys. */
function addressesOf(side: SideName, pairs: Pairs, alone: readonly Alone[]): ReadonlySet<string> {
  const listed = alone.filter((one) => one.side === side).map(({ issue }) => issue.url);
  return new Set([...[...pairs.all()].map((pair) => pair[side].url), ...listed].map(withoutKey));
}

/** Whether it says that it is the copy of an issue of that tracker, and not of a third one. */
function isOf({ pair, origin }: Stray, addresses: ReadonlySet<string>): boolean {
  return pair !== undefined || addresses.has(withoutKey(origin));
}

/**
 * Whether it says that it is the copy of this one. Of a line, nobody remembers what the tracker was called: the same server, number and
 * words are that issue, as far as anybody can tell.
 */
function isNamed({ issue: copy, origin, id }: Stray, issue: Issue, { a, b }: Sides<Side>): boolean {
  if (id !== undefined) return idOf(issue) === id;
  if (issue.url === origin) return true;
  return isFormerOf(origin, issue.url) && hasSameWords(issue, copy, [a.tracker, b.tracker]);
}

/** A line tells an address, which only a list can tell the issue of; a mark tells its id, which a new number does not change. */
async function originOf(
  stray: Stray,
  sides: Sides<Side>,
  { alone, isHere }: { readonly alone: readonly Alone[]; readonly isHere: boolean },
): Promise<Issue | undefined> {
  const { origin, id } = stray;
  const other = otherSide(stray.side);
  const named = alone.filter((one) => one.side === other && isNamed(stray, one.issue, sides));
  const listed = named.find(({ issue }) => issue.url === origin) ?? named[0];
  if (listed) return listed.issue;
  if (id === undefined && !isHere) return undefined;
  try {
    // a list of changes need not have it: an address ends with the key on most trackers
    const issue = await sides[other].tracker.getIssue(id === undefined ? keyIn(origin) : origin);
    // where the tracker was renamed, its issues have their numbers still
    const isIt = id === undefined ? keyIn(issue.url) === keyIn(origin) : idOf(issue) === id;
    return isIt ? issue : undefined;
  } catch (error) {
    // what is no key there is none that was written by us
    if (['not-found', 'validation'].includes(asPaceError(error).kind)) return undefined;
    throw error;
  }
}

function hasSameWords(one: Issue, other: Issue, trackers: readonly Pick<IssueTracker, 'normalText'>[]): boolean {
  const [first, second] = [one, other].map(({ body }) => plainMentions(splitBody(body).shared)) as [string, string];
  const isSame = trackers.some(({ normalText }) => normalText.of(first) === normalText.of(second));
  return isSame && plainLine(one.title) === plainLine(other.title);
}

async function isTrusted({ tracker }: Side, issue: Issue): Promise<boolean> {
  return (await tracker.isTrusted?.(issue)) ?? true;
}
