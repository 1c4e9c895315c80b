/** How a specification tells that nobody has gone on with it: by the digest of what was written. Pure. */
import { createHash } from 'node:crypto';

const MARK = /\n<!-- pace:spec ([0-9a-f]{64}) -->\n$/;

export function marked(text: string): string {
  return `${text}\n<!-- pace:spec ${digestOf(text)} -->\n`;
}

/** It stands as it was written. */
export function isUntouched(text: string): boolean {
  const plain = text.replace(/\r\n/g, '\n');
  const mark = MARK.exec(plain);
  return mark !== null && digestOf(plain.slice(0, mark.index)) === mark[1];
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
