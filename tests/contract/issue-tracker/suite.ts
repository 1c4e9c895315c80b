/** What the cases share: one bench, looked at through the whole port. */
import { afterAll, beforeAll, expect, it, type TestContext } from 'vitest';
import type { ErrorKind, PaceError } from '../../../core/errors.ts';
import { withUnexpectedAnswers } from '../../../core/http/unexpected-answer.ts';
import type {
  Capabilities,
  Issue,
  IssueDraft,
  IssueFilter,
  IssueTracker,
  TrackerDriver,
} from '../../../core/ports/index.ts';
import { checkedAnswers } from '../../../core/tracker/checked-answers.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { concurrentEdits } from '../../../core/tracker/concurrent-edits.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';
import { refusal } from '../refusal.ts';
import { BenchLacks, DEFAULT_FACTS, type TrackerBench, type TrackerFacts } from './bench.ts';
import { unique, words } from './texts.ts';

export const REFUSED = ['validation', 'unsupported'] as const satisfies ErrorKind[];
export const NO_SUCH_ISSUE = ['not-found', 'validation'] as const satisfies ErrorKind[];

export interface Suite {
  /** Registers a case. */
  readonly it: (title: string, body: (context: TestContext) => Promise<void> | void) => void;
  readonly name: string;
  readonly bench: TrackerBench;
  readonly tracker: IssueTracker;
  readonly can: Capabilities;
  readonly facts: TrackerFacts;
  readonly world: TestWorld;
  /** The whole port for another process that works in the same tracker. */
  another(): Promise<IssueTracker>;
  /** The whole port where some state has several of the vendor's names, as the bench says. */
  severalNames(): Promise<{ readonly tracker: IssueTracker; readonly driver: TrackerDriver }>;
}

/** Everything but `it` and `name` is there once the cases run. */
export function createSuite(name: string, setup: () => Promise<TrackerBench>): Suite {
  let ready: Omit<Suite, 'it' | 'name'> | undefined;
  const titles = new Set<string>();
  const now = () => {
    if (!ready) throw new Error('the bench is there only while cases run');
    return ready;
  };

  beforeAll(async () => {
    ready = await prepare(name, await setup());
  });
  afterAll(async () => {
    await ready?.bench.dispose();
    const unknown = Object.keys(ready?.bench.gaps ?? {}).filter((title) => !titles.has(title));
    expect(unknown, 'gaps that are no case of the suite').toEqual([]);
  });

  return {
    it: (title, body) => {
      if (titles.has(title)) throw new Error(`two cases are called “${title}”`);
      titles.add(title);
      it(title, async (context) => {
        const gap = now().bench.gaps?.[title];
        if (gap !== undefined) context.skip(`${name}: ${gap}`);
        try {
          await body(context);
        } catch (error) {
          if (!(error instanceof BenchLacks && now().bench.real)) throw error;
          context.skip(error.message);
        }
      });
    },
    name,
    get bench() {
      return now().bench;
    },
    get tracker() {
      return now().tracker;
    },
    get can() {
      return now().can;
    },
    get facts() {
      return now().facts;
    },
    get world() {
      return now().world;
    },
    another: () => now().another(),
    severalNames: () => now().severalNames(),
  };
}

async function prepare(name: string, bench: TrackerBench): Promise<Omit<Suite, 'it' | 'name'>> {
  const world = bench.world ?? testWorld();
  // as `openTracker` does
  const complete = (driver: TrackerDriver) => {
    const checked = checkedAnswers(withUnexpectedAnswers(driver, name), name, world.log);
    return completeTracker({ driver: concurrentEdits(checked, name, world), name, world });
  };
  const tracker = complete(bench.tracker);
  const can = await tracker.capabilities();
  const types = can.types?.slice(0, 3) ?? ['bug', 'task'];
  return {
    bench,
    tracker,
    can,
    world,
    facts: { ...DEFAULT_FACTS, types, ...bench.facts },
    another: async () => complete((await bench.another?.()) ?? bench.tracker),
    severalNames: async () => {
      const driver = (await bench.severalNames?.()) ?? bench.tracker;
      return { driver, tracker: complete(driver) };
    },
  };
}

/** An issue with nothing but a title of its own. */
export async function newIssue({ tracker }: Suite, more: Partial<IssueDraft> = {}): Promise<Issue> {
  return tracker.createIssue({ title: `Issue ${unique()}`, body: '', ...more });
}

export function list({ tracker }: Suite, filter?: IssueFilter): Promise<Issue[]> {
  return collect(tracker.listIssues(filter));
}

export async function keys(suite: Suite, filter?: IssueFilter): Promise<string[]> {
  return (await list(suite, filter)).map(({ key }) => key);
}

export function expectBody({ facts }: Suite, actual: string, expected: string): void {
  if (facts.bodyFidelity === 'exact') expect(actual).toBe(expected);
  else expect(words(actual)).toEqual(words(expected));
}

/** The refusal of a call that must not have written anything. */
export async function refusedUnsent(
  { bench }: Suite,
  call: () => Promise<unknown>,
  kinds: readonly ErrorKind[],
): Promise<PaceError> {
  const before = bench.requests?.().writes;
  const error = await refusal(call, { kinds });
  expect(bench.requests?.().writes, 'writes that were sent all the same').toBe(before);
  return error;
}

/** The issue without what a mere look at it may change or leave out. */
export function withoutTimes({ updatedAt: _, links: __, ...rest }: Issue): Omit<Issue, 'updatedAt' | 'links'> {
  return rest;
}
