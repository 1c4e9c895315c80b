/** Which days are held: the pause switch. Looks under remembered keys too, and opens again what was closed by one who may not. */
import { PaceError } from '../../errors.ts';
import { plainLine } from '../../text/untrusted-text.ts';
import type { Holding, RememberedHold, TrackerAdapter } from '../ports.ts';
import { ESCALATION_COMMENTS, HOLD_LABEL } from './escalation-text.ts';
import { asEscalation, type EscalationOptions, type Hold, type HoldMark } from './hold.ts';
import type { OwnIssues } from './own-issues.ts';
import { isOpen, readMark, withMark } from './own-mark.ts';
import { mayResume } from './resume-by.ts';

export type StandingHolds = (
  ...asked: Parameters<TrackerAdapter['openEscalation']>
) => Promise<Pick<Holding, 'holds' | 'closed'>>;

/** Of the sprint. The answer throws `PaceError` where a remembered one is not known to be over. */
export function createStandingHolds(options: EscalationOptions, own: OwnIssues<HoldMark>): StandingHolds {
  const { tracker, world, owner, resumeBy, readOnly } = options;

  const isOfSprint = ({ mark }: Hold) => mark.owner.sprint === owner.sprint;
  const isThat = (hold: Hold, day: number) => isOfSprint(hold) && hold.mark.day === day;

  async function standing({ before = Number.POSITIVE_INFINITY, remembered = [] }: Parameters<StandingHolds>[0] = {}) {
    const open = (await own.open()).filter(isOfSprint);
    const others = remembered.filter(({ day }) => !open.some(({ mark }) => mark.day === day));
    const asked = await Promise.all(others.map(async ({ day, key }) => ({ day, key, found: await own.byKey(key) })));
    const elsewhere = asked.flatMap(({ day, found }) => (found && isThat(found, day) ? [found] : []));
    const closed = resumeBy === 'anyone' ? [] : [...elsewhere, ...(await own.closed([HOLD_LABEL]))];
    const reopened = await reopenedOnes(closed.filter((one) => isOfSprint(one) && one.mark.day < before));
    const all = [...open, ...elsewhere.filter(({ issue }) => isOpen(issue)), ...reopened];
    const held = new Set(all.map(({ mark }) => mark.day));
    const earlier = all.filter(({ mark }) => mark.day < before).sort((a, b) => a.mark.day - b.mark.day);
    // what is held for sure pauses all the same
    if (earlier.length === 0) await refuseLost(asked.filter(({ day, found }) => !found || !isThat(found, day)));
    // one that is not there is asked for again: it may be the answer that was wrong
    const ended = elsewhere.filter(({ issue }) => !isOpen(issue)).map(({ mark }) => mark.day);
    return { holds: earlier.map(asEscalation), closed: ended.filter((day) => !held.has(day)) };
  }

  async function reopenedOnes(closed: readonly Hold[]): Promise<Hold[]> {
    const reopened: Hold[] = [];
    for (const one of new Map(closed.map((found) => [found.issue.key, found])).values()) {
      const again = await reopenedUnlessAllowed(one);
      if (again) reopened.push(again);
    }
    return reopened;
  }

  /** `undefined` for one that may stay closed. */
  async function reopenedUnlessAllowed(closed: Hold): Promise<Hold | undefined> {
    const { issue, mark } = closed;
    if (isOpen(issue) || mark.state !== 'open' || mark.resumedBy !== undefined) return undefined;
    const { may, who } = await mayResume(tracker, resumeBy, issue.key);
    if (may && readOnly) return undefined;
    if (may) {
      own.wrote(await tracker.updateIssue(issue.key, { metadata: withMark(issue, { ...mark, resumedBy: who }) }));
      return undefined;
    }
    const what = readOnly ? 'the next run opens it again' : 'it is opened again';
    world.log.warn(`Issue ${issue.key} was closed by ${plainLine(who, 60)}, who may not resume: ${what}.`);
    if (readOnly) return { issue: { ...issue, state: 'open' }, mark };
    const again = await own.reopened(closed);
    await own.say(issue.key, ESCALATION_COMMENTS.reopened(who));
    return again;
  }

  /** Whoever rewrites title, text and labels of an issue has not closed it: what it held is not known to be over. */
  async function refuseLost(lost: readonly (RememberedHold & { readonly found: Hold | undefined })[]): Promise<void> {
    for (const { day, key, found } of lost) {
      if (found) throw numberOfAnother(day, found.issue.key);
      const issue = await own.estranged(key);
      if (!issue) continue;
      if (readMark(issue, 'escalation')) throw numberOfAnother(day, issue.key);
      const isOver = !isOpen(issue) && (await mayResume(tracker, resumeBy, issue.key)).may;
      if (!isOver) throw lostMark(day, issue.key);
    }
  }

  return standing;
}

function numberOfAnother(day: number, key: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `Day ${day} was held by issue ${plainLine(key, 60)}, and that number belongs to an escalation of another gate, branch, sprint or day.`,
    remedy: `Please run day ${day} again until it ships, and let runs that share an embedded tracker follow one another.`,
  });
}

function lostMark(day: number, key: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `Issue ${plainLine(key, 60)} held day ${day}, and has lost all that marks it as PACE's.`,
    remedy: `Please run day ${day} again until it ships, or let somebody who may resume close that issue.`,
  });
}
