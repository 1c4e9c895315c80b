/** `pace issue children`. */
import type { World } from '../../../core/world.ts';
import { type Details, type ListedIssues, selectFrom } from './list.ts';
import type { IssueChildren } from './options.ts';

export function listChildren(world: World, { key, ...options }: IssueChildren & Details): Promise<ListedIssues> {
  return selectFrom(world, options, 'all', key);
}
