/** Issues that PACE itself has opened: found again by what marks them, never by a title or a label alone, and created exactly once. */
import { isDeepStrictEqual } from 'node:util';
import { defined } from '../../defined.ts';
import { asPaceError, PaceError } from '../../errors.ts';
import { unexpectedAnswer } from '../../http/unexpected-answer.ts';
import type { Issue, IssueDraft } from '../../ports/index.ts';
import { collect } from '../../tracker/collect.ts';
import type { LifeOptions } from './life-options.ts';
import { isClosedTwin, isOpen, type Mark, type OwnIssue, readMark, withMark } from './own-mark.ts';
import { sayOnce } from './say-once.ts';
import { type Kind, whoseIssue } from './whose-issue.ts';

export interface CreatedIssue<M extends Mark> extends OwnIssue<M> {
  /** `false` for one that was there all the same. */
  readonly isNew: boolean;
}

/** How far back issues are looked through, whatever their labels, before one is created. */
export const RECHECK_DAYS = 30;
/** A twin of this very moment, by the tracker's own clock. */
const TWIN_MS = 3_600_000;
const DAY = 86_400_000;
/** What has just been created, however far this machine's clock and that of the tracker are apart. */
const JUST_NOW_DAYS = 2;
const MOST_LOOKED_AT = 100;

type Is<M extends Mark> = (mark: M) => boolean;

export interface OwnIssues<M extends Mark> {
  /** The open ones of this gate and branch in whatever sprint, oldest first; with those that have lost mark or label. */
  open(): Promise<readonly OwnIssue<M>[]>;
  /** The newest closed ones that have all these labels, oldest first: so many that a page is enough. Without closed twins. */
  closed(labels: readonly string[]): Promise<readonly OwnIssue<M>[]>;
  /** Under a key that an earlier run has written down, wherever it leads now; `undefined` when it leads to none of ours. */
  byKey(key: string): Promise<OwnIssue<M> | undefined>;
  /** The issue under such a key where it is ours no more: see `isEstranged`. */
  estranged(key: string): Promise<Issue | undefined>;
  /** Looks once more without labels, creates, and gives way to an older twin. */
  createOnce(is: Is<M>, mark: M, draft: IssueDraft, twinComment: (key: string) => string): Promise<CreatedIssue<M>>;
  /** Closes all but the oldest of these, with a word. Returns the oldest. */
  withoutTwins(found: readonly OwnIssue<M>[], twinComment: (key: string) => string): Promise<OwnIssue<M> | undefined>;
  /** Gives back the mark and the labels that it has lost. */
  restored(own: OwnIssue<M>, labels: readonly string[]): Promise<OwnIssue<M>>;
  /** Opens it again; its mark is as it was. */
  reopened(own: OwnIssue<M>): Promise<OwnIssue<M>>;
  /** Remembers what a write has given back. */
  wrote(issue: Issue): OwnIssue<M>;
  /**
   * Comments, once. What it speaks of is done all the same: that it could not be said is a fault, and `false`, for a later run to
   * say it.
   */
  say(key: string, text: string): Promise<boolean>;
}

