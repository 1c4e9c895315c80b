/** `pace issue show`. */
import type { World } from '../../../core/world.ts';
import type { ShownIssue } from '../../tracker/print/fields.ts';
import { showIssue as show } from '../../tracker/query/details.ts';
import { openForIssue } from '../on-tracker.ts';
import type { Details } from './list.ts';
import type { IssueShow } from './options.ts';

/** `details` says what belongs to it in place of `comments` and `links`. */
export async function showIssue(
  world: World,
  { key: reference, comments = true, links = false, details, ...options }: IssueShow & Details,
): Promise<ShownIssue> {
  const asked = [comments ? 'comments' : '', links ? 'links' : ''].filter(Boolean);
  const { tracker, key } = await openForIssue(world, options, reference);
  return show(tracker, key, { with: details ?? asked });
}
