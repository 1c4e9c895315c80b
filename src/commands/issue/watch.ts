/** `pace issue watch`: what changes, as it comes, until somebody ends it. */
import { asPaceError } from '../../../core/errors.ts';
import type { FieldChange } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { toSpan } from '../../tracker/times.ts';
import { usageError } from '../../tracker/usage.ts';
import { openFor } from '../on-tracker.ts';
import type { IssueWatch } from './options.ts';

/** Ends when the signal is aborted. */
export async function* watchIssues(
  world: World,
  { interval, ...options }: IssueWatch,
  signal: AbortSignal,
): AsyncGenerator<readonly FieldChange[]> {
  const given = interval === undefined ? undefined : spanOf(interval);
  const { tracker } = await openFor(world, options);
  const every = given ?? tracker.watchEveryMs ?? EVERY_MS;
  yield* changesFrom(world, tracker.watch(), { every, signal });
}

const EVERY_MS = 30_000;

/** Those of each look that finds some. */
export async function* changesFrom(
  world: Pick<World, 'log' | 'sleep'>,
  next: () => Promise<readonly FieldChange[]>,
  { every, signal }: { readonly every: number; readonly signal: AbortSignal },
): AsyncGenerator<readonly FieldChange[]> {
  while (!signal.aborted) {
    let wait = every;
    try {
      const changes = await next();
      if (changes.length > 0) yield changes;
    } catch (error) {
      const { kind, message, retryAfter = 0 } = asPaceError(error);
      // a tracker that is away for a while comes back, and the next look goes on where the last one ended
      if (kind !== 'transient' && kind !== 'rate-limit') throw error;
      world.log.warn(plainLine(message));
      wait = Math.max(every, retryAfter);
    }
    await world.sleep(wait, signal).catch(() => undefined);
  }
}

const SHORTEST_MS = 100;
const LONGEST_MS = 24 * 3_600_000;

function spanOf(text: string): number {
  const span = toSpan(text) ?? (/^\d{1,4}ms$/.test(text) ? Number(text.slice(0, -2)) : undefined);
  if (span !== undefined && span >= SHORTEST_MS && span <= LONGEST_MS) return span;
  throw usageError(`--interval: “${text}” is not a duration from 100ms to 1d.`, 'Please write 500ms, 5s, 1m or 1h.');
}
