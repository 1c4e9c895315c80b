/** One of the two trackers while sync runs. What it is asked about itself is asked once, and only when it is needed. */
import type { Issue, IssueTracker } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { SyncMaps } from './engine.ts';
import { issueName, type Place } from './footers.ts';
import { fold, nameMap, peopleMap } from './maps.ts';
import type { End, Pair } from './pair.ts';
import type { Pairs } from './pairs.ts';
import type { Reader, View } from './snapshot.ts';
import { otherSide, type SideName, type Sides, sidesOf } from './values.ts';

export interface Side {
  readonly name: SideName;
  readonly tracker: IssueTracker;
  readonly end: End;
  /** How people know an issue of this side. */
  place(issue: Pick<Issue, 'key' | 'url'>): Place;
}

export function sideOf(name: SideName, tracker: IssueTracker, end: End): Side {
  return { name, tracker, end, place: ({ key, url }) => ({ name: issueName(tracker.place, key), url }) };
}

export interface Reading {
  readonly pairs: Pairs;
  readonly maps: SyncMaps;
  /** Both trackers know the same people by the same names. */
  readonly isSameServer: boolean;
  /** See `PeopleOptions`. */
  readonly areNames: Sides<boolean>;
  /** See `Reader`. */
  readonly redact: (text: string) => string;
}

const NOBODY: ReadonlyMap<string, string> = new Map();

/** Makes no request. */
export function readersOf(
  { pairs, maps, isSameServer, areNames, redact }: Reading,
  emails: Sides<ReadonlyMap<string, string>> = { a: NOBODY, b: NOBODY },
): Sides<Reader> {
  const reader = (side: SideName): Reader => ({
    ...{ side, redact },
    states: nameMap(side, maps.states),
    types: nameMap(side, maps.types),
    labels: nameMap(side, maps.labels),
    people: peopleMap(side, { people: maps.people, isSameServer, areNames, byEmail: emails[side] }),
    // what leads to an issue that is gone on the other side can be neither written nor missed there
    pairOf: (key) => withBoth(pairs.byKey(side, key))?.id,
    orphanName: (id) => {
      const pair = pairs.get(id);
      return pair?.orphan && `${side}:${pair[side].key}`;
    },
  });
  return { a: reader('a'), b: reader('b') };
}

/** Asks for what the trackers can do and, where e-mails may tell who is who, for their people. */
export async function viewsOf(sides: Sides<Side>, reading: Reading, hasEmails: Sides<boolean>): Promise<Sides<View>> {
  const emails = {
    a: hasEmails.b ? await emailsOf(sides.a.tracker) : NOBODY,
    b: hasEmails.a ? await emailsOf(sides.b.tracker) : NOBODY,
  };
  const readers = readersOf(reading, emails);
  const view = async (side: SideName): Promise<View> => ({
    ...readers[side],
    can: await sides[side].tracker.capabilities(),
    titleLimit: sides[side].tracker.titleLimit,
    keyOf: (id) => withBoth(reading.pairs.get(id))?.[side].key,
  });
  return { a: await view('a'), b: await view('b') };
}

/** Whether something can be said on its issues. */
export function hasComments({ tracker }: Side): boolean {
  return tracker.keepsComments !== false;
}

/** Where one side keeps no comments, there is nothing to keep in step. */
export function haveComments({ a, b }: Sides<Side>): boolean {
  return hasComments(a) && hasComments(b);
}

/** Whether a side has files that its texts do not lead to, and the other one a place to tell of them. */
export function filesWith(views: Sides<View>, sides: Sides<Side>, isWanted: boolean): Sides<boolean> {
  return sidesOf(
    (side) =>
      isWanted &&
      hasComments(sides[otherSide(side)]) &&
      views[side].can.unsupported.attachments === undefined &&
      !sides[side].tracker.filesAreLinks,
  );
}

function withBoth(pair: Pair | undefined): Pair | undefined {
  return pair?.orphan ? undefined : pair;
}

/** Where whoever is named can be assigned. */
export function namesOf(sides: Sides<Side>): Sides<boolean> {
  return sidesOf((side) => sides[side].tracker.peopleAreNames ?? false);
}

/** Of everybody who can be given an issue: what names them, by their e-mail. */
async function emailsOf(tracker: IssueTracker): Promise<ReadonlyMap<string, string>> {
  const { unsupported } = await tracker.capabilities();
  if (unsupported['list users'] !== undefined) return NOBODY;
  const people = await collect(tracker.listUsers());
  return new Map(people.flatMap(({ id, email }) => (email ? [[fold(email), id]] : [])));
}
