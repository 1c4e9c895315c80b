/** The life of a day's escalation: opened once, edited in place, reopened for news, closed by a SHIP, left alone when a person closed it. */

import { PaceError } from '../../errors.ts';
import type { Issue } from '../../ports/index.ts';
import type { Escalation, TrackerAdapter } from '../ports.ts';
import { type EscalationDraft, escalationDraft, type OpenOptions } from './escalation-draft.ts';
import { ESCALATION_COMMENTS, HOLD_LABEL } from './escalation-text.ts';
import { asEscalation, type EscalationOptions, type Hold, type HoldMark, holdLabels, remadeMark } from './hold.ts';
import { type CreatedIssue, createOwnIssues, RECHECK_DAYS } from './own-issues.ts';
import { isOpen, withMark } from './own-mark.ts';
import { mayResume } from './resume-by.ts';
import { createStandingHolds, type StandingHolds } from './standing-holds.ts';

const DAY = 86_400_000;
const REMINDER_DAYS = [1, 2, 4, 7];

/** Milliseconds of silence before the next reminder: 1, 2, 4, then every 7 days. */
function reminderAfter(reminded: number): number {
  return (REMINDER_DAYS[reminded] ?? 7) * DAY;
}

type ResolveOptions = Parameters<TrackerAdapter['resolveEscalation']>[0];

export interface Escalations {
  open(options: OpenOptions): Promise<Escalation>;
  /** `false` when it is closed, and that is still to be said. Throws `conflict` when a newer run has held the day. */
  resolve(options: ResolveOptions): Promise<boolean>;
  /** `true` when a reminder was due, and said. */
  remind(day: number): Promise<boolean>;
  readonly standing: StandingHolds;
  /** As this run has left it, else the open one. */
  of(day: number): Promise<Escalation | undefined>;
  /** The open one, else the remembered one, whatever its state. */
  issueOf(day: number, rememberedKey: string | undefined): Promise<Issue | undefined>;
}

