/** An engine of sync that does nothing but answer as a test says, and remembers what it was asked. */
import type { World } from '../../core/world.ts';
import type {
  KnownEnds,
  LinkRequest,
  ResolveRequest,
  ShownConflict,
  SideCounts,
  SyncEngine,
  SyncReport,
  SyncRequest,
} from '../../src/sync/engine.ts';
import type { Sides } from '../../src/sync/values.ts';
import type { OpenedBackend } from '../../src/tracker/backends/open.ts';

/** A call, with the trackers by their names and without what only the face brings. */
export type EngineCall = Readonly<Record<string, unknown>>;

export interface FakeEngine extends SyncEngine {
  readonly calls: EngineCall[];
  /** What the next runs answer, one after the other; the last one for ever. */
  answers: (Partial<SyncReport> | Error)[];
  knownEnds: readonly KnownEnds[];
  shown: readonly ShownConflict[];
  /** Whether the kept files were there in every call. */
  readonly worlds: World[];
}

const NONE: SideCounts = { created: 0, changed: 0, comments: 0, links: 0 };

/** A report in which nothing was to be done. */
export function reportOf(part: Partial<SyncReport> = {}): SyncReport {
  return {
    ends: { a: { id: 'A', name: 'gitea octo/shop' }, b: { id: 'B', name: 'local .pace/b.db' } },
    ...{ dryRun: false, isFirst: false, written: [], left: [], inStep: true },
    counts: { a: NONE, b: NONE, pairs: 2, inStep: 2 },
    ...part,
  };
}

export function countsOf(part: { a?: Partial<SideCounts>; b?: Partial<SideCounts>; pairs: number; inStep: number }) {
  return { ...part, a: { ...NONE, ...part.a }, b: { ...NONE, ...part.b } };
}

export function fakeEngine(): FakeEngine {
  const calls: EngineCall[] = [];
  const worlds: World[] = [];
  const next = (opened?: Sides<OpenedBackend>): SyncReport => {
    const answer = fake.answers.length > 1 ? fake.answers.shift() : fake.answers[0];
    if (answer instanceof Error) throw answer;
    const ends = opened && { ends: { a: endOf(opened.a), b: endOf(opened.b) } };
    return reportOf({ ...ends, ...answer });
  };
  const asked = (world: World, call: EngineCall) => {
    worlds.push(world);
    calls.push(call);
  };
  const fake: FakeEngine = {
    ...{ calls, worlds, answers: [{}], knownEnds: [], shown: [] },
    sync: async (world, opened, request: SyncRequest) => {
      const { confirm, signal, ...rest } = request;
      asked(world, { verb: 'sync', ...namesIn(opened), ...rest, canAsk: confirm !== undefined });
      signal?.throwIfAborted();
      return next(opened);
    },
    link: async (world, opened, { signal: _, ...request }: LinkRequest) => {
      asked(world, { verb: 'link', ...namesIn(opened), ...request });
      return next(opened);
    },
    unlink: async (world, issues) => {
      asked(world, { verb: 'unlink', issues: issues.map(({ opened, key }) => `${opened.name}#${key}`) });
      return { ends: reportOf().ends, keys: { a: '1', b: '2' } };
    },
    known: async () => fake.knownEnds,
    conflicts: async (world, choice) => {
      asked(world, { verb: 'conflicts', ...choice });
      return fake.shown;
    },
    resolve: async (world, opened, { signal: _, ...request }: ResolveRequest) => {
      asked(world, { verb: 'resolve', ...namesIn(opened), ...request });
      return next(opened);
    },
  };
  return fake;
}

function namesIn({ a, b }: Sides<OpenedBackend>) {
  return { a: a.name, b: b.name };
}

function endOf({ name, tracker }: OpenedBackend) {
  return { id: `${tracker.name} ${tracker.place}`, name: `${name} ${tracker.place}`, backend: name };
}
