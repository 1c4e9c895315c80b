/** What claims are in comments: their words, and what can be read of them. Pure. */
import type { Comment } from '../ports/issue.ts';
import type { Claim } from '../ports/tracker-driver.ts';
import { plainLine } from '../text/untrusted-text.ts';

export interface ClaimComment {
  readonly comment: string;
  readonly agent: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** A comment says that an agent has the issue, or that an earlier comment says so no longer. */
export type ClaimMark = ClaimComment | { readonly ends: string };

/** The longest that a claim in a comment holds after it was written: a comment is not forgotten by itself. */
export const LONGEST_CLAIM_MS = 30 * 24 * 3_600_000;

const CLAIMS = /^Claimed by `([^`\n]+)` until `([^`\n]+)`\.\s*$/;
const ENDS = /^The claim `([^`\n]+)` of `[^`\n]+` has ended\.\s*$/;

const PAST = /^Was claimed by `[^`\n]+`\.\s*$/;

export function markIn({ id, body, createdAt, editedAt = createdAt }: Comment): ClaimMark | undefined {
  const [, ends] = ENDS.exec(body) ?? [];
  if (ends !== undefined) return { ends };
  const [, agent, time = ''] = CLAIMS.exec(body) ?? [];
  const until = Math.min(Date.parse(time), editedAt + LONGEST_CLAIM_MS);
  return agent === undefined || Number.isNaN(until) ? undefined : { comment: id, agent, until };
}

/** Whether a comment is a claim, or what is left of one. */
export function isAboutClaim(body: string): boolean {
  return CLAIMS.test(body) || ENDS.test(body) || PAST.test(body);
}

export function isClaim(mark: ClaimMark | undefined): mark is ClaimComment {
  return mark !== undefined && 'agent' in mark;
}

/** The claims that no other comment has ended, in their order; those whose time is up among them. */
export function notEnded(marks: readonly ClaimMark[]): ClaimComment[] {
  const ended = new Set(marks.flatMap((mark) => ('ends' in mark ? [mark.ends] : [])));
  return marks.filter(isClaim).filter(({ comment }) => !ended.has(comment));
}

export function claimWords({ agent, until }: Pick<Claim, 'agent' | 'until'>): string {
  return `Claimed by \`${agent}\` until \`${new Date(until).toISOString()}\`.`;
}

/** In place of the claim, where its comment can be changed. */
export function pastWords({ agent }: Pick<ClaimComment, 'agent'>): string {
  return `Was claimed by \`${agent}\`.`;
}

/** In another comment, where it cannot. */
export function endWords({ comment, agent }: Pick<ClaimComment, 'comment' | 'agent'>): string {
  return `The claim \`${comment}\` of \`${agent}\` has ended.`;
}

/** As claims have it. */
export function agentName(agent: string): string {
  return plainLine(agent, 100).replaceAll('`', "'");
}
