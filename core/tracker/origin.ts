/** Where an issue of another tracker comes from, kept in its metadata: what makes an import recognise its own work. Pure. */
import type { Metadata } from '../ports/issue.ts';
import { isRecord } from '../record.ts';

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

/** The same text for the same issue of the same tracker; `undefined` for a line that names no key. */
export function originId({ tracker, key, url, createdAt = '' }: Origin): string | undefined {
  return key === '' ? undefined : JSON.stringify([tracker, key, url, momentOf(createdAt)]);
}

/** Of an issue that an import has made; of a twin that gave way, `undefined`. */
export function originIn(metadata: Metadata): Origin | undefined {
  const origin = metadata[ORIGIN];
  if (!isRecord(origin)) return undefined;
  const read = { tracker: '', key: '', url: '', createdAt: '', twinOf: undefined, ...origin };
  const { tracker, key, url, createdAt, twinOf } = read;
  const words = [tracker, key, url, createdAt].every((word) => typeof word === 'string');
  if (!words || key === '' || twinOf !== undefined) return undefined;
  return { tracker, key, url, ...(createdAt === '' ? {} : { createdAt }) };
}

/** A moment that is written in two ways is one. */
function momentOf(time: string): string {
  const moment = Date.parse(time);
  return Number.isNaN(moment) ? time : new Date(moment).toISOString();
}
