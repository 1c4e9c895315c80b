/**
 * After the writes both lists are read once more: what is as it was left needs no look by the next run. What somebody changed meanwhile
 * keeps its mark as it was, and is looked at then.
 */
import { asPaceError } from '../../core/errors.ts';
import type { Issue, NormalText } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import { mayWrite, SIDES } from './choosing.ts';
import type { SyncRequest } from './engine.ts';
import { differs, leftAs } from './looking.ts';
import { idOf } from './mark.ts';
import type { Listing } from './matching.ts';
import type { KeptConflict, Pair, SyncState, Watermark } from './pair.ts';
import type { Pairs } from './pairs.ts';
import { readChanges } from './reading.ts';
import type { Side } from './side.ts';
import { silentComments } from './silent.ts';
import { type Reader, valuesOf, withOrphans } from './snapshot.ts';
import { otherSide, type SideName, type Sides } from './values.ts';

export interface Settling {
  readonly sides: Sides<Side>;
  readonly pairs: Pairs;
  /** Of the sides that were read; see `Tally` for what was written. */
  readonly watermarks: SyncState['watermarks'];
  /** As they were read at first. */
  readonly listings: Sides<Listing>;
  readonly listedAt: number;
  readonly request: Pick<SyncRequest, 'flow' | 'fields'>;
  readonly readers: Sides<Reader>;
  readonly withLinks: boolean;
  readonly texts: Sides<NormalText>;
  readonly tally: Tally;
  readonly conflicts: readonly KeptConflict[];
}

/** How many comments each issue that was written to must have now, by pair and side. */
export type Tally = ReadonlyMap<string, Partial<Sides<number>>>;

export async function settlePairs(settling: Settling): Promise<SyncState['watermarks']> {
  const marks: { [Name in SideName]?: Watermark } = { ...settling.watermarks };
  for (const name of SIDES) {
    const before = settling.watermarks[name];
    if (!before) continue;
    const seen = await settleSide(settling, name, before);
    if (mayWrite(settling.request, otherSide(name))) marks[name] = { ...before, seen };
  }
  return marks;
}

async function settleSide(settling: Settling, name: SideName, mark: Watermark): Promise<number> {
  const { sides, pairs, tally, listings } = settling;
  const before = new Map(listings[name].issues.map((issue) => [idOf(issue), issue.updatedAt]));
  // of a side that is only written, the old changes are of no use now
  const from = mayWrite(settling.request, otherSide(name)) ? 1 : settling.listedAt;
  const { issues } = await readChanges({
    side: sides[name],
    watermark: { ...mark, seen: Math.max(mark.seen, from) },
    scope: undefined,
  });
  let [seen, unsettled] = [mark.seen, Number.POSITIVE_INFINITY];
  for (const issue of issues) {
    seen = Math.max(seen, issue.updatedAt);
    const pair = pairs.byId(name, idOf(issue));
    const wasWritten = pair !== undefined && tally.get(pair.id)?.[name] !== undefined;
    if (pair && wasWritten && (await isAsLeft(settling, name, pair, issue).catch(gone)))
      pairs.put(settledHalf(pair, name, issue));
    else if (wasWritten || before.get(idOf(issue)) !== issue.updatedAt)
      unsettled = Math.min(unsettled, issue.updatedAt);
  }
  for (const { comment } of await silentComments({ ...settling, side: sides[name] }))
    if (!listings[name].silent?.has(comment.id)) unsettled = Math.min(unsettled, comment.createdAt);
  // never beyond what nobody has looked at
  return Math.max(mark.seen, Math.min(seen, unsettled));
}

/** Deleted since it was listed. */
function gone(error: unknown): false {
  if (asPaceError(error).kind !== 'not-found') throw error;
  return false;
}

async function isAsLeft(
  { readers, texts, tally, sides, conflicts, withLinks }: Settling,
  name: SideName,
  pair: Pair,
  issue: Issue,
): Promise<boolean> {
  if (!pair.base) return false;
  const left = leftAs(pair, conflicts)[name];
  // no list tells of all of it, and once it counts as seen nothing else does
  const links = withLinks ? (issue.links ?? (await sides[name].tracker.getIssueLinks(issue.key))) : [];
  const now = withOrphans(valuesOf(issue, readers[name], links), left, readers[name]);
  if (differs(now, left, texts[name])) return false;
  if (withLinks && left.links !== undefined && String(now.links) !== String(left.links)) return false;
  const wanted = tally.get(pair.id)?.[name] ?? 0;
  if (issue.commentCount !== undefined) return issue.commentCount === wanted;
  return (await collect(sides[name].tracker.listComments(issue.key))).length === wanted;
}

function settledHalf(pair: Pair, name: SideName, { updatedAt, commentCount }: Issue): Pair {
  return { ...pair, [name]: { ...pair[name], updatedAt, ...(commentCount !== undefined && { commentCount }) } };
}
