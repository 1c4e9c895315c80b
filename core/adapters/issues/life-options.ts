/** What the life of a kind of PACE's own issues works with. */
import type { Faults } from '../../faults.ts';
import type { IssueTracker } from '../../ports/index.ts';
import type { World } from '../../world.ts';
import type { Owner } from '../owner.ts';
import type { OpenIssues } from './open-issues.ts';

/** How many issues one run may create, over all kinds. */
export interface Quota {
  left: number;
}

export interface LifeOptions {
  readonly tracker: IssueTracker;
  readonly world: World;
  readonly owner: Owner;
  readonly open: OpenIssues;
  /** When the sprint began, in milliseconds since 1970: nothing older is of it. */
  readonly sprintStart?: number | undefined;
  readonly quota: Quota;
  /** Where a comment is kept that could not be said: what it speaks of is done all the same. */
  readonly faults: Faults;
}
