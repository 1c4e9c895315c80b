/** The life of a day's escalation: opened once, edited in place, reopened for news, closed by a SHIP, left alone when a person closed it. */

import { PaceError } from '../../errors.ts';
import { type DayFile, readDayFile, readDayMap, textOf } from '../../files/day-files.ts';
import { fingerprint } from '../fingerprint.ts';
import { fitBody } from '../fit-body.ts';
import type { Escalation, TrackerAdapter } from '../ports.ts';
import {
  dayLabel,
  ESCALATION_COMMENTS,
  escalationBody,
  escalationTitle,
  HOLD_LABEL,
  NO_REASON,
} from './escalation-text.ts';
import { createOwnIssues, isOpen, type LifeOptions, type Mark, type OwnIssue, sayOnce } from './own-issues.ts';

interface HoldMark extends Mark {
  readonly kind: 'escalation';
  /** Digest of the reason. */
  readonly reason: string;
  readonly sha: string;
  /** When the run that held began, in milliseconds since 1970. */
  readonly heldAt: number;
  /** How many reminders were said, and when the issue last spoke. */
  readonly reminded?: number;
  readonly saidAt?: number;
}

const DAY = 86_400_000;
const REMINDER_DAYS = [1, 2, 4, 7];

/** Milliseconds of silence before the next reminder: 1, 2, 4, then every 7 days. */
export function reminderAfter(reminded: number): number {
  return (REMINDER_DAYS[reminded] ?? 7) * DAY;
}

type OpenOptions = Parameters<TrackerAdapter['openEscalationIssue']>[0];
type ResolveOptions = Parameters<TrackerAdapter['resolveEscalation']>[0];

export interface Escalations {
  open(options: OpenOptions): Promise<Escalation>;
  /** `false` when a newer run has held the day. */
  resolve(options: ResolveOptions): Promise<boolean>;
  /** `true` when a reminder was due, and said. */
  remind(day: number): Promise<boolean>;
  /** The open one of the earliest day. */
  earliestOpen(before?: number): Promise<Escalation | undefined>;
  of(day: number): Promise<Escalation | undefined>;
}

