/**
 * Comments of which no list of changed issues tells, where a tracker has them all in one list: those that are still to be copied.
 */
import type { Comment } from '../../core/ports/index.ts';
import { mayWrite } from './choosing.ts';
import { planComments } from './comments.ts';
import type { SyncRequest } from './engine.ts';
import type { SyncState } from './pair.ts';
import type { Pairs } from './pairs.ts';
import { OVERLAP_MS } from './reading.ts';
import { haveComments, type Side } from './side.ts';
import { otherSide, type SideName, type Sides } from './values.ts';

/** A comment that has no copy. */
export interface Uncopied {
  readonly pair: string;
  readonly comment: Comment;
}

export interface SilentInput {
  readonly side: Side;
  readonly sides: Sides<Side>;
  readonly pairs: Pairs;
  readonly watermarks: SyncState['watermarks'];
  readonly request: Pick<SyncRequest, 'flow' | 'fields'>;
}

/** Of one side, since it was read last. One request where nothing is new; none where the tracker has no such list. */
export async function silentComments({ side, sides, pairs, watermarks, request }: SilentInput): Promise<Uncopied[]> {
  const { name, tracker } = side;
  const isWanted = mayWrite(request, otherSide(name)) && (request.fields?.includes('comments') ?? true);
  if (!tracker.listSilentComments || !isWanted || !haveComments(sides) || pairs.size === 0) return [];
  const since = Math.max(0, (watermarks[name]?.seen ?? 0) - OVERLAP_MS);
  const found = new Map<string, Comment[]>();
  for await (const { key, comment } of tracker.listSilentComments(since)) {
    const pair = pairs.byKey(name, key);
    if (pair && !pair.isApart && !pair.orphan) found.set(pair.id, [...(found.get(pair.id) ?? []), comment]);
  }
  return [...found].flatMap(([pair, comments]) => uncopied(pairs, pair, name, comments, request.flow));
}

function uncopied(
  pairs: Pairs,
  id: string,
  side: SideName,
  listed: readonly Comment[],
  flow: SyncRequest['flow'],
): Uncopied[] {
  const pair = pairs.get(id);
  if (!pair) return [];
  const comments = { a: [], b: [], [side]: listed };
  const urls = { a: pair.a.url, b: pair.b.url };
  const { copies } = planComments({ known: pair.comments, comments, urls, flow });
  return copies.map(({ comment }) => ({ pair: id, comment }));
}
