/** Elements of two sets, each in the words of its own side: which are one, and what a side has room for. Pure. */
import { otherSide, type SideName, type Sides, sidesOf } from './values.ts';

export type Elements = readonly string[];

/** In which two names are one, however a tracker spells it. */
export function spelling(name: string): string {
  return name.toLowerCase().replace(/[\s_]+/g, '-');
}

export interface SetWords {
  /** The first elements without those that are among the others, by their spelling alone. */
  without(elements: Elements, others: Elements): Elements;
  /** What a side has for an element of the other one; absent: it cannot hold it, not even alone. */
  told(side: SideName, element: string): string | undefined;
  /** Those of `others`, of the other side, that one of `own`, of this side, stands for. */
  like(side: SideName, own: Elements, others: Elements): Elements;
  /** All that a side could have of `others` is what it has. */
  isTold(side: SideName, own: Elements, others: Elements): boolean;
  /** Those of `offered` for which a side that keeps `kept` has room, the first ones first. */
  fitting(side: SideName, kept: Elements, offered: Elements): Elements;
}

export function setWords(held: Sides<(elements: Elements) => Elements>, keyOf: (element: string) => string): SetWords {
  const known = sidesOf(() => new Map<string, string | undefined>());

  function told(side: SideName, element: string): string | undefined {
    const words = known[side];
    if (!words.has(element)) words.set(element, held[side]([element])[0]);
    return words.get(element);
  }

  function without(elements: Elements, others: Elements): Elements {
    const keys = new Set(others.map(keyOf));
    return elements.filter((element) => !keys.has(keyOf(element)));
  }

  function keysOf(elements: readonly (string | undefined)[]): Set<string> {
    return new Set(elements.flatMap((element) => (element === undefined ? [] : [keyOf(element)])));
  }

  function like(side: SideName, own: Elements, others: Elements): Elements {
    const other = otherSide(side);
    const keys = keysOf(own);
    const there = keysOf(own.map((element) => told(other, element)));
    return others.filter((element) => {
      const key = keyOf(element);
      if (keys.has(key) || there.has(key)) return true;
      const here = told(side, element);
      return here !== undefined && keys.has(keyOf(here));
    });
  }

  function isTold(side: SideName, own: Elements, others: Elements): boolean {
    const there = held[side](others);
    return without(there, own).length + without(own, there).length === 0;
  }

  function fitting(side: SideName, kept: Elements, offered: Elements): Elements {
    const all = without(unique(offered), kept);
    if (takes(side, [...kept, ...all], [...kept, ...all])) return all;
    const fits: string[] = [];
    for (const element of all) {
      const before = held[side]([...kept, ...fits].sort());
      if (takes(side, [...kept, ...fits, element], [...before, element])) fits.push(element);
    }
    return fits;
  }

  function takes(side: SideName, elements: Elements, wanted: Elements): boolean {
    return without(wanted, held[side]([...elements].sort())).length === 0;
  }

  function unique(elements: Elements): Elements {
    return [...new Map(elements.toReversed().map((element) => [keyOf(element), element])).values()].toReversed();
  }

  return { told, without, like, isTold, fitting };
}
