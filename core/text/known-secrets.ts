/** Finds texts that are known to be secret, also where a cut has left a beginning or an end of one. Time grows as the text does. Pure. */
import type { Range } from './without-escapes.ts';

/** `forms` are all the ways in which the secrets may be written. */
export function matcherOf(forms: readonly string[]): (text: string) => Range[] {
  const whole = [...new Set(forms)].map((form) => ({ form, period: periodOf(form) }));
  const cut = cutOff(whole.map(({ form }) => form));
  return (text) => [
    // looking for each is far quicker than one pattern of all, and hardly ever finds any
    ...whole.flatMap(({ form, period }) => placesOf(form, period, text)),
    ...cut(text),
  ];
}

/**
 * All places, those that overlap as one. A text that repeats itself (`aaaa`) overlaps itself at every step: as far as the repetition
 * goes on it need not be looked for again.
 */
function placesOf(form: string, period: number, text: string): Range[] {
  const places: Range[] = [];
  for (let start = text.indexOf(form); start !== -1; ) {
    let end = start + form.length;
    while (end < text.length && text[end] === text[end - period]) end += 1;
    places.push({ start, end: end - ((end - start - form.length) % period) });
    start = text.indexOf(form, Math.max(start + 1, end - form.length + 1));
  }
  return places;
}

/** The shortest way by which the form can be moved and still fit itself; its length where there is none. */
function periodOf(form: string): number {
  return form.length - (bordersOf(form).at(-1) ?? 0);
}

/** Of each beginning of the form the longest shorter one that it ends with. https://en.wikipedia.org/wiki/Knuth–Morris–Pratt_algorithm */
function bordersOf(form: string): Uint32Array {
  const borders = new Uint32Array(form.length);
  let length = 0;
  for (let at = 1; at < form.length; at += 1) {
    while (length > 0 && form[at] !== form[length]) length = borders[length - 1] ?? 0;
    if (form[at] === form[length]) length += 1;
    borders[at] = length;
  }
  return borders;
}

/** Fewer characters of a secret than these tell nothing. */
const TELLING = 4;

/** What was left of a secret where a text was cut in its middle, before or behind a `…`. */
function cutOff(forms: readonly string[]): (text: string) => Range[] {
  let [beginningOf, endOf]: (Rest | undefined)[] = [];
  return (text) => {
    const ranges: Range[] = [];
    let from = 0;
    for (let at = text.indexOf('…'); at !== -1 && forms.length > 0; at = text.indexOf('…', at + 1)) {
      // few texts are cut
      beginningOf ??= restOf(forms);
      endOf ??= restOf(forms.map(backwards));
      const end = endOfWords(text, from, at);
      const next = text.indexOf('…', at + 1);
      const lost = beginningOf((longest) => text.slice(Math.max(from, end - longest), end));
      const until = next === -1 ? text.length : next;
      const rest = endOf((longest) => backwards(text.slice(at + 1, Math.min(until, at + 1 + longest))));
      if (lost > 0) ranges.push({ start: end - lost, end });
      if (rest > 0) ranges.push({ start: at + 1, end: at + 1 + rest });
      from = at + 1;
    }
    return ranges;
  };
}

function endOfWords(text: string, from: number, until: number): number {
  let end = until;
  while (end > from && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

function backwards(text: string): string {
  let reversed = '';
  for (let at = text.length - 1; at >= 0; at -= 1) reversed += text[at];
  return reversed;
}

/** The length of the longest beginning of a form that a text ends with, of which so many last characters are given. */
type Rest = (tail: (longest: number) => string) => number;

function restOf(forms: readonly string[]): Rest {
  const byFour = new Map<string, Set<string>>();
  for (const form of forms) {
    for (let at = 0; at + TELLING <= form.length; at += 1) {
      const four = form.slice(at, at + TELLING);
      byFour.set(four, (byFour.get(four) ?? new Set()).add(form));
    }
  }
  const borders = new Map<string, Uint32Array>();
  return (tail) => {
    let longest = 0;
    for (const form of byFour.get(tail(TELLING)) ?? []) {
      const known = borders.get(form) ?? bordersOf(form);
      borders.set(form, known);
      longest = Math.max(longest, beginningAtEnd(tail(form.length), form, known));
    }
    return longest < TELLING ? 0 : longest;
  };
}

/** Each character is looked at once, however often the form repeats itself. */
function beginningAtEnd(text: string, form: string, borders: Uint32Array): number {
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    while (length > 0 && form[length] !== character) length = borders[length - 1] ?? 0;
    if (form[length] === character) length += 1;
  }
  return length;
}
