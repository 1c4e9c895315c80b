/** `pace sync conflicts`: both values, whole. No tracker is asked. */
import { PaceError } from '../../../core/errors.ts';
import type { World } from '../../../core/world.ts';
import type { ShownConflict } from '../../sync/engine.ts';
import type { End } from '../../sync/pair.ts';
import type { Sides } from '../../sync/values.ts';
import type { EndNames } from './ends.ts';
import { bothOrNone } from './names.ts';
import { onPairs, syncConfig } from './on-pairs.ts';
import type { SyncConflicts } from './options.ts';
import type { SyncContext } from './request.ts';

export async function listConflicts(
  outer: World,
  { config, all = false, ...options }: SyncConflicts,
  { engine, signal }: SyncContext,
): Promise<readonly ShownConflict[]> {
  const names = bothOrNone(options);
  const loaded = await syncConfig(outer, config);
  return onPairs(outer, { loaded, onlyReads: true, signal }, async (world) => {
    const conflicts = await engine.conflicts(world, { all });
    if (!names) return conflicts;
    const known = await engine.known(world);
    if (!known.some(({ ends }) => isOf(ends, names))) throw unknownEnds(names);
    return conflicts.filter(({ ends }) => isOf(ends, names));
  });
}

function isOf({ a, b }: Sides<End>, names: EndNames): boolean {
  const is = (end: End, name: string) => end.backend === name || end.name === name;
  return (is(a, names.a) && is(b, names.b)) || (is(a, names.b) && is(b, names.a));
}

function unknownEnds({ a, b }: EndNames): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `${a} and ${b} were never in step here.`,
    remedy: '`pace sync conflicts` alone lists those of all trackers.',
  });
}
