/** A table with other cells. In Markdown a cell is one line, and there is always a line of headings. Pure. */
import { mergedInline } from './adf-merge-inline.ts';
import type { AdfNode } from './adf-node.ts';
import { toMarkdown } from './adf-to-markdown.ts';
import { toAdf } from './markdown-to-adf.ts';
import { canonical, mergedList, type OldNode } from './merged-list.ts';

export function mergedTable(old: AdfNode, now: AdfNode): AdfNode {
  const rows = old.content ?? [];
  const seen = toAdf(toMarkdown([old]))[0]?.content ?? [];
  // a table without headings reads as one with empty ones
  const added = seen.length > rows.length ? 1 : 0;
  const wanted = (now.content ?? []).slice(added > 0 && isEmpty(now.content?.[0]) ? 1 : 0);
  const before = rows.map((node, at): OldNode => ({ node, units: [canonical(asBody(seen[at + added]))] }));
  const content = mergedList({
    before,
    after: wanted.map(asBody),
    fits: () => true,
    merge: mergedRow,
  }).flat();
  const isHeaded = added === 0 || wanted.length === now.content?.length;
  return { ...old, content: isHeaded ? withHeadings(content) : content };
}

/** The first row has the headings, also where the one that had them has gone elsewhere. */
function withHeadings([first, ...others]: readonly AdfNode[]): AdfNode[] {
  if (first === undefined) return [];
  if (isHeadings(first)) return [first, ...others];
  return [asRow(first, 'tableHeader'), ...others.map((row) => (isHeadings(row) ? asRow(row, 'tableCell') : row))];
}

function isHeadings({ content = [] }: AdfNode): boolean {
  return content.every(({ type }) => type === 'tableHeader');
}

function asRow(row: AdfNode, type: string): AdfNode {
  return { ...row, content: (row.content ?? []).map((cell) => ({ ...cell, type })) };
}

/** Whether a cell is a heading is the old table's matter: in Markdown those of the first line are, and no others. */
function asBody(row: AdfNode | undefined): AdfNode {
  return { type: 'tableRow', content: (row?.content ?? []).map((cell) => ({ ...cell, type: 'tableCell' })) };
}

function isEmpty(row: AdfNode | undefined): boolean {
  return (row?.content ?? []).every((cell) => cell.content?.every(({ content = [] }) => content.length === 0));
}

function mergedRow(old: AdfNode, now: AdfNode): AdfNode {
  const cells = old.content ?? [];
  const seen = cells.map((cell) => canonical(seenCell(cell)));
  const wanted = now.content ?? [];
  // cells that go over several columns have empty ones behind them
  const extra = wanted.slice(cells.length).every((cell) => canonical(cell) === canonical(NO_CELL));
  if (wanted.length >= cells.length && extra)
    return { ...old, content: cells.map((cell, at) => changed(cell, seen[at] ?? '', wanted[at] ?? NO_CELL)) };
  const content = mergedList({
    before: cells.map((node, at) => ({ node, units: [seen[at] ?? ''] })),
    after: wanted,
    fits: () => true,
    merge: (cell, next) => changed(cell, '', next),
  }).flat();
  // a new column has headings too
  const type = cells[0]?.type ?? 'tableCell';
  return { ...old, content: content.map((cell) => (cells.includes(cell) || cell.attrs ? cell : { ...cell, type })) };
}

const NO_CELL: AdfNode = { type: 'tableCell', content: [{ type: 'paragraph', content: [] }] };

/** The cell as its line of Markdown reads. */
function seenCell(cell: AdfNode): AdfNode {
  const alone = { type: 'table', content: [{ type: 'tableRow', content: [{ ...cell, type: 'tableHeader' }] }] };
  const found = toAdf(toMarkdown([alone]))[0]?.content?.[0]?.content?.[0];
  return { ...(found ?? NO_CELL), type: 'tableCell' };
}

function changed(old: AdfNode, seen: string, now: AdfNode): AdfNode {
  if (seen === canonical(now)) return old;
  const [line, ...others] = old.content ?? [];
  const words = now.content?.[0]?.content ?? [];
  if (line?.type !== 'paragraph' || others.length > 0) return { ...old, content: now.content ?? [] };
  return { ...old, content: [{ ...line, content: mergedInline(line.content ?? [], words) }] };
}
