import fc from 'fast-check';
import picomatch from 'picomatch';
import { expect, test } from 'vitest';
import { nameMatcher } from '../../../core/text/name-matcher.ts';

test.each([
  ['ci / *', 'ci / test (linux)', true],
  ['*e2e*linux*', 'test / e2e (linux, 22)', true],
  ['*e2e*linux*', 'test / linux (e2e)', false],
  ['junit: *flaky*', 'junit: a.b.Flaky', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['*', 'anything / at all', true],
  ['{lint,test}*', 'test (22)', true],
  ['test (?)', 'test (?)', true],
])('%j meets %j: %j', (pattern, name, meets) => {
  expect(nameMatcher([pattern])(name)).toBe(meets);
});

test('stars mean what they mean to the library for globs', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '/', '.', '-'), minLength: 1, maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '/', '.', '-', '*'), minLength: 1, maxLength: 8 });
  fc.assert(
    // no name begins or ends with a blank, a dot or a slash
    fc.property(pattern, word, (glob, middle) => {
      const name = `a${middle}b`;
      const matches = picomatch(glob, { bash: true, dot: true, nonegate: true });
      expect(nameMatcher([glob])(name)).toBe(glob === name || matches(name));
    }),
    { numRuns: 3_000 },
  );
});

test('a name that nearly meets a pattern in very many ways ends', () => {
  expect(nameMatcher(['*a*a*a*a*a*b'])('a'.repeat(100_000))).toBe(false);
});
