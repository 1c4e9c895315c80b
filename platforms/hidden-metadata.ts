/**
 * Metadata of an issue kept in its Markdown body as an HTML comment, for trackers that have no better place. Only the last
 * such block, at the very end of the body, is ours: whatever looks like one elsewhere is somebody's text.
 */
import type { Metadata } from './ports.ts';

const BLOCK = /\n*<!-- pace:metadata ([A-Za-z0-9+/=]+) -->\s*$/;

/** Body and metadata as one Markdown text. */
export function withMetadata(body: string, metadata: Metadata | undefined): string {
  if (metadata === undefined || Object.keys(metadata).length === 0) return body;
  // base64, so that no text inside can end the comment or be changed by a formatter
  const packed = Buffer.from(JSON.stringify(metadata), 'utf8').toString('base64');
  return `${body}\n\n<!-- pace:metadata ${packed} -->`;
}

/** The reverse; a damaged block reads as no metadata and stays in the body. */
export function splitMetadata(text: string): {
  body: string;
  metadata: Metadata;
} {
  const match = BLOCK.exec(text);
  if (!match?.[1]) return { body: text, metadata: {} };
  try {
    const metadata: unknown = JSON.parse(Buffer.from(match[1], 'base64').toString('utf8'));
    if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata))
      return { body: text, metadata: {} };
    return { body: text.slice(0, match.index), metadata: metadata as Metadata };
  } catch {
    return { body: text, metadata: {} };
  }
}
