/** Files of which all ids have become others at once: their issues are the same ones under new names, and none of them is gone or new. */
import { PaceError } from '../../core/errors.ts';
import type { Issue } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import { idOf } from './mark.ts';
import type { Matched } from './matching.ts';
import type { Pair } from './pair.ts';
import type { Pairs } from './pairs.ts';
import type { Side } from './side.ts';
import type { SideName } from './values.ts';

/** Throws where a side looks renamed: its pairs would become orphans, and all of it would be copied once more. */
export async function refuseRenamed(side: Side, pairs: Pairs, matched: Matched): Promise<void> {
  const { name, tracker } = side;
  if (!tracker.idsInText) return;
  // a line or a mark may have gone with them
  const unknown = [...matched.alone, ...matched.strays, ...matched.doubles];
  if (!unknown.some((one) => one.side === name)) return;
  const known = [...pairs.all()].filter(({ isApart, orphan }) => !isApart && orphan?.side !== name);
  if (known.length === 0) return;
  const issues = await collect(tracker.listIssues({ state: 'all' }));
  const same = underNewIds(known, issues, name);
  const [first] = same;
  if (first) throw looksRenamed(side, first, known.length);
}

interface Renamed {
  readonly before: string;
  readonly now: string;
}

/** None where one of the known ids is still there, or most of the titles are not. */
function underNewIds(known: readonly Pair[], issues: readonly Issue[], side: SideName): Renamed[] {
  const ids = new Set(issues.map(idOf));
  if (known.some((pair) => ids.has(pair[side].id))) return [];
  const byTitle = new Map(issues.map((issue) => [issue.title.trim(), issue.key]));
  const found = known.flatMap((pair): Renamed[] => {
    const now = byTitle.get(pair.base?.[side].title?.trim() ?? '');
    return now === undefined ? [] : [{ before: pair[side].key, now }];
  });
  return found.length * 2 >= known.length ? found : [];
}

function looksRenamed({ tracker, end }: Side, { before, now }: Renamed, count: number): PaceError {
  const place = plainLine(tracker.place ?? tracker.name, 200);
  const named = plainLine(end.backend ?? end.name, 100);
  return new PaceError({
    kind: 'validation',
    operation: 'sync',
    message: `${place} looks renamed: none of the ${count} ids that are remembered is there, and what was ${plainLine(before, 60)} stands under ${plainLine(now, 60)} now. Nothing was written.`,
    remedy: `Please give the issues their ids back. If they are to have new ones, part each pair first, as with \`pace sync unlink ${named}#${plainLine(before, 60)}\`.`,
  });
}
