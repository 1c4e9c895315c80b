/** Whether a run is paused, and how to resume: by a person or a freeze, which pause all; by a day's hold, which pauses days. */
import { defined } from '../../core/defined.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { freezeAt } from '../plan/freeze.ts';
import { type DayParts, type GateParts, isOfDay, type Pause, type Standing } from './parts.ts';
import { PAUSE_VARIABLE, pauseWord } from './pause-word.ts';
import { isHeld } from './redeliver.ts';
import { pauseInForce, readPause, shownEnd } from './state/pause-file.ts';
import { subjectBranches } from './subject.ts';
import { sprintTimeZone } from './which-day.ts';

/** The first thing that pauses, and what nobody could be asked for. Throws `PaceError` for a word that PACE_PAUSED does not know. */
export async function standingOf(parts: GateParts): Promise<Standing> {
  const unknown: string[] = stateNotRestored(parts);
  for await (const pause of pausesOf(parts, unknown)) return { pause, unknown };
  return { unknown };
}

/** What earlier runs and people have written down did not come here: pauses and remembered holds may be among it. */
function stateNotRestored({ faults }: GateParts): string[] {
  const fault = faults.list.find(({ operation }) => operation === 'restoreState');
  return fault ? [`who has paused, and what earlier runs have held: ${fault.message} ${fault.remedy}`] : [];
}

/** Everything that pauses, what costs a request last. What could not be asked for is added to `unknown`. */
export async function* pausesOf(parts: GateParts, unknown: string[]): AsyncGenerator<Pause> {
  yield* given(beforeStart(parts));
  yield* given(await byVariable(parts, unknown));
  yield* given(await byPerson(parts));
  yield* given(byFreeze(parts));
  if (!isOfDay(parts)) return;
  yield* byEscalation(parts, unknown);
  yield* given(await byReview(parts, unknown));
}

function given(pause: Pause | undefined): readonly Pause[] {
  return pause ? [pause] : [];
}

function beforeStart({ subject }: GateParts): Pause | undefined {
  const reason = subject.kind === 'day' ? subject.day.outside : undefined;
  return reason === undefined ? undefined : { kind: 'sprint', reason };
}

/** What the job's own environment says is final; else the host's variable where it is used. */
async function byVariable(parts: GateParts, unknown: string[]): Promise<Pause | undefined> {
  const { world, config, ciAdapter } = parts;
  const inJob = pauseWord(world.env[PAUSE_VARIABLE]);
  const asksHost = inJob === 'unset' && config.pause.by !== 'issue' && !(await isCutOff(parts));
  const word = asksHost
    ? pauseWord(await asked(parts, unknown, `what ${PAUSE_VARIABLE} says`, () => ciAdapter.getVariable(PAUSE_VARIABLE)))
    : inJob;
  return word === 'paused'
    ? { kind: 'variable', reason: `${PAUSE_VARIABLE} is set. To resume, set it to false.` }
    : undefined;
}

/**
 * The day's own run was killed while it set the variable: the day is not over, and decides anew. The journal alone, which others
 * may have written, does not tell: the tracker must know of the hold.
 */
async function isCutOff(parts: GateParts): Promise<boolean> {
  if (!isOfDay(parts)) return false;
  const { journal, subject } = parts;
  const { day } = subject.day;
  const isLeft = journal
    .pending()
    .some(({ delivery, reason }) => delivery.kind === 'pause' && delivery.day === day && reason === '');
  return isLeft && (await isHeld(parts, day));
}

/** `pace pause`, which stands in the state until it is over. */
async function byPerson({ world, config, state, owner }: GateParts): Promise<Pause | undefined> {
  const pause = pauseInForce(await readPause(state.kept, owner.gate), world.now());
  if (!pause) return undefined;
  const end = shownEnd(pause, sprintTimeZone(config));
  const until = end === '' ? '' : ` until ${end}`;
  const by = plainLine(pause.by, 60);
  return {
    ...{ kind: 'person', by, ...defined({ until: pause.until }) },
    reason: `Paused by ${by}${until}: ${plainLine(pause.reason, 300).replace(/\.+$/, '')}. To resume, run \`pace resume\`.`,
  };
}

