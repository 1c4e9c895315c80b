/** The fields of a milestone as people give them. Pure. */

import { defined } from '../../../core/defined.ts';
import type { Milestone } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { isDay } from '../../tracker/times.ts';
import { usageError } from '../../tracker/usage.ts';

export interface GivenMilestone {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly due?: string | undefined;
  readonly state?: Milestone['state'] | undefined;
}

/** Throws a usage error for what is not a date. */
export function milestoneFields({ title, description, due, state }: GivenMilestone): Partial<Milestone> {
  if (due !== undefined && !isDay(due)) {
    throw usageError(`--due: “${plainLine(due, 40)}” is not a date.`, 'Please write it as 2026-11-30.');
  }
  return {
    ...defined({ title, description, dueDate: due, state }),
  };
}
