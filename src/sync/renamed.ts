/** Files whose issues have other ids than before: a plan that was numbered anew would be filed a second time. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { Alone, Matched } from './matching.ts';
import type { Pair } from './pair.ts';
import type { Pairs } from './pairs.ts';
import type { Side } from './side.ts';
import type { SideName, Sides } from './values.ts';

/** One is taken out and another written in; of two at once it is not likely. */
const FEWEST = 2;

/**
 * Throws before anything is written: where all ids that were in step are gone and others are there, and where several issues stand
 * there by another id with the title that they had. What a title says is only a reason to ask, never what decides.
 */
export async function refuseRenamed({
  sides,
  pairs,
  matched,
}: {
  readonly sides: Sides<Side>;
  readonly pairs: Pairs;
  readonly matched: Matched;
}): Promise<void> {
  // the line or the mark of a copy stays in its text
  const unknown = [...matched.alone, ...matched.strays, ...matched.doubles];
  for (const side of ['a', 'b'] as const) {
    const { tracker } = sides[side];
    const own = unknown.filter((one) => one.side === side);
    if (!tracker.idsStandInText || own.length < FEWEST) continue;
    const standing = [...pairs.all()].filter(({ orphan, isApart }) => !orphan && !isApart);
    const there = new Set((await collect(tracker.listIssues({ state: 'all' }))).map(({ key }) => key));
    const gone = standing.filter((pair) => !there.has(pair[side].key));
    if (gone.length < FEWEST) continue;
    const titles = new Map(own.map(({ issue }) => [issue.title, issue.key]));
    const moved = gone.filter((pair) => titles.has(titleOf(pair, side)));
    if (gone.length === standing.length || moved.length >= FEWEST)
      throw looksRenamed(sides[side], { gone, own, side, titles });
  }
}

/** As both had it last. */
function titleOf({ base }: Pair, side: SideName): string {
  const title = base?.[side].title;
  return typeof title === 'string' ? title : '';
}

interface Renamed {
  readonly gone: readonly Pair[];
  readonly own: readonly Alone[];
  readonly side: SideName;
  readonly titles: ReadonlyMap<string, string>;
}

function looksRenamed({ end }: Side, { gone, own, side, titles }: Renamed): PaceError {
  const examples = gone.slice(0, 3).map((pair) => {
    const now = titles.get(titleOf(pair, side)) ?? own[0]?.issue.key ?? '';
    return `${pair[side].key} → ${now}`;
  });
  return new PaceError({
    kind: 'validation',
    message: `${plainLine(end.name, 200)} looks renamed: ${gone.length} issues that were in step are gone, and ${own.length} others are there (${plainLine(examples.join(', '), 200)}). Nothing was written.`,
    remedy:
      'Please give them their old ids back. Where they are other issues indeed, part the old pairs with `pace sync unlink` first.',
  });
}
