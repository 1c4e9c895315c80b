import { expect, it } from 'vitest';
import { pathsAmong } from '../../../../../src/gate/evidence/coverage/same-path.ts';

const find = pathsAmong([
  'main.go',
  'cmd/main.go',
  'src/a.js',
  'a.js',
  'one/src/main/java/com/example/A.java',
  'one/src/main/java/com/example/B.java',
  'two/src/main/java/com/example/B.java',
]);

it.each([
  ['the same path', 'src/a.js', 'src/a.js'],
  ['another root', '/app/src/a.js', 'src/a.js'],
  ['another root, and a file at it', '/app/a.js', 'a.js'],
  ['a drive of Windows', 'C:/work/src/a.js', 'src/a.js'],
  ['a module of Go', 'example.test/shop/main.go', 'main.go'],
  ['a package of a module', 'example.test/shop/cmd/main.go', 'cmd/main.go'],
  ['a package of Java', 'com/example/A.java', 'one/src/main/java/com/example/A.java'],
  ['a package of Java in two modules', 'com/example/B.java', undefined],
  ['a name that another one ends with', 'xa.js', undefined],
  ['a folder that another one ends with', 'xsrc/b.js', undefined],
  ['a file that there is not', 'src/b.js', undefined],
  ['nothing', '', undefined],
])('%s', (_, path, expected) => {
  expect(find(path)).toBe(expected);
});
