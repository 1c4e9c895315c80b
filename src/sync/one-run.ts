/** One run of sync over two trackers: read, decide, write, look again, remember. */
import { asPaceError } from '../../core/errors.ts';
import { aFewAhead } from '../../core/tracker/a-few-ahead.ts';
import type { World } from '../../core/world.ts';
import { adopt } from './adopting.ts';
import { allowed } from './allowed.ts';
import {
  chosenPairs,
  digestOf,
  mayWrite,
  newId,
  parentsFirst,
  postponed,
  readBoth,
  SIDES,
  scopesOf,
  type Without,
  watermarksAfter,
  withoutOf,
  withRetries,
} from './choosing.ts';
import { emptyMilestones } from './context.ts';
import type { SyncLine, SyncReport, SyncRequest } from './engine.ts';
import { type Gone, type Looked, type LookOptions, lookAt } from './looking.ts';
import { idOf } from './mark.ts';
import { type Double, type Listing, matchIssues } from './matching.ts';
import { orphaned } from './orphans.ts';
import type { Pair, Retry, SyncState } from './pair.ts';
import { pairsOf } from './pairs.ts';
import { isQuiet, type PairPlan, planPair, settled } from './planning.ts';
import { isInScope } from './reading.ts';
import { conflictLines, orphanLines, plannedLines, reportOf } from './report.ts';
import { settlePairs } from './settling.ts';
import { filesWith, namesOf, readersOf, type Side, viewsOf } from './side.ts';
import type { View } from './snapshot.ts';
import type { LoadedState } from './store.ts';
import { withStrays } from './strays.ts';
import { otherSide, type Sides, sidesOf } from './values.ts';
import { workOff } from './working.ts';

export interface Run {
  readonly world: World;
  readonly request: SyncRequest;
  readonly sides: Sides<Side>;
  readonly loaded: LoadedState;
  /** Both trackers know the same people by the same names. */
  readonly isSameServer: boolean;
  /** Of pairs, conflicts and writes; by chance unless said otherwise. */
  readonly newId?: () => string;
  /** Throws where one of the trackers is not the one that is remembered. */
  verify(): Promise<void>;
}

export async function runSync(run: Run): Promise<SyncReport> {
  const { world, request, sides, loaded, isSameServer, newId: ids = newId } = run;
  const { state } = loaded;
  const pairs = pairsOf(state.pairs.values());
  const isFirst = pairs.size === 0;
  const ends = { a: sides.a.end, b: sides.b.end };
  const reading = { pairs, maps: request.maps, isSameServer, areNames: namesOf(sides), redact: world.redact };
  const readers = readersOf(reading);
  const texts = { a: sides.a.tracker.normalText, b: sides.b.tracker.normalText };
  const [scopes, digest, listedAt] = [
    await scopesOf(sides, request.query, world.now()),
    digestOf(request),
    world.now(),
  ];
  const listings = await readBoth({ sides, loaded, request, scopes, digest });
  const matched = matchIssues(listings, pairs, ends);
  // an issue that failed is read first: what was made of it, its copy may tell
  const retried = await withRetries(matched, { sides, state, pairs });
  const known = await withStrays({ sides, pairs, matched: retried, scopes, newId: ids });
  const found = { ...known, again: retried.again };
  const lines: SyncLine[] = [...known.doubles.map(doubleLine), ...asideLines(loaded)];
  const alone = await adopt({ alone: found.alone, heads: found.heads, pairs, request, lines });
  const chosen = chosenPairs({ found, listings, loaded, pairs, request, digest, readers, texts }).filter(
    (pair) => !SIDES.some((side) => loaded.isAside(side, pair[side].id)),
  );
  const fresh = alone.filter(
    ({ side, issue }) =>
      mayWrite(request, otherSide(side)) && isInScope(issue, scopes[side]) && !loaded.isAside(side, idOf(issue)),
  );
  const watermarks = watermarksAfter(state, listings, { digest, request });
  const report = (
    end: Pick<SyncState, 'conflicts'>,
    rest: { readonly dryRun?: boolean; readonly lines?: readonly SyncLine[] } = {},
  ) =>
    reportOf({
      ...{ ends, isFirst, pairs: pairs.size, dryRun: rest.dryRun ?? request.dryRun },
      lines: [
        ...lines,
        ...(rest.lines ?? []),
        ...orphanLines(pairs, request.dryRun ? undefined : state),
        ...conflictLines(end.conflicts, pairs),
      ],
    });

  const failures = retried.lost.map((one) => failure(lines, state, one));
  const later = (plans: readonly PairPlan[]) => {
    const waiting = plans.filter(({ waits }) => waits.a || waits.b).map(({ looked: { pair } }) => pair.id);
    return postponed(state, { ...{ alone: found.alone, fresh, pairs }, waiting: new Set(waiting) });
  };

  if (chosen.length === 0 && fresh.length === 0) {
    if (!request.dryRun) saveWhole(loaded, { ...state, ends, watermarks, retries: [...failures, ...later([])] });
    return report(state);
  }

  const views = await viewsOf(sides, reading, emailsIn(listings));
  const without = withoutOf({ views, sides, request }, state.said);
  lines.push(...without.lines);
  const plan = (looked: Looked) => planPair(looked, { views, texts, request, without: without.fields });
  const looking = lookOptions(run, views, without, listedAt);
  const plans: PairPlan[] = [];
  for await (const look of aFewAhead(chosen, (pair) => looked(pair, found.heads.get(pair.id) ?? {}, looking))) {
    if ('error' in look) failures.push(failure(lines, state, look));
    else if ('why' in look) orphaned(pairs, look, world.now());
    else plans.push(plan(look));
  }
  const busy = plans.filter((one) => !isQuiet(one));
  const copies = parentsFirst(fresh);
  const answer =
    busy.length + copies.length === 0 ? 'write' : await allowed({ request, isFirst, sides, plans: busy, copies });
  if (answer !== 'write' || request.dryRun) {
    const held = typeof answer === 'string' ? [] : [answer];
    const open = busy.flatMap((one) => openConflicts(one));
    return report({ conflicts: [] }, { dryRun: true, lines: [...plannedLines(busy, copies), ...held, ...open] });
  }

  for (const one of plans) if (isQuiet(one)) pairs.put(settled(one.looked.pair, one));
  await run.verify();
  const context = {
    ...{ sides, views, pairs, journal: loaded, request, without: without.fields },
    conflicts: { all: state.conflicts },
    by: request.force ? ('force' as const) : ('policy' as const),
    milestones: emptyMilestones(),
    tally: new Map<string, Partial<Sides<number>>>(),
    again: failures,
    ...{ now: world.now, newId: ids },
    tell: (line: SyncLine) => void lines.push(line),
  };
  const failed = await workOff({ world, context, plans: busy, copies, plan, looking });
  for (const one of failed) failures.push(failure(lines, state, one));
  const seen = await settlePairs({
    sides,
    pairs,
    watermarks,
    listings,
    request,
    listedAt,
    readers,
    texts,
    tally: context.tally,
    conflicts: context.conflicts.all,
  });
  const after: SyncState = {
    ...{
      ...state,
      ends,
      watermarks: seen,
      retries: [...failures, ...later(plans).filter(isNone(failures))],
      said: without.said,
    },
    pairs: new Map([...pairs.all()].map((pair) => [pair.id, pair])),
    conflicts: context.conflicts.all,
    normalForms: sidesOf((side) => texts[side].version),
  };
  saveWhole(loaded, after);
  return report(after);
}

