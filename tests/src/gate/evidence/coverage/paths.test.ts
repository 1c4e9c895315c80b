import { expect, test } from 'vitest';
import { pathsIn } from '../../../../../src/gate/evidence/coverage/paths.ts';
import { workspace } from '../workspace.support.ts';

test.each([
  ['in the first of several folders that has it', 'a.js', ['lib', 'src'], 'src/a.js'],
  ['in the one folder, whether it is there or not', 'b.js', ['src'], 'src/b.js'],
  ['as it is, in none of several folders', 'b.js', ['lib', 'src'], 'b.js'],
  ['as it is, without a folder', 'src\\a.js', [], 'src/a.js'],
  ['in a folder whose name no system takes', 'a.js', ['x'.repeat(5_000), 'src'], 'src/a.js'],
  ['as it is, where it is longer than any name', 'y'.repeat(5_000), ['src', 'lib'], 'y'.repeat(5_000)],
])('a file is found %s', (_, path, roots, expected) => {
  expect(pathsIn(workspace({ 'src/a.js': '' }))(path, roots)).toBe(expected);
});
