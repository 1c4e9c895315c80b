/** What befalls a run of sync: a request that fails before or after the server did it, or the death of the whole process, anywhere. */
import { PaceError } from '../../core/errors.ts';
import type { TrackerDriver } from '../../core/ports/index.ts';
import type { LoadedState } from '../../src/sync/store.ts';

export type Blow = 'kill' | 'fault';

/** A blow at the n-th moment from now; a request and a line of the journal have two each: before it, and after it. */
export interface Planned {
  readonly blow: Blow;
  readonly at: number;
}

export interface Fate {
  /** What the next run meets; the dead rise again. */
  plan(blows: readonly Planned[]): void;
  isDead(): boolean;
  /** How many calls were made that write. */
  writes(): number;
  driver<Driver extends TrackerDriver>(driver: Driver): Driver;
  store(loaded: LoadedState): LoadedState;
}

/** The process is gone: nothing that is caught or tried again does anything any more. */
export class Killed extends Error {}

const WRITES = new Set<PropertyKey>([
  ...['createIssue', 'updateIssue', 'transitionIssue', 'deleteIssue', 'addComment', 'updateComment', 'deleteComment'],
  ...['createLink', 'deleteLink', 'createLabel', 'updateLabel', 'createMilestone', 'updateMilestone', 'createIssues'],
]);
const READS = new Set<PropertyKey>([
  ...['getIssue', 'capabilities', 'getCurrentUser', 'getAvailableTransitions', 'getIssueLinks'],
]);
const LISTS = new Set<PropertyKey>([
  'listIssues',
  'listComments',
  'listAttachments',
  'listLabels',
  'listMilestones',
  'listUsers',
]);

type Call = (...given: unknown[]) => unknown;

export function newFate(): Fate {
  let [moment, writes] = [0, 0];
  let blows: readonly Planned[] = [];
  let isDead = false;

  /** A request fails at either of its moments; the store does not fail, it only ends with all the rest. */
  function pass(canFail: boolean): void {
    if (isDead) throw new Killed('This process is gone.');
    moment += 1;
    const met = blows.find(({ at }) => at === moment);
    if (met?.blow === 'kill') {
      isDead = true;
      throw new Killed('This process was killed.');
    }
    if (met && canFail)
      throw new PaceError({ kind: 'transient', message: 'The connection was reset.', remedy: 'Please try again.' });
  }

  async function asked(call: Call, given: unknown[], isWrite: boolean): Promise<unknown> {
    pass(true);
    if (isWrite) writes += 1;
    const answer = await call(...given);
    pass(true);
    return answer;
  }

  async function* listed(call: Call, given: unknown[]): AsyncGenerator {
    pass(true);
    yield* call(...given) as AsyncIterable<unknown>;
    pass(true);
  }

  return {
    plan: (planned) => {
      [moment, isDead, blows] = [0, false, planned];
    },
    isDead: () => isDead,
    writes: () => writes,
    driver: (driver) =>
      new Proxy(driver, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          const call: Call = (...given) => Reflect.apply(value, target, given);
          if (LISTS.has(name)) return (...given: unknown[]) => listed(call, given);
          if (!WRITES.has(name) && !READS.has(name)) return value;
          return (...given: unknown[]) => asked(call, given, WRITES.has(name));
        },
      }),
    store: (loaded) => {
      const whole = <Result>(act: () => Result): Result => {
        pass(false);
        const result = act();
        pass(false);
        return result;
      };
      return {
        ...loaded,
        begin: (intent) => whole(() => loaded.begin(intent)),
        end: (intent, pair, conflict) => whole(() => loaded.end(intent, pair, conflict)),
        save: (state) => whole(() => loaded.save(state)),
      };
    },
  };
}
