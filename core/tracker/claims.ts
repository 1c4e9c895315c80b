/**
 * Claims of agents on issues: one at a time, until a time. Comments are the one thing that every tracker keeps in an order of its
 * own: whoever's claim stands first has the issue. An agent writes its claim, reads all of them and then the issue, and withdraws
 * when an earlier claim holds or the issue is no longer open; so of two that write at the same time at most one can find itself
 * first, and who has ended the work says so before its claim goes.
 */
import { asPaceError, PaceError } from '../errors.ts';
import { type Comment, type Issue, type IssueState, isClosed } from '../ports/issue.ts';
import type { Claim, ClaimFilter, ClaimRequest, TrackerClaims, TrackerDriver } from '../ports/tracker-driver.ts';
import { minute } from '../text/minute.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { World } from '../world.ts';
import {
  agentName,
  type ClaimComment,
  type ClaimMark,
  claimWords,
  endWords,
  isClaim,
  LONGEST_CLAIM_MS,
  markIn,
  notEnded,
  pastWords,
} from './claim-comments.ts';
import { fits } from './issue-filter.ts';

/** A claim with the comment that says so. */
type Marked = Claim & ClaimComment;

interface Taken extends Claim {
  /** The agent had the issue before. */
  readonly wasHeld: boolean;
}

type Driver = Pick<
  TrackerDriver,
  | 'listComments'
  | 'addComment'
  | 'updateComment'
  | 'getIssue'
  | 'transitionIssue'
  | 'listIssues'
  | 'filters'
  | 'isWriter'
  | 'listCommentsSince'
>;

/** A claim that ends sooner is not made longer where it stands: another agent may have taken the issue meanwhile. */
const MARGIN_MS = 30_000;
/** How many issues are looked at together. */
const AT_ONCE = 4;

/** Everything but the one act that finds and takes. */
export type CommentClaims = Required<Omit<TrackerClaims, 'claimReady'>> & Pick<TrackerClaims, 'claimReady'>;

export function claimsByComment(driver: Driver, world: Pick<World, 'now'>): CommentClaims {
  const writers = new Map<string, Promise<boolean>>();

  /** Whoever may only comment can neither take an issue nor end a claim. */
  async function counts(key: string, { author }: Comment): Promise<boolean> {
    if (!driver.isWriter) return true;
    if (!author) return false;
    // who may write in one project need not in another
    const whoAndWhere = `${author.id} ${key.replace(/\d+$/, '')}`;
    const known = writers.get(whoAndWhere) ?? driver.isWriter(author, key);
    writers.set(whoAndWhere, known);
    // trouble is not remembered
    known.catch(() => writers.delete(whoAndWhere));
    return known;
  }

  /** In their order; those whose time is up among them. */
  async function written(key: string): Promise<Marked[]> {
    const marks: ClaimMark[] = [];
    for await (const comment of driver.listComments(key)) {
      const mark = markIn(comment);
      if (mark && (await counts(key, comment))) marks.push(mark);
    }
    return notEnded(marks).map((mark) => ({ key, ...mark }));
  }

  async function standing(key: string): Promise<Marked[]> {
    return (await written(key)).filter(holds);
  }

  function holds({ until }: Claim): boolean {
    return until > world.now();
  }

  /** The comment of another account may not be ours to change: then a comment of our own says that it has ended. */
  async function end(key: string, mark: Marked): Promise<void> {
    try {
      if (driver.updateComment) return void (await driver.updateComment(key, mark.comment, pastWords(mark)));
    } catch (error) {
      if (!isNotOurs(error)) throw error;
    }
    await driver.addComment(key, endWords(mark));
  }

  async function take(key: string, request: ClaimRequest): Promise<Taken> {
    const agent = agentName(request.agent);
    const [all, issue] = await Promise.all([written(key), driver.getIssue(key)]);
    const before = all.filter(holds);
    const [holder] = before;
    if (holder && holder.agent !== agent) throw taken(holder);
    if (holder ? isClosed(issue.state) : !isClaimable(issue.state)) throw notOpen(key, issue);
    const until = world.now() + request.forMs;
    const words = claimWords({ agent, until });
    const wasHeld = holder !== undefined;
    const claimed = { key, agent, until, wasHeld };
    if (holder && holder.until - world.now() > MARGIN_MS && (await rewrite(holder, words))) return claimed;
    const { id } = await driver.addComment(key, words);
    const mark = { key, agent, until, comment: id };
    await prove(mark, wasHeld);
    const own = all.filter((old) => old.agent === agent && old.comment !== id);
    for (const old of own) await end(key, old);
    return claimed;
  }

  /** `false` where the comment cannot be changed: another account has written it, or nobody can. */
  async function rewrite({ key, comment }: Marked, words: string): Promise<boolean> {
    if (!driver.updateComment) return false;
    try {
      await driver.updateComment(key, comment, words);
      return true;
    } catch (error) {
      if (isNotOurs(error)) return false;
      throw error;
    }
  }

  /** Throws, with the claim withdrawn, unless it is the first that stands on an issue that is still open. */
  async function prove(mark: Marked, wasHeld: boolean): Promise<void> {
    const { key, agent, comment } = mark;
    const after = await standing(key);
    const [first] = after;
    // last: who ends the work moves the issue before the claim on it goes
    const issue = await driver.getIssue(key);
    const isOpen = wasHeld ? !isClosed(issue.state) : isClaimable(issue.state);
    if (isOpen && first?.agent === agent && after.some((each) => each.comment === comment)) return;
    await end(key, mark);
    if (first && first.agent !== agent) throw taken(first);
    throw isOpen ? unproven(key) : notOpen(key, issue);
  }

  /** What was held before stays so, whether the issue can be begun or not. */
  async function start({ key, agent, wasHeld }: Taken): Promise<void> {
    try {
      await driver.transitionIssue(key, { state: 'in_progress' });
    } catch (error) {
      if (!wasHeld) await release(key, agent).catch(() => false);
      throw error;
    }
  }

  async function release(key: string, name: string): Promise<boolean> {
    const agent = agentName(name);
    const own = (await standing(key)).filter((mark) => mark.agent === agent);
    for (const mark of own) await end(key, mark);
    return own.length > 0;
  }

  /** The open issues that may have a claim. */
  async function* candidates(since: number): AsyncGenerator<string> {
    if (!driver.listCommentsSince) {
      // to claim an issue is to comment on it, which changes it
      const filter = { state: 'open', updatedSince: since } as const;
      for await (const issue of driver.listIssues(filter)) if (fits(issue, filter, driver.filters)) yield issue.key;
      return;
    }
    const keys = new Set<string>();
    for await (const { key, comment } of driver.listCommentsSince(since)) if (isClaim(markIn(comment))) keys.add(key);
    for (const key of keys) {
      if (await isOpen(key)) yield key;
    }
  }

  /** What is no issue here, a pull request say, is not. */
  async function isOpen(key: string): Promise<boolean> {
    try {
      return !isClosed((await driver.getIssue(key)).state);
    } catch (error) {
      if (asPaceError(error).kind === 'not-found') return false;
      throw error;
    }
  }

  async function found(key: string, expired: boolean): Promise<Claim | undefined> {
    const marks = await written(key);
    const first = marks.find(holds);
    const mark = expired ? (first ? undefined : marks.at(-1)) : first;
    return mark && toClaim(mark);
  }

  return {
    current: async (key) => {
      const [first] = await standing(key);
      if (!first || isClosed((await driver.getIssue(key)).state)) return undefined;
      return toClaim(first);
    },

    claim: async (key, request) => {
      const claimed = await take(key, request);
      if (request.start) await start(claimed);
      return toClaim(claimed);
    },

    renew: async (key, request) => {
      const [holder] = await standing(key);
      if (holder?.agent !== agentName(request.agent))
        throw holder ? taken(holder, 'renew') : notHeld(key, request.agent);
      return toClaim(await take(key, request));
    },

    release,

    async *list({ expired = false }) {
      let looks: Promise<Claim | undefined>[] = [];
      const settled = async () => (await Promise.all(looks)).flatMap((claimed) => claimed ?? []);
      for await (const key of candidates(world.now() - LONGEST_CLAIM_MS)) {
        looks.push(found(key, expired));
        if (looks.length < AT_ONCE) continue;
        yield* await settled();
        looks = [];
      }
      yield* await settled();
    },

    end: async (key) => {
      for (const mark of await standing(key)) await end(key, mark);
    },
  };
}