export function createEscalations(options: EscalationOptions): Escalations {
  const { tracker, world, owner, resumeBy } = options;
  const startedAt = world.now();
  const found = createOwnIssues<HoldMark>({
    ...options,
    kind: 'escalation',
    label: HOLD_LABEL,
    remade: (issue) => remadeMark(options, issue),
  });
  const own = { ...found, open: looked };
  /** When each was held, by key, as the first look of this run has found them open. */
  let firstSeen: ReadonlyMap<string, number> | undefined;
  /** How this run has left the escalations of days. */
  const left = new Map<number, Escalation>();

  const isOfSprint = (mark: HoldMark) => mark.owner.sprint === owner.sprint;
  const isOf = (day: number) => (mark: HoldMark) => isOfSprint(mark) && mark.day === day;

  async function looked(): Promise<readonly Hold[]> {
    const open = await found.open();
    firstSeen ??= new Map(open.map(({ issue, mark }) => [issue.key, mark.heldAt]));
    return open;
  }

  async function openOnes(): Promise<Hold[]> {
    return (await own.open()).filter(({ mark }) => isOfSprint(mark));
  }

  /**
   * A run that began later has held the day: since the first look of this one the issue was opened, or marked anew. Clocks of two
   * machines differ, and tell nothing of it.
   */
  function isHeldSince(before: ReadonlyMap<string, number> | undefined, { issue, mark }: Hold): boolean {
    if (before === undefined || mark.heldAt === startedAt) return false;
    const known = before.get(issue.key);
    // without its label it may have been there and not been listed
    return known === undefined ? issue.labels.includes(HOLD_LABEL) : known !== mark.heldAt;
  }

  /** The day's own: the one under the remembered key, of which no list knows more, whatever its state, and the open ones. */
  async function ownOf(day: number, rememberedKey: string | undefined): Promise<Hold[]> {
    const known = rememberedKey ? await own.byKey(rememberedKey) : undefined;
    const open = (await openOnes()).filter(({ mark }) => mark.day === day);
    const mine = known && isOf(day)(known.mark) ? [known] : [];
    // a moved one may still be listed under the key that leads to it
    const keys = known ? [known.issue.key, rememberedKey] : [];
    return [...mine, ...open.filter(({ issue }) => !keys.includes(issue.key))];
  }

  /** The day's one: an open one, else the remembered one, else a closed one. */
  async function find(day: number, rememberedKey: string | undefined): Promise<Hold | undefined> {
    const all = await ownOf(day, rememberedKey);
    const open = all.filter(({ issue }) => isOpen(issue));
    const first = (await own.withoutTwins(open, ESCALATION_COMMENTS.twin)) ?? all[0];
    if (first || isYoung()) return first;
    return (await own.closed(holdLabels(day))).find(({ mark }) => isOf(day)(mark));
  }

  /** What a young sprint has closed is among the newest issues, which are looked through before one is created. */
  function isYoung(): boolean {
    return options.sprintStart !== undefined && options.sprintStart > startedAt - RECHECK_DAYS * DAY;
  }

  async function open(request: OpenOptions): Promise<Escalation> {
    const { day, rememberedKey } = request;
    const draft = await escalationDraft(options, request, startedAt);
    const existing = (await find(day, rememberedKey)) ?? (await created(draft));
    const isDone = ('isNew' in existing && existing.isNew) || (await staysClosed(existing, draft));
    const escalation = asEscalation(isDone ? existing : await refresh(existing, draft));
    left.set(day, escalation);
    return escalation;
  }

  /** A new one; or one that was there all the same. */
  function created({ title, body, mark }: EscalationDraft): Promise<CreatedIssue<HoldMark>> {
    const wanted = { title, body, labels: holdLabels(mark.day), purpose: 'hold' } as const;
    return own.createOnce(isOf(mark.day), mark, wanted, ESCALATION_COMMENTS.twin);
  }

  /** Closed by a person who may, for this very reason at this very commit. */
  async function staysClosed({ issue, mark }: Hold, draft: EscalationDraft): Promise<boolean> {
    const isNews = mark.reason !== draft.mark.reason || mark.sha !== draft.mark.sha;
    if (isOpen(issue) || mark.state !== 'open' || isNews) return false;
    return mark.resumedBy !== undefined || (await mayResume(tracker, resumeBy, issue.key)).may;
  }

  /**
   * Step by step towards the draft. Every step is skipped when it is done already, and the mark is written last: a run that was
   * killed in between is taken up where it ended.
   */
  async function refresh(existing: Hold, draft: EscalationDraft): Promise<Hold> {
    const { issue, mark: before } = existing;
    const { title, body, mark } = draft;
    const reopens = !isOpen(issue);
    if (reopens) await own.reopened(existing);
    let isSaid = true;
    if (reopens || before.state !== 'open' || before.unsaid || before.reason !== mark.reason) {
      isSaid = await own.say(issue.key, ESCALATION_COMMENTS.news(owner, mark.day, draft.reason, mark.sha));
    } else if (before.body === mark.body) {
      return restored(existing);
    }
    const { reminded = 0, saidAt = startedAt, isTheirs } = before;
    const text = isTheirs ? {} : { title, body };
    const lost = holdLabels(mark.day).filter((label) => !issue.labels.includes(label));
    const labels = lost.length === 0 ? {} : { addLabels: lost };
    const rest = { ...(isSaid ? {} : { unsaid: true }), ...(isTheirs ? { isTheirs } : {}) };
    const written = { ...mark, reminded, saidAt, ...rest };
    return own.wrote(await tracker.updateIssue(issue.key, { ...text, ...labels, metadata: withMark(issue, written) }));
  }

  /** One that is open holds again, whoever has closed it before. */
  function restored({ issue, mark: { resumedBy: _, ...mark } }: Hold): Promise<Hold> {
    return own.restored({ issue, mark }, holdLabels(mark.day));
  }

  async function resolve({ day, sha = '', note = '', rememberedKey }: ResolveOptions): Promise<boolean> {
    const text = ESCALATION_COMMENTS.resolved(owner, day, sha, note);
    const before = firstSeen;
    let isSaid = true;
    for (const hold of await ownOf(day, rememberedKey)) {
      const { issue, mark } = hold;
      if (isOpen(issue) && isHeldSince(before, hold)) throw newerHold(mark.day, issue.key);
      if (isOpen(issue)) await close(issue, mark, sha);
      // one that was cut off after it had closed has said nothing yet
      else if (mark.state !== 'resolved' || mark.sha !== sha) continue;
      isSaid = (await own.say(issue.key, text)) && isSaid;
    }
    return isSaid;
  }

  async function close(issue: Issue, mark: HoldMark, sha: string): Promise<void> {
    const metadata = withMark(issue, { ...mark, state: 'resolved', sha });
    own.wrote(await tracker.updateIssue(issue.key, { metadata, state: 'done' }));
    left.delete(mark.day);
  }

  async function remind(day: number): Promise<boolean> {
    const open = (await openOnes()).filter(({ mark }) => mark.day === day);
    const first = await own.withoutTwins(open, ESCALATION_COMMENTS.twin);
    if (!first) return false;
    const { issue, mark } = await restored(first);
    const { reminded = 0, saidAt = mark.heldAt } = mark;
    if (world.now() - saidAt < reminderAfter(reminded)) return false;
    const days = Math.max(0, Math.round((world.now() - issue.createdAt) / DAY));
    if (!(await own.say(issue.key, ESCALATION_COMMENTS.reminder(owner, day, days)))) return false;
    const metadata = withMark(issue, { ...mark, reminded: reminded + 1, saidAt: world.now() });
    own.wrote(await tracker.updateIssue(issue.key, { metadata }));
    return true;
  }

  return {
    open,
    resolve,
    remind,
    standing: createStandingHolds(options, own),
    issueOf: async (day, rememberedKey) => {
      const all = await ownOf(day, rememberedKey);
      return (all.find(({ issue }) => isOpen(issue)) ?? all[0])?.issue;
    },
    of: async (day) => {
      const found = (await openOnes()).find(({ mark }) => mark.day === day);
      return left.get(day) ?? (found && asEscalation(found));
    },
  };
}

function newerHold(day: number, key: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `Day ${day} was held by a newer run than this one: ${key} stays open.`,
    remedy: 'Please run the day again; give the job a concurrency group so that runs do not overlap.',
  });
}
