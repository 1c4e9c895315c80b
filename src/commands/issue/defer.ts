/** `pace issue defer`: nobody is to begin them before a time. */
import type { World } from '../../../core/world.ts';
import { type Edited, editIssues } from '../../tracker/edit-issues.ts';
import { LATER_FORMS, toLater } from '../../tracker/times.ts';
import { usageError } from '../../tracker/usage.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import { type Confirm, chosenKeys, NOTHING } from './chosen.ts';
import type { IssueDefer } from './options.ts';

export async function deferIssues(
  world: World,
  { until, ...options }: IssueDefer,
  signal?: AbortSignal,
  confirm?: Confirm,
): Promise<Written<Edited>> {
  const deferUntil = momentOf(until, world.now());
  const chosen = await chosenKeys(world, options, { deed: 'deferred', state: 'open', confirm });
  if (chosen.length === 0) return NOTHING;
  return writeOn(world, options, chosen, ({ tracker, keys }) =>
    editIssues(tracker, keys, { values: { deferUntil } }, { signal }),
  );
}

/** `null`: not deferred any more. */
function momentOf(until: string | undefined, now: number): number | null {
  if (until === undefined) throw usageError('--until is missing.', `Please write ${LATER_FORMS}, or none.`);
  if (until.trim().toLowerCase() === 'none') return null;
  const moment = toLater(until, now);
  if (moment === undefined) {
    throw usageError(`--until: “${until}” is not a time.`, `Please write ${LATER_FORMS}, or none.`);
  }
  if (moment > now) return moment;
  throw usageError(`--until: “${until}” is over already.`, 'Please give a time to come, or none.');
}
