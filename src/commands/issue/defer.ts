/** `pace issue defer`: nobody is to begin them before a time. */
import type { World } from '../../../core/world.ts';
import type { Edited } from '../../tracker/edit-issues.ts';
import { LATER_FORMS, toLater } from '../../tracker/times.ts';
import { usageError } from '../../tracker/usage.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import type { IssueDefer } from './options.ts';

export function deferIssues(
  world: World,
  { keys: references, until, ...options }: IssueDefer,
  signal?: AbortSignal,
): Promise<Written<Edited>> {
  const deferUntil = momentOf(until, world.now());
  return writeOn(world, options, references, async ({ tracker, keys }) => {
    const changes = keys.map((key) => ({ key, patch: { deferUntil } }));
    const answers = await tracker.updateMany(changes, signal ? { signal } : {});
    return {
      done: answers.flatMap((answer) => (answer.ok ? [answer.issue] : [])),
      failed: answers.flatMap((answer) => (answer.ok ? [] : [{ key: keys[answer.index] ?? '', error: answer.error }])),
    };
  });
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
