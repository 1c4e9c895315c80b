/**
 * Two changed texts become one, paragraph by paragraph: what one side has changed comes to the other, and what neither has changed stays
 * in each side's own words. Where both changed the same paragraph apart, or put something at the same place, there is no one text. Pure.
 */
import { longestCommon, type Matches } from './longest-common.ts';
import { type Block, type Blocks, between, blocksOf } from './text-blocks.ts';
import { otherSide, type SideName, type Sides, sidesOf } from './values.ts';

export interface TextSide {
  /** When both last agreed. */
  readonly base: string;
  readonly now: string;
  /** Two texts with the same form are the same to this side. */
  readonly normalText: (markdown: string) => string;
}

/** `undefined`: the changes touch each other, or the texts are too long to be compared. */
export function mergeTexts(sides: Sides<TextSide>): Sides<string> | undefined {
  // of two ways to see what both bases have in common one is taken, whichever side is called a
  if (sides.a.base <= sides.b.base) return mergedTexts(sides);
  const turned = mergedTexts({ a: sides.b, b: sides.a });
  return turned && { a: turned.b, b: turned.a };
}

type Range = readonly [from: number, to: number];

/** What both have in common in the base: blocks of a that stand for blocks of b. Either may have none. */
type Unit = Sides<Range>;

/** One side's blocks of now, at the units of the base. */
interface Edits {
  /** Per unit. */
  readonly content: readonly (readonly number[])[];
  readonly isChanged: readonly boolean[];
  /** It may have got something before or behind it. */
  readonly isGrown: readonly boolean[];
  /** Before each unit, and behind the last. */
  readonly inserted: readonly (readonly number[])[];
}

/** A block of the side's own text, by its place, or one of the other side. */
type Part = number | Block;

function mergedTexts(sides: Sides<TextSide>): Sides<string> | undefined {
  const base = sidesOf((side) => blocksOf(sides[side].base));
  const now = sidesOf((side) => blocksOf(sides[side].now));
  const ids = identity(sides);
  const units = unitsOf(base, ids);
  const a = units && editsOf(units, 'a', base.a, now.a, ids);
  const b = units && editsOf(units, 'b', base.b, now.b, ids);
  const parts = units && a && b && partsOf(units, { a, b }, now, ids);
  if (!parts) return undefined;
  const text = { a: writtenOf(parts.a, now.a), b: writtenOf(parts.b, now.b) };
  return text.a === undefined || text.b === undefined ? undefined : { a: text.a, b: text.b };
}

interface Identity {
  /** Numbers that are equal where this side would tell one for the other. */
  readonly own: (side: SideName, blocks: Blocks) => number[];
  /** And where one of the two would. */
  readonly shared: (blocks: Blocks) => number[];
  readonly isSame: (a: readonly Block[], b: readonly Block[]) => boolean;
}

function identity(sides: Sides<TextSide>): Identity {
  const forms = sidesOf(() => new Map<string, string>());
  const own = sidesOf(() => new Map<string, number>());
  const shared = sidesOf(() => new Map<string, number>());
  function formOf(side: SideName, { text }: Block): string {
    const known = forms[side].get(text);
    if (known !== undefined) return known;
    const form = sides[side].normalText(text);
    forms[side].set(text, form);
    return form;
  }
  let count = 0;
  function sharedId(block: Block): number {
    const form = sidesOf((side) => formOf(side, block));
    const id = shared.a.get(form.a) ?? shared.b.get(form.b) ?? count++;
    for (const side of ['a', 'b'] as const) if (!shared[side].has(form[side])) shared[side].set(form[side], id);
    return id;
  }
  function isOne(one: Block, other: Block | undefined): boolean {
    return other !== undefined && (['a', 'b'] as const).some((side) => formOf(side, one) === formOf(side, other));
  }
  return {
    own: (side, { blocks }) =>
      blocks.map((block) => {
        const form = formOf(side, block);
        const id = own[side].get(form) ?? own[side].size;
        own[side].set(form, id);
        return id;
      }),
    shared: ({ blocks }) => blocks.map(sharedId),
    isSame: (a, b) => a.length === b.length && a.every((block, at) => isOne(block, b[at])),
  };
}

function unitsOf(base: Sides<Blocks>, ids: Identity): Unit[] | undefined {
  const matches = longestCommon(ids.shared(base.a), ids.shared(base.b));
  if (!matches) return undefined;
  const units: Unit[] = [];
  let at = { a: 0, b: 0 };
  for (const [a, b] of [...matches, [base.a.blocks.length, base.b.blocks.length] as const]) {
    if (at.a < a || at.b < b) units.push({ a: [at.a, a], b: [at.b, b] });
    if (a < base.a.blocks.length) units.push({ a: [a, a + 1], b: [b, b + 1] });
    at = { a: a + 1, b: b + 1 };
  }
  return units;
}

