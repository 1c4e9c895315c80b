/**
 * A tracker whose answers are remembered for a while, each kind for its own. Whatever is written through it forgets what the
 * write has changed; what others write is seen when the time is up.
 */
import { LRUCache } from 'lru-cache';
import { defined } from '../defined.ts';
import { PaceError } from '../errors.ts';
import type { Issue } from '../ports/issue.ts';
import type { TrackerDriver } from '../ports/tracker-driver.ts';
import { isRecord } from '../record.ts';
import type { World } from '../world.ts';
import { type Call, CLAIM_WRITES, eachCall, WRITES, type Write } from './driver-writes.ts';

/** Seconds. A list is an answer that other writes change soonest. */
export const TTL = {
  issue: 60,
  comments: 120,
  transitions: 300,
  links: 120,
  children: 60,
  search: 30,
  user: 3600,
  metadata: 3600,
} as const;
type Kind = keyof typeof TTL;

const MOST_ENTRIES = 1000;

/** Lists above this size are handed on and not remembered. */
const LONGEST_LIST = 1000;

export interface CacheOptions {
  /** How long every kind of answer is remembered, in seconds: a whole number from 1 to a day. Absent: each kind for its own time. */
  readonly ttlSeconds?: number;
}

const LONGEST_TTL = 86_400;

/** Throws `configuration` for a time that is none. */
export function cachedDriver(
  driver: TrackerDriver,
  world: Pick<World, 'now'>,
  { ttlSeconds }: CacheOptions = {},
): TrackerDriver {
  if (ttlSeconds !== undefined && !isSpan(ttlSeconds)) throw noSpan(ttlSeconds);
  const millisecondsOf = (kind: Kind) => (ttlSeconds ?? TTL[kind]) * 1000;
  const entries = new LRUCache<string, Promise<unknown>>({ max: MOST_ENTRIES, ttl: 1, ttlResolution: 0, perf: world });

  function remembered<Answer>(kind: Kind, about: string, ask: () => Promise<Answer>): Promise<Answer> {
    const key = `${kind} ${about}`;
    const known = entries.get(key);
    if (known) return known as Promise<Answer>;
    const answer = ask();
    entries.set(key, answer, { ttl: millisecondsOf(kind) });
    // trouble is not remembered
    answer.catch(() => entries.peek(key) === answer && entries.delete(key));
    return answer;
  }

  async function* list<Item>(kind: Kind, about: string, ask: () => AsyncIterable<Item>): AsyncGenerator<Item> {
    const key = `${kind} ${about}`;
    const known = entries.get(key);
    if (known) {
      yield* (await known) as Item[];
      return;
    }
    const items: Item[] = [];
    const writes = written;
    for await (const item of ask()) {
      if (items.length <= LONGEST_LIST) items.push(item);
      yield item;
    }
    // only a list that was read to its end is known, and only when nothing was written meanwhile
    if (items.length <= LONGEST_LIST && writes === written)
      entries.set(key, Promise.resolve(items), { ttl: millisecondsOf(kind) });
  }

  let written = 0;
  /** Forgets these kinds: of one issue, or all of the kind. Lists may hold anything, so every write forgets them. */
  function forget(kinds: readonly Kind[], about?: string): void {
    written += 1;
    const all: readonly Kind[] = about === undefined ? [...kinds, 'search', 'children'] : ['search', 'children'];
    for (const key of entries.keys()) if (all.some((kind) => key.startsWith(`${kind} `))) entries.delete(key);
    if (about !== undefined) for (const kind of kinds) entries.delete(`${kind} ${about}`);
  }

  /** What is written by the key that an issue has now would leave another key's answer as it was: so that one is not kept. */
  function underItsKey(key: string, issue: Issue): Issue {
    if (issue.key !== key) entries.delete(`issue ${key}`);
    return issue;
  }

  /** A write that has failed may have acted all the same. */
  function writes<Given extends unknown[], Answer>(
    call: (...given: Given) => Promise<Answer>,
    kinds: readonly Kind[],
    about?: (...given: Given) => string | undefined,
  ): (...given: Given) => Promise<Answer> {
    return async (...given) => {
      try {
        const answer = await call(...given);
        const key = isRecord(answer) && 'key' in answer ? answer.key : undefined;
        // an issue that was moved is known by its new key too
        if (about !== undefined && typeof key === 'string') forget(kinds, key);
        return answer;
      } finally {
        forget(kinds, about?.(...given));
      }
    };
  }

  const forgetting = ({ kinds, isOfIssue = false, makesLabels = false }: Forgotten, call: Call): Call => {
    const write = writes(call, kinds, isOfIssue ? String : undefined);
    return makesLabels ? (...given) => write(...given).finally(() => entries.delete('metadata labels')) : write;
  };
  const { batch, claims, intake, getIssueLinks, listLabels, listMilestones, listUsers } = driver;
  return {
    ...driver,
    capabilities: () => remembered('metadata', 'capabilities', driver.capabilities),
    getCurrentUser: () => remembered('user', 'me', driver.getCurrentUser),
    getIssue: (key) => remembered('issue', key, () => driver.getIssue(key)).then((issue) => underItsKey(key, issue)),
    listIssues: (filter = {}) =>
      list(filter.parent ? 'children' : 'search', JSON.stringify(filter), () => driver.listIssues(filter)),
    listComments: (key) => list('comments', key, () => driver.listComments(key)),
    getAvailableTransitions: (key) => remembered('transitions', key, () => driver.getAvailableTransitions(key)),
    ...(getIssueLinks && { getIssueLinks: (key: string) => remembered('links', key, () => getIssueLinks(key)) }),
    ...(listLabels && { listLabels: () => list('metadata', 'labels', listLabels) }),
    ...(listMilestones && { listMilestones: () => list('metadata', 'milestones', listMilestones) }),
    ...(listUsers && { listUsers: () => list('user', 'all', listUsers) }),

    ...eachCall(driver, WRITES, (name, call) => forgetting(FORGOTTEN[name], call)),
    ...(batch && {
      batch: {
        ...batch,
        ...defined({
          create: batch.create && writes(batch.create, ['metadata', 'issue']),
          update: batch.update && writes(batch.update, ['metadata', 'issue', 'transitions', 'links']),
        }),
      },
    }),
    ...(intake && {
      intake: {
        take: writes(intake.take, ['metadata', 'issue']),
        comment: writes(intake.comment, ['issue', 'comments'], String),
      },
    }),
    ...(claims && {
      claims: {
        ...claims,
        ...eachCall(claims, CLAIM_WRITES, (name, call) =>
          forgetting({ kinds: A_CLAIM, isOfIssue: name !== 'claimReady' }, call),
        ),
      },
    }),
  };
}

