/** Issues that PACE itself has opened: found again by the mark in their metadata, created exactly once. */
import { asPaceError, PaceError } from '../../errors.ts';
import { unexpectedAnswer } from '../../http/unexpected-answer.ts';
import type { Issue, IssueDraft, IssueTracker } from '../../ports/index.ts';
import { collect } from '../../tracker/collect.ts';
import type { World } from '../../world.ts';

/** What PACE writes into `metadata.pace` of its issues. */
export interface Mark {
  readonly kind: 'escalation' | 'advisory' | 'story';
  /** See `fingerprint.ts`. */
  readonly fingerprint: string;
  readonly day: number;
  /** `resolved`: closed by PACE. A closed issue that is still marked `open` was closed by a person. */
  readonly state: 'open' | 'resolved';
  /** Digest of what PACE wrote last: the same again is not written. */
  readonly body: string;
}

export interface OwnIssue<M extends Mark> {
  readonly issue: Issue;
  readonly mark: M;
}

/** The mark of an issue when it has one of this kind. */
export function readMark<M extends Mark>(issue: Issue, kind: M['kind']): M | undefined {
  const mark = issue.metadata['pace'] as Partial<Mark> | undefined;
  const valid = mark?.kind === kind && typeof mark.fingerprint === 'string' && typeof mark.day === 'number';
  return valid ? (mark as M) : undefined;
}

export function isOpen({ state }: Issue): boolean {
  return state !== 'done' && state !== 'canceled';
}

/** How many issues one run may create, over all kinds. */
export interface Quota {
  left: number;
}

/** What the life of a kind of issues works with. */
export interface LifeOptions {
  readonly tracker: IssueTracker;
  readonly world: World;
  /** The code repository's name: two repositories may share a tracker. */
  readonly repository: string;
  readonly quota: Quota;
}

/** How far back issues without the expected label are looked through before one is created. */
const RECHECK_DAYS = 30;
const RECHECK_ISSUES = 100;

export interface OwnIssues<M extends Mark> {
  /** All of this kind, newest first; asked for once. */
  all(): Promise<readonly OwnIssue<M>[]>;
  /** Every one with this fingerprint, newest first: more than one only after a race that was cut off. */
  twins(fingerprint: string): Promise<readonly OwnIssue<M>[]>;
  /** By the remembered key first, then among all. */
  find(fingerprint: string, rememberedKey?: string): Promise<OwnIssue<M> | undefined>;
  /** Looks once more without labels, creates, and gives way to an older twin. */
  createOnce(mark: M, draft: IssueDraft, twinComment: (key: string) => string): Promise<OwnIssue<M>>;
  /** Remembers what a write has given back. */
  wrote(issue: Issue): OwnIssue<M>;
}

