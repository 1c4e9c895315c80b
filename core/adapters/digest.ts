/** Recognises a text that PACE has written before, without keeping it. */
import { createHash } from 'node:crypto';

/** A short, stable digest of these parts, in order. */
export function digest(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}
