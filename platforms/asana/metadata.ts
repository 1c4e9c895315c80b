/**
 * Metadata of a task, in the address of a small link at the end of its notes. Asana has a field for programs (`external`), which
 * only OAuth applications may write, and drops what it does not show; a link is kept by every edit, is in lists, and takes one word of the text.
 */

import type { Metadata } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';

/** Leads people who click on it to who has made it. */
const ADDRESS = 'https://github.com/pace-gate/pace#metadata=';
const LABEL = 'PACE data, please keep';

/** Only the last such link is ours. An address that a form or an e-mail has brought shows itself, and is not one. */
const LINK = new RegExp(
  `\\n{0,2}<a\\b[^<>]*\\bhref="${ADDRESS.replaceAll('.', '\\.')}([\\w-]*)"[^<>]*>(?!\\s*https?:)[^<]+</a>`,
  'g',
);

/** The HTML with the metadata behind it. */
export function withMark(html: string, metadata: Metadata | undefined): string {
  const isEmpty = metadata === undefined || Object.keys(metadata).length === 0;
  // a text with somebody else's link gets ours behind it, however empty
  if (isEmpty && !html.includes(ADDRESS)) return html;
  const packed = Buffer.from(JSON.stringify(metadata ?? {}), 'utf8').toString('base64url');
  return `${html}${html === '' ? '' : '\n\n'}<a href="${ADDRESS}${packed}">${LABEL}</a>`;
}

/** The reverse; a damaged link is text, and no metadata. People may write before it and behind it. */
export function splitMark(text: string): { html: string; metadata: Metadata } {
  const link = [...text.matchAll(LINK)].at(-1);
  const metadata = link && unpacked(link[1] ?? '');
  if (!link || !metadata) return { html: text, metadata: {} };
  const before = text.slice(0, link.index);
  const behind = text.slice(link.index + link[0].length);
  return { html: behind.trim() === '' ? before : before + behind, metadata };
}

function unpacked(packed: string): Metadata | undefined {
  try {
    const metadata: unknown = JSON.parse(Buffer.from(packed, 'base64url').toString('utf8'));
    const isMap = isRecord(metadata);
    return isMap ? (metadata as Metadata) : undefined;
  } catch {
    return undefined;
  }
}