export function createOwnIssues<M extends Mark>(options: {
  tracker: IssueTracker;
  world: World;
  kind: M['kind'];
  /** The label that all of this kind carry. */
  label: string;
  quota: Quota;
}): OwnIssues<M> {
  const { tracker, world, kind, label, quota } = options;
  let listed: Promise<OwnIssue<M>[]> | undefined;

  async function list(): Promise<OwnIssue<M>[]> {
    const found: OwnIssue<M>[] = [];
    for await (const issue of tracker.listIssues({ labels: [label], state: 'all' })) {
      const mark = readMark<M>(issue, kind);
      if (mark) found.push({ issue, mark });
    }
    return found;
  }

  /** Anybody can copy a mark; the label, or its author's rights, tell whether somebody who may write has made the issue. */
  async function isOurs(issue: Issue, fingerprint: string): Promise<M | undefined> {
    const mark = readMark<M>(issue, kind);
    if (mark?.fingerprint !== fingerprint) return undefined;
    if (issue.labels.includes(label) || (await (tracker.isTrusted?.(issue) ?? true))) return mark;
    world.log.warn(
      `Issue ${issue.key} claims to be PACE's but was opened by somebody without write access: it is not taken over.`,
    );
    return undefined;
  }

  function all(): Promise<OwnIssue<M>[]> {
    listed ??= list();
    return listed;
  }

  async function remembered(key: string, fingerprint: string): Promise<OwnIssue<M> | undefined> {
    try {
      const issue = await tracker.getIssue(key);
      const mark = await isOurs(issue, fingerprint);
      return mark && { issue, mark };
    } catch (error) {
      // a key of another tracker is refused in another way than a missing one
      if (['not-found', 'validation'].includes(asPaceError(error).kind)) return undefined;
      throw error;
    }
  }

  /** Labels may have been dropped, and lists by label may lag: the newest issues, whatever their labels. */
  async function recheck(fingerprint: string): Promise<OwnIssue<M> | undefined> {
    let looked = 0;
    const createdSince = world.now() - RECHECK_DAYS * 86_400_000;
    for await (const issue of tracker.listIssues({ state: 'all', createdSince })) {
      const mark = await isOurs(issue, fingerprint);
      if (mark) return { issue, mark };
      looked += 1;
      if (looked >= RECHECK_ISSUES) return undefined;
    }
    return undefined;
  }

  async function olderTwin(own: OwnIssue<M>): Promise<OwnIssue<M> | undefined> {
    const twins = (await list()).filter(
      ({ issue, mark }) => mark.fingerprint === own.mark.fingerprint && issue.key !== own.issue.key,
    );
    return twins.filter(({ issue }) => isOlder(issue, own.issue)).at(-1);
  }

  function wrote(issue: Issue): OwnIssue<M> {
    const mark = readMark<M>(issue, kind);
    if (!mark) throw unexpectedAnswer(issue.url, `${issue.key} has lost what marks it as PACE's`);
    const own = { issue, mark };
    listed = listed?.then((before) => [own, ...before.filter((other) => other.issue.key !== issue.key)]);
    return own;
  }

  return {
    all,
    wrote,
    twins: async (fingerprint) => (await all()).filter(({ mark }) => mark.fingerprint === fingerprint),
    find: async (fingerprint, rememberedKey) => {
      const known = rememberedKey ? await remembered(rememberedKey, fingerprint) : undefined;
      // the oldest one, should there be twins
      return known ?? (await all()).filter(({ mark }) => mark.fingerprint === fingerprint).at(-1);
    },
    createOnce: async (mark, draft, twinComment) => {
      const missed = await recheck(mark.fingerprint);
      if (missed) return missed;
      if (quota.left < 1) throw tooMany();
      quota.left -= 1;
      const created = await create(mark, draft);
      const twin = await olderTwin(created);
      if (!twin) return created;
      await sayOnce(tracker, created.issue.key, twinComment(twin.issue.key));
      const metadata = { pace: { ...mark, state: 'resolved' } };
      await tracker.updateIssue(created.issue.key, { metadata, state: 'canceled' });
      listed = listed?.then((before) => [...before.filter(({ issue }) => issue.key !== created.issue.key), twin]);
      return twin;
    },
  };

  /** After an ambiguous failure the issue may be there all the same: look before giving up. */
  async function create(mark: M, draft: IssueDraft): Promise<OwnIssue<M>> {
    try {
      return wrote(await tracker.createIssue({ ...draft, metadata: { pace: mark } }));
    } catch (error) {
      // no answer, or one that makes no sense: neither says that nothing was created
      if (!['transient', 'unexpected'].includes(asPaceError(error).kind)) throw error;
      const created = await recheck(mark.fingerprint);
      if (!created) throw error;
      return wrote(created.issue);
    }
  }
}

/** Comments unless the last comment says the same: a run that was killed after saying it does not say it again. */
export async function sayOnce(tracker: IssueTracker, key: string, text: string): Promise<void> {
  const last = (await collect(tracker.listComments(key))).at(-1);
  if (last && words(last.body) === words(text)) return;
  await tracker.addComment(key, text);
}

/** What is left of a text when a tracker has converted it to its own form and back. */
function words(markdown: string): string {
  return markdown.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function tooMany(): PaceError {
  return new PaceError({
    kind: 'rate-limit',
    message: 'This run has created as many issues as a run may: no more are opened.',
    remedy:
      'The next run opens what is missing. Please look at what raises so many findings, or raise `gate.max_new_issues`.',
  });
}

function isOlder(a: Issue, b: Issue): boolean {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt;
  return a.key.localeCompare(b.key, 'en', { numeric: true }) < 0;
}
