/** Two trackers in memory that are kept in step, and what is remembered of them. */
import type { IssueTracker } from '../../core/ports/index.ts';
import { completeTracker } from '../../core/tracker/complete-tracker.ts';
import type { LinkRequest, ResolveRequest, SyncReport, SyncRequest, Unlinked } from '../../src/sync/engine.ts';
import { linkPair } from '../../src/sync/link.ts';
import { runSync } from '../../src/sync/one-run.ts';
import type { Intent, KeptConflict, Pair, SyncState } from '../../src/sync/pair.ts';
import { resolveConflict } from '../../src/sync/resolve.ts';
import { sideOf } from '../../src/sync/side.ts';
import type { LoadedState } from '../../src/sync/store.ts';
import { unlinkPair } from '../../src/sync/unlink.ts';
import { type SideName, type Sides, sidesOf } from '../../src/sync/values.ts';
import { type MemoryDriver, type MemoryOptions, memoryDriver } from './memory-driver.ts';
import { type TestWorld, testWorld } from './world.ts';

export const PLAIN_REQUEST: SyncRequest = {
  ...{ flow: 'both', prefer: 'ask', force: false, dryRun: false, yes: true, full: false, origin: true },
  maps: { states: {}, types: {}, labels: {}, people: {} },
};

export interface SyncBench {
  readonly world: TestWorld;
  readonly drivers: Sides<MemoryDriver>;
  readonly trackers: Sides<IssueTracker>;
  /** What was saved last. */
  readonly state: () => SyncState;
  /** How often something was saved that was not the same before. */
  readonly saves: () => number;
  /** Writes without an answer. */
  readonly open: () => readonly Intent[];
  run(request?: Partial<SyncRequest>): Promise<SyncReport>;
  link(keys: Sides<string>, request?: Partial<LinkRequest>): Promise<SyncReport>;
  unlink(keys: Partial<Sides<string>>): Promise<Unlinked>;
  resolve(request: Partial<ResolveRequest> & Pick<ResolveRequest, 'id' | 'decision'>): Promise<SyncReport>;
  /** Each write that was noted before it was sent: its kind, and the side. */
  readonly journal: () => readonly string[];
  /** What happens between the last look and the first write. */
  meanwhile(work: () => Promise<unknown>): void;
  /** As if the file were lost. */
  forget(): void;
  /** Both requests that were made since the last call. */
  requests(): number;
}

export function syncBench(options: Partial<Sides<MemoryOptions>> = {}): SyncBench {
  const world = testWorld();
  const drivers = sidesOf((side) => memoryDriver({ world, ...options[side] }));
  const trackers = sidesOf((side) =>
    completeTracker({ driver: drivers[side], name: `Memory ${side}`, place: `team/${side}`, world }),
  );
  const ends = sidesOf((side) => ({ id: `memory team/${side}`, name: `memory team/${side}` }));
  const sides = sidesOf((side: SideName) => sideOf(side, trackers[side], ends[side]));
  const nothing: SyncState = { ends, watermarks: {}, pairs: new Map(), retries: [], conflicts: [], said: [] };
  let saved = nothing;
  let saves = 0;
  const journal: string[] = [];
  let [open, ended]: [Intent[], (Pair | KeptConflict | undefined)[]] = [[], []];
  const text = (state: SyncState) => JSON.stringify({ ...state, pairs: [...state.pairs].sort() });

  function loaded(): LoadedState {
    return {
      state: saved,
      file: 'memory',
      isTurned: false,
      aside: [],
      doubles: [],
      isAside: () => false,
      open: [...open],
      begin: (intent) => {
        open.push(intent);
        journal.push(`${intent.kind} ${intent.side}`);
      },
      end: (intent, pair, conflict) => {
        open = open.filter(({ id }) => id !== intent);
        if (pair) saved = { ...saved, pairs: new Map([...saved.pairs, [pair.id, pair]]) };
        if (conflict)
          saved = { ...saved, conflicts: [...saved.conflicts.filter(({ id }) => id !== conflict.id), conflict] };
        ended.push(pair);
      },
      save: (state) => {
        const isNews = text(state) !== text(saved);
        if (isNews) saves += 1;
        saved = state;
        ended = [];
        return isNews;
      },
      close: async () => undefined,
    };
  }

  let between: () => Promise<unknown> = async () => undefined;
  const run = () => ({
    ...{ world, sides, loaded: loaded(), isSameServer: false },
    verify: async () => void (await between()),
  });
  const { flow, maps, origin, dryRun } = PLAIN_REQUEST;
  let before = 0;
  const made = () => [drivers.a, drivers.b].map((driver) => driver.requests()).reduce((sum, { all }) => sum + all, 0);
  return {
    world,
    drivers,
    trackers,
    state: () => saved,
    saves: () => saves,
    open: () => open,
    meanwhile: (work) => {
      between = work;
    },
    forget: () => {
      saved = nothing;
    },
    run: (request = {}) => runSync({ ...run(), request: { ...PLAIN_REQUEST, ...request } }),
    link: (keys, request = {}) => linkPair(run(), { flow, maps, origin, dryRun, prefer: 'ask', keys, ...request }),
    unlink: (keys) => unlinkPair(run(), keys),
    resolve: (request) => resolveConflict(run(), { flow, maps, origin, ...request }),
    journal: () => journal,
    requests: () => {
      const now = made() - before;
      before = made();
      return now;
    },
  };
}
