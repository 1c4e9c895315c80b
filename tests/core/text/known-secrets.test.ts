import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matcherOf } from '../../../core/text/known-secrets.ts';
import type { Range } from '../../../core/text/without-escapes.ts';

const covered = (ranges: readonly Range[]) => {
  const places = new Set<number>();
  for (const { start, end } of ranges) for (let at = start; at < end; at += 1) places.add(at);
  return [...places].sort((a, b) => a - b);
};

/** As slowly as one likes. */
function everyPlace(form: string, text: string): Range[] {
  const found: Range[] = [];
  for (let at = 0; at + form.length <= text.length; at += 1) {
    if (text.slice(at, at + form.length) === form) found.push({ start: at, end: at + form.length });
  }
  return found;
}

test('every place is found, also where the text repeats itself and places overlap', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 40 });
  const form = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(form, few, (secret, text) => {
      expect(covered(matcherOf([secret])(text))).toEqual(covered(everyPlace(secret, text)));
    }),
    { numRuns: 2_000 },
  );
});

describe('beside a cut', () => {
  const hidden = (forms: string[], text: string) => {
    const places = covered(matcherOf(forms)(text));
    return [...text].map((sign, at) => (places.includes(at) ? '*' : sign)).join('');
  };

  test.each([
    [['abcdefgh'], 'x abcd… y', 'x ****… y'],
    [['abcdefgh'], 'x abc… y', 'x abc… y'],
    [['abcdefgh'], 'x abcd  … y', 'x ****  … y'],
    [['abcdefgh'], 'x …efgh y', 'x …**** y'],
    [['abcdefgh'], 'x …fgh y', 'x …fgh y'],
    [['abcdefgh'], 'abcdef…cdefgh', '******…******'],
    [['abcdefgh'], '…bcdefg…', '…bcdefg…'],
    [['abcdxxxx', 'zzabcdyy'], 'zzabcd…', '******…'],
    [['aaaaaaab'], 'aaaaaaaaaa…', 'aaa*******…'],
    [['baaaaaaa'], '…aaaaaaaaaa', '…*******aaa'],
    [['abababac'], 'ababab…', '******…'],
    [[], 'abcd…', 'abcd…'],
  ])('of %j in %j as much is found as tells something: %j', (forms, text, shown) => {
    expect(hidden(forms, text)).toBe(shown);
  });
});
