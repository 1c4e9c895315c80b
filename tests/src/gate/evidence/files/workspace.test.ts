import { posix } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathBelow, reportedPath } from '../../../../../src/gate/evidence/files/workspace.ts';

test.each<[string, string | undefined]>([
  ['src/a.ts', 'src/a.ts'],
  ['./src/../a.ts', 'a.ts'],
  ['src\\a.ts', 'src/a.ts'],
  ['src/', 'src'],
  ['.github/a.yml', '.github/a.yml'],
  ['..a/b', '..a/b'],
  ['a/../../work/b', 'b'],
  ['/work/a.ts', 'a.ts'],
  ['file:///work/a.ts', 'a.ts'],
  ['/work', undefined],
  ['.', undefined],
  ['..', undefined],
  ['../a.ts', undefined],
  ['a/../../b', undefined],
  ['/elsewhere/a.ts', undefined],
  ['file:///elsewhere/a.ts', undefined],
  ['https://a.example/b', undefined],
  ['C:\\work\\a.ts', undefined],
  ['a\0b', undefined],
  ['', undefined],
])('%j means %j in /work', (path, expected) => {
  expect(reportedPath(path, '/work')).toBe(expected);
});

test('a path is what its words say, whatever way they take', () => {
  const step = fc.constantFrom('a', 'b.ts', '.', '..', '.a', '', 'work', ' ');
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
      const path = steps.join('/');
      fc.pre(path !== '');
      expect(reportedPath(path, '/work')).toBe(pathBelow(posix.normalize(path), '/work'));
    }),
  );
});