function isNone(failures: readonly Retry[]): (retry: Retry) => boolean {
  return ({ side, key }) => !failures.some((one) => one.side === side && one.key === key);
}

/** Writes of earlier runs that have no answer were looked at: what is undone is on the list of what failed. */
function saveWhole(loaded: LoadedState, state: SyncState): void {
  for (const { id } of loaded.open) loaded.end(id, undefined);
  loaded.save(state);
}

/** Whether a side tells people's e-mails, so that the other side's people can be known by them. */
function emailsIn(listings: Sides<Listing>): Sides<boolean> {
  const has = ({ issues }: Listing) =>
    issues.some(({ assignees }) => assignees.some(({ email }) => email !== undefined));
  return { a: has(listings.a), b: has(listings.b) };
}

function lookOptions(
  { sides, request, world }: Run,
  views: Sides<View>,
  without: Without,
  listedAt: number,
): LookOptions {
  const wants = (field: 'comments' | 'attachments') => request.fields === undefined || request.fields.includes(field);
  const [withComments, withFiles] = [wants('comments'), filesWith(views, sides, wants('attachments'))];
  return { sides, now: world.now, listedAt, withLinks: !without.fields.has('links'), withComments, withFiles };
}

export interface Failed {
  readonly at: Pick<Retry, 'side' | 'key'>;
  readonly error: unknown;
}

async function looked(
  pair: Pair,
  heads: Partial<Sides<Looked['issues']['a']>>,
  options: LookOptions,
): Promise<Looked | Gone | Failed> {
  try {
    return await lookAt(pair, heads, options);
  } catch (error) {
    const side = heads.b && !heads.a ? 'b' : 'a';
    return { at: { side, key: pair[side].key }, error };
  }
}

/** It is told, and tried again by the next run. */
function failure(lines: SyncLine[], { retries }: Pick<SyncState, 'retries'>, { at, error }: Failed): Retry {
  const { message, remedy } = asPaceError(error);
  lines.push({ kind: 'failed', ...at, message, remedy });
  const before = retries.find(({ side, key }) => side === at.side && key === at.key);
  return { ...at, why: message, tries: (before?.tries ?? 0) + 1 };
}

/** Lines of the file that cannot be used, and issues that stand in several. */
function asideLines({ aside, doubles, file }: LoadedState): SyncLine[] {
  const remedy = `Please mend ${file}: of this issue nothing is written anywhere until then.`;
  return [
    ...aside.map(
      ({ error }): SyncLine => ({ kind: 'failed', side: 'a', key: '', message: error.message, remedy: error.remedy }),
    ),
    ...doubles.map(
      ({ side, id }): SyncLine => ({
        kind: 'double',
        side,
        key: id,
        message: `${id} stands in several pairs.`,
        remedy,
      }),
    ),
  ];
}

function doubleLine({ side, issue, has }: Double): SyncLine {
  return {
    ...{ kind: 'double', side, key: issue.key, title: issue.title },
    message: `${issue.key} says that it is the copy of an issue whose copy is ${has}: nothing is written to it.`,
    remedy: 'Please close or delete one of them, or remove the line and the mark from the one that is on its own.',
  };
}

function openConflicts({ looked: { issues }, reconciled }: PairPlan): SyncLine[] {
  return reconciled.conflicts.map(({ field, a, b }) => ({
    ...{ kind: 'conflict', side: 'a', key: issues.a.key, other: issues.b.key, title: issues.a.title },
    ...{ field, before: a, after: b },
  }));
}
