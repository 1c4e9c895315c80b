/** `pace tracker sync pull`, `push`, `run` and `publish`. */
import { join } from 'node:path';
import { PaceError } from '../../../core/errors.ts';
import type { Body, WriteOutcome } from '../../../core/hosted/client.ts';
import { takeLock } from '../../../core/kept/lock.ts';
import type { World } from '../../../core/world.ts';
import { type Bound, boundProject, hostedService, refuseEgress } from '../../facade/bound.ts';
import { itemsNeeded, noPublishing } from '../../facade/hard-breaks.ts';
import { localSync } from '../../facade/local.ts';
import type { SyncResult } from '../../facade/local-sync.ts';
import { limitIn } from './given.ts';
import { withUpgrade } from './look.ts';
import type { TrackerSync } from './options.ts';

export type Synced =
  | { readonly kind: 'local'; readonly result: SyncResult }
  | { readonly kind: 'hosted'; readonly result: Body };

const LIMIT = { usual: 100, most: 10_000 };

export async function syncPull(world: World, options: TrackerSync): Promise<Synced> {
  const limit = limitIn(options.limit, LIMIT);
  const bound = await permitted(world);
  if (bound.kind === 'local') return { kind: 'local', result: await localSync(world, bound, { way: 'pull', limit }) };
  const body = await hostedService(world).pull(bound.binding, { limit });
  return { kind: 'hosted', result: withUpgrade(body, bound) };
}

/** @param items reads the changes; absent where none are named. */
export async function syncPush(world: World, options: TrackerSync, items?: () => Promise<string>): Promise<Synced> {
  const limit = limitIn(options.limit, LIMIT);
  const bound = await permitted(world);
  if (bound.kind === 'local') return { kind: 'local', result: await localSync(world, bound, { way: 'push', limit }) };
  if (!items) throw itemsNeeded();
  const changes = changesIn(await items());
  return written(bound, await alone(world, () => hostedService(world).push(bound.binding, changes)));
}

export async function syncRun(world: World, options: TrackerSync): Promise<Synced> {
  const limit = limitIn(options.limit, LIMIT);
  const bound = await permitted(world);
  if (bound.kind === 'local') return { kind: 'local', result: await localSync(world, bound, { way: 'run', limit }) };
  return written(bound, await alone(world, () => hostedService(world).run(bound.binding, limit)));
}

export async function syncPublish(): Promise<never> {
  throw noPublishing();
}

/** A gate run in the same checkout would take what is kept of a change meanwhile for forged, and undo it. */
async function alone<Result>(world: World, work: () => Promise<Result>): Promise<Result> {
  const release = await takeLock(world, { dir: join(world.cwd, '.pace'), waitSeconds: 60, words: WORDS });
  try {
    return await work();
  } finally {
    await release();
  }
}

const WORDS = {
  held: 'Another run of PACE is under way in this checkout',
  undone: 'Nothing was sent.',
  remedy: 'Please try again when it has ended.',
};

async function permitted(world: World): Promise<Bound> {
  const bound = await boundProject(world);
  refuseEgress(bound.binding);
  return bound;
}

function written(bound: Extract<Bound, { kind: 'hosted' }>, { body, isReplayed }: WriteOutcome): Synced {
  return { kind: 'hosted', result: { ...withUpgrade(body, bound), idempotency_replayed: isReplayed } };
}

function changesIn(text: string): readonly unknown[] {
  let found: unknown;
  try {
    found = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw noArray('is not JSON', cause);
  }
  if (!Array.isArray(found)) throw noArray('is not an array');
  if (found.length === 0) throw noArray('is empty');
  return found;
}

function noArray(what: string, cause?: unknown): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `What --items-json names ${what}.`,
    remedy: 'Please pass a JSON array of changes: [{"ref": {…}, "action": "update", "patch": {…}}].',
    neverSent: true,
    cause,
  });
}
