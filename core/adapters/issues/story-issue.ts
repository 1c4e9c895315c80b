/** The issue of a day's story, remembered in `story-ticket.yaml` of the day's folder. */
import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { fileError, PaceError } from '../../errors.ts';
import { type DayFile, readDayFile, readDayMap } from '../../files/day-files.ts';
import { keptOf } from '../../kept/open-kept.ts';
import type { Kept } from '../../kept.ts';
import type { Issue } from '../../ports/index.ts';
import { plainLine } from '../../text/untrusted-text.ts';
import type { World } from '../../world.ts';
import { digest } from '../digest.ts';
import { fitBody } from '../fit-body.ts';
import { ownerMark } from '../owner.ts';
import { dayLabel } from './escalation-text.ts';
import type { LifeOptions } from './life-options.ts';
import { createOwnIssues, unlessMissing } from './own-issues.ts';
import { type Mark, type OwnIssue, withMark } from './own-mark.ts';
import { sayOnce } from './say-once.ts';
import { handoffComment, STORY_LABEL, storyBody, storyTitle } from './story-text.ts';

interface StoryMark extends Mark {
  readonly kind: 'story';
}

/** What `story-ticket.yaml` holds; older files have `key` or `id` only. */
interface Ticket {
  readonly url: string;
  readonly key: string;
  readonly platform: string;
  readonly handoff_posted?: boolean;
}

export interface Stories {
  /** Returns the URL of the issue. */
  push(options: { day: number; dayDir: string }): Promise<string>;
  /** The story of the day, where there is one. */
  issueOf(day: number, dayDir: string): Promise<Issue | undefined>;
  /** `false` when the day has no ticket. */
  setStatus(options: { day: number; dayDir: string; status: 'done' | 'in_progress' }): Promise<boolean>;
  /** Once per day; `false` when the day has no ticket. Without a handoff there is nothing to say. */
  postHandoff(options: { day: number; dayDir: string }): Promise<boolean>;
}

export function createStories(options: LifeOptions): Stories {
  const { tracker, owner, world } = options;
  const own = createOwnIssues<StoryMark>({ ...options, kind: 'story', label: STORY_LABEL });

  const isOf = (day: number) => (mark: StoryMark) => mark.owner.sprint === owner.sprint && mark.day === day;

  async function find(is: (mark: StoryMark) => boolean, dayDir: string): Promise<OwnIssue<StoryMark> | undefined> {
    const key = readTicket(world, dayDir)?.key;
    const known = key === undefined ? undefined : await own.byKey(key);
    return known && is(known.mark) ? known : (await own.open()).find(({ mark }) => is(mark));
  }

  /**
   * The issue that the ticket names, where it is this gate's story: a ticket lies where agents write. One by an older PACE has the
   * label, which only writers can set, and no mark.
   */
  async function ticketed(day: number, { key }: Ticket): Promise<Issue | undefined> {
    const known = await own.byKey(key);
    if (known) return isOf(day)(known.mark) ? known.issue : undefined;
    const issue = await unlessMissing(() => tracker.getIssue(key));
    const isMarked = issue?.metadata['pace'] !== undefined;
    return issue && !isMarked && issue.labels.includes(STORY_LABEL) ? issue : undefined;
  }

  /** There is nothing to do for it, now or later. */
  function leftAlone({ key }: Ticket, operation: string): true {
    options.faults.add(operation, notAStory(key));
    return true;
  }

  async function rewritten(issue: Issue, draft: { title: string; body: string }, mark: StoryMark) {
    return own.wrote(await tracker.updateIssue(issue.key, { ...draft, metadata: withMark(issue, mark) }));
  }

  return {
    push: async ({ day, dayDir }) => {
      const text = await needed(dayDir, 'story');
      const card = await readDayMap(dayDir, 'story');
      const shape = { kind: 'story', owner: ownerMark(owner), day, state: 'open' } as const;
      const is = isOf(day);
      const body = fitBody(tracker, (limit) => storyBody(day, card, text, limit), {
        pace: { ...shape, body: digest('') },
      });
      const draft = { title: storyTitle(day, card, tracker.titleLimit), body };
      const mark = { ...shape, body: digest(body) };
      const wanted = { ...draft, labels: [STORY_LABEL, dayLabel(day)], purpose: 'story' } as const;
      const twin = (key: string) =>
        `The same story was filed at the same time as ${key}. That one stays; this one is closed.`;
      const existing = (await find(is, dayDir)) ?? (await own.createOnce(is, mark, wanted, twin));
      const isSaid = existing.mark.body === mark.body;
      const { issue } = isSaid ? existing : await rewritten(existing.issue, draft, mark);
      writeTicket(world, dayDir, { url: issue.url, key: issue.key, platform: tracker.platform });
      return issue.url;
    },

    issueOf: async (day, dayDir) => (await find(isOf(day), dayDir))?.issue,

    setStatus: async ({ day, dayDir, status }) => {
      const ticket = readTicket(world, dayDir);
      if (!ticket) return false;
      const issue = await ticketed(day, ticket);
      if (!issue) return leftAlone(ticket, 'updateStoryStatus');
      await tracker.transitionIssue(issue.key, status);
      return true;
    },

    postHandoff: async ({ day, dayDir }) => {
      const ticket = readTicket(world, dayDir);
      const text = await readDayFile(dayDir, 'handoff');
      if (!ticket) return false;
      if (text === undefined) return true;
      if (ticket.handoff_posted) return true;
      const issue = await ticketed(day, ticket);
      if (!issue) return leftAlone(ticket, 'postHandoffComment');
      const handoff = await readDayMap(dayDir, 'handoff');
      const comment = fitBody(tracker, (limit) => handoffComment(day, handoff, text, limit));
      await sayOnce(tracker, issue.key, comment);
      writeTicket(world, dayDir, { ...ticket, handoff_posted: true });
      return true;
    },
  };
}

