/** What PACE keeps of an issue out of sight: in a comment below its heading, or below the rows. Pure. */

import type { Section, Subtask } from '../../core/epics/epic.ts';
import type { Hidden } from '../../core/epics/hidden.ts';
import { markOf, readRowData, rowDataLine, rowMark } from '../../core/epics/hidden.ts';
import type { Line } from '../../core/epics/lines.ts';
import { fileOf, foundIn, linesOf, type Sheet, withEdits } from './issue-context.ts';
import { digestOf, hiddenOf } from './wire.ts';

/** With these members beside the others; `undefined` takes one away. */
export function withHidden(sheet: Sheet, key: string, members: Partial<Record<keyof Hidden, unknown>>): Sheet {
  const found = foundIn(sheet, key);
  const hidden = { ...hiddenOf(found), ...members } as Hidden;
  return found.subtask ? ofRow(sheet, key, hidden) : belowHeading(sheet, key, hidden);
}

function belowHeading(sheet: Sheet, key: string, hidden: Hidden): Sheet {
  const { section } = foundIn(sheet, key);
  const { path, mark, header } = section;
  const lines = linesOf(sheet, section);
  const text = markOf(hidden);
  if (mark) {
    const line = lines[mark.line];
    if (!line || text === line.text) return sheet;
    const edit =
      text === undefined ? { start: line.start, end: line.next, text: '' } : { start: line.start, end: line.end, text };
    return withEdits(sheet, path, [edit]);
  }
  const line = lines[header];
  if (text === undefined || !line) return sheet;
  const { eol } = fileOf(sheet, path);
  return withEdits(sheet, path, [{ start: line.end, end: line.end, text: `${eol}${text}` }]);
}

/** The row says which issue it is; what is kept of it stands in a line below all rows. */
function ofRow(sheet: Sheet, key: string, hidden: Hidden): Sheet {
  const marked = withRowMark(sheet, key);
  const { section, subtask } = foundIn(marked, key);
  if (!subtask) return marked;
  const { path } = section;
  const lines = linesOf(marked, section);
  const text = rowDataLine(key, hidden);
  const line = subtask.data && lines[subtask.data.line];
  if (line) {
    if (text === line.text) return marked;
    const edit = text === undefined ? { start: line.start, end: line.next } : { start: line.start, end: line.end };
    return withEdits(marked, path, [{ ...edit, text: text ?? '' }]);
  }
  if (text === undefined) return marked;
  const { at, isFirst } = behindRows(lines, section, subtask);
  const { eol } = fileOf(marked, path);
  const end = lines[at]?.end ?? 0;
  return withEdits(marked, path, [{ start: end, end, text: `${eol}${isFirst ? eol : ''}${text}` }]);
}

function withRowMark(sheet: Sheet, key: string): Sheet {
  const { section, subtask } = foundIn(sheet, key);
  if (!subtask || subtask.isNamed) return sheet;
  const { title, form, line } = subtask;
  const end = form === 'row' ? title.end : trimmedEnd(sheet, section, line);
  return withEdits(sheet, section.path, [{ start: end, end, text: rowMark(key) }]);
}

/** The last line of the rows, or of the lines that are kept of them. */
function behindRows(lines: readonly Line[], { tables }: Section, { line }: Subtask) {
  const table = tables.find(({ first, behind }) => first < line && line < behind);
  let at = table ? table.behind - 1 : line;
  if (!table) while (lines[at + 1]?.kind === 'list') at += 1;
  let next = at + 1;
  while (lines[next]?.text.trim() === '') next += 1;
  if (!readRowData(lines[next]?.text ?? '')) return { at, isFirst: true };
  while (readRowData(lines[next + 1]?.text ?? '')) next += 1;
  return { at: next, isFirst: false };
}

function trimmedEnd(sheet: Sheet, section: { readonly path: string }, at: number): number {
  const line = linesOf(sheet, section)[at];
  return line ? line.start + line.text.trimEnd().length : 0;
}

/** A row whose place alone tells which one it is gets its key written into it: whatever becomes of the row, it stays that issue. */
export function withOwnKey(sheet: Sheet, key: string): Sheet {
  const { subtask } = foundIn(sheet, key);
  return subtask ? withRowMark(sheet, key) : sheet;
}

/** Of what PACE has made it is kept when PACE has changed it, so that other changes of the file are none of it. */
export function touched(sheet: Sheet, key: string, now: number): Sheet {
  const found = foundIn(sheet, key);
  const { made, changed = 0 } = hiddenOf(found);
  if (made === undefined) return sheet;
  const digest = digestOf(found, linesOf(sheet, found.section));
  return withHidden(sheet, key, { changed: Math.max(now, changed), digest });
}
