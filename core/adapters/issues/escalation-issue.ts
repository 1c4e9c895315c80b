/** The life of a day's escalation: opened once, edited in place, reopened for news, closed by a SHIP, left alone when a person closed it. */

import { PaceError } from '../../errors.ts';
import { type DayFile, readDayFile, readDayMap, textOf } from '../../files/day-files.ts';
import type { Issue } from '../../ports/index.ts';
import { plainLine } from '../../text/untrusted-text.ts';
import { digest } from '../digest.ts';
import { fitBody } from '../fit-body.ts';
import { ownerMark } from '../owner.ts';
import type { Escalation, RememberedHold, TrackerAdapter } from '../ports.ts';
import {
  dayInTitle,
  dayLabel,
  ESCALATION_COMMENTS,
  escalationBody,
  escalationTitle,
  HOLD_LABEL,
  NO_REASON,
} from './escalation-text.ts';
import {
  type CreatedIssue,
  createOwnIssues,
  isOpen,
  type LifeOptions,
  type Mark,
  type OwnIssue,
  readMark,
  withMark,
} from './own-issues.ts';
import { mayResume, type ResumeBy } from './resume-by.ts';

interface HoldMark extends Mark {
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

const DAY = 86_400_000;
const REMINDER_DAYS = [1, 2, 4, 7];

/** Milliseconds of silence before the next reminder: 1, 2, 4, then every 7 days. */
export function reminderAfter(reminded: number): number {
  return (REMINDER_DAYS[reminded] ?? 7) * DAY;
}

type OpenOptions = Parameters<TrackerAdapter['openEscalationIssue']>[0];
type ResolveOptions = Parameters<TrackerAdapter['resolveEscalation']>[0];

export interface EscalationOptions extends LifeOptions {
  readonly resumeBy: ResumeBy;
  /** Nothing is written, not even what only repairs. */
  readonly readOnly: boolean;
}

/** What a look for open ones gave. */
export interface Standing {
  /** That of the earliest day first. */
  readonly holds: readonly Escalation[];
  /** Remembered days whose escalation was seen to be closed. */
  readonly closed: readonly number[];
}

export interface Escalations {
  open(options: OpenOptions): Promise<Escalation>;
  /** `false` when it is closed, and that is still to be said. Throws `conflict` when a newer run has held the day. */
  resolve(options: ResolveOptions): Promise<boolean>;
  /** `true` when a reminder was due, and said. */
  remind(day: number): Promise<boolean>;
  /** Those that are open. */
  standing(options: { before?: number; remembered?: readonly RememberedHold[] }): Promise<Standing>;
  /** As this run has left it, else the open one. */
  of(day: number): Promise<Escalation | undefined>;
}

export function createEscalations(options: EscalationOptions): Escalations {
  const { tracker, world, owner, resumeBy, readOnly } = options;
  const startedAt = world.now();
  const own = createOwnIssues<HoldMark>({ ...options, kind: 'escalation', label: HOLD_LABEL, remade });
  /** How this run has left the escalations of days. */
  const left = new Map<number, Escalation>();

  const isOfSprint = (mark: HoldMark) => mark.owner.sprint === owner.sprint;
  const isOf = (day: number) => (mark: HoldMark) => isOfSprint(mark) && mark.day === day;

  /** Of a body that somebody has rewritten only the title tells the day; one from before the sprint is another sprint's. */
  function remade({ title, createdAt }: Issue): HoldMark | undefined {
    const day = dayInTitle(owner, title);
    if (day === undefined || createdAt < (options.sprintStart ?? 0)) return undefined;
    const state = 'open';
    return { ...blank(day), state, reason: '', sha: '', heldAt: createdAt, body: '', isTheirs: true };
  }

  function blank(day: number): Pick<HoldMark, 'kind' | 'owner' | 'day'> {
    return { kind: 'escalation', owner: ownerMark(owner), day };
  }

  async function openOnes(): Promise<OwnIssue<HoldMark>[]> {
    return (await own.open()).filter(({ mark }) => isOfSprint(mark));
  }

  /** The day's own: the one under the remembered key, of which no list knows more, whatever its state, and the open ones. */
  async function ownOf(day: number, rememberedKey: string | undefined): Promise<OwnIssue<HoldMark>[]> {
    const known = rememberedKey ? await own.byKey(rememberedKey) : undefined;
    const open = (await openOnes()).filter(({ mark }) => mark.day === day);
    const mine = known && isOf(day)(known.mark) ? [known] : [];
    // a moved one may still be listed under the key that leads to it
    const keys = known ? [known.issue.key, rememberedKey] : [];
    return [...mine, ...open.filter(({ issue }) => !keys.includes(issue.key))];
  }

  /** The day's one: an open one, else the remembered one, else a closed one. */
  async function find(day: number, rememberedKey: string | undefined): Promise<OwnIssue<HoldMark> | undefined> {
    const all = await ownOf(day, rememberedKey);
    const open = all.filter(({ issue }) => isOpen(issue));
    const first = (await own.withoutTwins(open, ESCALATION_COMMENTS.twin)) ?? all[0];
    if (first || isYoung()) return first;
    return (await own.closed(labelsOf({ day }))).find(({ mark }) => isOf(day)(mark));
  }

  /** What a young sprint has closed is among the newest issues, which are looked through before one is created. */
  function isYoung(): boolean {
    return options.sprintStart !== undefined && options.sprintStart > startedAt - 30 * DAY;
  }

  async function open(request: OpenOptions): Promise<Escalation> {
    const { day, sha = '', rememberedKey } = request;
    const reason = await reasonOf(request);
    const draft = await compose(request, reason, sha);
    const existing = (await find(day, rememberedKey)) ?? (await created(draft));
    const isDone = ('isNew' in existing && existing.isNew) || (await staysClosed(existing, draft));
    const escalation = asEscalation(isDone ? existing : await refresh(existing, draft));
    left.set(day, escalation);
    return escalation;
  }

  /** A new one; or one that was there all the same. */
  function created({ title, body, mark }: EscalationDraft): Promise<CreatedIssue<HoldMark>> {
    const wanted = { title, body, labels: labelsOf(mark), purpose: 'hold' } as const;
    return own.createOnce(isOf(mark.day), mark, wanted, ESCALATION_COMMENTS.twin);
  }

  /** Closed by a person who may, for this very reason at this very commit. */
  async function staysClosed({ issue, mark }: OwnIssue<HoldMark>, draft: EscalationDraft): Promise<boolean> {
    const isNews = mark.reason !== draft.mark.reason || mark.sha !== draft.mark.sha;
    if (isOpen(issue) || mark.state !== 'open' || isNews) return false;
    return mark.resumedBy !== undefined || (await mayResume(tracker, resumeBy, issue.key)).may;
  }

  /**
   * Step by step towards the draft. Every step is skipped when it is done already, and the mark is written last: a run that was
   * killed in between is taken up where it ended.
   */
  async function refresh(existing: OwnIssue<HoldMark>, draft: EscalationDraft): Promise<OwnIssue<HoldMark>> {
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
    const lost = labelsOf(mark).filter((label) => !issue.labels.includes(label));
    const labels = lost.length === 0 ? {} : { addLabels: lost };
    const rest = { ...(isSaid ? {} : { unsaid: true }), ...(isTheirs ? { isTheirs } : {}) };
    const written = { ...mark, reminded, saidAt, ...rest };
    return own.wrote(await tracker.updateIssue(issue.key, { ...text, ...labels, metadata: withMark(issue, written) }));
  }

  /** One that is open holds again, whoever has closed it before. */
  function restored({ issue, mark: { resumedBy: _, ...mark } }: OwnIssue<HoldMark>): Promise<OwnIssue<HoldMark>> {
    return own.restored({ issue, mark }, labelsOf(mark));
  }

  async function compose(request: OpenOptions, reason: string, sha: string): Promise<EscalationDraft> {
    const { day, dayDir, jobUrl = '', report = '', reportPath = '' } = request;
    const files: Partial<Record<DayFile, string>> = {};
    for (const file of ['story', 'handoff', 'gate'] as const) {
      const text = await readDayFile(dayDir, file);
      if (text !== undefined) files[file] = text;
    }
    const shape = { ...blank(day), state: 'open', reason: digest(reason), sha, heldAt: startedAt } as const;
    const content = { owner, day, reason, sha, report, reportPath, files };
    const body = fitBody(tracker, (limit) => escalationBody({ ...content, jobUrl }, limit), {
      pace: { ...shape, body: digest('') },
    });
    // the job differs from run to run: by itself it is not news
    const mark = { ...shape, body: digest(JSON.stringify(content)) };
    return { title: escalationTitle(owner, day, reason, tracker.titleLimit), body, reason, mark };
  }

  async function resolve({ day, sha = '', note = '', rememberedKey }: ResolveOptions): Promise<boolean> {
    const text = ESCALATION_COMMENTS.resolved(owner, day, sha, note);
    let isSaid = true;
    for (const { issue, mark } of await ownOf(day, rememberedKey)) {
      if (isOpen(issue)) await close(issue, mark, sha);
      // one that was cut off after it had closed has said nothing yet
      else if (mark.state !== 'resolved' || mark.sha !== sha) continue;
      isSaid = (await own.say(issue.key, text)) && isSaid;
    }
    return isSaid;
  }

  async function close(issue: Issue, mark: HoldMark, sha: string): Promise<void> {
    if (mark.heldAt > startedAt) throw newerHold(mark.day, issue.key);
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
    const days = Math.round((world.now() - issue.createdAt) / DAY);
    if (!(await own.say(issue.key, ESCALATION_COMMENTS.reminder(owner, day, days)))) return false;
    const metadata = withMark(issue, { ...mark, reminded: reminded + 1, saidAt: world.now() });
    own.wrote(await tracker.updateIssue(issue.key, { metadata }));
    return true;
  }

  async function standing({
    before = Number.POSITIVE_INFINITY,
    remembered = [],
  }: Parameters<Escalations['standing']>[0]): Promise<Standing> {
    const open = await openOnes();
    const others = remembered.filter(({ day }) => !open.some(({ mark }) => mark.day === day));
    const asked = await Promise.all(others.map(async ({ day, key }) => ({ day, key, own: await own.byKey(key) })));
    const elsewhere = asked.flatMap(({ day, own: found }) => (found && isOf(day)(found.mark) ? [found] : []));
    const closedOnes = resumeBy === 'anyone' ? [] : [...elsewhere, ...(await own.closed([HOLD_LABEL]))];
    const reopened: OwnIssue<HoldMark>[] = [];
    for (const found of byKeyOnce(closedOnes)) {
      if (!isOfSprint(found.mark) || found.mark.day >= before) continue;
      const again = await reopenedUnlessAllowed(found);
      if (again) reopened.push(again);
    }
    const all = [...open, ...elsewhere.filter(({ issue }) => isOpen(issue)), ...reopened];
    const held = new Set(all.map(({ mark }) => mark.day));
    const earlier = all.filter(({ mark }) => mark.day < before).sort((a, b) => a.mark.day - b.mark.day);
    // what is held for sure pauses all the same
    if (earlier.length === 0) await refuseLost(asked.filter(({ own: found }) => !found || !isOfSprint(found.mark)));
    // one that is not there is asked for again: it may be the answer that was wrong
    const ended = elsewhere.filter(({ issue }) => !isOpen(issue)).map(({ mark }) => mark.day);
    return { holds: earlier.map(asEscalation), closed: ended.filter((day) => !held.has(day)) };
  }

  /** Whoever rewrites title, text and labels of an issue has not closed it: what it held is not known to be over. */
  async function refuseLost(lost: readonly RememberedHold[]): Promise<void> {
    for (const { day, key } of lost) {
      const issue = await own.estranged(key);
      if (!issue) continue;
      if (readMark(issue, 'escalation')) throw numberOfAnother(day, issue.key);
      const isOver = !isOpen(issue) && (await mayResume(tracker, resumeBy, issue.key)).may;
      if (!isOver) throw lostMark(day, issue.key);
    }
  }

  /** `undefined` for one that may stay closed. */
  async function reopenedUnlessAllowed(closed: OwnIssue<HoldMark>): Promise<OwnIssue<HoldMark> | undefined> {
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

  return {
    open,
    resolve,
    remind,
    standing,
    of: async (day) => {
      const found = (await openOnes()).find(({ mark }) => mark.day === day);
      return left.get(day) ?? (found && asEscalation(found));
    },
  };
}

interface EscalationDraft {
  readonly title: string;
  readonly body: string;
  readonly reason: string;
  readonly mark: HoldMark;
}

function labelsOf({ day }: Pick<HoldMark, 'day'>): readonly string[] {
  return [HOLD_LABEL, dayLabel(day)];
}

function byKeyOnce(found: readonly OwnIssue<HoldMark>[]): OwnIssue<HoldMark>[] {
  return [...new Map(found.map((one) => [one.issue.key, one])).values()];
}

function asEscalation({ issue, mark }: OwnIssue<HoldMark>): Escalation {
  return { key: issue.key, url: issue.url, day: mark.day, open: isOpen(issue) };
}

/** The reason that was given, else the one that an agent's report names. */
async function reasonOf({ holdReason, dayDir }: OpenOptions): Promise<string> {
  if (holdReason) return holdReason;
  for (const file of ['gate', 'sentinel', 'conduit'] as const) {
    const reason = textOf((await readDayMap(dayDir, file))['hold_reason']);
    if (reason) return reason;
  }
  return NO_REASON;
}

function numberOfAnother(day: number, key: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `Day ${day} was held by issue ${plainLine(key, 60)}, and that number belongs to an escalation of another gate, branch or sprint.`,
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

function newerHold(day: number, key: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `Day ${day} was held by a newer run than this one: ${key} stays open.`,
    remedy: 'Please run the day again; give the job a concurrency group so that runs do not overlap.',
  });
}
