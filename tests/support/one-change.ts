/** Texts of which one place was changed. For property tests of what counts as the same text. */
import fc from 'fast-check';

const SIGNS = ['', ' ', '\n', '\n\n', '*', '_', '~~', '`', '-', '1.', '>', '#', '|', '[', '!', '\\', '<', '&', 'q'];

/** A text, and the same with a sign put in or in place of another. */
export function oneChange(texts: fc.Arbitrary<string>): fc.Arbitrary<readonly [text: string, changed: string]> {
  return fc.tuple(texts, fc.nat(), fc.constantFrom(...SIGNS), fc.boolean()).map(([text, place, sign, instead]) => {
    const at = place % (text.length + 1);
    return [text, text.slice(0, at) + sign + text.slice(at + (instead ? 1 : 0))] as const;
  });
}

/** A text, and the same with another letter or digit in one place. */
export function oneLetter(texts: fc.Arbitrary<string>): fc.Arbitrary<readonly [text: string, changed: string]> {
  return fc.tuple(texts, fc.nat()).map(([text, nth]) => {
    const places = [...text.matchAll(/[a-z0-9]/g)];
    const at = places[nth % Math.max(1, places.length)]?.index;
    if (at === undefined) return [text, `${text}q`] as const;
    return [text, text.slice(0, at) + (text[at] === 'q' ? 'z' : 'q') + text.slice(at + 1)] as const;
  });
}