/** All claims of a tracker that only tells those of one issue: what has expired nobody knows there. */
export async function* claimsOneByOne(
  driver: Pick<TrackerDriver, 'listIssues' | 'filters'>,
  claims: TrackerClaims,
  { expired = false }: ClaimFilter,
): AsyncGenerator<Claim> {
  if (claims.list) return yield* claims.list({ expired });
  if (expired) return;
  for await (const issue of driver.listIssues({ state: 'open' })) {
    if (!fits(issue, { state: 'open' }, driver.filters)) continue;
    const claim = await claims.current(issue.key);
    if (claim) yield claim;
  }
}

/** Whether an issue in this state can be taken: work under way too, whose claim may have ended by itself. */
export function isClaimable(state: IssueState): boolean {
  return !isClosed(state) && state !== 'in_review';
}

/** A comment that another account has written may be nobody else's to change. */
function isNotOurs(error: unknown): boolean {
  return ['permission', 'not-found', 'validation'].includes(asPaceError(error).kind);
}

/** Whether a claim was refused for the sake of this one issue: another one may be had. */
export function isTakenOrClosed({ kind, operation = 'claim' }: PaceError): boolean {
  return kind === 'conflict' && operation === 'claim';
}

function toClaim({ key, agent, until }: Claim): Claim {
  return { key, agent, until };
}

/** The issue is another agent's. */
export function taken({ key, agent, until }: Claim, operation: 'claim' | 'renew' = 'claim'): PaceError {
  return new PaceError({
    kind: 'conflict',
    operation,
    message: `${key} is claimed by ${plainLine(agent, 100)} until ${minute(until)}.`,
    remedy: 'Please take another issue, or wait until the claim ends or is released.',
  });
}

/** Nothing is left to do on the issue, or somebody looks at what was done. */
export function notOpen(key: string, { state, stateName }: Pick<Issue, 'state' | 'stateName'>): PaceError {
  return new PaceError({
    kind: 'conflict',
    operation: 'claim',
    message: `${key} is ${state === 'in_review' ? 'in review' : 'closed'} (${plainLine(stateName, 60)}): only an open issue can be claimed.`,
    remedy: 'Please take another issue, or open this one again first.',
  });
}

/** There is no claim of this agent that could be made longer. */
export function notHeld(key: string, agent: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    operation: 'renew',
    message: `${key} is not claimed by ${plainLine(agent, 100)}.`,
    remedy: 'The claim may have ended by itself: please claim the issue again, and check the name of the agent.',
  });
}

/** No conflict: the same account would have no other issue either. */
function unproven(key: string): PaceError {
  return new PaceError({
    kind: 'permission',
    operation: 'claim',
    message: `The claim on ${key} was written, and does not count: the tracker does not show it, or its author may not write there.`,
    remedy:
      'Please claim with an account that may change issues there. If this one may, please try again: a claim counts once the tracker shows it.',
  });
}
