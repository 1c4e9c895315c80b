/** `pace issue claim`. */
import type { Claim } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { agentOf, claimSpan } from '../../tracker/agent.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import type { IssueClaim } from './options.ts';

export async function claimIssue(
  world: World,
  { key: reference, as, for: span = '30m', start, ...options }: IssueClaim,
): Promise<Written<Claim>> {
  const agent = agentOf(as, world.env);
  const forMs = claimSpan(span);
  return writeOn(world, options, [reference], ({ tracker, keys: [key = ''] }) =>
    tracker.claim(key, { agent, forMs, ...(start ? { start } : {}) }),
  );
}
