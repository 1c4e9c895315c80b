/** Where an imported issue comes from, kept in its metadata: what makes an import recognise its own work. Pure. */

import { defined } from '../../../core/defined.ts';
import type { Issue, Metadata } from '../../../core/ports/index.ts';
import { isRecord } from '../../../core/record.ts';
import { isoTime } from '../print/fields.ts';
import type { IssueLine } from './jsonl.ts';

export interface Origin {
  readonly tracker: string;
  readonly key: string;
  readonly url: string;
  readonly createdAt?: string;
  /** The name of who wrote it. */
  readonly author?: string;
}

/** The member of `metadata`. */
export const ORIGIN = 'origin';

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

/** The same text for the same issue of the same tracker; `undefined` for a line that names no key. */
export function originId({ tracker, key, url, createdAt = '' }: Origin): string | undefined {
  return key === '' ? undefined : JSON.stringify([tracker, key, url, createdAt]);
}

/** Of an issue that an import has made. */
export function originIn(metadata: Metadata): Origin | undefined {
  const origin = metadata[ORIGIN];
  if (!isRecord(origin)) return undefined;
  const { tracker, key, url, createdAt } = { tracker: '', key: '', url: '', createdAt: '', ...origin };
  const words = [tracker, key, url, createdAt].every((word) => typeof word === 'string');
  return words && key !== '' ? { tracker, key, url, ...(createdAt === '' ? {} : { createdAt }) } : undefined;
}

/** Of an issue that is at home in this tracker. */
export function homeOf(tracker: string, { key, url, createdAt }: Issue): Origin {
  return { tracker, key, url, createdAt: isoTime(createdAt) };
}
