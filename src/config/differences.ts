/** In which values two configurations differ, in words. Pure. */
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Redact } from '../../core/yaml/problems.ts';

/** What names an item of a list, the first that it has. */
const NAMES = ['name', 'check', 'test', 'from'] as const;
const NAME_SHOWN = 60;
const VALUE_SHOWN = 80;

interface Difference {
  readonly place: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * One sentence per value: `gate.mode: enforce → observe`. Items of lists are known by their names, so that a removed one does not
 * make all that follow look changed.
 */
export function differences(before: unknown, after: unknown, redact: Redact): string[] {
  return differencesAt('', before, after).map((difference) => inWords(difference, redact));
}

function differencesAt(place: string, before: unknown, after: unknown): Difference[] {
  if (isRecord(before) && isRecord(after))
    return inEntries(place, Object.entries(before), Object.entries(after), dotted);
  const items = [namedItems(before), namedItems(after)] as const;
  if (items[0] && items[1]) {
    const inside = inEntries(place, items[0], items[1], bracketed);
    // commands run in the order of the list
    if (inside.length > 0 || sameOrder(items[0], items[1])) return inside;
    return [{ place, before: items[0].map(([name]) => name), after: items[1].map(([name]) => name) }];
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ place, before, after }];
}

type Entries = readonly (readonly [string, unknown])[];

function inEntries(
  place: string,
  before: Entries,
  after: Entries,
  at: (place: string, name: string) => string,
): Difference[] {
  const [old, now] = [new Map(before), new Map(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((name) => differencesAt(at(place, name), old.get(name), now.get(name)));
}

function dotted(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}

function bracketed(place: string, name: string): string {
  return `${place}[${plainLine(name, NAME_SHOWN)}]`;
}

/** `undefined` for what is no list of things with names. */
function namedItems(value: unknown): [string, unknown][] | undefined {
  if (!Array.isArray(value)) return undefined;
  const seen = new Map<string, number>();
  const items: [string, unknown][] = [];
  for (const item of value) {
    const name = nameOf(item);
    if (name === undefined) return undefined;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    items.push([count === 1 ? name : `${name} (${count})`, item]);
  }
  return items;
}

function nameOf(item: unknown): string | undefined {
  if (!isRecord(item)) return undefined;
  const key = NAMES.find((name) => typeof item[name] === 'string');
  return key && String(item[key]);
}

function sameOrder(one: Entries, other: Entries): boolean {
  return one.every(([name], index) => name === other[index]?.[0]);
}

function inWords({ place, before, after }: Difference, redact: Redact): string {
  const name = plainLine(redact(place), 200);
  if (before === undefined) return `${name} is new${isPlain(after) ? `: ${shown(after, redact)}` : ''}`;
  if (after === undefined) return `${name} is gone${isPlain(before) ? `, it was ${shown(before, redact)}` : ''}`;
  return `${name}: ${shown(before, redact)} → ${shown(after, redact)}`;
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object';
}

function shown(value: unknown, redact: Redact): string {
  if (Array.isArray(value) && value.length === 0) return 'nothing';
  if (Array.isArray(value) && value.every(isPlain)) return plainLine(redact(value.join(', ')), VALUE_SHOWN);
  const text = isPlain(value) ? String(value) : JSON.stringify(value);
  return text === '' ? '""' : plainLine(redact(text), VALUE_SHOWN);
}
