import { resolveSettings } from '../../../core/drivers/settings.ts';
import type { Settings } from '../../../core/ports/index.ts';
import monday from '../../../platforms/monday/index.ts';
import { createTracker } from '../../../platforms/monday/issues.ts';
import type { Monday } from '../../support/monday.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

/** The settings that lead to a server. */
export function settingsFor({ env }: Monday, more: Settings = {}): Settings {
  return { ...resolveSettings({ platform: monday, side: 'tracker', env }).settings, ...more };
}

/** A driver, and the world it lives in. */
export function trackerOn(server: Monday, more: Settings = {}) {
  const world: TestWorld = testWorld();
  return { world, tracker: createTracker(world, settingsFor(server, more)) };
}
