/** A single pair, as `link`, `unlink` and `resolve` bring it together: what they have in common. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { applyPair } from './applying.ts';
import { newId, withoutOf } from './choosing.ts';
import { type Applying, emptyMilestones } from './context.ts';
import type { SyncLine, SyncReport, SyncRequest } from './engine.ts';
import type { Run } from './finding.ts';
import { type LookOptions, lookAt } from './looking.ts';
import type { Pair, Retry } from './pair.ts';
import { type Pairs, pairsOf } from './pairs.ts';
import { type PairPlan, planPair } from './planning.ts';
import { reportOf } from './report.ts';
import { filesWith, haveComments, namesOf, viewsOf } from './side.ts';
import { FIELDS, type FieldName, otherSide, type SideName, sidesOf } from './values.ts';

export type PairRun = Omit<Run, 'request'>;
export type Ask = Pick<SyncRequest, 'flow' | 'prefer' | 'maps' | 'fields' | 'origin' | 'isPrivateCopied'> & {
  readonly force?: boolean;
};

export interface Planned {
  readonly context: Applying;
  readonly plan: PairPlan;
  readonly lines: SyncLine[];
}

/** Looks at one pair, and plans what brings it together. `only`: nothing else of it is looked at. */
export async function planned(run: PairRun, pair: Pair, ask: Ask, only?: FieldName): Promise<Planned> {
  const { sides, loaded, isSameServer, world } = run;
  const { state } = loaded;
  const pairs = pairsOf(state.pairs.values());
  pairs.put(pair);
  const request: SyncRequest = { force: false, ...ask, dryRun: false, yes: true, full: false };
  const areNames = namesOf(sides);
  const views = await viewsOf(
    sides,
    { pairs, maps: ask.maps, isSameServer, areNames, redact: world.redact },
    sidesOf((side) => ({ byEmail: false, byName: !areNames[side] && (only ?? 'assignees') === 'assignees' })),
  );
  const lacked = withoutOf({ views, sides, request }, state.said).fields;
  const without = new Set([...lacked, ...FIELDS.filter((field) => only !== undefined && field !== only)]);
  const isWanted = (field: 'comments' | 'attachments') =>
    only === undefined && (ask.fields === undefined || ask.fields.includes(field));
  const looking: LookOptions = {
    ...{ sides, now: world.now, listedAt: world.now(), withLinks: !without.has('links') },
    withComments: isWanted('comments') && haveComments(sides),
    withFiles: filesWith(views, sides, isWanted('attachments')),
  };
  const look = await lookAt(pair, {}, looking);
  if ('why' in look) throw gone(pair[look.side].key, look.why);
  const texts = sidesOf((side) => sides[side].tracker.normalText);
  const lines: SyncLine[] = [];
  const context: Applying = {
    ...{ sides, views, pairs, journal: loaded, request, without, by: 'person' },
    conflicts: { all: state.conflicts },
    milestones: emptyMilestones(),
    tally: new Map(),
    again: [],
    ...{ now: world.now, newId: run.newId ?? newId },
    tell: (line) => void lines.push(line),
  };
  return { context, plan: planPair(look, { views, texts, request, without }), lines };
}

export async function applied(run: PairRun, { context }: Planned, plan: PairPlan): Promise<void> {
  await run.verify();
  await applyPair(context, plan);
}

/** `again`: what is to be tried again by the next run. */
export function saved(
  { loaded, sides }: PairRun,
  { pairs, conflicts, again }: Pick<Applying, 'pairs' | 'conflicts' | 'again'>,
): void {
  const { state } = loaded;
  const ends = sidesOf((side) => sides[side].end);
  const all = new Map([...pairs.all()].map((pair) => [pair.id, pair]));
  const isAgain = ({ side, key }: Retry) => again.some((one) => one.side === side && one.key === key);
  const retries = [...state.retries.filter((one) => !isAgain(one)), ...again];
  loaded.save({ ...state, ends, pairs: all, conflicts: conflicts.all, retries });
}

export function report({ sides }: PairRun, pairs: Pairs, lines: readonly SyncLine[], dryRun = false): SyncReport {
  const ends = sidesOf((side) => sides[side].end);
  return reportOf({ ends, dryRun, isFirst: false, lines, pairs });
}

/** Throws where the side that would be written is one that the configuration has only read. */
export function refuseClosed(
  { sides }: PairRun,
  { flow }: Pick<SyncRequest, 'flow'>,
  written: readonly SideName[],
): void {
  const closed = written.find((side) => flow === `to-${otherSide(side)}`);
  if (!closed) return;
  const nameOf = (side: SideName) => plainLine(sides[side].end.backend ?? sides[side].end.name, 100);
  throw new PaceError({
    kind: 'validation',
    message: `Nothing may be written to ${nameOf(closed)}: the \`direction\` of these two in the configuration leads from it to ${nameOf(otherSide(closed))}. Nothing was written.`,
    remedy: `Please decide for the value of ${nameOf(closed)}, or change it there; or change \`direction\`.`,
  });
}

function gone(key: string, why: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `${plainLine(key, 60)} is not there: ${plainLine(why, 200)}`,
    remedy: '`pace sync unlink` forgets the pair.',
  });
}
