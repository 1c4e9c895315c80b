/** What sync writes on an issue that it creates, so that the pair is known again where what was remembered is lost. Pure. */
import type { Issue, Metadata } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import { hasStepLine } from './footers.ts';
import type { End, Half } from './pair.ts';

/** The member of `metadata`: by the id of the other end, what the issue is in step with there. */
export const SYNC_MARK = 'pace_sync';

export interface Mark {
  readonly pair: string;
  /** Of the issue at the other end. */
  readonly id: string;
  readonly key: string;
  /** The issue was made with the line that ends what is kept in step. */
  readonly hasLine?: boolean;
}

/** Beside the marks of other ends. */
export function withMark(metadata: Metadata, other: End, mark: Mark): Metadata {
  const marks = metadata[SYNC_MARK];
  return { [SYNC_MARK]: { ...(isRecord(marks) ? marks : {}), [other.id]: mark } };
}

/** `null` removes what is left empty. */
export function withoutMark(metadata: Metadata, other: End): Metadata {
  const marks = metadata[SYNC_MARK];
  const rest = Object.entries(isRecord(marks) ? marks : {}).filter(([end]) => end !== other.id);
  return { [SYNC_MARK]: rest.length === 0 ? null : Object.fromEntries(rest) };
}

export function markOf({ metadata }: Pick<Issue, 'metadata'>, other: End): Mark | undefined {
  const marks = metadata[SYNC_MARK];
  const mark = isRecord(marks) ? marks[other.id] : undefined;
  if (!isRecord(mark)) return undefined;
  const { pair, id, key } = { pair: '', id: '', key: '', ...mark };
  const isWhole = [pair, id, key].every((word) => typeof word === 'string' && word !== '');
  if (!isWhole) return undefined;
  return { pair: String(pair), id: String(id), key: String(key), ...(mark['hasLine'] === true && { hasLine: true }) };
}

/** Of any other end. */
export function hasMarks({ metadata }: Pick<Issue, 'metadata'>): boolean {
  const marks = metadata[SYNC_MARK];
  return isRecord(marks) && Object.keys(marks).length > 0;
}

/** The vendor's id of an issue; its key where that never changes. */
export function idOf({ id, key }: Pick<Issue, 'id' | 'key'>): string {
  return id ?? key;
}

/** An issue as half of a pair; nothing was looked at yet. */
export function halfOf({ id, key, url, body }: Pick<Issue, 'id' | 'key' | 'url' | 'body'>): Half {
  const half = { id: idOf({ key, ...(id !== undefined && { id }) }), key, url };
  return hasStepLine(body) ? { ...half, hasLine: true } : half;
}
