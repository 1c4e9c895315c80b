/** Small pieces of Markdown for generated pages. */

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
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
