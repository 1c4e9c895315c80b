import { describe, expect, test } from 'vitest';
import { fileGroups } from '../../../../../src/gate/evidence/detect/file-groups.ts';

const patterns = (files: readonly string[], others: readonly string[] = []) =>
  fileGroups(files, [...files, ...others].sort()).map((group) => group.patterns);

describe('files of one kind', () => {
  test.each<[string, string[], string[], string[][]]>([
    ['alone are their path', ['coverage/lcov.info'], [], [['coverage/lcov.info']]],
    ['at the root are their path', ['junit.xml'], [], [['junit.xml']]],
    ['alone keep signs of globs as they are', ['odd (1)/[x].xml'], [], [['odd \\(1\\)/\\[x\\].xml']]],
    ['in one folder are all of an ending', ['r/a.xml', 'r/b.xml'], ['r/c.json', 's/d.xml'], [['r/*.xml']]],
    ['at the root too', ['a.xml', 'b.xml'], ['r/c.xml'], [['*.xml']]],
    ['with a long ending', ['r/a.sarif.json', 'r/b.sarif.json'], ['r/c.json'], [['r/*.sarif.json']]],
    ['beside others have what is alike', ['r/unit-1.xml', 'r/unit-2.xml'], ['r/pom.xml'], [['r/unit-*.xml']]],
    ['beside others have a like end', ['r/a.junit.xml', 'r/b.junit.xml'], ['r/pom.xml'], [['r/*.junit.xml']]],
    ['of several endings too', ['r/junit.xml', 'r/junit.txt'], ['r/pom.xml'], [['r/junit.*']]],
    ['that nothing tells are listed', ['r/a.xml', 'r/b.xml'], ['r/c.xml'], [['r/a.xml', 'r/b.xml']]],
    ['that only begin alike do not overlap', ['r/a.xml', 'r/a.xml.xml'], ['r/b.xml'], [['r/a.xml*']]],
    ['in a hidden folder are named', ['.out/a.xml', '.out/b.xml'], [], [['.out/*.xml']]],
    [
      'of packages are one glob',
      ['packages/a/reports/junit.xml', 'packages/b/reports/junit.xml'],
      [],
      [['packages/*/reports/junit.xml']],
    ],
    ['of folders at several depths too', ['a/reports/x.xml', 'reports/x.xml'], [], [['**/reports/x.xml']]],
    ['of the root and a folder too', ['x.xml', 'a/x.xml'], [], [['**/x.xml']]],
    ['of deep folders too', ['m/a/b/x.xml', 'm/c/x.xml'], [], [['m/**/x.xml']]],
    ['of many folders are one of globs', ['a/r/1.xml', 'a/r/2.xml', 'b/r/3.xml', 'b/r/4.xml'], [], [['*/r/*.xml']]],
    ['whose glob would mean another are not', ['a/x.xml', 'b/x.xml'], ['c/x.xml'], [['a/x.xml'], ['b/x.xml']]],
    ['that are called otherwise are not', ['a/x.xml', 'b/y.xml'], [], [['a/x.xml'], ['b/y.xml']]],
    ['of hidden folders are not', ['.a/x.xml', 'b/x.xml'], [], [['.a/x.xml'], ['b/x.xml']]],
    [
      'of Maven are all modules',
      ['a/target/surefire-reports/TEST-A.xml', 'target/failsafe-reports/TEST-B.xml'],
      ['a/target/surefire-reports/A.txt'],
      [['**/target/surefire-reports/TEST-*.xml'], ['**/target/failsafe-reports/TEST-*.xml']],
    ],
    [
      'of Gradle are all tasks',
      ['a/build/test-results/test/TEST-A.xml', 'build/test-results/it/TEST-B.xml', 'r/x.xml'],
      [],
      [['**/build/test-results/**/TEST-*.xml'], ['r/x.xml']],
    ],
  ])('%s', (_, files, others, expected) => {
    expect(patterns(files, others)).toEqual(expected);
  });
});

test('the files of a group are told', () => {
  expect(fileGroups(['b/x.xml', 'a/x.xml'], ['a/x.xml', 'b/x.xml'])).toEqual([
    { patterns: ['*/x.xml'], files: ['a/x.xml', 'b/x.xml'] },
  ]);
});
