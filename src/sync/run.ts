/** Sync, as the commands load it. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import type { OpenedBackend } from '../tracker/backends/open.ts';
import { endOf, endsOf, isSameServer, verifyEnds } from './ends.ts';
import type {
  LinkRequest,
  NamedIssue,
  OpenEnds,
  ResolveRequest,
  SyncEngine,
  SyncReport,
  SyncRequest,
  Unlinked,
} from './engine.ts';
import { facing } from './facing.ts';
import type { Run } from './finding.ts';
import { linkPair } from './link.ts';
import { runSync } from './one-run.ts';
import type { End, SyncState } from './pair.ts';
import { resolveConflict } from './resolve.ts';
import { shownValue } from './shown-values.ts';
import { sideOf } from './side.ts';
import { openSyncStore } from './store.ts';
import { namedPair, noPair, unlinkPair } from './unlink.ts';
import { type SideName, type Sides, sidesOf } from './values.ts';

/** Does it with what is remembered of these two. */
async function withState<T>(
  world: World,
  opened: Sides<OpenedBackend>,
  request: Pick<SyncRequest, 'dryRun' | 'signal'>,
  work: (run: Omit<Run, 'request'>) => Promise<T>,
): Promise<T> {
  const store = openSyncStore(world, {
    onlyReads: request.dryRun ?? false,
    ...(request.signal && { signal: request.signal }),
  });
  const known = store.known().flatMap(({ a, b }) => [a, b]);
  const ends = await endsOf(opened, known);
  const loaded = await store.load(ends);
  try {
    return await work({
      world,
      sides: sidesOf((side) => sideOf(side, opened[side].tracker, ends[side])),
      loaded: facing(loaded),
      isSameServer: isSameServer(opened),
      verify: () => verifyEnds(opened, ends),
    });
  } finally {
    await loaded.close();
  }
}

function sync(world: World, opened: Sides<OpenedBackend>, request: SyncRequest): Promise<SyncReport> {
  return withState(world, opened, request, (run) => runSync({ ...run, request }));
}

function link(world: World, opened: Sides<OpenedBackend>, request: LinkRequest): Promise<SyncReport> {
  return withState(world, opened, request, (run) => linkPair(run, request));
}

interface Known {
  readonly file: string;
  readonly state: SyncState;
}

function statesOf(world: World): Known[] {
  return openSyncStore(world, { onlyReads: true })
    .list()
    .flatMap(({ file, loaded, error }) => {
      if (error) world.log.warn(`${plainLine(error.message, 300)} ${error.remedy}`);
      return loaded ? [{ file, state: loaded.state }] : [];
    });
}

function resolve(world: World, opened: Sides<OpenedBackend>, request: ResolveRequest): Promise<SyncReport> {
  return withState(world, opened, { dryRun: false, ...request }, (run) => resolveConflict(run, request));
}

async function unlink(world: World, issues: readonly NamedIssue[], open: OpenEnds): Promise<Unlinked> {
  const states = statesOf(world);
  const ends = states.flatMap(({ state }) => [state.ends.a, state.ends.b]);
  const named = await Promise.all(issues.map(async ({ opened, key }) => ({ id: (await endOf(opened, ends)).id, key })));
  const found = states.flatMap(({ state }) => {
    const keys = keysOf(named, state.ends);
    return keys && namedPair(state, keys) ? [{ ends: state.ends, keys }] : [];
  });
  const [first, second] = found;
  if (!first) throw noPair(issues.map(({ key }) => key));
  if (second) throw severalPairs(issues, [first, second]);
  return withState(world, await open(first.ends), { dryRun: false }, (run) => unlinkPair(run, first.keys));
}

/** Which side of a file each issue is on; `undefined` where one is of neither. */
function keysOf(
  issues: readonly { readonly id: string; readonly key: string }[],
  ends: Sides<End>,
): Partial<Sides<string>> | undefined {
  const keys: { a?: string; b?: string } = {};
  for (const { id, key } of issues) {
    const side = (['a', 'b'] as const).find((one) => ends[one].id === id && keys[one] === undefined);
    if (!side) return undefined;
    keys[side] = key;
  }
  return keys;
}

export const engine: SyncEngine = {
  sync,
  link,
  unlink,
  resolve,
  known: async (world) => statesOf(world).map(({ file, state }) => ({ ends: state.ends, name: stem(file) })),
  conflicts: async (world, { all }) =>
    statesOf(world).flatMap(({ state: { ends, pairs, conflicts } }) =>
      conflicts
        .filter(({ winner }) => all || winner === undefined)
        .flatMap((one) => {
          const pair = pairs.get(one.pair);
          if (!pair) return [];
          const on = (side: SideName) => ({ side, pairs });
          const shown = {
            base: shownValue(one.field, one.base, on('a')),
            a: shownValue(one.field, one.a, on('a')),
            b: shownValue(one.field, one.b, on('b')),
          };
          return [
            {
              ...one,
              ...shown,
              ends,
              keys: sidesOf((side) => pair[side].key),
              urls: sidesOf((side) => pair[side].url),
            },
          ];
        }),
    ),
};

function stem(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.jsonl$/, '');
}

function severalPairs(issues: readonly NamedIssue[], found: readonly { readonly ends: Sides<End> }[]): PaceError {
  const pairs = found.map(({ ends }) => `${ends.a.name} and ${ends.b.name}`).join('; ');
  return new PaceError({
    kind: 'validation',
    message: `${plainLine(issues.map(({ key }) => key).join(' and '), 100)} is in several pairs: ${plainLine(pairs, 300)}.`,
    remedy: 'Please name the other issue, too: pace sync unlink A#1 B#2',
  });
}
