/** Who works on an issue, and for how long. Pure. */
import { type PaceError, withOperation } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { notHeld } from '../../core/tracker/claims.ts';
import type { World } from '../../core/world.ts';
import { toSpan } from './times.ts';
import { usageError } from './usage.ts';

/** An agent has a name of its own: the token's user may serve many. Throws a usage error without one. */
export function agentOf(given: string | undefined, env: World['env']): string {
  const name = plainLine(given ?? env['PACE_AGENT'] ?? '', 100);
  if (name !== '') return name;
  throw usageError(
    'The agent has no name.',
    'Please pass --as NAME, or set PACE_AGENT. Every agent needs a name of its own.',
  );
}

const SHORTEST_MS = 1000;
const LONGEST_MS = 30 * 24 * 3_600_000;

/** Milliseconds. */
export function claimSpan(text: string): number {
  const span = toSpan(text);
  if (span !== undefined && span >= SHORTEST_MS && span <= LONGEST_MS) return span;
  throw usageError(
    `--for: “${plainLine(text, 40)}” is not a duration from 1s to 30d.`,
    'Please write 90s, 30m, 2h or 1d.',
  );
}

/** There is no claim that could be ended: who wants to end one has no use for claiming it again. */
export function nothingToRelease(key: string, agent: string): PaceError {
  return withOperation(notHeld(key, agent), 'release', {
    remedy: 'The claim may have ended by itself. Please check the name: --as, else PACE_AGENT.',
  });
}