function editsOf(units: readonly Unit[], side: SideName, base: Blocks, now: Blocks, ids: Identity): Edits | undefined {
  const matches = longestCommon(ids.own(side, base), ids.own(side, now));
  if (!matches) return undefined;
  const { content, inserted } = placed(matches, base.blocks.length, now.blocks.length);
  const kept = new Set(matches.map(([block]) => block));
  const ranges = units.map((unit) => unit[side]);
  const inside = ([from, to]: Range) => inserted.slice(from + 1, to).flat();
  const whole = ranges.map(([from, to]) =>
    content.slice(from, to).flatMap((blocks, at) => (at === 0 ? blocks : [...(inserted[from + at] ?? []), ...blocks])),
  );
  return {
    content: whole,
    isChanged: ranges.map((range) => inside(range).length > 0 || blocksIn(range).some((block) => !kept.has(block))),
    isGrown: ranges.map(([from, to], unit) => (whole[unit]?.length ?? 0) > to - from),
    inserted: [...ranges, [base.blocks.length, base.blocks.length] as const].map(([from], unit) => {
      const before = ranges[unit - 1];
      // beside a unit of which this side has nothing, the first place counts
      return before && before[0] === from ? [] : (inserted[from] ?? []);
    }),
  };
}

function blocksIn([from, to]: Range): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

/** For each block of the base what it has become, and what was put before each and behind the last. */
function placed(matches: Matches, bases: number, nows: number) {
  const content: number[][] = [];
  const inserted: number[][] = [];
  let base = 0;
  let now = 0;
  for (const [matched, there] of [...matches, [bases, nows] as const]) {
    const fresh = blocksIn([now, there]);
    inserted[matched] = [];
    if (base === matched) inserted[matched] = fresh;
    // one for one, and the rest with the last
    for (; base < matched; base += 1) {
      inserted[base] = [];
      content[base] = fresh.splice(0, base === matched - 1 ? fresh.length : 1);
    }
    if (matched < bases) content[matched] = [there];
    base = matched + 1;
    now = there + 1;
  }
  return { content, inserted };
}

function partsOf(
  units: readonly Unit[],
  edits: Sides<Edits>,
  now: Sides<Blocks>,
  ids: Identity,
): Sides<Part[]> | undefined {
  const parts: { a: Part[]; b: Part[] } = { a: [], b: [] };
  const blocksAt = (side: SideName, places: readonly number[]) => places.flatMap((at) => now[side].blocks[at] ?? []);
  function take(places: Sides<readonly number[]>, from: SideName | 'both'): void {
    for (const side of ['a', 'b'] as const) {
      const isOwn = from === 'both' || from === side;
      for (const part of isOwn ? places[side] : blocksAt(otherSide(side), places[otherSide(side)]))
        parts[side].push(part);
    }
  }
  const isOne = ({ a, b }: Sides<readonly number[]>) => ids.isSame(blocksAt('a', a), blocksAt('b', b));
  for (let unit = 0; unit <= units.length; unit += 1) {
    const inserted = sidesOf((side) => edits[side].inserted[unit] ?? []);
    const from = inserting(
      inserted,
      sidesOf((side) => isGrownBeside(edits[side], unit)),
      isOne,
    );
    if (!from) return undefined;
    take(inserted, from);
    const common = units[unit];
    if (!common) break;
    const content = sidesOf((side) => edits[side].content[unit] ?? []);
    const source = changing(
      sidesOf((side) => edits[side].isChanged[unit] ?? false),
      common,
      () => isOne(content),
    );
    if (!source || isPressed(edits, unit)) return undefined;
    take(content, source);
  }
  return parts;
}

function isGrownBeside({ isGrown }: Edits, place: number): boolean {
  return Boolean(isGrown[place - 1] || isGrown[place]);
}

/** Both have put something between this block and the next one: nobody knows in which order. */
function isPressed({ a, b }: Sides<Edits>, unit: number): boolean {
  return Boolean((a.isGrown[unit] && b.isGrown[unit + 1]) || (b.isGrown[unit] && a.isGrown[unit + 1]));
}

/** Whose insert it is; `undefined`: nobody knows in which order two of them stand. */
function inserting(
  { a, b }: Sides<readonly number[]>,
  isGrown: Sides<boolean>,
  isOne: (places: Sides<readonly number[]>) => boolean,
): SideName | 'both' | undefined {
  if (a.length > 0 && b.length > 0) return isOne({ a, b }) ? 'both' : undefined;
  if (a.length > 0) return isGrown.b ? undefined : 'a';
  if (b.length > 0) return isGrown.a ? undefined : 'b';
  return 'both';
}

function changing(isChanged: Sides<boolean>, unit: Unit, isOne: () => boolean): SideName | 'both' | undefined {
  if (isChanged.a && isChanged.b) return isOne() ? 'both' : undefined;
  if (isChanged.a || isNone(unit.b)) return 'a';
  return isChanged.b || isNone(unit.a) ? 'b' : 'both';
}

/** This side could not hold it. It is offered again whenever the text is written. */
function isNone([from, to]: Range): boolean {
  return from === to;
}

function writtenOf(parts: readonly Part[], { blocks, end }: Blocks): string | undefined {
  let text = '';
  let last: Block | undefined;
  for (const part of parts) {
    const block = typeof part === 'number' ? blocks[part] : part;
    if (!block) continue;
    if (last?.isOpen) return undefined;
    if (last) text += between(last, block);
    else if (part === 0) text += block.before;
    text += block.text;
    last = block;
  }
  return text + end;
}
