import { inOperation } from '../../core/operation.ts';
import type { Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { toNumber } from './address.ts';
import { createPlaceCheck, databasePlace } from './database-place.ts';
import { findEvents, type TrackerEvent } from './events.ts';
import { openStore } from './store.ts';

/** The log of one issue, or of all; oldest first. Nothing when there is no database yet. */
export async function readEvents(world: World, settings: Settings, key?: string): Promise<TrackerEvent[]> {
  return inOperation('readEvents', async () => {
    const number = key === undefined ? undefined : toNumber(key);
    const place = databasePlace(world, settings);
    return openStore(place.path, { check: createPlaceCheck(world, place) }).read(
      (db) => findEvents(db, number),
      () => [],
    );
  });
}
