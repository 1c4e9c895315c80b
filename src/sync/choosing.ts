/** What a run has to look at: of what was read, what may need something. */
import { createHash, randomUUID } from 'node:crypto';
import { asPaceError } from '../../core/errors.ts';
import type { Issue, IssueFilter, NormalText } from '../../core/ports/index.ts';
import type { SyncLine, SyncRequest } from './engine.ts';
import { needsLook } from './looking.ts';
import type { Alone, Listing } from './matching.ts';
import type { Pair, Retry, SyncState, Watermark } from './pair.ts';
import type { Pairs } from './pairs.ts';
import { readChanges, scopeOf, seenIn } from './reading.ts';
import { hasComments, type Side } from './side.ts';
import { lacking, type Reader, type View } from './snapshot.ts';
import type { LoadedState } from './store.ts';
import type { Failed } from './troubles.ts';
import { FIELDS, type FieldName, otherSide, type SideName, type Sides, sidesOf } from './values.ts';

export const SIDES = ['a', 'b'] as const;

/** Of a pair, a conflict or a write: known nowhere else. */
export function newId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 16);
}

export type Scopes = Sides<IssueFilter | undefined>;

export async function scopesOf(sides: Sides<Side>, query: string | undefined, now: number): Promise<Scopes> {
  if (query === undefined) return { a: undefined, b: undefined };
  return { a: await scopeOf(sides.a, query, now), b: await scopeOf(sides.b, query, now) };
}

/** Of what was asked. With another query everything is read from the start; with other words for things also looked at. */
export function digestOf({
  query = '',
  maps,
  fields,
  isPrivateCopied,
}: Pick<SyncRequest, 'query' | 'maps' | 'fields' | 'isPrivateCopied'>): string {
  return `${shortHash([1, query])}-${shortHash([maps, fields, ...(isPrivateCopied ? ['private'] : [])])}`;
}

function shortHash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

function hasOtherWords({ watermarks }: Pick<SyncState, 'watermarks'>, digest: string): boolean {
  const words = (scope: string) => scope.split('-')[1];
  return SIDES.some((side) => words(watermarks[side]?.scope ?? digest) !== words(digest));
}

/** What could only be written has not been asked for what is new in it. */
function scopeOfMark(request: SyncRequest, side: SideName, digest: string): string {
  return mayWrite(request, otherSide(side)) ? digest : `${digest}-target`;
}

function isKnown(mark: Watermark | undefined, request: SyncRequest, side: SideName, digest: string): boolean {
  return mark !== undefined && [digest, scopeOfMark(request, side, digest)].includes(mark.scope);
}

export function mayWrite({ flow }: Pick<SyncRequest, 'flow'>, side: SideName): boolean {
  return flow === 'both' || flow === `to-${side}`;
}

export interface ReadOptions {
  readonly sides: Sides<Side>;
  readonly loaded: Pick<LoadedState, 'open' | 'state'>;
  readonly request: SyncRequest;
  readonly scopes: Scopes;
  readonly digest: string;
}

/** So many that failed are read sooner with all others than one by one. */
const MANY = 50;

const NOTHING: Listing = { issues: [], isWhole: false };

/** What may only be read is asked for no more than the query means; a copy elsewhere is to be known whatever it has become. */
export async function readBoth({ sides, loaded, request, scopes, digest }: ReadOptions): Promise<Sides<Listing>> {
  const { open, state } = loaded;
  // nobody knows whether it was made: the list tells
  const mayHaveMore = (side: SideName) => open.some((intent) => intent.kind === 'create' && intent.side === side);
  const read = (side: SideName): Promise<Listing> => {
    const known = state.watermarks[side];
    const isWhole =
      request.full ||
      (request.only !== undefined && mayWrite(request, otherSide(side))) ||
      request.adopt !== undefined ||
      !isKnown(known, request, side, digest);
    const failed = state.retries.filter((one) => one.side === side).length;
    const watermark = isWhole || failed > MANY ? undefined : known;
    const isOnlyWritten = !mayWrite(request, otherSide(side)) && !request.force;
    if (isOnlyWritten && watermark && !mayHaveMore(side)) return Promise.resolve(NOTHING);
    return readChanges({ side: sides[side], watermark, scope: mayWrite(request, side) ? undefined : scopes[side] });
  };
  const [a, b] = await Promise.all([read('a'), read('b')]);
  return { a, b };
}

