/** What a run has read, and which of it needs a look. */
import type { Issue, NormalText } from '../../core/ports/index.ts';
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
import { isInScope } from './reading.ts';
import { refuseRenamed } from './renamed.ts';
import { namesOf, type Reading, readersOf, type Side } from './side.ts';
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
  /** Pairs of issues that sync has not made. */
  readonly linked: readonly string[];
  /** How far both were read. */
  readonly watermarks: SyncState['watermarks'];
  /** Issues that failed before, and cannot be read now either. */
  readonly lost: readonly Failed[];
  readonly lines: readonly SyncLine[];
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
  const matched = matchIssues(
    listings,
    pairs,
    sidesOf((side) => sides[side].end),
  );
  await refuseRenamed({ sides, pairs, alone: matched.alone });
  // an issue that failed is read first: what was made of it, its copy may tell
  const { again, lost, ...retried } = await withRetries(matched, { sides, state, pairs });
  const { heads, doubles, ...rest } = await withStrays({ sides, pairs, matched: retried, scopes, newId: ids });
  const lines: SyncLine[] = [...doubles.map(doubleLine), ...asideLines(loaded)];
  const told = await linkTold({ told: request.told ?? [], alone: rest.alone, heads, pairs, sides, lines, newId: ids });
  const alone = await adopt({ alone: told.alone, heads, pairs, request, lines });
  const found = { alone: rest.alone, heads, again: new Set([...again, ...told.pairs]) };
  const chosen = chosenPairs({ found, listings, loaded, pairs, request, digest, readers, texts }).filter(
    (pair) => !SIDES.some((side) => loaded.isAside(side, pair[side].id)) && (request.only?.pair?.(pair) ?? true),
  );
  const all = alone.filter(
    ({ side, issue }) =>
      mayWrite(request, otherSide(side)) && isInScope(issue, scopes[side]) && !loaded.isAside(side, idOf(issue)),
  );
  const fresh = request.only?.copies(all, (side, key) => pairs.byKey(side, key) !== undefined) ?? all;
  // the copy of an issue that cannot be read now is to be read again with it
  const watermarks = lost.length > 0 ? state.watermarks : watermarksAfter(state, listings, { digest, request });
  return {
    ...{ isFirst, pairs, reading, readers, texts, listings, listedAt, told: told.pairs, linked: told.linked },
    ...{ heads, chosen, fresh, alone: rest.alone, watermarks, lost, lines },
  };
}
