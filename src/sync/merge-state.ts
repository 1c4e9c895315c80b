/**
 * What two runs on two machines remember of the same two trackers becomes one file, record by record. No clock tells which of them is
 * right: where both changed one pair, it is looked at again. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { PaceError } from '../../core/errors.ts';
import { union, type Versions } from '../../core/three-way.ts';
import { type Journal, journalHeader, readJournal } from './journal.ts';
import { joined, linesOf } from './lines.ts';
import type { KeptConflict, Pair, Retry, SyncState, Watermark } from './pair.ts';
import { unitedRest } from './rest.ts';
import { readStateFile, type StateFile, stateFileBytes } from './state-file.ts';
import { facingOf, journalFacing, turnedFile } from './turned-files.ts';
import { type Agreed, FIELDS, type SideName, type Sides } from './values.ts';

type Maybe<T> = Versions<T | undefined>;

export interface MergedFile {
  readonly content: Buffer | undefined;
  /** What the other run has written is not in it. */
  readonly isReplaced: boolean;
}

/** Where both cannot become one, the one that can be read is kept, and else this run's: never over that of a newer PACE. */
export function mergedStateFile({ base, mine, theirs }: Maybe<Buffer>): MergedFile {
  const [ours, other, before] = [read(mine), read(theirs), read(base)];
  if (ours === 'unread' || other === 'newer') return { content: theirs, isReplaced: false };
  const facing = typeof other === 'string' || typeof ours === 'string' ? undefined : facingAs(ours, other);
  if (typeof ours === 'string' || !facing) return { content: mine, isReplaced: true };
  const known = typeof before === 'string' ? undefined : facingAs(ours, before);
  const files = withOneId({ base: known, mine: ours, theirs: facing });
  return { content: stateFileBytes(merged(files)), isReplaced: false };
}

function read(bytes: Buffer | undefined): StateFile | 'unread' | 'newer' {
  try {
    return bytes ? readStateFile(bytes, '') : 'unread';
  } catch (error) {
    if (!(error instanceof PaceError)) throw error;
    return error.kind === 'unsupported' ? 'newer' : 'unread';
  }
}

/**
 * The lines of both, those of the branch first: what one run tells stays in its order. It is another journal than both were, so that no
 * file has any of it yet.
 */
export function mergedJournal({ base, mine, theirs }: Maybe<Buffer>): MergedFile {
  const [ours, other] = [journalOf(mine), journalOf(theirs)];
  if (!ours || !other) return { content: ours ? mine : theirs, isReplaced: ours !== undefined };
  if (!facingOf(ours.ends, other.ends)) return { content: mine, isReplaced: true };
  const header = journalHeader(`${other.id}+${ours.id}`, ours.ends);
  const linesOfOne = (bytes: Buffer | undefined) =>
    entries(bytes && journalOf(bytes) ? journalFacing(bytes, ours.ends, '') : bytes);
  const lines = union({ base: linesOfOne(base), mine: entries(mine), theirs: linesOfOne(theirs) }, (line) =>
    line.toString('latin1'),
  );
  return { content: joined([JSON.stringify(header), ...lines]), isReplaced: false };
}

function journalOf(bytes: Buffer | undefined): Journal | undefined {
  try {
    return bytes && readJournal(bytes, '');
  } catch (error) {
    if (error instanceof PaceError) return undefined;
    throw error;
  }
}

/** Without the headers, and without what a run that was killed has half written. */
function entries(bytes: Buffer | undefined): Buffer[] {
  return [...linesOf(bytes ?? Buffer.alloc(0))].flatMap(({ isWhole, record, bytes: line }) =>
    (isWhole || record) && record?.['kind'] !== 'journal' ? [line] : [],
  );
}

/** Two machines may have named the ends the other way round at first. `undefined` where they are of other trackers. */
function facingAs({ state: { ends } }: StateFile, other: StateFile): StateFile | undefined {
  const facing = facingOf(ends, other.state.ends);
  return facing === 'turned' ? turnedFile(other) : facing && other;
}