/** What a run may not write to the other side waits for one that may: it is read again then, however old it is. */
export function watermarksAfter(
  { watermarks }: Pick<SyncState, 'watermarks'>,
  listings: Sides<Listing>,
  { digest, request }: Pick<ReadOptions, 'digest' | 'request'>,
): SyncState['watermarks'] {
  const mark = (side: SideName): Watermark | undefined => {
    const listing = listings[side];
    const known = isKnown(watermarks[side], request, side, digest) ? watermarks[side] : undefined;
    if (listing === NOTHING) return watermarks[side];
    const scope = scopeOfMark(request, side, digest);
    // what a side that is only written to has changed itself is for a later run
    if (!mayWrite(request, otherSide(side))) return { ...watermarks[side], seen: known?.seen ?? 0, scope };
    if (request.only?.pair) return OF_A_PART;
    return { ...watermarks[side], seen: seenIn(listing, known?.seen), scope };
  };
  const [a, b] = [mark('a'), mark('b')];
  return { ...(a && { a }), ...(b && { b }) };
}

/** Of a run that was about some issues alone: no later one asks the same. */
const OF_A_PART: Watermark = { seen: 0, scope: 'part-part' };

export interface Found {
  readonly alone: Alone[];
  readonly heads: Map<string, Partial<Sides<Issue>>>;
}
export interface Again {
  /** What was listed, and beside it the issues that failed before. */
  readonly listings: Sides<Listing>;
  /** Pairs that failed before. */
  readonly again: ReadonlySet<string>;
  /** Issues that cannot be read now either. */
  readonly lost: readonly Failed[];
}

/** Issues that failed before are read by themselves: nothing of them needs to have changed. */
export async function withRetries(
  listings: Sides<Listing>,
  { sides, state, pairs }: { readonly sides: Sides<Side>; readonly state: SyncState; readonly pairs: Pairs },
): Promise<Again> {
  const again = new Set<string>();
  const more: Sides<Issue[]> = { a: [], b: [] };
  const lost: Failed[] = [];
  for (const { side, key } of state.retries) {
    const pair = pairs.byKey(side, key);
    if (pair) again.add(pair.id);
    else if (!listings[side].issues.some((issue) => issue.key === key)) {
      try {
        more[side].push(await sides[side].tracker.getIssue(key));
      } catch (error) {
        // what is gone needs nothing any more; all else is tried again
        if (asPaceError(error).kind !== 'not-found') lost.push({ at: { side, key }, error });
      }
    }
  }
  const listed = sidesOf((side) => ({ ...listings[side], issues: [...listings[side].issues, ...more[side]] }));
  return { listings: listed, again, lost };
}

/** Of what failed before, that which this run may not do either. */
export function postponed(
  { retries }: Pick<SyncState, 'retries'>,
  {
    alone,
    fresh,
    pairs,
    waiting,
  }: {
    readonly alone: readonly Alone[];
    readonly fresh: readonly Alone[];
    readonly pairs: Pairs;
    readonly waiting: ReadonlySet<string>;
  },
): Retry[] {
  return retries.filter(({ side, key }) => {
    const isIt = (one: Alone) => one.side === side && one.issue.key === key;
    const pair = pairs.byKey(side, key);
    return pair ? waiting.has(pair.id) : alone.some(isIt) && !fresh.some(isIt);
  });
}

export interface LookChoice {
  readonly found: Found & { readonly again: ReadonlySet<string> };
  readonly listings: Sides<Listing>;
  readonly loaded: Pick<LoadedState, 'open' | 'state'>;
  readonly pairs: Pairs;
  readonly request: SyncRequest;
  readonly digest: string;
  readonly readers: Sides<Reader>;
  readonly texts: Sides<NormalText>;
}

