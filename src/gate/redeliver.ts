/** Delivers what earlier runs could not: bound to what this gate knows, in number and in time. */
import type { BacklogItem } from './backlog.ts';
import { attempted, type Delivered } from './deliver.ts';
import { type Delivery, OPERATIONS, subjectOf } from './delivery.ts';
import { type Bound, boundTo, type Known } from './journal-bounds.ts';
import type { PendingDelivery } from './journal-line.ts';
import type { DayParts, GateParts } from './parts.ts';
import type { Report } from './report.ts';

/** A run tries so many, those first that were tried least: servers allow some twenty writes at once, and it needs some itself. */
const MOST = 12;
/** And no longer than this. */
const LONGEST_MS = 120_000;

/** What no second request makes better. */
const REFUSALS: readonly unknown[] = ['permission', 'authentication', 'unsupported'];

/** Whether the host or the tracker has refused this in the present run, whatever it was about. */
export function wasRefused({ faults }: Pick<GateParts, 'faults'>, operation: string): boolean {
  return REFUSALS.includes(faults.lastKind(operation));
}

/**
 * What earlier runs could not deliver about other days than this run's. First of all, whatever is not this gate's own, or is wanted
 * no more, is forgotten: of the run's own day too.
 */
export async function deliverEarlier(parts: DayParts): Promise<void> {
  const { journal, subject, dryRun, config } = parts;
  // left for a run that may
  if (dryRun || config.gate.mode === 'observe' || journal.pending().length === 0) return;
  const known = await whatIsKnown(parts);
  const bound = journal.pending().map((pending) => ({ pending, bound: boundTo(known, pending.delivery) }));
  await disown(parts, bound);
  await giveUp(parts, bound);
  const others = bound.filter(({ pending }) => pending.delivery.day !== subject.day.day);
  await redeliver(parts, others);
}

/** What is still pending about this run's day, and is not decided anew by it. */
export async function deliverLeft(parts: DayParts, planned: readonly Delivery[]): Promise<void> {
  const subjects = new Set(planned.map(subjectOf));
  const { journal, subject } = parts;
  const left = journal
    .pending()
    .filter(({ delivery }) => delivery.day === subject.day.day && !subjects.has(subjectOf(delivery)));
  if (left.length === 0) return;
  const known = await whatIsKnown(parts);
  const bound = left.map((pending) => ({ pending, bound: boundTo(known, pending.delivery) }));
  await disown(parts, bound);
  await giveUp(parts, bound);
  await redeliver(parts, bound);
}

interface BoundDelivery {
  readonly pending: PendingDelivery;
  readonly bound: Bound;
}

async function whatIsKnown({ state, journal, subject, owner, config, ciAdapter }: DayParts): Promise<Known> {
  const decided = new Set(await state.decidedDays());
  const decisions = new Map<number, Partial<Report>>();
  for (const day of new Set(journal.pending().map(({ delivery }) => delivery.day))) {
    const decision = decided.has(day) ? await state.decision(day) : undefined;
    if (decision) decisions.set(day, decision);
  }
  return {
    day: subject.day.day,
    lastDecided: Math.max(0, ...decided),
    gate: owner.gate,
    config,
    decision: (day) => decisions.get(day),
    planned: subject.day.planned ?? [],
    backlog: await backlogOf(state),
    jobUrl: await ciAdapter.jobUrl(),
  };
}

/** That it cannot be read is said by the step that needs it. */
async function backlogOf(state: DayParts['state']): Promise<readonly BacklogItem[] | undefined> {
  return state.backlog().catch(() => undefined);
}

async function disown({ journal, world }: DayParts, all: readonly BoundDelivery[]): Promise<void> {
  const foreign = all.filter(({ bound }) => bound.is === 'foreign').map(({ pending }) => pending.id);
  if (foreign.length === 0) return;
  const kept = await journal.disown(new Set(foreign));
  const which =
    foreign.length === 1
      ? "An entry of the journal is not this gate's own and was"
      : `${foreign.length} entries of the journal are not this gate's own and were`;
  world.log.warn(`${which} dropped${kept ? `: kept in ${kept}` : ''}.`);
}

async function giveUp({ journal, world }: DayParts, all: readonly BoundDelivery[]): Promise<void> {
  const outdated = new Set(all.filter(({ bound }) => bound.is === 'outdated').map(({ pending }) => pending.delivery));
  if (outdated.size === 0) return;
  await journal.drop((delivery) => outdated.has(delivery));
  const counts = Map.groupBy(
    [...outdated].filter(({ kind }) => kind !== 'summary'),
    ({ kind }) => OPERATIONS[kind],
  );
  if (counts.size === 0) return;
  const named = [...counts].map(([operation, some]) => `${operation} (${some.length})`).join(', ');
  world.log.info(
    `Not delivered, and given up, as later runs have decided otherwise or no decision speaks for it: ${named}.`,
  );
}

async function redeliver(parts: DayParts, all: readonly BoundDelivery[]): Promise<void> {
  const { world } = parts;
  const until = Math.min(world.now() + LONGEST_MS, world.traffic.deadline);
  let [tried, left] = [0, 0];
  for (const { pending, bound } of all.toSorted((a, b) => a.pending.tries - b.pending.tries)) {
    if (bound.is !== 'wanted' || wasRefused(parts, OPERATIONS[bound.delivery.kind])) continue;
    if (tried >= MOST || world.now() >= until) {
      left += 1;
      continue;
    }
    if (bound.ifHeld && !(await isHeld(parts, bound.delivery.day))) continue;
    tried += 1;
    await deliverAgain(parts, pending.id, bound.delivery);
  }
  if (left > 0)
    world.log.info(
      `${left} more that earlier runs could not deliver ${left === 1 ? 'is' : 'are'} left for the next run.`,
    );
}

/** As the tracker says, which nobody can make by a file. */
export async function isHeld({ trackerAdapter }: Pick<GateParts, 'trackerAdapter'>, day: number): Promise<boolean> {
  return (await trackerAdapter.escalationOf(day))?.open === true;
}

async function deliverAgain(parts: DayParts, id: string, delivery: Delivery): Promise<void> {
  const result = await attempted(parts, id, delivery);
  if (!result || (delivery.kind !== 'escalate' && delivery.kind !== 'resolve')) return;
  await parts.faults.caught('saveDecision', undefined, () => remember(parts, delivery, result));
}

/** The decision of the day knows its issue from now on. */
async function remember(
  { state, trackerAdapter }: GateParts,
  { kind, day }: Delivery,
  result: Delivered,
): Promise<void> {
  const key = kind === 'escalate' ? ((await trackerAdapter.escalationOf(day))?.key ?? '') : '';
  const opened = { key, url: String(result), tracker: trackerAdapter.platform };
  await state.delivered(day, OPERATIONS[kind], kind === 'escalate' ? opened : { key: '', url: '' });
}
