/** The parts of what a new session is told, each read by itself: one that is late or fails leaves the others as they are. */
import type { BlockedIssue, Claim, Issue, IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import type { BackendChoice } from '../on-tracker.ts';

/** The first of them. */
export interface Some<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
}

export interface Parts {
  /** What can be begun, the most urgent first. */
  readonly ready: Some<Issue>;
  /** What the agent has claimed; without a name of its own, what is assigned to the token's user. */
  readonly mine: Some<Issue>;
  readonly blocked: Some<BlockedIssue>;
  /** Claims that end within half an hour, whoever has them. */
  readonly ending: Some<Claim>;
}

const NONE: Some<never> = { items: [], hasMore: false };
export const NOTHING: Parts = { ready: NONE, mine: NONE, blocked: NONE, ending: NONE };

export interface PartsContext {
  readonly tracker: IssueTracker;
  readonly asked: BackendChoice & { readonly agent: string; readonly at: number };
}

type Readers = { readonly [Name in keyof Parts]: () => Promise<Parts[Name]> };

export function partsOf({ tracker, asked }: PartsContext): Readers {
  const { agent, at } = asked;
  let all: Promise<Claim[]> | undefined;
  // two parts need them
  const claims = () => {
    all ??= collect(tracker.claims({}));
    return all;
  };
  return {
    ready: () => firstOf(tracker.listReady(), 8),
    mine: async () => {
      if (agent === '') return assignedToMe(tracker);
      const own = (await claims()).filter((claim) => claim.agent === agent);
      const items = await Promise.all(own.slice(0, MINE).map(({ key }) => tracker.getIssue(key)));
      return { items, hasMore: own.length > MINE };
    },
    blocked: () => firstOf(tracker.listBlocked(), 4),
    ending: async () => {
      const soon = (await claims()).filter(({ until }) => until - at <= SOON_MS);
      soon.sort((one, other) => one.until - other.until);
      return { items: soon.slice(0, ENDING), hasMore: soon.length > ENDING };
    },
  };
}

const MINE = 5;
const ENDING = 4;
const SOON_MS = 30 * 60_000;

async function assignedToMe(tracker: IssueTracker): Promise<Some<Issue>> {
  const { id } = await tracker.getCurrentUser();
  return firstOf(tracker.listIssues({ state: 'open', assignee: id }), MINE);
}

async function firstOf<Item>(items: AsyncIterable<Item>, most: number): Promise<Some<Item>> {
  const taken: Item[] = [];
  for await (const item of items) {
    if (taken.length === most) return { items: taken, hasMore: true };
    taken.push(item);
  }
  return { items: taken, hasMore: false };
}