export function createEscalations(options: LifeOptions): Escalations {
  const { tracker, world, repository, quota } = options;
  const own = createOwnIssues<HoldMark>({ tracker, world, kind: 'escalation', label: HOLD_LABEL, quota });
  const startedAt = world.now();
  const markOf = (day: number) => fingerprint(repository, 'escalation', day);

  async function open(request: OpenOptions): Promise<Escalation> {
    const { day, sha = '', rememberedKey } = request;
    const reason = await reasonOf(request);
    const existing = await own.find(markOf(day), rememberedKey);
    const before = existing?.mark;
    const draft = await compose(request, reason, sha);
    if (!existing) {
      const labels = [HOLD_LABEL, dayLabel(day)];
      return asEscalation(
        await own.createOnce(draft.mark, { ...draft, labels, purpose: 'hold' }, ESCALATION_COMMENTS.twin),
      );
    }
    const isNews = before?.reason !== draft.mark.reason || before.sha !== sha;
    const closed = !isOpen(existing.issue);
    if (closed && before?.state === 'open' && !isNews) return asEscalation(existing);
    return asEscalation(await refresh(existing, draft));
  }

  /**
   * Step by step towards the draft. Every step is skipped when it is done already, and the mark is written last: a run that was
   * killed in between is taken up where it ended.
   */
  async function refresh(existing: OwnIssue<HoldMark>, draft: EscalationDraft): Promise<OwnIssue<HoldMark>> {
    const { issue, mark: before } = existing;
    const { title, body, mark } = draft;
    const reopens = !isOpen(issue);
    if (reopens) own.wrote(await tracker.transitionIssue(issue.key, 'open'));
    if (reopens || before.state !== 'open' || before.reason !== mark.reason) {
      await sayOnce(tracker, issue.key, ESCALATION_COMMENTS.news(mark.day, draft.reason, mark.sha));
    } else if (before.body === mark.body && before.sha === mark.sha) {
      return existing;
    }
    const reminders = { reminded: before.reminded ?? 0, saidAt: before.saidAt ?? startedAt };
    return own.wrote(
      await tracker.updateIssue(issue.key, { title, body, metadata: { pace: { ...mark, ...reminders } } }),
    );
  }

  async function compose(request: OpenOptions, reason: string, sha: string): Promise<EscalationDraft> {
    const { day, dayDir, jobUrl = '', report = '' } = request;
    const files: Partial<Record<DayFile, string>> = {};
    for (const file of ['story', 'handoff', 'gate'] as const) {
      const text = await readDayFile(dayDir, file);
      if (text !== undefined) files[file] = text;
    }
    const shape = {
      kind: 'escalation',
      fingerprint: markOf(day),
      day,
      state: 'open',
      reason: fingerprint(reason),
      sha,
      heldAt: startedAt,
    } as const;
    const content = { day, reason, sha, report, files };
    const body = fitBody(tracker, (limit) => escalationBody({ ...content, jobUrl }, limit), {
      pace: { ...shape, body: fingerprint('') },
    });
    // the job differs from run to run: by itself it is not news
    const digest = fingerprint(JSON.stringify(content));
    return { title: escalationTitle(day, reason, tracker.titleLimit), body, reason, mark: { ...shape, body: digest } };
  }

  async function resolve({ day, sha = '', note = '', rememberedKey }: ResolveOptions): Promise<boolean> {
    const existing = await own.find(markOf(day), rememberedKey);
    // a twin that a race has left over is resolved with the day
    const twins = (await own.twins(markOf(day))).filter(({ issue }) => issue.key !== existing?.issue.key);
    const open = [...(existing ? [existing] : []), ...twins].filter(({ issue }) => isOpen(issue));
    for (const { issue, mark } of open) {
      if (mark.heldAt > startedAt) throw newerHold(day, issue.key);
      await sayOnce(tracker, issue.key, ESCALATION_COMMENTS.resolved(day, sha, note));
      own.wrote(
        await tracker.updateIssue(issue.key, { metadata: { pace: { ...mark, state: 'resolved' } }, state: 'done' }),
      );
    }
    return true;
  }

  async function remind(day: number): Promise<boolean> {
    const existing = await own.find(markOf(day));
    if (!existing || !isOpen(existing.issue)) return false;
    const { issue, mark } = existing;
    const { reminded = 0, saidAt = mark.heldAt } = mark;
    if (world.now() - saidAt < reminderAfter(reminded)) return false;
    await sayOnce(
      tracker,
      issue.key,
      ESCALATION_COMMENTS.reminder(day, Math.round((world.now() - issue.createdAt) / DAY)),
    );
    const pace = { ...mark, reminded: reminded + 1, saidAt: world.now() };
    own.wrote(await tracker.updateIssue(issue.key, { body: issue.body, metadata: { pace } }));
    return true;
  }

  async function mine(): Promise<readonly OwnIssue<HoldMark>[]> {
    return (await own.all()).filter(({ mark }) => mark.fingerprint === markOf(mark.day));
  }

  return {
    open,
    resolve,
    remind,
    earliestOpen: async (before = Number.POSITIVE_INFINITY) => {
      const open = (await mine()).filter(({ issue, mark }) => isOpen(issue) && mark.day < before);
      const [first] = open.sort((a, b) => a.mark.day - b.mark.day);
      return first && asEscalation(first);
    },
    of: async (day) => {
      const found = await own.find(markOf(day));
      return found && asEscalation(found);
    },
  };
}

interface EscalationDraft {
  readonly title: string;
  readonly body: string;
  readonly reason: string;
  readonly mark: HoldMark;
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

function newerHold(day: number, key: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `Day ${day} was held by a newer run than this one: ${key} stays open.`,
    remedy: 'Please run the day again; give the job a concurrency group so that runs do not overlap.',
  });
}
