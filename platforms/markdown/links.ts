/** Links between issues: told at one end, seen from both. Pure. */
import type { Stamp } from '../../core/drivers/documents/document-kind.ts';
import { keyOfId } from '../../core/epics/headings.ts';
import type { Line } from '../../core/epics/lines.ts';
import type { IssueLink } from '../../core/ports/issue.ts';
import { INVERSE_LINK } from '../../core/ports/issue.ts';
import { written } from './fields.ts';
import { foundIn, isIn, linesOf, type Sheet, withEdits } from './issue-context.ts';
import { touched, withOwnKey } from './metadata.ts';
import { issuesOf, valuesOf } from './wire.ts';

export function linksOf(sheet: Sheet, key: string): readonly IssueLink[] {
  foundIn(sheet, key);
  return issuesOf(sheet).find((issue) => issue.key === key)?.links ?? [];
}

export function linked(sheet: Sheet, key: string, link: IssueLink, { now }: Stamp): Sheet {
  foundIn(sheet, link.target);
  if (linksOf(sheet, key).some((one) => isSame(one, link))) return sheet;
  const targets = own(sheet, key, link.type);
  return touched(
    withTargets(withOwnKey(sheet, key), key, { type: link.type, targets: [...targets, link.target] }),
    key,
    now,
  );
}

/** From whichever end tells it. */
export function unlinked(sheet: Sheet, key: string, link: IssueLink, { now }: Stamp): Sheet {
  const here = without(sheet, key, link, now);
  if (!isIn(sheet, link.target)) return here;
  return without(here, link.target, { type: INVERSE_LINK[link.type], target: key }, now);
}

function without(sheet: Sheet, key: string, link: IssueLink, now: number): Sheet {
  if (!valuesOf(foundIn(sheet, key)).links.some((one) => isSame(one, link))) return sheet;
  const lines = withoutLine(sheet, key, link);
  const targets = own(lines, key, link.type).filter((target) => target !== link.target);
  const isLeft = valuesOf(foundIn(lines, key)).links.some((one) => isSame(one, link));
  const after = isLeft ? withTargets(withOwnKey(lines, key), key, { type: link.type, targets }) : lines;
  return touched(after, key, now);
}

/** A line of a section that tells this link alone goes; of several the one goes. */
function withoutLine(sheet: Sheet, key: string, link: IssueLink): Sheet {
  const { section, subtask } = foundIn(sheet, key);
  const found = subtask ? undefined : section.links.find((one) => isSame(one, link));
  const line = found && linesOf(sheet, section)[found.line];
  if (!found || !line) return sheet;
  const isAlone = section.links.filter((one) => one.line === found.line).length === 1;
  return withEdits(sheet, section.path, [
    isAlone ? { start: line.start, end: line.next, text: '' } : withoutTarget(line, link.target),
  ]);
}

function withoutTarget(line: Line, target: string) {
  const pieces = line.text.split(',');
  const at = pieces.findIndex((piece) =>
    keyOfId(piece.replaceAll(/[`[\]]|\([^()]{0,500}\)/g, '').trim()).endsWith(target),
  );
  const [first = ''] = pieces;
  // the first one has what it is before it
  const kept =
    at > 0
      ? pieces.toSpliced(at, 1)
      : [first.slice(0, Math.max(0, first.lastIndexOf(' ') + 1)) + (pieces[1] ?? '').trim(), ...pieces.slice(2)];
  return { start: line.start, end: line.end, text: kept.join(',') };
}

/** Those that a field of the issue itself tells. */
function own(sheet: Sheet, key: string, type: IssueLink['type']): string[] {
  const { section, subtask } = foundIn(sheet, key);
  const inLines = subtask ? [] : section.links;
  return valuesOf({ section, ...(subtask && { subtask }) })
    .links.filter((one) => one.type === type && !inLines.some((line) => isSame(line, one)))
    .map(({ target }) => target);
}

export function withTargets(
  sheet: Sheet,
  key: string,
  { type, targets }: { readonly type: IssueLink['type']; readonly targets: readonly string[] },
): Sheet {
  const { section, subtask } = foundIn(sheet, key);
  const inLines = subtask ? [] : section.links.filter((one) => one.type === type).map(({ target }) => target);
  const all = new Set([...targets, ...inLines]);
  return written(sheet, key, {
    ...{ name: type, shown: targets.length === 0 ? '-' : targets.join(', '), exact: targets },
    isThere: ({ links }) => {
      const there = links.filter((one) => one.type === type).map(({ target }) => target);
      return there.length === all.size && there.every((target) => all.has(target));
    },
  });
}

function isSame(one: IssueLink, other: IssueLink): boolean {
  return one.type === other.type && one.target === other.target;
}