function byFreeze({ world, config, subject }: GateParts): Pause | undefined {
  const freeze = freezeAt({
    freezes: config.freeze,
    now: world.now(),
    timeZone: sprintTimeZone(config),
    branches: subjectBranches(subject),
    labels: subject.kind === 'change' ? subject.change.labels : [],
  });
  if (!freeze) return undefined;
  const { until, reason } = freeze;
  return { kind: 'freeze', until, reason: `Frozen until ${until}: ${plainLine(reason, 300)}` };
}

async function* byEscalation(parts: DayParts, unknown: string[]): AsyncGenerator<Pause> {
  const { config, trackerAdapter, subject } = parts;
  if (config.pause.by === 'variable' || config.gate.mode === 'observe') return;
  const before = subject.day.day;
  const { here, elsewhere } = await rememberedHolds(parts, before);
  const { isKnown, holds, closed } = await trackerAdapter.openEscalation({ before, remembered: here });
  if (!isKnown) unknown.push(`whether an earlier day is held: ${lastFault(parts)}`);
  if (!parts.dryRun) {
    for (const day of closed) {
      await parts.faults.caught('saveDecision', undefined, () => parts.state.escalationClosed(day));
    }
  }
  for (const { day, key, tracker } of elsewhere) {
    unknown.push(
      `whether day ${day} is still held by ${plainLine(key, 60)}, which is in ${plainLine(tracker, 40)} and not in the present tracker: run day ${day} again until it ships`,
    );
  }
  for (const { day, key, url } of holds) {
    const reason = `Day ${day} is held by issue ${key}. To resume, run day ${day} until it ships, or close that issue.`;
    yield { kind: 'hold', reason, escalation: { key, url }, heldDay: day };
  }
}

interface KnownHold {
  readonly day: number;
  readonly key: string;
  readonly tracker: string;
}

/**
 * Days that held and have not shipped since, whatever else was decided of them, as far as earlier runs have written down; in this
 * tracker, and in another one.
 */
async function rememberedHolds(
  { state, trackerAdapter }: DayParts,
  before: number,
): Promise<{ here: readonly KnownHold[]; elsewhere: readonly KnownHold[] }> {
  const here: KnownHold[] = [];
  const elsewhere: KnownHold[] = [];
  for (const day of (await state.decidedDays()).filter((decided) => decided < before)) {
    const known = await state.decision(day);
    const { key = '', closed = false, tracker = trackerAdapter.platform } = known?.escalation ?? {};
    if (known?.decision === 'SHIP' || key === '' || closed) continue;
    (tracker === trackerAdapter.platform ? here : elsewhere).push({ day, key, tracker });
  }
  return { here, elsewhere };
}

/** A review request that a person closed without merging; one that is still open does not pause. */
async function byReview(parts: DayParts, unknown: string[]): Promise<Pause | undefined> {
  const { world, ciAdapter, subject, config } = parts;
  const last = subject.day.lastHumanGate;
  // a word that paused would have ended the look before
  const isOverruled = Boolean(world.env[PAUSE_VARIABLE]?.trim());
  if (last === undefined || config.gate.mode === 'observe' || isOverruled) return undefined;
  const review = await asked(parts, unknown, `how the review of day ${last} ended`, () => ciAdapter.reviewState(last));
  if (review?.state !== 'closed') return undefined;
  const reason = `The review of day ${last} was closed without merging. To resume, reopen and merge it, or set ${PAUSE_VARIABLE} to false.`;
  return { kind: 'review', reason, review };
}

/** The answer; where a fault came instead, what is unknown is noted. */
async function asked<T>(parts: GateParts, unknown: string[], what: string, ask: () => Promise<T>): Promise<T> {
  const before = parts.faults.list.length;
  const answer = await ask();
  if (parts.faults.list.length > before) unknown.push(`${what}: ${lastFault(parts)}`);
  return answer;
}

function lastFault({ faults }: GateParts): string {
  const last = faults.list.at(-1);
  return last ? `${last.message} ${last.remedy}` : '';
}
