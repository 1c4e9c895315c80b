/** Sync, as the commands load it. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import type { OpenedBackend } from '../tracker/backends/open.ts';
import { endsOf, isSameServer, verifyEnds } from './ends.ts';
import type { LinkRequest, NamedIssue, OpenEnds, SyncEngine, SyncReport, SyncRequest } from './engine.ts';
import { facing } from './facing.ts';
import type { Run } from './finding.ts';
import { linkPair, resolveConflict, unlinkPair } from './one-pair.ts';
import { runSync } from './one-run.ts';
import type { End, SyncState } from './pair.ts';
import { sideOf } from './side.ts';
import { openSyncStore } from './store.ts';
import { type Sides, sidesOf } from './values.ts';

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

async function resolve(
  world: World,
  id: string,
  decision: Parameters<SyncEngine['resolve']>[2],
  open: OpenEnds,
): Promise<SyncReport> {
  const found = statesOf(world).find(({ state }) => state.conflicts.some((one) => one.id === id && !one.winner));
  if (!found) throw noConflict(id);
  const opened = await open(found.state.ends);
  return withState(world, opened, { dryRun: false }, (run) => resolveConflict(run, id, decision));
}

async function unlink(world: World, issues: readonly NamedIssue[], open: OpenEnds): ReturnType<SyncEngine['unlink']> {
  const [first] = issues;
  if (!first) throw noPair('');
  const states = statesOf(world);
  for (const { state } of states) {
    const opened = await matching(issues, state.ends, open);
    if (!opened) continue;
    const keys = opened.keys;
    const pair = [...state.pairs.values()].find((one) =>
      (['a', 'b'] as const).every((side) => keys[side] === undefined || isKey(one[side].key, keys[side])),
    );
    if (!pair) continue;
    const { a, b } = await open(state.ends);
    await withState(world, { a, b }, { dryRun: false }, (run) => unlinkPair(run, pair.id));
    return { ends: state.ends, keys: sidesOf((side) => pair[side].key) };
  }
  throw noPair(issues.map(({ key }) => key).join(' and '));
}

function isKey(one: string, other: string): boolean {
  return one.toLowerCase() === other.replace(/^#/, '').toLowerCase();
}

/** Which side of a file each issue is on; `undefined` where one is of neither. */
async function matching(
  issues: readonly NamedIssue[],
  ends: Sides<End>,
  _open: OpenEnds,
): Promise<{ readonly keys: Partial<Sides<string>> } | undefined> {
  const keys: { a?: string; b?: string } = {};
  for (const { opened, key } of issues) {
    const name = [opened.platform.name, opened.tracker.place].filter(Boolean).join(' ');
    const side = (['a', 'b'] as const).find((one) => ends[one].name === name && keys[one] === undefined);
    if (!side) return undefined;
    keys[side] = key;
  }
  return { keys };
}

export const engine: SyncEngine = {
  sync,
  link,
  unlink,
  resolve,
  pairs: (world, opened) =>
    withState(world, opened, { dryRun: true }, async ({ loaded }) => [...loaded.state.pairs.values()]),
  known: async (world) => statesOf(world).map(({ file, state }) => ({ ends: state.ends, name: stem(file) })),
  conflicts: async (world, { all }) =>
    statesOf(world).flatMap(({ state: { ends, pairs, conflicts } }) =>
      conflicts
        .filter(({ winner }) => all || winner === undefined)
        .flatMap((one) => {
          const pair = pairs.get(one.pair);
          if (!pair) return [];
          return [{ ...one, ends, keys: sidesOf((side) => pair[side].key), urls: sidesOf((side) => pair[side].url) }];
        }),
    ),
};

function stem(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.jsonl$/, '');
}

function noConflict(id: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `There is no open conflict “${plainLine(id, 60)}”.`,
    remedy: '`pace sync conflicts` lists those that wait for somebody.',
  });
}

function noPair(keys: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `${plainLine(keys, 100)} is not in step with another issue here.`,
    remedy: '`pace sync status` shows which trackers are.',
  });
}