/** The pairs that may need something. */
export function chosenPairs(choice: LookChoice): Pair[] {
  const { found, listings, loaded, pairs, request, readers, texts } = choice;
  const isAll = request.full || hasOtherWords(loaded.state, choice.digest);
  const interrupted = new Set(loaded.open.map(({ pair }) => pair));
  const isDecided = request.prefer !== 'ask' || request.force;
  const undecided = new Set(loaded.state.conflicts.flatMap(({ pair, winner }) => (winner === undefined ? pair : [])));
  return [...pairs.all()].filter((pair) => {
    const heads = found.heads.get(pair.id) ?? {};
    if (pair.isApart) return false;
    if (pair.orphan) return heads[pair.orphan.side] !== undefined;
    if (isAll || interrupted.has(pair.id) || found.again.has(pair.id)) return true;
    if (isDecided && undecided.has(pair.id)) return true;
    // a whole list without it: it may be gone
    if (SIDES.some((side) => listings[side].isWhole && !heads[side])) return true;
    return needsLook(pair, heads, readers, { texts, conflicts: loaded.state.conflicts });
  });
}

/** Whoever stands above comes first, so that its copy is there when it is named. */
export function parentsFirst(alone: readonly Alone[]): Alone[] {
  const keys = new Map(alone.map((one) => [`${one.side} ${one.issue.key}`, one]));
  const sorted = new Set<Alone>();
  const add = (one: Alone, above: ReadonlySet<Alone>): void => {
    if (sorted.has(one) || above.has(one)) return;
    const parent = keys.get(`${one.side} ${one.issue.parent}`);
    if (parent) add(parent, new Set([...above, one]));
    sorted.add(one);
  };
  // the oldest first, as their numbers are to follow one another; of those of one moment a list has the youngest first, too
  for (const one of alone.toReversed().toSorted(byAge)) add(one, new Set());
  return [...sorted];
}

function byAge({ issue: one }: Alone, { issue: other }: Alone): number {
  return one.createdAt - other.createdAt;
}

export interface Without {
  /** Fields that are not kept in step. */
  readonly fields: ReadonlySet<FieldName>;
  /** What has to be said of that now. */
  readonly lines: readonly SyncLine[];
  /** All that was ever said. */
  readonly said: readonly string[];
}

export function withoutOf(
  {
    views,
    sides,
    request,
  }: { readonly views: Sides<View>; readonly sides: Sides<Side>; readonly request: SyncRequest },
  said: readonly string[],
): Without {
  const lacked = SIDES.flatMap((side) => [...lacking(views[side])].map(([field, why]) => ({ side, field, why })));
  const wanted = lacked.filter(({ field }) => request.fields === undefined || request.fields.includes(field));
  const news = wanted.filter(({ side, field }) => !said.includes(`${side} ${field}`));
  const talk = commentsLacking(views, sides, request).filter(({ side }) => !said.includes(`${side} comments`));
  const unasked = FIELDS.filter((field) => request.fields !== undefined && !request.fields.includes(field));
  return {
    fields: new Set([...unasked, ...lacked.map(({ field }) => field)]),
    lines: [
      ...news.map(
        ({ side, field, why }): SyncLine => ({
          ...{ kind: 'unsupported', side, key: '', field },
          message: `The ${field} is not kept in step, as ${sides[side].tracker.name} has no place for it: ${why}`,
        }),
      ),
      ...talk.map(({ line }) => line),
    ],
    said: saidNow(said, [...news, ...talk.map(({ side }) => ({ side, field: 'comments' }))]),
  };
}

function saidNow(said: readonly string[], news: readonly { readonly side: SideName; readonly field: string }[]) {
  return news.length === 0 ? said : [...said, ...news.map(({ side, field }) => `${side} ${field}`)].sort();
}

function commentsLacking(views: Sides<View>, sides: Sides<Side>, { fields }: Pick<SyncRequest, 'fields'>) {
  return SIDES.filter((side) => !hasComments(sides[side])).map((side) => {
    const { name } = sides[side].tracker;
    const left = (fields?.includes('comments') ?? true) ? 'Comments are not copied, and ' : '';
    const message = `${left}what a value was that is overwritten is kept here only, as ${name} keeps no comments: ${views[side].can.unsupported.comments}`;
    const line: SyncLine = { kind: 'unsupported', side, key: '', field: 'comments', message: upperFirst(message) };
    return { side, line };
  });
}

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
