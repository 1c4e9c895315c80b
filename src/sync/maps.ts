/** The names of one side in the words of the pair, and back. Where two names of a mean one of b, the way back is not clear. */
import type { Person } from '../../core/ports/index.ts';
import type { SyncMaps } from './engine.ts';
import { otherSide, type SideName, type Sides } from './values.ts';

/** `name`: as the side calls it; `unclear`: several names would do. */
export type Back = { readonly name: string } | { readonly unclear: readonly string[] } | undefined;

export interface NameMap {
  /** `undefined`: the map does not name it. */
  toCommon(name: string): string | undefined;
  back(common: string): Back;
}

/** `=` marks what a map has named. */
export function nameMap(side: SideName, map: Readonly<Record<string, string>>): NameMap {
  const entries = Object.entries(map).map(([a, b]) => ({ a, b, common: `=${fold(b)}` }));
  return {
    toCommon: (name) => entries.find((entry) => fold(entry[side]) === fold(name))?.common,
    back: (common) => {
      const names = [...new Set(entries.filter((entry) => entry.common === common).map((entry) => entry[side]))];
      const [name] = names;
      if (name === undefined) return undefined;
      return names.length === 1 ? { name } : { unclear: names };
    },
  };
}

export interface PeopleMap {
  toCommon(person: Person): string;
  /** What an assignment names the person by; `undefined`: nobody here. */
  back(common: string): string | undefined;
}

export interface PeopleOptions {
  readonly people: SyncMaps['people'];
  /** Both sides know people by the same names: they are on one server. */
  readonly isSameServer: boolean;
  /** Where whoever is named can be assigned: a name there is one of the other side's. */
  readonly areNames: Sides<boolean>;
  readonly asked: AskedPeople;
}

/** Who can be given an issue of a side, as it was asked; in lower case. */
export interface AskedPeople {
  /** What names them, by their e-mail. */
  readonly byEmail: ReadonlyMap<string, string>;
  /** All words that name somebody; absent: nobody can tell, who is named has to be tried. */
  readonly names?: ReadonlySet<string>;
}

export const NOT_ASKED: AskedPeople = { byEmail: new Map() };

export function askedPeople(all: readonly Person[]): AskedPeople {
  return {
    byEmail: new Map(all.flatMap(({ id, email }) => (email ? [[fold(email), id]] : []))),
    names: new Set(all.flatMap(wordsOf)),
  };
}

function wordsOf({ id, name, email }: Person): string[] {
  return [id, name, email].flatMap((word) => (word ? [fold(word).replace(/^@/, '')] : []));
}

/** Who is in no map, and whom no e-mail tells, keeps the name of the side: `a:login`. */
export function peopleMap(side: SideName, { people, isSameServer, areNames, asked }: PeopleOptions): PeopleMap {
  const other = otherSide(side);
  const isShared = isSameServer || (areNames.a && areNames.b);
  // who has an issue was told with it: nobody else needs to be asked to take them off
  const seen = new Map<string, string>();
  return {
    toCommon: (person) => {
      const { id, email } = person;
      if (email) seen.set(fold(email), id);
      const said = wordsOf(person);
      const known = Object.entries(people).find(
        ([, { [side]: one }]) => one && said.includes(fold(one).replace(/^@/, '')),
      );
      if (known) return `=${known[0]}`;
      if (isShared) return `@${id}`;
      if (areNames[side]) return `${other}:${id}`;
      return email && !areNames[other] ? `mailto:${fold(email)}` : `${side}:${id}`;
    },
    back: (common) => {
      if (common.startsWith('=')) return people[common.slice(1)]?.[side];
      if (common.startsWith('@')) return common.slice(1);
      if (common.startsWith('mailto:')) return asked.byEmail.get(common.slice(7)) ?? seen.get(common.slice(7));
      const isKnown = common.startsWith(`${side}:`) || (areNames[side] && common.startsWith(`${other}:`));
      const word = common.slice(2);
      // the other side gives issues to whoever is named there, known here or not
      const isNobody = areNames[other] && asked.names?.has(fold(word).replace(/^@/, '')) === false;
      return isKnown && !isNobody ? word : undefined;
    },
  };
}

export function fold(text: string): string {
  return text.trim().toLowerCase();
}
