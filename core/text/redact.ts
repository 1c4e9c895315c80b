/** Hides credentials in everything that PACE says, sends or stores. Pure but for what it has been told to hide. */

import { isRecord } from '../record.ts';
import type { World } from '../world.ts';
import { secretForms } from './secret-forms.ts';
import { isCredentialName } from './secret-names.ts';
import { findSecrets } from './secret-shapes.ts';
import { type Range, withoutEscapes } from './without-escapes.ts';

/** Shorter ones are words: hiding them would make every text unreadable. */
const SHORTEST = 6;
/** What stands in the place of a secret. */
const HIDDEN = '***';

export interface Redactor {
  /** The text with `***` for every known secret, as it is or in a usual encoding, and for what looks like a credential. */
  redact(text: string): string;
  /** These are secrets too, from now on. */
  conceal(secrets: Iterable<string>): void;
}

/** Knows the values of all variables that are credentials by their names. */
export function createRedactor(env: World['env']): Redactor {
  const secrets = new Set<string>();
  let known = matcherOf([]);

  function conceal(values: Iterable<string>): void {
    const before = secrets.size;
    for (const value of values) for (const secret of secretsIn(value)) secrets.add(secret);
    if (secrets.size > before) known = matcherOf([...secrets].flatMap(secretForms));
  }

  function find(text: string): Range[] {
    return [...known(text), ...userInfo(text), ...shaped(text), ...packed(text)];
  }

  function redactOnce(text: string): string {
    const plain = hide(text, find(text));
    const view = withoutEscapes(plain);
    return view ? hide(plain, find(view.text).map(view.range)) : plain;
  }

  conceal(Object.entries(env).flatMap(([name, value]) => (value && isCredentialName(name) ? [value] : [])));
  return {
    conceal,
    // what stood right beside a secret may look like one itself
    redact: (text) => {
      const once = redactOnce(text);
      return once === text ? once : redactOnce(once);
    },
  };
}

/** The same value with every string in it redacted, also the keys. Anything but plain data is left as it is. */
export function redactDeep<T>(redact: World['redact'], value: T): T {
  return deep(redact, value) as T;
}

function deep(redact: World['redact'], value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => deep(redact, item));
  if (!isRecord(value) || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), deep(redact, item)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A secret of several lines is one in each of its longer lines as well. */
function secretsIn(value: string): string[] {
  const lines = value.split(/\r?\n/).filter((line) => line.length >= 3 * SHORTEST);
  return [value, value.trim(), ...lines].filter(({ length }) => length >= SHORTEST);
}

function matcherOf(forms: readonly string[]): (text: string) => Range[] {
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => {
    // looking for each is far quicker than one pattern of all, and hardly ever finds any
    const present = longestFirst.filter((form) => text.includes(form));
    return [...present.flatMap((form) => placesOf(form, text)), ...cutOff(text, longestFirst)];
  };
}

function placesOf(form: string, text: string): Range[] {
  const places: Range[] = [];
  for (let start = text.indexOf(form); start !== -1; start = text.indexOf(form, start + 1)) {
    places.push({ start, end: start + form.length });
  }
  return places;
}

/** Fewer characters of a secret than these tell nothing. */
const TELLING = 4;
const LONGEST_REST = 10_000;

/** What was left of a secret where a text was cut in its middle, before or behind a `…`. */
function cutOff(text: string, forms: readonly string[]): Range[] {
  if (forms.length === 0) return [];
  const ranges: Range[] = [];
  for (let at = text.indexOf('…'); at !== -1; at = text.indexOf('…', at + 1)) {
    const before = text.slice(0, at).trimEnd();
    const behind = text.slice(at + 1, at + 1 + LONGEST_REST);
    const lost = Math.max(...forms.map((form) => beginningAtEnd(before, form)));
    const rest = Math.max(...forms.map((form) => endAtBeginning(behind, form)));
    if (lost > 0) ranges.push({ start: before.length - lost, end: before.length });
    if (rest > 0) ranges.push({ start: at + 1, end: at + 1 + rest });
  }
  return ranges;
}

/** Length of the longest beginning of the form that the text ends with. */
function beginningAtEnd(text: string, form: string): number {
  const tail = text.slice(-TELLING);
  if (tail.length < TELLING) return 0;
  for (let at = form.lastIndexOf(tail); at !== -1; at = at === 0 ? -1 : form.lastIndexOf(tail, at - 1)) {
    if (text.endsWith(form.slice(0, at + TELLING))) return at + TELLING;
  }
  return 0;
}

/** Length of the longest end of the form that the text begins with. */
function endAtBeginning(text: string, form: string): number {
  const head = text.slice(0, TELLING);
  if (head.length < TELLING) return 0;
  for (let at = form.indexOf(head); at !== -1; at = form.indexOf(head, at + 1)) {
    if (text.startsWith(form.slice(at))) return form.length - at;
  }
  return 0;
}

/** Name and password, or a token, before the host of an address. `git@` of an SSH address is neither. */
function userInfo(text: string): Range[] {
  return [...text.matchAll(/(?:https?:\/\/|[a-z][a-z0-9+.-]{0,20}:\/\/(?=[^\s/@"'<>]*:))([^\s/@"'<>]{1,400})@/gi)].map(
    (match) => ({
      start: match.index + match[0].length - 1 - (match[1] ?? '').length,
      end: match.index + match[0].length - 1,
    }),
  );
}

/** Of an address with a password only the password is hidden. */
function shaped(text: string): Range[] {
  return findSecrets(text).filter(({ what }) => what !== 'a URL with a password');
}

/** Base64 in which something looks like a credential. */
function packed(text: string): Range[] {
  const runs = [...text.matchAll(/[A-Za-z0-9+/_-]{24,}={0,2}/g)];
  const holding = runs.filter(([run]) => shaped(Buffer.from(run, 'base64').toString('latin1')).length > 0);
  return holding.map(({ 0: run, index }) => ({ start: index, end: index + run.length }));
}

function hide(text: string, ranges: readonly Range[]): string {
  let shown = '';
  let reached = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (start >= reached) shown += `${text.slice(reached, start)}${HIDDEN}`;
    reached = Math.max(reached, end);
  }
  return shown + text.slice(reached);
}
