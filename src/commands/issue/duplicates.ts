/** `pace issue duplicates`: likely twins, by their titles or because somebody has linked them so. Only reads. */
import type { Issue } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import type { World } from '../../../core/world.ts';
import type { DuplicateIssue } from '../../tracker/print/fields.ts';
import { selectIssues } from '../../tracker/query/select.ts';
import { chosenFrom } from './list.ts';
import type { IssueDuplicates } from './options.ts';

/** All but the oldest of each kind, the oldest first. Links count where the tracker sends them in its lists. */
export async function duplicateIssues(world: World, options: IssueDuplicates): Promise<DuplicateIssue[]> {
  const { tracker, selection } = await chosenFrom(world, { limit: 'all', ...options }, 'open');
  const newestFirst = await collect(selectIssues(tracker, selection));
  return duplicatesIn(newestFirst.toReversed());
}

/** Of issues from the oldest on. */
export function duplicatesIn(issues: readonly Issue[]): DuplicateIssue[] {
  const byTitle = new Map<string, string>();
  return issues.flatMap((issue): DuplicateIssue[] => {
    const linked = issue.links?.find(({ type }) => type === 'duplicates')?.target;
    const title = normalTitle(issue.title);
    const alike = byTitle.get(title);
    if (alike === undefined) byTitle.set(title, issue.key);
    if (linked !== undefined) return [{ ...issue, duplicateOf: linked, because: 'link' }];
    return alike === undefined || title === '' ? [] : [{ ...issue, duplicateOf: alike, because: 'title' }];
  });
}

/** Titles that differ in case, accents, punctuation and spaces alone are alike. */
export function normalTitle(title: string): string {
  const plain = title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length > 0 ? words.join(' ') : plain.replaceAll(/\s/g, '');
}
