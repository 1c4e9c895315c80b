/**
 * Metadata of a task, behind its description. ClickUp keeps descriptions as rich text, where an HTML comment does not survive; a
 * link does. So the data stand in the address of a small link “PACE data”, and go on in further links where they are long. Only
 * the last such run is ours: whatever looks like one above it is somebody's text.
 */

import type { Metadata } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';

const ADDRESS = 'https://github.com/pace-gate/pace#metadata';
/** Editors cut longer addresses. */
const LONGEST = 1500;
/** ClickUp writes Markdown anew: it may put backslashes and angle brackets in. */
const LINK = /\[[^\]\n]*\]\(\\?<?https:\/\/github\.com\/pace-gate\/pace#metadata-(\d+)-([\w\\-]+)>?[^)\n]*\)/g;

/** Description and metadata as one Markdown text. */
export function withMetadata(body: string, metadata: Metadata | undefined): string {
  const isEmpty = metadata === undefined || Object.keys(metadata).length === 0;
  // a text that holds what looks like ours gets one of ours behind it, however empty
  if (isEmpty && ownLinks(body).length === 0) return body;
  const packed = Buffer.from(JSON.stringify(metadata ?? {}), 'utf8').toString('base64url');
  const parts = packed.match(new RegExp(`.{1,${LONGEST}}`, 'g')) ?? [];
  const links = parts.map((part, place) => `[${place === 0 ? 'PACE data' : '…'}](${ADDRESS}-${place + 1}-${part})`);
  return `${body}\n\n${links.join(' ')}`;
}

/** The reverse; damaged data read as none and stay in the body. People may write before them and behind them. */
export function splitMetadata(text: string): { body: string; metadata: Metadata } {
  const links = ownLinks(text);
  const [first] = links;
  const last = links.at(-1);
  const metadata = unpacked(links.map(([, , part = '']) => part.replaceAll('\\', '')).join(''));
  if (!first || !last || !metadata) return { body: text.trimEnd(), metadata: {} };
  const before = text.slice(0, first.index).trimEnd();
  const behind = text.slice(last.index + last[0].length).trim();
  return { body: [before, behind].filter((part) => part !== '').join('\n\n'), metadata };
}

/** From the last first link on. */
function ownLinks(text: string): RegExpExecArray[] {
  const all = [...text.matchAll(LINK)];
  const first = all.findLastIndex(([, place]) => place === '1');
  return first < 0 ? [] : all.slice(first);
}

function unpacked(packed: string): Metadata | undefined {
  try {
    const metadata: unknown = JSON.parse(Buffer.from(packed, 'base64url').toString('utf8'));
    return isRecord(metadata) ? (metadata as Metadata) : undefined;
  } catch {
    return undefined;
  }
}
