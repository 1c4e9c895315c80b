/** Whether the loop is paused, and how to resume it. */
import type { GateParts, Pause } from './parts.ts';

const VARIABLE = 'PACE_PAUSED';

/** The first thing that pauses this day; `undefined` when nothing does. A tracker that cannot be asked does not pause. */
export async function whyPaused(parts: GateParts): Promise<Pause | undefined> {
  const { outside } = parts.gateDay;
  if (outside) return { reason: outside };
  return (await byVariable(parts)) ?? (await byEscalation(parts)) ?? (await byReview(parts));
}

async function byVariable(parts: GateParts): Promise<Pause | undefined> {
  const { world, config, ciAdapter } = parts;
  const reason = `${VARIABLE} is true. To resume, set it to false.`;
  if (isTrue(world.env[VARIABLE])) return { reason };
  if (config.pause.by === 'issue' || isCutOff(parts)) return undefined;
  return isTrue(await ciAdapter.getVariable(VARIABLE)) ? { reason } : undefined;
}

/** The day's own run was killed while it set the variable: the day is not over, and decides anew. */
function isCutOff({ journal, gateDay }: GateParts): boolean {
  return journal
    .pending()
    .some(({ delivery, reason }) => delivery.kind === 'pause' && delivery.day === gateDay.day && reason === '');
}

async function byEscalation({ config, trackerAdapter, gateDay }: GateParts): Promise<Pause | undefined> {
  if (config.pause.by === 'variable' || config.gate.mode === 'observe') return undefined;
  const open = await trackerAdapter.openEscalation({ before: gateDay.day });
  if (!open) return undefined;
  const reason = `Day ${open.day} is held by issue ${open.key}. To resume, run day ${open.day} until it ships, or close that issue.`;
  return { reason, escalation: { key: open.key, url: open.url }, heldDay: open.day };
}

/** A review request that a person closed without merging; one that is still open does not pause. */
async function byReview({ world, ciAdapter, gateDay, config }: GateParts): Promise<Pause | undefined> {
  const last = gateDay.lastHumanGate;
  if (last === undefined || config.gate.mode === 'observe' || world.env[VARIABLE] === 'false') return undefined;
  const review = await ciAdapter.reviewState(last);
  if (review?.state !== 'closed') return undefined;
  const reason = `The review of day ${last} was closed without merging. To resume, reopen and merge it, or set ${VARIABLE} to false.`;
  return { reason, review };
}

function isTrue(value: string | undefined): boolean {
  return value?.trim().toLowerCase() === 'true';
}
