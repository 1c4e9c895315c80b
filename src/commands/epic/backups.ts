/** What of issues and files was kept before they were written. */
import { keptOf } from '../../../core/kept/open-kept.ts';
import type { World } from '../../../core/world.ts';
import { type Backup, openBackups } from '../../epic/backups.ts';
import type { EpicOptions } from './options.ts';

/** The newest first. */
export async function listBackups(world: World, { epic = [] }: Pick<EpicOptions, 'epic'>): Promise<readonly Backup[]> {
  const store = openBackups(world, keptOf(world));
  return epic.length === 0 ? store.list() : epic.flatMap((key) => store.list(key));
}
