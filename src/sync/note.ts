/** The comment on an issue of which a value is overwritten, with that value whole. Pure. */
import { codeBlock, cut, inlineMarkdown } from '../../core/text/untrusted-text.ts';
import { noteLine, type Place } from './footers.ts';
import type { KeptConflict } from './pair.ts';
import { otherSide, type SideName } from './values.ts';

const WHY = {
  policy: 'the policy of this pair keeps that one',
  force: 'it was asked for with --force',
  person: 'a person has decided so',
} as const;

/** For the issue of this side. `other`: the issue that it is in step with. `most`: how much of each value is shown. */
export function noteText(
  conflict: KeptConflict,
  loser: SideName,
  other: Place,
  most = Number.POSITIVE_INFINITY,
): string {
  const isNeither = conflict.winner === 'neither';
  const was = conflict[loser];
  const is = isNeither ? conflict.text : conflict[otherSide(loser)];
  const because = isNeither ? 'a person has given both another text' : WHY[conflict.by ?? 'policy'];
  const isCut = [was, ...(conflict.field === 'body' ? [] : [is])].some((value) => shown(value).length > most);
  return [
    `The ${conflict.field} of this issue was another one on [${inlineMarkdown(other.name, 200)}](${other.url}): ${because}. What stood here:`,
    codeBlock(cut(shown(was), most)),
    ...(conflict.field === 'body' ? [] : ['What stands here now:', codeBlock(cut(shown(is), most))]),
    ...(isCut ? ['There is more of it than fits here: `pace sync conflicts --all` shows all.'] : []),
    noteLine(conflict.id),
  ].join('\n\n');
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '(nothing)';
  return typeof value === 'string' ? value.replace(/^=/, '') : String(value);
}
