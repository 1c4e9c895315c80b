/** `pace issue history`. */
import type { FieldChange } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { openForIssue } from '../on-tracker.ts';
import type { IssueHistory } from './options.ts';

/** Oldest first. */
export async function issueHistory(world: World, options: IssueHistory): Promise<AsyncIterable<FieldChange>> {
  const { tracker, key } = await openForIssue(world, options, options.key);
  return tracker.history(key);
}
