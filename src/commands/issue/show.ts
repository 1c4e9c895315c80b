/** `pace issue show`. */
import type { World } from '../../../core/world.ts';
import type { ShownIssue } from '../../tracker/print/fields.ts';
import { showIssue as show } from '../../tracker/query/details.ts';
import { openForIssue } from '../on-tracker.ts';
import type { Details } from './list.ts';
import type { IssueShow } from './options.ts';

/** `details` says what belongs to it in place of `comments` and `links`; `whole`: all that the tracker has. */
export async function showIssue(
  world: World,
  {
    key: reference,
    comments = true,
    links = false,
    details,
    whole = false,
    ...options
  }: IssueShow & Details & { readonly whole?: boolean },
): Promise<ShownIssue> {
  const { tracker, key } = await openForIssue(world, options, reference);
  const hasLinks = links || (whole && (await tracker.capabilities()).unsupported.links === undefined);
  const asked = [comments ? 'comments' : '', hasLinks ? 'links' : ''].filter(Boolean);
  return show(tracker, key, { with: details ?? asked });
}
