/** `pace issue create`. */
import type { World } from '../../../core/world.ts';
import { type Created, createIssue as create } from '../../tracker/create-issue.ts';
import { usageError } from '../../tracker/usage.ts';
import { fieldValues } from '../../tracker/values.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import { listed } from './given.ts';
import type { IssueCreate } from './options.ts';

/** Throws a usage error with all that is wrong, before anything is opened. */
export async function createIssue(
  world: World,
  options: IssueCreate,
): Promise<Written<Created & { readonly tracker: string }>> {
  const { title, body = '', label, assignee } = options;
  const values = fieldValues(options);
  if (title === undefined) {
    throw usageError('The title is missing.', 'Please pass it: pace issue create "What is wrong".');
  }
  const change = { title, body, values, labels: listed(label), assignees: listed(assignee) };
  return writeOn(world, options, [], async ({ tracker }) => ({
    ...(await create(tracker, change)),
    tracker: tracker.name,
  }));
}