/** Two runs that have each made one pair of the same two issues gave it two ids: it is one, under the first of them. */
function withOneId({ base, mine, theirs }: Files): Files {
  const [ours, others] = [mine.state.pairs, theirs.state.pairs];
  const isNew = ({ id }: Pair) => !base?.state.pairs.has(id) && !(ours.has(id) && others.has(id));
  const [inMine, inTheirs] = [singlesOf(ours.values()), singlesOf(others.values())];
  const ids = new Map<string, string>();
  for (const [issues, pair] of inMine) {
    const other = inTheirs.get(issues);
    if (!pair || !other || !isNew(pair) || !isNew(other)) continue;
    const [first, second] = pair.id < other.id ? [pair.id, other.id] : [other.id, pair.id];
    ids.set(second, first);
  }
  return ids.size === 0 ? { base, mine, theirs } : { base, mine: renamed(mine, ids), theirs: renamed(theirs, ids) };
}

/** By the ids of both issues; `undefined` where several pairs of one file have these. */
function singlesOf(pairs: Iterable<Pair>): Map<string, Pair | undefined> {
  const found = new Map<string, Pair | undefined>();
  for (const pair of pairs) {
    const issues = JSON.stringify([pair.a.id, pair.b.id]);
    found.set(issues, found.has(issues) ? undefined : pair);
  }
  return found;
}

function renamed(file: StateFile, ids: ReadonlyMap<string, string>): StateFile {
  const idOf = (id: string) => ids.get(id) ?? id;
  const { pairs, conflicts } = file.state;
  return {
    ...file,
    state: {
      ...file.state,
      pairs: new Map([...pairs.values()].map((pair) => [idOf(pair.id), { ...pair, id: idOf(pair.id) }])),
      conflicts: conflicts.map((one) => ({ ...one, pair: idOf(one.pair) })),
    },
    rest: { ...file.rest, pairs: new Map([...file.rest.pairs].map(([id, rest]) => [idOf(id), rest])) },
  };
}

interface Files {
  readonly base: StateFile | undefined;
  readonly mine: StateFile;
  readonly theirs: StateFile;
}

function merged(files: Files): Pick<StateFile, 'state' | 'rest' | 'journal'> {
  const { mine, theirs } = files;
  const of = <T>(from: (state: SyncState) => T) => ({
    base: files.base && from(files.base.state),
    mine: from(mine.state),
    theirs: from(theirs.state),
  });
  const side = (name: SideName) => ({
    watermark: mergedWatermark(of(({ watermarks }) => watermarks[name])),
    end: oneSided(of(({ ends }) => ends[name]))?.value ?? mine.state.ends[name],
    form: mergedForm(of(({ normalForms }) => normalForms?.[name])),
  });
  const sides = { a: side('a'), b: side('b') };
  const forms = present({ a: sides.a.form, b: sides.b.form });
  return {
    state: {
      ends: { a: sides.a.end, b: sides.b.end },
      watermarks: present({ a: sides.a.watermark, b: sides.b.watermark }),
      ...(Object.keys(forms).length > 0 && { normalForms: forms }),
      pairs: byKey(
        {
          base: [...(files.base?.state.pairs.values() ?? [])],
          mine: pairsOf(mine, files.base),
          theirs: pairsOf(theirs, files.base),
        },
        ({ id }) => id,
        mergedPair,
      ),
      retries: [
        ...byKey(
          of(({ retries }) => retries),
          ({ side: which, key }) => `${which} ${key}`,
          mergedRetry,
        ).values(),
      ],
      conflicts: [
        ...byKey(
          of(({ conflicts }) => conflicts),
          ({ id }) => id,
          mergedConflict,
        ).values(),
      ],
      said: union(
        { base: files.base?.state.said ?? [], mine: mine.state.said, theirs: theirs.state.said },
        (one) => one,
      ),
    },
    rest: mergedRest(files),
    // where both differ, all of a journal is told anew
    journal: isDeepStrictEqual(mine.journal, theirs.journal) ? mine.journal : undefined,
  };
}

