/** `pace backend detect`. */
import { settingsHere } from '../../../core/drivers/settings-here.ts';
import type { World } from '../../../core/world.ts';
import { offersNot } from '../../../platforms/index.ts';
import { choiceOf, knownTrackers, openBackend } from '../../tracker/backends/open.ts';
import type { Detection } from '../../tracker/backends/rows.ts';
import type { BackendDetect } from './options.ts';

/** What is used when nothing is named, and why. */
export async function detectBackend(world: World, { config }: BackendDetect): Promise<Detection> {
  const known = await knownTrackers(world, config);
  const choice = choiceOf(known);
  if (choice.name !== undefined) {
    await openBackend(world, { config, backend: choice.name });
    return { tracker: choice.name, because: choice.because, missing: [] };
  }
  const { side, because } = await known.gate();
  if (!side.platform.createTracker) throw offersNot(side.platform, 'tracker');
  const { missing } = await settingsHere(world, { ...side, side: 'tracker' });
  return {
    tracker: side.platform.name,
    because,
    missing: missing.map(({ message, remedy }) => `${message} ${remedy}`),
  };
}
