/** `pace issue release`. */
import type { Claim } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { agentOf, nothingToRelease } from '../../tracker/agent.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import type { IssueRelease } from './options.ts';

/** The claim that has ended now. */
export async function releaseIssue(
  world: World,
  { key: reference, as, ...options }: IssueRelease,
): Promise<Written<Claim>> {
  const agent = agentOf(as, world.env);
  return writeOn(world, options, [reference], async ({ tracker, keys: [key = ''] }) => {
    if (!(await tracker.release(key, agent))) throw nothingToRelease(key, agent);
    return { key, agent, until: world.now() };
  });
}
