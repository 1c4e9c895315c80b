/** What PACE keeps of an issue out of sight: in a comment below its heading, or within its row. Pure. */
import type { Hidden } from '../../core/epics/hidden.ts';
import { markOf, rowMark } from '../../core/epics/hidden.ts';
import { fileOf, foundIn, linesOf, type Sheet, withEdits } from './issue-context.ts';
import { digestOf, hiddenOf } from './wire.ts';

/** With these members beside the others; `undefined` takes one away. */
export function withHidden(sheet: Sheet, key: string, members: Partial<Record<keyof Hidden, unknown>>): Sheet {
  const found = foundIn(sheet, key);
  const hidden = { ...hiddenOf(found), ...members } as Hidden;
  return found.subtask ? inRow(sheet, key, hidden) : belowHeading(sheet, key, hidden);
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

function inRow(sheet: Sheet, key: string, hidden: Hidden): Sheet {
  const { section, subtask } = foundIn(sheet, key);
  if (!subtask) return sheet;
  const { mark, title, form, line } = subtask;
  const text = rowMark(key, hidden);
  if (mark) return withEdits(sheet, section.path, [{ start: mark.start, end: mark.end, text }]);
  const end = form === 'row' ? title.end : trimmedEnd(sheet, section, line);
  return withEdits(sheet, section.path, [{ start: end, end, text }]);
}

function trimmedEnd(sheet: Sheet, section: { readonly path: string }, at: number): number {
  const line = linesOf(sheet, section)[at];
  return line ? line.start + line.text.trimEnd().length : 0;
}

/** A row whose place alone tells which one it is gets its key written into it: whatever becomes of the row, it stays that issue. */
export function withOwnKey(sheet: Sheet, key: string): Sheet {
  const { subtask } = foundIn(sheet, key);
  return subtask && !subtask.isNamed ? withHidden(sheet, key, {}) : sheet;
}

/** Of what PACE has made it is kept when PACE has changed it, so that other changes of the file are none of it. */
export function touched(sheet: Sheet, key: string, now: number): Sheet {
  const found = foundIn(sheet, key);
  const { made, changed = 0 } = hiddenOf(found);
  if (made === undefined) return sheet;
  const digest = digestOf(found, linesOf(sheet, found.section));
  return withHidden(sheet, key, { changed: Math.max(now, changed), digest });
}
