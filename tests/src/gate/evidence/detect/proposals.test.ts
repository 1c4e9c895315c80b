import { describe, expect, test } from 'vitest';
import {
  configuredFiles,
  type KnownFile,
  proposals,
  unreadFiles,
} from '../../../../../src/gate/evidence/detect/proposals.ts';
import { configOf } from '../workspace.support.ts';

const FORMATS = {
  junit: { name: 'JUnit XML', readBy: 'tests' },
  sarif: { name: 'SARIF', readBy: 'sarif' },
  lcov: { name: 'lcov', readBy: 'coverage' },
  cobertura: { name: 'Cobertura XML', readBy: 'coverage' },
  'istanbul-summary': { name: 'a summary', readBy: 'coverage' },
  clover: { name: 'Clover XML', readBy: 'coverage' },
  mystery: { name: 'a mystery', readBy: 'coverage' },
} as const;

function known(files: Readonly<Record<string, keyof typeof FORMATS>>): KnownFile[] {
  return Object.entries(files).map(([path, format]) => ({ path, format, ...FORMATS[format] }));
}

function proposed(files: Parameters<typeof known>[0], taken: readonly string[] = []) {
  const found = known(files);
  return proposals(
    found,
    found.map(({ path }) => path),
    taken,
  );
}

describe('sources', () => {
  test('are proposed for tests, scans and coverage, with what was found', () => {
    expect(proposed({ 'coverage/lcov.info': 'lcov', 's/x.sarif': 'sarif', 'r/a.xml': 'junit', 'r/b.xml': 'junit' })).toEqual(
      [
        { type: 'junit', name: 'unit tests', path: 'r/*.xml', found: '2 files: JUnit XML', files: 2 },
        { type: 'sarif', name: 'code scan', path: 's/x.sarif', found: '1 file: SARIF', files: 1 },
        { type: 'coverage', name: 'line coverage', path: 'coverage/lcov.info', found: '1 file: lcov', files: 1 },
      ],
    ); // biome-ignore format: one line
  });

  test('have a list of paths where no glob means them alone', () => {
    const found = known({ 'r/a.xml': 'junit', 'r/b.xml': 'junit' });
    expect(proposals(found, ['r/a.xml', 'r/b.xml', 'r/pom.xml'], [])).toMatchObject([{ path: ['r/a.xml', 'r/b.xml'] }]);
  });

  test.each<[string[], string]>([
    [[], 'unit tests'],
    [['unit tests'], 'unit tests (e2e)'],
    [['unit tests', 'unit tests (e2e)'], 'unit tests (api)'],
    [['unit tests', 'unit tests (e2e)', 'unit tests (api)'], 'unit tests 2'],
    [['unit tests', 'unit tests (e2e)', 'unit tests (api)', 'unit tests 2'], 'unit tests 3'],
  ])('have a name that none of %j has: %s', (taken, name) => {
    expect(proposed({ 'e2e/reports/api.xml': 'junit' }, taken)).toMatchObject([{ name }]);
  });

  test('of one kind have names that differ', () => {
    const names = proposed({ 'web/one.xml': 'junit', 'api/two.xml': 'junit' }).map(({ name }) => name);
    expect(names).toEqual(['unit tests', 'unit tests (api)']);
  });

  test('for coverage are the most telling of a folder', () => {
    const files = { 'c/lcov.info': 'lcov', 'c/cobertura.xml': 'cobertura', 'c/summary.json': 'istanbul-summary' } as const;
    expect(proposed(files).map(({ path }) => path)).toEqual(['c/lcov.info']);
    expect(proposed({ ...files, 'd/cobertura.xml': 'cobertura', 'd/s.json': 'istanbul-summary' }).map(({ path }) => path)).toEqual([
      'c/lcov.info',
      'd/cobertura.xml',
    ]); // biome-ignore format: a list
    expect(proposed({ 'c/a.x': 'mystery', 'c/s.json': 'istanbul-summary' }).map(({ path }) => path)).toEqual(['c/a.x', 'c/s.json']);
    expect(proposed({ 'c/s.json': 'istanbul-summary', 'c/x.xml': 'clover' }).map(({ path }) => path)).toEqual(['c/x.xml']);
    expect(proposed({ 'c/a.x': 'mystery', 'c/lcov.info': 'lcov' }).map(({ path }) => path)).toEqual(['c/lcov.info']);
  }); // biome-ignore format: one line each
});

test('what is not read is named with what to do', () => {
  const checkstyle = (path: string): KnownFile => ({
    path,
    format: 'checkstyle',
    name: 'Checkstyle XML',
    instead: 'Use SARIF.',
  });
  const found = [checkstyle('l/a.xml'), checkstyle('l/b.xml'), { path: 'x.xml', format: 'xml', name: 'XML' }];
  expect(unreadFiles(found, ['l/a.xml', 'l/b.xml', 'x.xml'])).toEqual([
    { path: 'l/*.xml', files: 2, what: 'Checkstyle XML', instead: 'Use SARIF.' },
    { path: 'x.xml', files: 1, what: 'XML', instead: 'See which report the tool can write besides.' },
  ]);
  expect(unreadFiles(found, ['l/a.xml', 'l/b.xml', 'l/c.xml', 'x.xml'])).toMatchObject([
    { path: 'l/a.xml', files: 1 },
    { path: 'l/b.xml', files: 1 },
    { path: 'x.xml' },
  ]);
  expect(unreadFiles(known({ 'a.xml': 'junit' }), ['a.xml'])).toEqual([]);
});

test.each<[string | string[], string[], string, boolean]>([
  ['r/*.xml', [], 'r/a.xml', true],
  ['r/*.xml', [], 's/a.xml', false],
  ['.//r//*.xml', [], 'r/a.xml', true],
  [['s/*.xml', 'r/a.xml'], [], 'r/a.xml', true],
  ['odd (1).xml', [], 'odd (1).xml', true],
  ['**/*.xml', [], '.out/a.xml', false],
  ['**/*.xml', ['**/.out/**'], 'r/a.xml', true],
  ['r/*.xml', ['r/a*'], 'r/a.xml', false],
  ['r/*.xml', ['r/a*'], 'r/b.xml', true],
  ['day-{day}/{name}.xml', [], 'day-3/unit.xml', true],
  ['day-{day}/{name}.xml', [], 'day-3/other.xml', false],
])('a source of %j without %j reads %s: %j', (path, exclude, file, reads) => {
  expect(configuredFiles([configOf({ type: 'junit', path, exclude })])(file)).toBe(reads);
});

test('a source without a path reads no file', () => {
  expect(configuredFiles([configOf({ type: 'command', run: 'true' })])('a')).toBe(false);
  expect(configuredFiles([configOf({ type: 'report' })])('.pace/day-3/unit.md')).toBe(true);
});
