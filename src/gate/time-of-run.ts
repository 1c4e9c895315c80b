/** How long a run may take: no wait goes beyond it, and nothing is read after it. */
import type { World } from '../../core/world.ts';

/** Added to the longest wait for CI: what the rest of a run may take. */
export const REST_OF_RUN_MINUTES = 10;

/** So long from now, or as long as it may already. */
export function allowMinutes({ traffic, now }: Pick<World, 'traffic' | 'now'>, minutes: number): void {
  const until = now() + minutes * 60_000;
  traffic.deadline = isSet(traffic.deadline) ? Math.max(traffic.deadline, until) : until;
  traffic.end = traffic.deadline;
}

function isSet(time: number): boolean {
  return Number.isFinite(time);
}
