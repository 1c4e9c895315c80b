import { describe, expect, test } from 'vitest';
import { type TestFile, testsFor } from '../../../.ci/mutation/tests-for.ts';

const ids = (count: number) => Array.from({ length: count }, (_, at) => `test-${at}`);

function passing(path: string, count: number, { always = false, tests = count } = {}): TestFile {
  return { path, tests, hits: { m: { count, always, tests: ids(count) } } };
}

const pathsFor = (file: string, files: readonly TestFile[]) =>
  testsFor({ id: 'm', file }, files).map(({ path }) => path);

describe('the tests that a mutant is shown to', () => {
  test('are those that come by', () => {
    const files = [passing('tests/src/gate/day.test.ts', 2), { path: 'tests/src/other.test.ts', tests: 4, hits: {} }];
    expect(testsFor({ id: 'm', file: 'src/gate/day.ts' }, files)).toEqual([
      { path: 'tests/src/gate/day.test.ts', testIds: ['test-0', 'test-1'] },
    ]);
    expect(testsFor({ id: 'another', file: 'src/gate/day.ts' }, files)).toEqual([]);
  });

  test('begin with the mirror of the source, then its folder, then what is near, the short before the long', () => {
    const files = [
      passing('tests/contract/memory-driver.test.ts', 1),
      passing('tests/platforms/jira/issues.test.ts', 9),
      passing('tests/platforms/local/issues.test.ts', 5),
      passing('tests/platforms/graphql.test.ts', 7),
      passing('tests/platforms/http.test.ts', 20),
    ];
    expect(pathsFor('platforms/http.ts', files)).toEqual([
      'tests/platforms/http.test.ts',
      'tests/platforms/graphql.test.ts',
      'tests/platforms/local/issues.test.ts',
      'tests/platforms/jira/issues.test.ts',
      'tests/contract/memory-driver.test.ts',
    ]);
    expect(pathsFor('platforms/jira/wire.ts', files).slice(0, 2)).toEqual([
      'tests/platforms/jira/issues.test.ts',
      'tests/platforms/local/issues.test.ts',
    ]);
  });

  test('know a mirror that looks at one side of its source', () => {
    const files = [
      passing('tests/platforms/jira/a.test.ts', 1),
      passing('tests/platforms/jira/issues.contract.test.ts', 9),
    ];
    expect(pathsFor('platforms/jira/issues.ts', files)[0]).toBe('tests/platforms/jira/issues.contract.test.ts');
  });

  test('are all those of a file that comes by while it is loaded', () => {
    const files = [passing('tests/platforms/jira/wire.test.ts', 1, { always: true, tests: 9 })];
    expect(testsFor({ id: 'm', file: 'platforms/jira/wire.ts' }, files)).toEqual([
      { path: 'tests/platforms/jira/wire.test.ts' },
    ]);
  });

  test('are bounded in files and in tests', () => {
    const many = Array.from({ length: 40 }, (_, at) => passing(`tests/platforms/p${at}/a.test.ts`, 1));
    expect(testsFor({ id: 'm', file: 'core/http.ts' }, many)).toHaveLength(16);
    const long = [
      passing('tests/core/a.test.ts', 450),
      passing('tests/core/b.test.ts', 460),
      passing('tests/core/c.test.ts', 470),
    ];
    const shown = testsFor({ id: 'm', file: 'core/http.ts' }, long);
    expect(shown.map(({ path, testIds }) => [path, testIds?.length])).toEqual([
      ['tests/core/a.test.ts', 450],
      ['tests/core/b.test.ts', 50],
    ]);
  });
});
