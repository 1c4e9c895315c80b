/** Issues that sync has not made get its mark, too: so the pair is known again where what is remembered is lost. */
import { markOf, withMark } from './mark.ts';
import type { Pair } from './pair.ts';
import type { Side } from './side.ts';
import type { View } from './snapshot.ts';
import { otherSide, type SideName, type Sides } from './values.ts';

export interface Marking {
  readonly sides: Sides<Side>;
  readonly views: Sides<View>;
  /** Which sides may be written; both when absent. */
  readonly mayWrite?: (side: SideName) => boolean;
}

export async function markPair({ sides, views, mayWrite = () => true }: Marking, pair: Pair): Promise<void> {
  for (const side of ['a', 'b'] as const) {
    if (!mayWrite(side) || views[side].can.unsupported.metadata !== undefined) continue;
    const other = otherSide(side);
    const { tracker } = sides[side];
    const issue = await tracker.getIssue(pair[side].key);
    if (markOf(issue, sides[other].end)?.pair === pair.id) continue;
    const { id, key } = pair[other];
    const setMetadata = withMark(issue.metadata, sides[other].end, { pair: pair.id, id, key });
    await tracker.updateIssue(issue.key, { setMetadata });
  }
}
