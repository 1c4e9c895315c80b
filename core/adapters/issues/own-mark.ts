/** What tells an issue of PACE's from all others: its mark, in the issue's metadata. Pure. */
import type { Issue, Metadata } from '../../ports/index.ts';
import { isOwnerMark, type OwnerMark } from '../owner.ts';

/** What PACE writes into `metadata.pace` of its issues. */
export interface Mark {
  readonly kind: 'escalation' | 'advisory' | 'story';
  readonly owner: OwnerMark;
  readonly day: number;
  /** `resolved`: closed by PACE. A closed issue that is still marked `open` was closed by a person. */
  readonly state: 'open' | 'resolved';
  /** Closed in favour of an older one, which two runs at the same time had not seen: while it is closed it stands for nothing. */
  readonly isTwin?: boolean;
  /** Digest of what PACE wrote last: the same again is not written. */
  readonly body: string;
  /** The body has been rewritten by somebody else, and is left to them. */
  readonly isTheirs?: boolean;
  /** News of it could not be said: the next run says them. */
  readonly unsaid?: boolean;
}

export interface OwnIssue<M extends Mark> {
  readonly issue: Issue;
  readonly mark: M;
}

/** The mark of an issue when it has one of this kind. */
export function readMark<M extends Mark>(issue: Issue, kind: M['kind']): M | undefined {
  const mark = issue.metadata['pace'] as Partial<Mark> | undefined;
  const isWhole = mark?.kind === kind && isOwnerMark(mark.owner) && typeof mark.day === 'number';
  return isWhole ? (mark as M) : undefined;
}

export function isOpen({ state }: Issue): boolean {
  return state !== 'done' && state !== 'canceled';
}

export function isClosedTwin({ issue, mark }: OwnIssue<Mark>): boolean {
  return mark.isTwin === true && !isOpen(issue);
}

/** The metadata of the issue with this mark: what others keep there stays. */
export function withMark<M extends Mark>(issue: Issue, mark: M): Metadata {
  return { ...issue.metadata, pace: mark };
}