function notAStory(key: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `The story ticket names issue ${plainLine(key, 60)}, which is not known as a story of this gate: it is left alone.`,
    remedy: `Please correct the key in ${TICKET}, or remove the file.`,
  });
}

async function needed(dayDir: string, file: DayFile): Promise<string> {
  const text = await readDayFile(dayDir, file);
  if (text !== undefined) return text;
  throw new PaceError({
    kind: 'not-found',
    message: `There is no ${file} file in ${dayDir}.`,
    remedy: `Please write ${file}.md there first.`,
  });
}

const TICKET = 'story-ticket.yaml';

/** Which issue is closed with the day, PACE alone says. */
function ticketOf(world: World, dayDir: string) {
  const kept = keptOf(world, dirname(dayDir));
  return { kept, path: kept.pathOf(join(dayDir, TICKET)) };
}

function readTicket(world: World, dayDir: string): Ticket | undefined {
  const { kept, path } = ticketOf(world, dayDir);
  const text = kept.read(path)?.toString('utf8');
  if (text === undefined) return noTicket(kept);
  const { url, id, key, platform, handoff_posted } = (parse(text) ?? {}) as Record<string, unknown>;
  const reference = key ?? id;
  if (reference === undefined) return undefined;
  const posted = handoff_posted === true ? { handoff_posted } : {};
  return { url: String(url ?? ''), key: String(reference), platform: String(platform ?? ''), ...posted };
}

/** What cannot be read is not the same as what is not there. */
function noTicket({ root, refusal }: Kept): undefined {
  if (refusal) throw new PaceError({ kind: 'configuration', ...refusal });
  if (!lstatSync(root, { throwIfNoEntry: false })?.isFile()) return;
  const error = Object.assign(new Error('ENOTDIR: not a directory'), { code: 'ENOTDIR' });
  throw fileError(error, 'read', root);
}

function writeTicket(world: World, dayDir: string, ticket: Ticket): void {
  const { kept, path } = ticketOf(world, dayDir);
  kept.write(path, stringify({ ...ticket, id: ticket.key }));
}
