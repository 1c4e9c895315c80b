/** The one note that a gate keeps at a change request: a comment whose first line is a mark that nobody sees. */
import type { ChangeNote } from '../ports/index.ts';
import { cut } from '../text/untrusted-text.ts';

/** How a Markdown reader hides the mark. */
export type Hide = (mark: string) => string;

const inHtml: Hide = (mark) => `<!-- ${mark} -->`;

/** What the comment of this gate begins with. */
export function noteMarker(gate: string, hide: Hide = inHtml): string {
  return hide(`pace:change-note ${harmless(gate)}`);
}

/** The whole comment, cut to what the host takes. */
export function noteBody({ gate, markdown }: ChangeNote, limit: number, hide?: Hide): string {
  const head = `${noteMarker(gate, hide)}\n`;
  return `${head}${cut(markdown, limit - head.length)}`;
}

/** Two names stay two, and none ends the mark: neither `--` nor a bracket is left. */
function harmless(gate: string): string {
  return encodeURIComponent(gate.toWellFormed())
    .replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/(?<=-)-/g, '%2D');
}
