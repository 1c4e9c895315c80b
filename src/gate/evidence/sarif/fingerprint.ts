/** By what a result is known again on another day, when its line has moved and its words have changed. */
import { isRecord } from '../../../../core/record.ts';
import type { Json } from './rules.ts';

/** GitHub's, of the line and those around it. Its companion of the column changes when the line is only indented. */
const LINE_HASH = 'primaryLocationLineHash';

/** §3.27.17, §3.27.18. None where the scanner gives none, or a sentence in its place (Semgrep: `requires login`). */
export function fingerprintOf({ fingerprints, partialFingerprints }: Json): string | undefined {
  const line = isRecord(partialFingerprints) ? partialFingerprints[LINE_HASH] : undefined;
  return textOf(fingerprints) ?? (isUsable(line) ? `${LINE_HASH} ${line}` : textOf(partialFingerprints));
}

/** All of them, whatever order they are written in. */
function textOf(values: unknown): string | undefined {
  if (!isRecord(values)) return undefined;
  const usable = Object.entries(values).filter(([, value]) => isUsable(value));
  return usable.length === 0 ? undefined : JSON.stringify(usable.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isUsable(value: unknown): value is string {
  return typeof value === 'string' && /^\S+$/.test(value);
}
