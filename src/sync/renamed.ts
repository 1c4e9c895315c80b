/** Files whose issues have other ids than before: a plan that was numbered anew would be filed a second time. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { Alone, Matched } from './matching.ts';
import type { Pair } from './pair.ts';
import type { Pairs } from './pairs.ts';
import type { Side } from './side.ts';
import { otherSide, type SideName, type Sides } from './values.ts';

/** One is taken out and another written in; of two at once it is not likely. */
const FEWEST = 2;

/**
 * Throws before anything is written: where all ids that were in step are gone and others are there, and where several issues stand
 * there by another id with the title that they had, be it a new id or one that was another issue's. What a title says is only a reason
 * to ask, never what decides.
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
    if (!tracker.idsStandInText) continue;
    const standing = [...pairs.all()].filter(({ orphan, isApart }) => !orphan && !isApart);
    const shifted = shiftedOn(side, { standing, matched, own });
    if (own.length < FEWEST && shifted.length < FEWEST) continue;
    const there = new Set((await collect(tracker.listIssues({ state: 'all' }))).map(({ key }) => key));
    // one that was not read has its title still, unless it is gone
    const sure = shifted.filter(({ from, isRead }) => isRead || !there.has(from));
    if (sure.length >= FEWEST && sure.some(({ isRead }) => isRead)) throw looksShifted(sides[side], sure);
    const gone = standing.filter((pair) => !there.has(pair[side].key));
    if (gone.length < FEWEST) continue;
    const titles = new Map(own.map(({ issue }) => [issue.title, issue.key]));
    const moved = gone.filter((pair) => titles.has(titleOf(pair, side)));
    if (gone.length === standing.length || moved.length >= FEWEST)
      throw looksRenamed(sides[side], { gone, own, side, titles });
  }
}

interface Shifted {
  readonly from: string;
  readonly to: string;
  /** It has changed itself; else it may be gone. */
  readonly isRead: boolean;
}

/**
 * Issues whose titles now stand at the ids of others, as after an entry that was put in above and a count from there. What the other
 * side has as well is no such thing: a run that was ended in the middle has written it. Looks only at what has changed.
 */
function shiftedOn(
  side: SideName,
  {
    standing,
    matched,
    own,
  }: { readonly standing: readonly Pair[]; readonly matched: Matched; readonly own: readonly Alone[] },
): Shifted[] {
  const titles = new Map(own.map(({ issue }) => [plainLine(issue.title), issue.key]));
  const [changed, unread]: [Pair[], Pair[]] = [[], []];
  for (const pair of standing) {
    const heads = matched.heads.get(pair.id);
    const [here, there] = [heads?.[side], heads?.[otherSide(side)]];
    if (!here) {
      unread.push(pair);
      continue;
    }
    const title = plainLine(here.title);
    if (title === titleOf(pair, side) || title === (there && plainLine(there.title))) continue;
    titles.set(title, here.key);
    changed.push(pair);
  }
  const moved = (isRead: boolean) => (pair: Pair) => {
    const to = titles.get(titleOf(pair, side));
    return to === undefined ? [] : [{ from: pair[side].key, to, isRead }];
  };
  return [...changed.flatMap(moved(true)), ...unread.flatMap(moved(false))];
}

function looksShifted({ end }: Side, shifted: readonly Shifted[]): PaceError {
  const examples = shifted.slice(0, 3).map(({ from, to }) => `${from} → ${to}`);
  return new PaceError({
    kind: 'validation',
    message: `${plainLine(end.name, 200)} looks renamed: ${shifted.length} issues stand there by the ids of others (${plainLine(examples.join(', '), 200)}). Nothing was written.`,
    remedy:
      'Please give them their old ids back, and what is new an id that nothing had. Where they are other issues indeed, part the old pairs with `pace sync unlink` first.',
  });
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
