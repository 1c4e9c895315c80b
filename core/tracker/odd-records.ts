/**
 * A record with a part that makes no sense is shown as far as it reads: the reader of a platform takes its parts one by one, and what
 * it could not read travels with the record up to `checked-answers.ts`, which says it once per list. What names the record itself
 * (its key, its id) has no other word: without it there is nothing to show.
 */
import { whatIsOdd } from '../http/unexpected-answer.ts';

/** What could not be read, in words. A symbol: it is in no JSON, and is copied with the record. */
export const ODD: unique symbol = Symbol('odd');

/** What stands for texts that an answer has to have and lacks. Nobody is called so, and nothing is found by it. */
export const NO_TITLE = '(no title)';
export const NO_ADDRESS = '(no address)';
export const NO_STATE = '(unknown)';
const NO_ID = '(no id)';

export interface RecordReader {
  /** A part of the record; `otherwise` where the answer is odd there. */
  part<Value, Other>(read: () => Value, otherwise: Other): Value | Other;
  /** The entries of a list that can be read; none of what is no list. */
  each<Entry, Read>(list: readonly Entry[] | null | undefined, read: (entry: Entry) => Read): Read[];
  /** People of whom a name at most can be read have no id that means anybody. */
  people<Wire, Read>(list: readonly Wire[] | null | undefined, read: (person: Wire) => Read): (Read | UnnamedPerson)[];
  person<Wire, Read>(person: Wire, read: (person: Wire) => Read): Read | UnnamedPerson | undefined;
  /** The first of these moments that is one; 0 where none is. */
  time(...reads: readonly (() => number)[]): number;
}

export interface UnnamedPerson {
  readonly id: string;
  readonly name: string;
}

/** The record as `read` makes it, with what was odd in it. What `read` itself throws is thrown. */
export function asFarAsItReads<Found extends object>(read: (reader: RecordReader) => Found): Found {
  const odd: string[] = [];
  const reader = readerInto(odd);
  const found = read(reader);
  return odd.length === 0 ? found : withOdd(found, odd);
}

/** Somebody in a list of people. */
export function readPerson<Wire, Read extends object>(wire: Wire, read: (person: Wire) => Read): Read | UnnamedPerson {
  return asFarAsItReads<Read | UnnamedPerson>(({ person }) => person(wire, read) ?? { id: NO_ID, name: NO_ID });
}

/** What was odd in a record that was read; `[]` for a sound one. */
export function oddIn(found: unknown): readonly string[] {
  if (typeof found !== 'object' || found === null || !(ODD in found)) return [];
  const odd: unknown = found[ODD];
  return Array.isArray(odd) ? odd.map(String) : [];
}

export function withOdd<Found extends object>(found: Found, odd: readonly string[]): Found {
  return { ...found, [ODD]: [...new Set([...oddIn(found), ...odd])] };
}

/** The same record without the words about it. */
export function withoutOdd<Found>(found: Found): Found {
  if (typeof found !== 'object' || found === null || !(ODD in found)) return found;
  const { [ODD]: _, ...rest } = found;
  return rest as Found;
}

function readerInto(odd: string[]): RecordReader {
  function part<Value, Other>(read: () => Value, otherwise: Other): Value | Other {
    try {
      return read();
    } catch (error) {
      const what = whatIsOdd(error);
      if (what === undefined) throw error;
      odd.push(what);
      return otherwise;
    }
  }

  function each<Entry, Read>(list: readonly Entry[] | null | undefined, read: (entry: Entry) => Read): Read[] {
    if (list === null || list === undefined) return [];
    if (!Array.isArray(list)) {
      odd.push('what should be a list is not one');
      return [];
    }
    return list.flatMap((entry: Entry) => part<Read[], Read[]>(() => [read(entry)], []));
  }

  function person<Wire, Read>(wire: Wire, read: (person: Wire) => Read): Read | UnnamedPerson | undefined {
    return part<Read, UnnamedPerson | undefined>(() => read(wire), unnamed(wire));
  }

  return {
    part,
    each,
    person,
    people: (list, read) => each(list, (wire) => wire).flatMap((wire) => person(wire, read) ?? []),
    time: (...reads) => {
      for (const read of reads) {
        const time = part(() => moment(read()), undefined);
        if (time !== undefined) return time;
      }
      return 0;
    },
  };
}

function moment(time: number): number {
  if (Number.isFinite(time)) return time;
  throw new RangeError('a time is not one');
}

/** The names that vendors have for people. */
const NAMES = ['displayName', 'display_name', 'name', 'username', 'login', 'full_name', 'email', 'emailAddress'];

function unnamed(wire: unknown): UnnamedPerson | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined;
  const values: Readonly<Record<string, unknown>> = { ...wire };
  const name = NAMES.map((field) => values[field]).find((value) => typeof value === 'string' && value !== '');
  return { id: NO_ID, name: typeof name === 'string' ? name : NO_ID };
}
