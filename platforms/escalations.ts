/** The life of a day's escalation: opened once, edited in place, reopened for news, closed by a SHIP, left alone when a person closed it. */
import { type DayFile, readDayFile, readDayMap, textOf } from './day-files.ts';
import { PaceError } from './errors.ts';
import { COMMENTS, dayLabel, escalationBody, escalationTitle, HOLD_LABEL, NO_REASON } from './escalation.ts';
import { fingerprint } from './fingerprint.ts';
import { fitBody } from './fit-body.ts';
import { createOwnIssues, isOpen, type Mark, type OwnIssue } from './own-issues.ts';
import type { Escalation, IssueTracker, TrackerAdapter } from './ports.ts';
import type { World } from './world.ts';

interface HoldMark extends Mark {
  readonly kind: 'escalation';
  /** Digest of the reason. */
  readonly reason: string;
  readonly sha: string;
  /** When the run that held began, in milliseconds since 1970. */
  readonly heldAt: number;
}

type Open = Parameters<TrackerAdapter['openEscalationIssue']>[0];
type Resolve = Parameters<TrackerAdapter['resolveEscalation']>[0];

export interface Escalations {
  open(options: Open): Promise<Escalation>;
  /** `false` when a newer run has held the day. */
  resolve(options: Resolve): Promise<boolean>;
  /** The open one of the earliest day. */
  earliestOpen(before?: number): Promise<Escalation | undefined>;
  of(day: number): Promise<Escalation | undefined>;
}

export function createEscalations(options: { tracker: IssueTracker; world: World; repository: string }): Escalations {
  const { tracker, world, repository } = options;
  const own = createOwnIssues<HoldMark>({ tracker, world, kind: 'escalation', label: HOLD_LABEL });
  const startedAt = world.now();
  const markOf = (day: number) => fingerprint(repository, 'escalation', day);

  async function open(request: Open): Promise<Escalation> {
    const { day, sha = '', rememberedKey } = request;
    const reason = await reasonOf(request);
    const existing = await own.find(markOf(day), rememberedKey);
    const before = existing?.mark;
    const draft = await compose(request, reason, sha);
    if (!existing) {
      const labels = [HOLD_LABEL, dayLabel(day)];
      return asEscalation(await own.createOnce(draft.mark, { ...draft, labels, purpose: 'hold' }, COMMENTS.twin));
    }
    const isNews = before?.reason !== draft.mark.reason || before.sha !== sha;
    const closed = !isOpen(existing.issue);
    if (closed && before?.state === 'open' && !isNews) return asEscalation(existing);
    return asEscalation(await refresh(existing, draft, { reopen: closed, reason, sha }));
  }

  async function refresh(
    existing: OwnIssue<HoldMark>,
    draft: Draft,
    news: { reopen: boolean; reason: string; sha: string },
  ): Promise<OwnIssue<HoldMark>> {
    const { key } = existing.issue;
    const same =
      existing.mark.body === draft.mark.body && existing.mark.state === 'open' && existing.mark.sha === news.sha;
    let current = existing;
    if (news.reopen) current = own.wrote(await tracker.transitionIssue(key, 'open'));
    if (!same) {
      const { title, body, mark } = draft;
      current = own.wrote(await tracker.updateIssue(key, { title, body, metadata: { pace: mark } }));
    }
    if (news.reopen) await tracker.addComment(key, COMMENTS.reopened(news.reason, news.sha));
    else if (existing.mark.reason !== draft.mark.reason)
      await tracker.addComment(key, COMMENTS.changed(news.reason, news.sha));
    return current;
  }

  async function compose(request: Open, reason: string, sha: string): Promise<Draft> {
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
    // the job differs from run to run: by itself it is no news
    const digest = fingerprint(JSON.stringify(content));
    return { title: escalationTitle(day, reason, tracker.titleLimit), body, mark: { ...shape, body: digest } };
  }

  async function resolve({ day, sha = '', note = '', rememberedKey }: Resolve): Promise<boolean> {
    const existing = await own.find(markOf(day), rememberedKey);
    if (!existing || !isOpen(existing.issue)) return true;
    if (existing.mark.heldAt > startedAt) throw newerHold(day, existing.issue.key);
    const { key } = existing.issue;
    await tracker.addComment(key, COMMENTS.resolved(day, sha, note));
    await tracker.updateIssue(key, { metadata: { pace: { ...existing.mark, state: 'resolved' } } });
    own.wrote(await tracker.transitionIssue(key, 'done'));
    return true;
  }

  async function mine(): Promise<readonly OwnIssue<HoldMark>[]> {
    return (await own.all()).filter(({ mark }) => mark.fingerprint === markOf(mark.day));
  }

  return {
    open,
    resolve,
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

interface Draft {
  readonly title: string;
  readonly body: string;
  readonly mark: HoldMark;
}

function asEscalation({ issue, mark }: OwnIssue<HoldMark>): Escalation {
  return { key: issue.key, url: issue.url, day: mark.day, open: isOpen(issue) };
}

/** The reason that was given, else the one that an agent's report names. */
async function reasonOf({ holdReason, dayDir }: Open): Promise<string> {
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
