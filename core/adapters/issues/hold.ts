/** What an escalation is told and found again by: its mark, its labels, its title. */
import type { Issue } from '../../ports/index.ts';
import { type Owner, ownerMark } from '../owner.ts';
import type { Escalation } from '../ports.ts';
import { dayInTitle, dayLabel, HOLD_LABEL } from './escalation-text.ts';
import type { LifeOptions } from './life-options.ts';
import { isOpen, type Mark, type OwnIssue } from './own-mark.ts';
import type { ResumeBy } from './resume-by.ts';

export interface EscalationOptions extends LifeOptions {
  readonly resumeBy: ResumeBy;
  /** Nothing is written, not even what only repairs. */
  readonly readOnly: boolean;
}

export interface HoldMark extends Mark {
  readonly kind: 'escalation';
  /** Digest of the reason. */
  readonly reason: string;
  /** The commit that held last; once it is resolved, the one that shipped. */
  readonly sha: string;
  /** When the run that held began, in milliseconds since 1970. */
  readonly heldAt: number;
  /** How many reminders were said, and when the issue last spoke. */
  readonly reminded?: number;
  readonly saidAt?: number;
  /** Who closed it, and was found to be one who may. */
  readonly resumedBy?: string;
}

export type Hold = OwnIssue<HoldMark>;

/** What every mark of a day's escalation begins with. */
export function markOfDay(owner: Owner, day: number): Pick<HoldMark, 'kind' | 'owner' | 'day'> {
  return { kind: 'escalation', owner: ownerMark(owner), day };
}

/**
 * The mark of an issue whose body somebody has rewritten: only its title tells the day. One from before the sprint is another
 * sprint's.
 */
export function remadeMark(
  { owner, sprintStart = 0 }: Pick<LifeOptions, 'owner' | 'sprintStart'>,
  { title, createdAt }: Issue,
): HoldMark | undefined {
  const day = dayInTitle(owner, title);
  if (day === undefined || createdAt < sprintStart) return undefined;
  const state = 'open';
  return { ...markOfDay(owner, day), state, reason: '', sha: '', heldAt: createdAt, body: '', isTheirs: true };
}

export function holdLabels(day: number): readonly string[] {
  return [HOLD_LABEL, dayLabel(day)];
}

export function asEscalation({ issue, mark }: Hold): Escalation {
  return { key: issue.key, url: issue.url, day: mark.day, open: isOpen(issue) };
}
