/** `pace issue search`. */
import type { World } from '../../../core/world.ts';
import { type Details, type ListedIssues, selectFrom } from './list.ts';
import type { IssueSearch } from './options.ts';

export function searchIssues(world: World, { words, text, ...options }: IssueSearch & Details): Promise<ListedIssues> {
  return selectFrom(world, { ...options, text: [...words, ...(text ? [text] : [])].join(' ') }, 'all');
}
