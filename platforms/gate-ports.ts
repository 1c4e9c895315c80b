/** The gate's view of a platform. Apart from the registry, so that who only reads issues does not load it. */
import { createCiAdapter } from './ci-adapter.ts';
import { openHost, openTracker, type Side } from './index.ts';
import type { CIAdapter, TrackerAdapter } from './ports.ts';
import { createTrackerAdapter } from './tracker-adapter.ts';
import type { World } from './world.ts';

/** The gate's view of the code host. Missing settings are no error here: every method then leaves a fault. */
export function getCiAdapter(world: World, side: Side, options: { statusContext?: string } = {}): CIAdapter {
  return createCiAdapter({ world, platform: side.platform.name, openHost: () => openHost(world, side), ...options });
}

/** The gate's view of the tracker, for the issues of this code repository. */
export function getTrackerAdapter(
  world: World,
  side: Side,
  options: { repository: string; maxNewIssues?: number },
): TrackerAdapter {
  return createTrackerAdapter({
    world,
    platform: side.platform.name,
    openTracker: () => openTracker(world, side),
    ...options,
  });
}