/** A pair whose line was damaged on one machine was not taken away there. */
function pairsOf({ state, aside }: StateFile, base: StateFile | undefined): Pair[] {
  const pairs = [...state.pairs.values()];
  if (!base || aside.length === 0) return pairs;
  const isUnknown = aside.some(({ pair }) => pair === undefined);
  const isLost = ({ id }: Pair) => !state.pairs.has(id) && (isUnknown || aside.some(({ pair }) => pair === id));
  return [...pairs, ...[...base.state.pairs.values()].filter(isLost)];
}

function present<T>({ a, b }: Sides<T | undefined>): Partial<Sides<T>> {
  return { ...(a !== undefined && { a }), ...(b !== undefined && { b }) };
}

/** What only one of them has changed, or both in the same way; `undefined` where they differ. */
function oneSided<T>({ base, mine, theirs }: Maybe<T>): { readonly value: T | undefined } | undefined {
  if (isDeepStrictEqual(mine, theirs) || isDeepStrictEqual(base, theirs)) return { value: mine };
  return isDeepStrictEqual(base, mine) ? { value: theirs } : undefined;
}

/** Never further than what both have seen; nothing where they have asked for other things. */
function mergedWatermark(sides: Maybe<Watermark>): Watermark | undefined {
  const clear = oneSided(sides);
  if (clear) return clear.value;
  const { mine, theirs } = sides;
  if (!mine || !theirs || mine.scope !== theirs.scope) return undefined;
  return mine.seen < theirs.seen ? mine : theirs;
}

/** The older one: texts are compared once more. */
function mergedForm(sides: Maybe<number>): number | undefined {
  const clear = oneSided(sides);
  if (clear) return clear.value;
  const { mine, theirs } = sides;
  return mine === undefined || theirs === undefined ? undefined : Math.min(mine, theirs);
}

/** Of each record what one run alone has made of it; what both have changed is for `both`, which may know none of one run. */
function byKey<T>(
  { base, mine, theirs }: Maybe<readonly T[]>,
  key: (record: T) => string,
  both: (sides: Maybe<T>) => T | undefined,
): Map<string, T> {
  const index = (records: readonly T[] = []) => new Map(records.map((record) => [key(record), record]));
  const [inBase, inMine, inTheirs] = [index(base), index(mine), index(theirs)];
  const found = new Map<string, T>();
  for (const id of new Set([...inTheirs.keys(), ...inMine.keys()])) {
    const sides = { base: inBase.get(id), mine: inMine.get(id), theirs: inTheirs.get(id) };
    const clear = oneSided(sides);
    const record = clear ? clear.value : both(sides);
    if (record !== undefined) found.set(id, record);
  }
  return found;
}

/** Only a person takes a pair away: what another run has written of it meanwhile does not bring it back. */
function mergedPair({ base, mine, theirs }: Maybe<Pair>): Pair | undefined {
  if (!mine || !theirs) return undefined;
  const known = isBetter(theirs, mine) ? theirs : mine;
  const other = known === mine ? theirs : mine;
  const { id, a, b } = known;
  const agreed = mergedBase({ base: base?.base, mine: mine.base, theirs: theirs.base });
  const orphan = oneSided({ base: base?.orphan, mine: mine.orphan, theirs: theirs.orphan });
  const stray = orphan ? orphan.value : (known.orphan ?? other.orphan);
  const attachments = mergedAttachments({ base, mine, theirs });
  return {
    ...{ id, a: unseen(a, other.a), b: unseen(b, other.b) },
    ...(agreed && { base: agreed }),
    // both are true: where a comment was copied twice, both copies are known
    comments: united(known.comments, other.comments, base?.comments),
    ...(attachments && { attachments }),
    ...(stray && { orphan: stray }),
    ...((mine.isApart || theirs.isApart) && { isApart: true }),
  };
}