interface Forgotten {
  readonly kinds: readonly Kind[];
  /** Only what is known of the issue that the call names first. */
  readonly isOfIssue?: boolean;
  /** Labels that are missing, those of states too, are made on the way. */
  readonly makesLabels?: boolean;
}

const A_COMMENT: Forgotten = { kinds: ['issue', 'comments'], isOfIssue: true };
// a link shows at its other end too
const A_LINK: Forgotten = { kinds: ['issue', 'links'] };
// a renamed label shows on every issue
const OF_THE_PROJECT: Forgotten = { kinds: ['metadata', 'issue'] };

const FORGOTTEN: Readonly<Record<Write, Forgotten>> = {
  createIssue: { kinds: ['metadata', 'issue'] },
  updateIssue: { kinds: ['issue', 'transitions', 'links'], isOfIssue: true, makesLabels: true },
  transitionIssue: { kinds: ['issue', 'transitions'], isOfIssue: true, makesLabels: true },
  // what it was linked with, and what stood below it, are others then
  deleteIssue: { kinds: ['issue', 'comments', 'transitions', 'links'] },
  undo: { kinds: ['issue', 'comments', 'transitions', 'links'] },
  addComment: A_COMMENT,
  updateComment: A_COMMENT,
  deleteComment: A_COMMENT,
  createLink: A_LINK,
  deleteLink: A_LINK,
  createLabel: OF_THE_PROJECT,
  updateLabel: OF_THE_PROJECT,
  deleteLabel: OF_THE_PROJECT,
  createMilestone: OF_THE_PROJECT,
  updateMilestone: OF_THE_PROJECT,
  deleteMilestone: OF_THE_PROJECT,
};

/** A claim may be a comment, or move the issue. */
const A_CLAIM: readonly Kind[] = ['issue', 'comments', 'transitions'];

function isSpan(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_TTL;
}

function noSpan(seconds: number): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `\`ttlSeconds\` of the cache is ${String(seconds)}.`,
    remedy: `Please give whole seconds from 1 to ${LONGEST_TTL}, or \`cache: true\` for the usual times.`,
  });
}
