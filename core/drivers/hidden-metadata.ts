/**
 * Metadata of an issue kept in its Markdown body as an HTML comment, for trackers that have no better place. Only the last such
 * block is ours: whatever looks like one above it is somebody's text. People may write before it and behind it.
 */

import type { Metadata } from '../ports/index.ts';
import { isRecord } from '../record.ts';

const BLOCK = /(?:\r?\n){0,2}^<!-- pace:metadata ([A-Za-z0-9+/=]+) -->[ \t]*$/gm;

/** Body and metadata as one Markdown text. */
export function withMetadata(body: string, metadata: Metadata | undefined): string {
  const isEmpty = metadata === undefined || Object.keys(metadata).length === 0;
  // a text that holds what looks like a block gets one of ours behind it, however empty
  if (isEmpty && lastBlock(body) === undefined) return body;
  // base64, so that no text inside can end the comment or be changed by a formatter
  const packed = Buffer.from(JSON.stringify(metadata ?? {}), 'utf8').toString('base64');
  return `${body}\n\n<!-- pace:metadata ${packed} -->`;
}

/** The reverse; a damaged block reads as no metadata and stays in the body. */
export function splitMetadata(text: string): {
  body: string;
  metadata: Metadata;
} {
  const block = lastBlock(text);
  const metadata = block && unpacked(block.packed);
  if (!block || !metadata) return { body: text, metadata: {} };
  const before = text.slice(0, block.start);
  const behind = text.slice(block.end).trim();
  return { body: [before, behind].filter((part) => part !== '').join('\n\n'), metadata };
}

/** The text without whatever a tracker might take for such a block: nobody sees them. */
export function withoutMetadata(text: string): string {
  let left = text;
  for (let block = 0; block < MOST_BLOCKS; block += 1) {
    const { body } = splitMetadata(left);
    if (body === left) return left;
    left = body;
  }
  return left;
}

/** Each costs a look at the whole text. */
const MOST_BLOCKS = 20;

function lastBlock(text: string): { packed: string; start: number; end: number } | undefined {
  if (!text.includes('<!-- pace:metadata ')) return undefined;
  const match = [...text.matchAll(BLOCK)].at(-1);
  return match && { packed: match[1] ?? '', start: match.index, end: match.index + match[0].length };
}

function unpacked(packed: string): Metadata | undefined {
  try {
    const metadata: unknown = JSON.parse(Buffer.from(packed, 'base64').toString('utf8'));
    return isRecord(metadata) ? (metadata as Metadata) : undefined;
  } catch {
    return undefined;
  }
}
