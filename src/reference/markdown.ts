/** Small pieces of Markdown for generated pages. */

/** A table with its columns aligned, as formatters like it; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [titles = [], ...content] = cells;
  return [titles, widths.map((width) => '-'.repeat(width)), ...content].map(line).join('\n');
}

function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** Pieces that are not empty, with an empty line between them. */
export function paragraphs(...pieces: readonly string[]): string {
  return pieces.filter(Boolean).join('\n\n');
}
