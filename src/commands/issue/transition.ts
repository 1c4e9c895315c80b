/** `pace issue transition`. */
import { type Issue, isClosed, type Transition } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { waitingLine, waitingStill } from '../../tracker/closing-notes.ts';
import { usageError } from '../../tracker/usage.ts';
import { openForIssue, type Written, writeOn } from '../on-tracker.ts';
import type { IssueTransition } from './options.ts';

export type TransitionOutcome =
  | { readonly kind: 'targets'; readonly targets: readonly Transition[] }
  | { readonly kind: 'moved'; readonly written: Written<Issue> };

/** With `list` the states that the issue can be moved to. */
export async function transitionIssue(world: World, options: IssueTransition): Promise<TransitionOutcome> {
  const { key: reference, state, list } = options;
  if (list) {
    const { tracker, key } = await openForIssue(world, options, reference);
    return { kind: 'targets', targets: await tracker.getAvailableTransitions(key) };
  }
  if (state === undefined) throw usageError('The state is missing.', '--list shows where the issue can go.');
  const written = await writeOn(world, options, [reference], async ({ tracker, keys: [key = ''] }) => {
    const issue = await tracker.transitionIssue(key, state);
    if (!isClosed(issue.state)) return issue;
    await tracker.endClaim(issue.key);
    for (const waiting of await waitingStill(tracker, [issue])) world.log.warn(waitingLine(waiting));
    return issue;
  });
  return { kind: 'moved', written };
}
