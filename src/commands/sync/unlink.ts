/** `pace sync unlink`: two issues are no longer one. Both stay as they are. */
import type { World } from '../../../core/world.ts';
import type { NamedIssue, Unlinked } from '../../sync/engine.ts';
import { openBackend } from '../../tracker/backends/open.ts';
import { endReferences, endsOpener } from './ends.ts';
import { onPairs, syncConfig } from './on-pairs.ts';
import type { SyncUnlink } from './options.ts';
import type { SyncContext } from './request.ts';

export async function unlinkIssues(
  outer: World,
  { config, a, b }: SyncUnlink,
  { engine, signal }: SyncContext,
): Promise<Unlinked> {
  const references = endReferences(b === undefined ? [a] : [a, b]);
  const loaded = await syncConfig(outer, config);
  return onPairs(outer, { loaded, signal }, async (world) => {
    const issues: NamedIssue[] = [];
    for (const reference of references) {
      const opened = await openBackend(world, { config, reference });
      issues.push({ opened, key: opened.key });
    }
    return engine.unlink(world, issues, endsOpener(world, config));
  });
}
