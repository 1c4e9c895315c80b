/** What a run has read, and which of it needs a look. */
import type { Issue, NormalText } from '../../core/ports/index.ts';
import { isClosed } from '../../core/ports/issue.ts';
import type { World } from '../../core/world.ts';
import { adopt } from './adopting.ts';
import {
  chosenPairs,
  digestOf,
  mayWrite,
  newId,
  readBoth,
  SIDES,
  scopesOf,
  watermarksAfter,
  withRetries,
} from './choosing.ts';
import type { SyncLine, SyncRequest } from './engine.ts';
import { idOf } from './mark.ts';
import { type Alone, type Listing, matchIssues } from './matching.ts';
import type { Pair, SyncState } from './pair.ts';
import { type Pairs, pairsOf } from './pairs.ts';
import { type KeptBack, keptBack, mayLeave } from './privacy.ts';
import { isInScope } from './reading.ts';
import { refuseRenamed } from './renamed.ts';
import { namesOf, type Reading, readersOf, type Side } from './side.ts';
import { silentComments, type Uncopied } from './silent.ts';
import type { Reader } from './snapshot.ts';
import type { LoadedState } from './store.ts';
import { withStrays } from './strays.ts';
import { linkTold } from './telling.ts';
import { asideLines, doubleLine, type Failed } from './troubles.ts';
import { otherSide, type Sides, sidesOf } from './values.ts';

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

export interface Found {
  readonly isFirst: boolean;
  readonly pairs: Pairs;
  readonly reading: Reading;
  readonly readers: Sides<Reader>;
  readonly texts: Sides<NormalText>;
  readonly listings: Sides<Listing>;
  readonly listedAt: number;
  /** As the lists have them, by the id of the pair. */
  readonly heads: ReadonlyMap<string, Partial<Sides<Issue>>>;
  /** Pairs that may need something. */
  readonly chosen: readonly Pair[];
  /** Issues that are to get a copy. */
  readonly fresh: readonly Alone[];
  readonly alone: readonly Alone[];
  /** Pairs that were told, and have agreed about nothing yet. */
  readonly told: ReadonlySet<string>;
  /** How far both were read. */
  readonly watermarks: SyncState['watermarks'];
  /** Issues that failed before, and cannot be read now either. */
  readonly lost: readonly Failed[];
  readonly lines: readonly SyncLine[];
  readonly kept: KeptBack;
}

export async function findPairs(run: Run): Promise<Found> {
  const { world, request, sides, loaded, isSameServer, newId: ids = newId } = run;
  const { state } = loaded;
  const pairs = pairsOf(state.pairs.values());
  const isFirst = pairs.size === 0;
  const reading = { pairs, maps: request.maps, isSameServer, areNames: namesOf(sides), redact: world.redact };
  const readers = readersOf(reading);
  const texts = sidesOf((side) => sides[side].tracker.normalText);
  const scopes = await scopesOf(sides, request.query, world.now());
  const [digest, listedAt] = [digestOf(request), world.now()];
  const listings = await readBoth({ sides, loaded, request, scopes, digest });
  // an issue that failed is read first: what was made of it, its copy may tell
  const { again, listings: listed, ...unread } = await withRetries(listings, { sides, state, pairs });
  const matched = matchIssues(
    listed,
    pairs,
    sidesOf((side) => sides[side].end),
  );
  await refuseRenamed({ sides, pairs, matched });
  const { heads, doubles, ...rest } = await withStrays({ sides, pairs, matched, scopes, newId: ids });
  const lost = [...unread.lost, ...rest.lost];
  // who has closed one has settled it
  const open = doubles.filter(({ issue }) => !isClosed(issue.state));
  const lines: SyncLine[] = [...open.map(doubleLine), ...asideLines(loaded)];
  const silent = await silentOf(run, pairs);
  const told = await linkTold({ told: request.told ?? [], alone: rest.alone, heads, pairs, sides, lines, newId: ids });
  const alone = await adopt({ alone: told.alone, heads, pairs, request, lines });
  const spoken = SIDES.flatMap((side) => silent[side].map(({ pair }) => pair));
  const found = { alone: rest.alone, heads, again: new Set([...again, ...spoken, ...told.linked]) };
  const chosen = chosenPairs({ found, listings, loaded, pairs, request, digest, readers, texts }).filter(
    (pair) => !SIDES.some((side) => loaded.isAside(side, pair[side].id)) && (request.only?.pair?.(pair) ?? true),
  );
  const wanted = alone.filter(
    ({ side, issue }) =>
      mayWrite(request, otherSide(side)) && isInScope(issue, scopes[side]) && !loaded.isAside(side, idOf(issue)),
  );
  const leaving = wanted.filter(({ issue }) => mayLeave(issue, request));
  const fresh = request.only?.copies(leaving, (side, key) => pairs.byKey(side, key) !== undefined) ?? leaving;
  const kept = keptBack();
  for (const { side, issue } of wanted) if (!mayLeave(issue, request)) kept.issue(side, issue);
  // what cannot be read is on the list of what failed, its copy too: for that alone nothing is read twice
  const watermarks = watermarksAfter(state, listings, { digest, request });
  return {
    ...{ isFirst, pairs, reading, readers, texts, listedAt, told: told.pairs },
    listings: sidesOf((side) => ({
      ...listings[side],
      silent: new Set(silent[side].map(({ comment }) => comment.id)),
    })),
    ...{ heads, chosen, fresh, alone: rest.alone, watermarks, lost, lines, kept },
  };
}

/** A look at everything finds them itself. */
async function silentOf({ sides, loaded, request }: Run, pairs: Pairs): Promise<Sides<readonly Uncopied[]>> {
  if (request.full) return { a: [], b: [] };
  const { watermarks } = loaded.state;
  const of = (side: Side) => silentComments({ side, sides, pairs, watermarks, request });
  const [a, b] = await Promise.all([of(sides.a), of(sides.b)]);
  return { a, b };
}
