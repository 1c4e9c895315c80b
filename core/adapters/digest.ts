/** Recognises a text that PACE has written before, without keeping it. */

/** A short, stable digest of these parts, in order. */
export function digest(...parts: readonly (string | number)[]): string {
  // loading it takes longer than all else that most commands do, and most need no digest
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}