/**
 * What each run alone has brought into step, field by field. Where both have moved a field apart, nobody knows what both sides had last:
 * what they have now tells.
 */
function mergedBase({ base, mine, theirs }: Maybe<Sides<Agreed>>): Sides<Agreed> | undefined {
  if (!mine || !theirs) return mine ?? theirs;
  const agreed: Sides<Record<string, unknown>> = { a: {}, b: {} };
  for (const field of FIELDS) {
    const of = (bases: Sides<Agreed> | undefined) => [bases?.a[field], bases?.b[field]];
    const [a, b] = oneSided({ base: of(base), mine: of(mine), theirs: of(theirs) })?.value ?? [];
    if (a !== undefined) agreed.a[field] = a;
    if (b !== undefined) agreed.b[field] = b;
  }
  return agreed;
}

/** The one with a base, else the one that knows more comments. */
function isBetter(one: Pair, other: Pair): boolean {
  if ((one.base === undefined) !== (other.base === undefined)) return one.base !== undefined;
  return one.comments.length > other.comments.length;
}

/** It is looked at again, whatever its time of change is. Where one run knows of a line, what stands below it is that side's own. */
function unseen({ id, key, url, hasLine = false }: Pair['a'], other: Pair['a']): Pair['a'] {
  return { id, key, url, ...((hasLine || other.hasLine) && { hasLine: true }) };
}

type Comment = Pair['comments'][number];

function united(known: readonly Comment[], other: readonly Comment[], base: readonly Comment[] = []): Comment[] {
  return union({ base, mine: other, theirs: known }, ({ a, b }) => JSON.stringify([a, b]));
}

function mergedAttachments({
  base,
  mine,
  theirs,
}: {
  base: Pair | undefined;
  mine: Pair;
  theirs: Pair;
}): Pair['attachments'] {
  if (!mine.attachments && !theirs.attachments) return undefined;
  const of = (side: SideName) => {
    const [own, other] = [mine.attachments?.[side], theirs.attachments?.[side]];
    if (!own || !other) return own ?? other;
    return union({ base: base?.attachments?.[side] ?? [], mine: own, theirs: other }, (id) => id);
  };
  return present({ a: of('a'), b: of('b') });
}

/** To try once more does no harm, to forget would. */
function mergedRetry({ mine, theirs }: Maybe<Retry>): Retry | undefined {
  if (!mine || !theirs) return mine ?? theirs;
  return theirs.tries > mine.tries ? theirs : mine;
}

/** What a person has decided stands; a value that lost is not forgotten because another run had not heard of it. */
function mergedConflict({ mine, theirs }: Maybe<KeptConflict>): KeptConflict | undefined {
  if (!mine || !theirs) return mine ?? theirs;
  return mine.winner === undefined && theirs.winner !== undefined ? theirs : mine;
}

function mergedRest({ base, mine, theirs }: Files): StateFile['rest'] {
  const lines = (of: (file: StateFile) => readonly Buffer[]) =>
    union({ base: base ? of(base) : [], mine: of(mine), theirs: of(theirs) }, (line) => line.toString('latin1'));
  const records = (of: (file: StateFile) => StateFile['rest']['pairs']) => {
    const [own, other] = [of(mine), of(theirs)];
    const all = new Map(other);
    for (const [id, rest] of own) all.set(id, unitedRest(rest, other.get(id)) ?? rest);
    return all;
  };
  return {
    header: unitedRest(mine.rest.header, theirs.rest.header),
    pairs: records(({ rest }) => rest.pairs),
    conflicts: records(({ rest }) => rest.conflicts),
    others: lines(({ rest }) => rest.others),
    aside: lines(({ rest }) => rest.aside),
  };
}