export function createOwnIssues<M extends Mark>(options: LifeOptions & Kind<M>): OwnIssues<M> {
  const { tracker, world, quota, faults, kind, label } = options;
  const { ownMark, isEstranged } = whoseIssue(options);
  const written = new Map<string, OwnIssue<M>>();
  const closedOnes = new Map<string, readonly Issue[]>();

  /** What this run has written is newer than any list. */
  async function ownAmong(issues: Iterable<Issue>, isRemembered = false): Promise<OwnIssue<M>[]> {
    const found: OwnIssue<M>[] = [];
    for (const issue of issues) {
      const known = written.get(issue.key);
      const mark = known ? undefined : await ownMark(issue, isRemembered);
      if (known) found.push(known);
      if (mark) found.push({ issue, mark });
    }
    return found;
  }

  async function open(): Promise<OwnIssue<M>[]> {
    const listed = await ownAmong(await options.open.with(label));
    const all = new Map([...listed, ...written.values()].map((own) => [own.issue.key, own]));
    return [...all.values()].filter(({ issue }) => isOpen(issue)).sort(byAge);
  }

  async function closed(labels: readonly string[]): Promise<OwnIssue<M>[]> {
    const name = labels.join('\n');
    const issues =
      closedOnes.get(name) ?? (await collect(tracker.listIssues({ state: 'closed', labels }), MOST_LOOKED_AT));
    closedOnes.set(name, issues);
    return (await ownAmong(issues)).filter((own) => !isOpen(own.issue) && !isClosedTwin(own)).reverse();
  }

  async function byKey(key: string): Promise<OwnIssue<M> | undefined> {
    const known = written.get(key);
    if (known) return known;
    return unlessMissing(async () => {
      const [found] = await ownAmong([await tracker.getIssue(key)], true);
      return found && (await underItsKey(key, found));
    });
  }

  /** One that was moved is ours only if it is the very issue that a write to its new key reaches. */
  async function underItsKey(asked: string, found: OwnIssue<M>): Promise<OwnIssue<M> | undefined> {
    const { key } = found.issue;
    if (key === asked) return found;
    const [there] = await ownAmong([await tracker.getIssue(key)], true);
    return there?.issue.key === key && isSameMark(there, found) ? there : undefined;
  }

  function isSameMark({ mark }: OwnIssue<M>, { mark: other }: OwnIssue<M>): boolean {
    return mark.day === other.day && isDeepStrictEqual(mark.owner, other.owner);
  }

  function daysAgo(days: number): number {
    return world.now() - days * DAY;
  }

  /** Labels may have been dropped, and lists by label may lag: the newest issues, whatever their labels and their state. */
  async function amongNewest(
    is: Is<M>,
    createdSince: number,
    other = '',
  ): Promise<{ found?: OwnIssue<M>; areAll: boolean }> {
    const looked = await collect(tracker.listIssues({ state: 'all', createdSince }), MOST_LOOKED_AT);
    const all = await ownAmong(looked);
    const mine = all.filter((own) => is(own.mark) && own.issue.key !== other && !isClosedTwin(own));
    return { ...defined({ found: mine.at(-1) }), areAll: looked.length < MOST_LOOKED_AT };
  }

  /** Where more were opened lately than are looked through, one that is closed may lie beyond them. */
  async function missed(is: Is<M>, labels: readonly string[]): Promise<OwnIssue<M> | undefined> {
    const { found, areAll } = await amongNewest(is, daysAgo(RECHECK_DAYS));
    return found ?? (areAll ? undefined : (await closed(labels)).find(({ mark }) => is(mark)));
  }

  function wrote(issue: Issue): OwnIssue<M> {
    const mark = readMark<M>(issue, kind);
    if (!mark) throw unexpectedAnswer(issue.url, `${issue.key} has lost what marks it as PACE's`);
    return keep({ issue, mark });
  }

  function keep(own: OwnIssue<M>): OwnIssue<M> {
    written.set(own.issue.key, own);
    return own;
  }

  function say(key: string, text: string): Promise<boolean> {
    return faults.caught('addComment', false, async () => {
      await sayOnce(tracker, key, text);
      return true;
    });
  }

  async function closeTwin({ issue, mark }: OwnIssue<M>, comment: string): Promise<void> {
    const metadata = withMark(issue, { ...mark, state: 'resolved', isTwin: true });
    wrote(await tracker.updateIssue(issue.key, { metadata, state: 'canceled' }));
    await say(issue.key, comment);
  }

  /** After an ambiguous failure the issue may be there all the same: look before giving up. */
  async function create(is: Is<M>, mark: M, draft: IssueDraft): Promise<OwnIssue<M>> {
    try {
      return wrote(await tracker.createIssue({ ...draft, metadata: { pace: mark } }));
    } catch (error) {
      // no answer, or one that makes no sense: neither says that nothing was created
      const { kind, done } = asPaceError(error);
      // nor where a part of it could not be written
      if (!['transient', 'unexpected'].includes(kind) && done === undefined) throw error;
      const { found } = await amongNewest(is, daysAgo(JUST_NOW_DAYS));
      if (!found) throw error;
      return keep(found);
    }
  }

  return {
    open,
    closed,
    byKey,
    estranged: (key) =>
      unlessMissing(async () => {
        const issue = await tracker.getIssue(key);
        return (await isEstranged(issue)) ? issue : undefined;
      }),
    wrote,
    say,
    createOnce: async (is, mark, draft, twinComment) => {
      const existing = await missed(is, draft.labels ?? []);
      if (existing) return { ...existing, isNew: false };
      if (quota.left < 1) throw tooMany();
      quota.left -= 1;
      const created = await create(is, mark, draft);
      const { found: twin } = await amongNewest(is, created.issue.createdAt - TWIN_MS, created.issue.key);
      if (!twin || !isOpen(twin.issue) || byAge(twin, created) > 0) return { ...created, isNew: true };
      await closeTwin(created, twinComment(twin.issue.key));
      return { ...twin, isNew: false };
    },
    withoutTwins: async (found, twinComment) => {
      const [first, ...twins] = found.toSorted(byAge);
      if (first) for (const twin of twins) await closeTwin(twin, twinComment(first.issue.key));
      return first;
    },
    restored: async (own, labels) => {
      const { issue, mark } = own;
      const isMarked = isDeepStrictEqual(readMark<M>(issue, kind), mark);
      const addLabels = labels.filter((name) => !issue.labels.includes(name));
      if (isMarked && addLabels.length === 0) return own;
      return wrote(await tracker.updateIssue(issue.key, { addLabels, metadata: withMark(issue, mark) }));
    },
    reopened: async ({ issue, mark }) => keep({ issue: await tracker.transitionIssue(issue.key, 'open'), mark }),
  };
}

/** A key of another tracker is refused in another way than a missing one. */
export async function unlessMissing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (['not-found', 'validation'].includes(asPaceError(error).kind)) return undefined;
    throw error;
  }
}

function tooMany(): PaceError {
  return new PaceError({
    kind: 'rate-limit',
    message: 'This run has created as many issues as a run may: no more are opened.',
    remedy:
      'The next run opens what is missing. Please look at what raises so many findings, or raise `gate.max_new_issues`.',
  });
}

/** The oldest first. */
function byAge({ issue: a }: OwnIssue<Mark>, { issue: b }: OwnIssue<Mark>): number {
  return a.createdAt - b.createdAt || a.key.localeCompare(b.key, 'en', { numeric: true });
}
