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

/** The shortest way by which the form can be moved and still fit itself; its length where there is none. By its borders. */
function periodOf(form: string): number {
  const borders = new Uint32Array(form.length);
  let length = 0;
  for (let at = 1; at < form.length; at += 1) {
    while (length > 0 && form[at] !== form[length]) length = borders[length - 1] ?? 0;
    if (form[at] === form[length]) length += 1;
    borders[at] = length;
  }
  return form.length - (borders.at(-1) ?? 0);
}

/** Fewer characters of a secret than these tell nothing. */
const TELLING = 4;
/** Of a secret that repeats itself so many places are tried, the longest rests first. */
const TRIED = 200;

interface Place {
  readonly form: string;
  /** Where the four characters begin in it. */
  readonly at: number;
}

/** What was left of a secret where a text was cut in its middle, before or behind a `…`. */
function cutOff(forms: readonly string[]): (text: string) => Range[] {
  let places: ReadonlyMap<string, readonly Place[]> | undefined;
  return (text) => {
    const ranges: Range[] = [];
    let from = 0;
    for (let at = text.indexOf('…'); at !== -1 && forms.length > 0; at = text.indexOf('…', at + 1)) {
      // few texts are cut
      places ??= placesOfFours(forms);
      const end = endOfWords(text, from, at);
      const next = text.indexOf('…', at + 1);
      const lost = beginningBefore(text, from, end, places);
      const rest = endBehind(text, at + 1, next === -1 ? text.length : next, places);
      if (lost > 0) ranges.push({ start: end - lost, end });
      if (rest > 0) ranges.push({ start: at + 1, end: at + 1 + rest });
      from = at + 1;
    }
    return ranges;
  };
}

function placesOfFours(forms: readonly string[]): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  for (const form of forms) {
    for (let at = 0; at + TELLING <= form.length; at += 1) {
      const four = form.slice(at, at + TELLING);
      const known = places.get(four);
      if (known) known.push({ form, at });
      else places.set(four, [{ form, at }]);
    }
  }
  return places;
}

function endOfWords(text: string, from: number, until: number): number {
  let end = until;
  while (end > from && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

/** Length of the longest beginning of a form that stands right before `end`. */
function beginningBefore(
  text: string,
  from: number,
  end: number,
  places: ReadonlyMap<string, readonly Place[]>,
): number {
  const four = end - from < TELLING ? '' : text.slice(end - TELLING, end);
  const lengths = (places.get(four) ?? []).map(({ form, at }) => ({ form, length: at + TELLING }));
  const fitting = longestFirst(lengths, end - from).find(({ form, length }) =>
    text.startsWith(form.slice(0, length), end - length),
  );
  return fitting?.length ?? 0;
}

/** Length of the longest end of a form that stands right behind `start`. */
function endBehind(text: string, start: number, until: number, places: ReadonlyMap<string, readonly Place[]>): number {
  const four = until - start < TELLING ? '' : text.slice(start, start + TELLING);
  const lengths = (places.get(four) ?? []).map(({ form, at }) => ({ form, length: form.length - at }));
  const fitting = longestFirst(lengths, until - start).find(({ form, length }) =>
    text.startsWith(form.slice(form.length - length), start),
  );
  return fitting?.length ?? 0;
}

function longestFirst<Rest extends { readonly length: number }>(rests: readonly Rest[], most: number): Rest[] {
  return rests
    .filter(({ length }) => length <= most)
    .sort((a, b) => b.length - a.length)
    .slice(0, TRIED);
}
