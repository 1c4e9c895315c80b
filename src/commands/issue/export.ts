/** `pace issue export`. */
import type { World } from '../../../core/world.ts';
import { selectionOf, settledSelection } from '../../tracker/query/select.ts';
import { exportIssues as exported } from '../../tracker/transfer/export-issues.ts';
import { openFor } from '../on-tracker.ts';
import type { IssueExport } from './options.ts';
import { listFlags } from './select.ts';

/** One object per line of the file. */
export async function exportIssues(
  world: World,
  { config, backend, comments = true, links = true, limit = 'all', ...choice }: IssueExport,
): Promise<AsyncIterable<Record<string, unknown>>> {
  const selection = selectionOf(listFlags({ ...choice, limit }), choice.query, world.now(), 'all');
  const { tracker } = await openFor(world, { config, backend });
  const details = [comments ? 'comments' : '', links ? 'links' : ''].filter(Boolean);
  return exported(tracker, await settledSelection(tracker, selection), details);
}
