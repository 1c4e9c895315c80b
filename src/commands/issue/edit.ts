/** `pace issue edit`. */
import type { World } from '../../../core/world.ts';
import { type Edited, editIssues as edit } from '../../tracker/edit-issues.ts';
import type { Change } from '../../tracker/edits.ts';
import { usageError } from '../../tracker/usage.ts';
import { fieldValues } from '../../tracker/values.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import { type Confirm, chosenKeys, NOTHING } from './chosen.ts';
import { listed } from './given.ts';
import type { IssueEdit } from './options.ts';

/** `body` may also be made from the present one of the first issue. */
export async function editIssues(
  world: World,
  { body, ...options }: Omit<IssueEdit, 'body'> & { readonly body?: string | undefined | EditBody },
  signal?: AbortSignal,
  confirm?: Confirm,
): Promise<Written<Edited>> {
  const values = fieldValues(options);
  const chosen = await chosenKeys(world, options, { deed: 'changed', state: 'open', confirm });
  if (chosen.length === 0) return NOTHING;
  return writeOn(world, options, chosen, async ({ tracker, keys }) => {
    const before = async () => (await tracker.getIssue(keys[0] ?? '')).body;
    const change: Change = {
      title: options.title,
      body: typeof body === 'function' ? await body(before) : body,
      values,
      labels: listed(options.label),
      addLabels: options.addLabel,
      removeLabels: options.removeLabel,
      assignees: listed(options.assignee),
      addAssignees: options.addAssignee,
      removeAssignees: options.removeAssignee,
    };
    refuseEmpty(change);
    return edit(tracker, keys, change, { signal });
  });
}

/** Makes the new text; `before` reads the present one. */
export type EditBody = (before: () => Promise<string>) => Promise<string | undefined>;

function refuseEmpty({ values, ...rest }: Change): void {
  const isEmpty = Object.keys(values).length === 0 && Object.values(rest).every((value) => value === undefined);
  if (isEmpty)
    throw usageError('There is nothing to change.', 'Please name a field, e.g. --state done or --add-label bug.');
  if (rest.labels && (rest.addLabels || rest.removeLabels)) {
    throw usageError('--label replaces all labels.', 'Please use it without --add-label and --remove-label.');
  }
  if (rest.assignees && (rest.addAssignees || rest.removeAssignees)) {
    throw usageError(
      '--assignee replaces all assignees.',
      'Please use it without --add-assignee and --remove-assignee.',
    );
  }
}
