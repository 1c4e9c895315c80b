/** Where a line of a file comes from, and where an issue is at home. Pure. */
import { defined } from '../../../core/defined.ts';
import type { Issue } from '../../../core/ports/index.ts';
import type { Origin } from '../../../core/tracker/origin.ts';
import { isoTime } from '../print/fields.ts';
import type { IssueLine } from './jsonl.ts';

/** The gate trusts what it finds there: it is not taken over from a file. */
export const GATE_MARK = 'pace';

export function originOf({ tracker, key, url, createdAt, author }: IssueLine): Origin {
  return {
    tracker,
    key,
    url,
    ...defined({ createdAt: createdAt || undefined, author: author?.name }),
  };
}

/** Of an issue that is at home in this tracker. */
export function homeOf(tracker: string, { key, url, createdAt }: Issue): Origin {
  return { tracker, key, url, createdAt: isoTime(createdAt) };
}
