/** Whether a change of the text has changed one thing alone. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Issue } from '../../core/ports/issue.ts';
import type { Sheet } from './issue-context.ts';
import { issuesOf } from './wire.ts';

/** All issues are there, and as they were, but for one field of one of them. Links and parents are looked at where they are written. */
export function sameOthers(
  before: Sheet,
  after: Sheet,
  { key, field }: { readonly key: string; readonly field?: keyof Issue },
): boolean {
  const seen = (sheet: Sheet) =>
    issuesOf(sheet)
      .filter((issue) => field !== undefined || issue.key !== key)
      .map((issue) => plain(issue, issue.key === key ? field : undefined));
  return isDeepStrictEqual(seen(before), seen(after));
}

function plain(issue: Issue, but: keyof Issue | undefined) {
  const { createdAt: _, updatedAt: __, links: ___, ...rest } = issue;
  return but === undefined ? rest : { ...rest, [but]: undefined };
}
