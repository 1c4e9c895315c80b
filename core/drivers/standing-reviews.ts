/** Which reviews of a change stand: the last word of each person. Pure. */
import { defined } from '../defined.ts';
import type { Approval, Person } from '../ports/index.ts';

export interface Review {
  /** Absent for an account that is gone, and for a team that was asked. */
  readonly person?: Person | undefined;
  /** `nothing`: it only comments, or is not sent yet. */
  readonly says: 'approves' | 'objects' | 'nothing';
  readonly sha?: string | undefined;
}

/** Of reviews, the oldest first. */
export function standingApprovals(reviews: readonly Review[]): Approval[] {
  const last = new Map<string, Review & { readonly person: Person }>();
  for (const { person, ...review } of reviews)
    if (person && review.says !== 'nothing') last.set(person.id.toLowerCase(), { person, ...review });
  const standing = [...last.values()].filter(({ says }) => says === 'approves');
  return standing.map(({ person, sha }) => ({ person, ...defined({ sha }) }));
}
