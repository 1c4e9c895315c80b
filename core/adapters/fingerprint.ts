/** What makes an issue of PACE the same issue: never its title, never a label. */
import { createHash } from 'node:crypto';

/** A short, stable digest of these parts, in order. */
export function fingerprint(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}
