/** `pace issue renew`. */
import type { Claim } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { agentOf, claimSpan } from '../../tracker/agent.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import type { IssueRenew } from './options.ts';

/** The claim as it is now. */
export async function renewClaim(
  world: World,
  { key: reference, as, for: span = '30m', ...options }: IssueRenew,
): Promise<Written<Claim>> {
  const agent = agentOf(as, world.env);
  const forMs = claimSpan(span);
  return writeOn(world, options, [reference], ({ tracker, keys: [key = ''] }) => tracker.renew(key, { agent, forMs }));
}
