/** What a write has left undone, for people and for models. Pure. */
import type { PaceError } from '../../../core/errors.ts';
import type { Issue } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { waitingLine } from '../closing-notes.ts';
import type { Created } from '../create-issue.ts';
import type { Edited } from '../edit-issues.ts';

export interface NotDone {
  readonly key: string;
  /** `failed`: all of it; `partly`: it is written, but not as a whole; `after`: it is written, and what was to follow has failed. */
  readonly how: 'failed' | 'partly' | 'after';
  readonly message: string;
  /** Empty where there is none. */
  readonly remedy: string;
}

export interface Outcome {
  readonly left: readonly NotDone[];
  /** Something was done, and not all. */
  readonly isPartial: boolean;
  /** What somebody should look at, though all was done. */
  readonly warnings: readonly string[];
}

export function outcomeOf({ done, failed, partly, after, waiting = [] }: Edited): Outcome {
  const left: readonly NotDone[] = [
    ...failed.map(({ key, error }) => ({
      key,
      how: isBegun(error) ? ('partly' as const) : ('failed' as const),
      ...wordsOf(error),
    })),
    ...partly.map(({ key, fields }) => notTakenOf(key, fields)),
    ...after.map(({ key, error }) => ({ key, how: 'after' as const, ...wordsOf(error) })),
  ];
  const isBegunAtAll = done.length > 0 || failed.some(({ error }) => isBegun(error));
  return { left, isPartial: isBegunAtAll && left.length > 0, warnings: waiting.map(waitingLine) };
}

/** Of one new issue; `tracker`: its name. */
export function outcomeOfCreated({ issue, lacks, unassigned }: Created, tracker: string): Outcome {
  const left = [
    ...(lacks.length > 0 ? [notTakenOf(issue.key, lacks)] : []),
    ...(unassigned.length > 0 ? [unassignedOf(issue, unassigned, tracker)] : []),
  ];
  return { left, isPartial: left.length > 0, warnings: [] };
}

/** One line; `deed`: what was to be done, as `Closed`. */
export function notDoneLine({ key, how, message, remedy }: NotDone, deed: string): string {
  const words = plainLine([message, remedy].filter(Boolean).join(' '));
  return how === 'after' ? `${plainLine(key)} is ${deed.toLowerCase()}, but: ${words}` : `${plainLine(key)}: ${words}`;
}

function notTakenOf(key: string, fields: readonly string[]): NotDone {
  return {
    key,
    how: 'partly',
    message: `the tracker has not taken all of it: ${plainLine(fields.join(', '), 300)}. The token may not set it, or it is not kept here.`,
    remedy: '',
  };
}

function unassignedOf({ key }: Issue, names: readonly string[], tracker: string): NotDone {
  return {
    key,
    how: 'after',
    message: `it is not assigned to ${plainLine(names.join(', '), 500)}. ${plainLine(tracker)} does not know them as people who can be assigned here.`,
    remedy: '',
  };
}

function wordsOf({ message, remedy }: PaceError): Pick<NotDone, 'message' | 'remedy'> {
  return { message, remedy };
}

function isBegun({ done = [] }: PaceError): boolean {
  return done.length > 0;
}
