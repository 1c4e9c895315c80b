import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detectedEvidence } from '../../../../../src/gate/evidence/detect/detect.ts';
import { reportName } from '../../../../../src/gate/evidence/detect/report-names.ts';
import { filesBelow } from '../../../../../src/gate/evidence/detect/walk.ts';
import { configOf, fixture, workspace } from '../workspace.support.ts';

const JUNIT = '<testsuite><testcase name="t"/></testsuite>';

test.each([
  ['a/junit.xml', 'telling'],
  ['junit-unit.xml', 'telling'],
  ['a.junit.xml', 'telling'],
  ['junit5.xml', 'possible'],
  ['TEST-a.xml', 'telling'],
  ['TESTS.xml', 'possible'],
  ['x.sarif', 'telling'],
  ['x.sarif.json', 'telling'],
  ['lcov.info', 'telling'],
  ['py.lcov', 'telling'],
  ['git.info', 'possible'],
  ['cobertura-coverage.xml', 'telling'],
  ['jacocoTestReport.xml', 'telling'],
  ['clover.xml', 'telling'],
  ['coverage.xml', 'telling'],
  ['coverage-final.json', 'telling'],
  ['coverage.out', 'telling'],
  ['discoverage.xml', 'possible'],
  ['a.trx', 'telling'],
  ['a.tap', 'telling'],
  ['ctrf-report.json', 'telling'],
  ['test-results.xml', 'telling'],
  ['e2e_report.json', 'telling'],
  ['package.json', 'possible'],
  ['pom.xml', 'possible'],
  ['events.jsonl', 'possible'],
  ['a.txt', 'none'],
  ['xml', 'none'],
  ['coverage.xml/a.ts', 'none'],
])('%s is a %s name', (path, says) => {
  expect(reportName(path)).toBe(says);
});

test('the content tells what a file is, whatever it is called', async () => {
  const cwd = workspace({
    'a/build.xml': JUNIT,
    'a/pom.xml': '<project/>',
    'b/results.json': '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}}}]}',
    'b/package.json': '{"name":"x"}',
    'c/out.info': 'TN:\nSF:a.js\nend_of_record\n',
    'c/git.info': 'nothing',
    'd/coverage.xml': '<coverage line-rate="1"></coverage>',
    'e/notes.txt': JUNIT,
    'e/page.xml': '<!doctype html><html></html>',
  });
  const { sources, unread, isWhole } = await detectedEvidence({ cwd });
  expect(sources.map(({ type, path }) => [type, path])).toEqual([
    ['junit', 'a/build.xml'],
    ['sarif', 'b/results.json'],
    ['coverage', 'c/out.info'],
    ['coverage', 'd/coverage.xml'],
  ]);
  expect([unread, isWhole]).toEqual([[], true]);
});

test('files that only their name calls a report are named, with what is wrong', async () => {
  const cwd = workspace({
    'a/junit.xml': '',
    'b/junit.xml': '<project/>',
    'c/x.sarif': 'PK\0\u0003',
    'd/report.xml': '',
    'e/lcov.info': 'hello',
    'f/x.sarif': '{"runs":[]}',
  });
  expect((await detectedEvidence({ cwd })).unread).toEqual([
    { path: 'a/junit.xml', files: 1, what: 'an empty file', instead: 'The tool that writes it may have been stopped.' },
    {
      ...{ path: 'b/junit.xml', files: 1, what: 'XML of a kind that PACE does not know' },
      instead: 'See which report the tool can write besides.',
    },
    {
      ...{ path: 'c/x.sarif', files: 1, what: 'a file that cannot be read' },
      instead: expect.stringMatching(/^It is binary, not text/),
    },
    {
      ...{ path: 'e/lcov.info', files: 1, what: 'text, neither XML nor JSON' },
      instead: 'See which report the tool can write besides.',
    },
    {
      ...{ path: 'f/x.sarif', files: 1, what: 'JSON of a kind that PACE does not know' },
      instead: 'See which report the tool can write besides.',
    },
  ]);
});

test('what the configuration has is not proposed again, and its names are not taken', async () => {
  const cwd = workspace({ 'a/junit.xml': JUNIT, 'b/x/api.xml': JUNIT });
  const { sources } = await detectedEvidence(
    { cwd },
    { evidence: [configOf({ type: 'junit', name: 'unit tests', path: 'a/*.xml' })] },
  );
  expect(sources).toMatchObject([{ name: 'unit tests (b)', path: 'b/x/api.xml' }]);
});

test('coverage that lies beside what the configuration reads is the same run in another format', async () => {
  const cwd = workspace({
    'a/lcov.info': 'SF:a.js\nend_of_record\n',
    'a/cobertura.xml': '<coverage line-rate="1"></coverage>',
    'a/junit.xml': JUNIT,
    'b/cobertura.xml': '<coverage line-rate="1"></coverage>',
  });
  const evidence = [configOf({ type: 'coverage', name: 'lines', path: 'a/lcov.info' })];
  const { sources } = await detectedEvidence({ cwd }, { evidence });
  expect(sources.map(({ path }) => path)).toEqual(['a/junit.xml', 'b/cobertura.xml']);
});

test('fixtures of real tools are told', async () => {
  const cwd = workspace({
    'r/pytest.xml': fixture('junit/pytest.xml'),
    's/codeql.sarif': fixture('sarif/codeql.sarif'),
    's/trivy.sarif': fixture('sarif/trivy.sarif'),
    'c/a.info': fixture('coverage/lcov.info'),
    'd/a.xml': fixture('coverage/cobertura.xml'),
    'e/a.json': fixture('coverage/coverage-summary.json'),
  });
  expect((await detectedEvidence({ cwd })).sources.map(({ found, path }) => [path, found])).toEqual([
    ['r/pytest.xml', '1 file: JUnit XML'],
    ['s/*.sarif', '2 files: SARIF'],
    ['c/a.info', '1 file: lcov'],
    ['d/a.xml', '1 file: Cobertura XML'],
    ['e/a.json', '1 file: a coverage summary of Istanbul (JSON)'],
  ]);
});

test('what is installed, kept by git, a link or an input of tests is left out', async () => {
  const cwd = workspace(
    Object.fromEntries(
      [
        ...[
          'node_modules/m',
          '.git',
          '.venv/lib',
          'vendor/v',
          'tests/fixtures',
          'go/testdata',
          '.pace/day-1',
          'env/lib',
        ],
        ...['target', '.hidden'],
      ].map((folder) => [`${folder}/junit.xml`, JUNIT]),
    ),
  );
  writeFileSync(join(cwd, 'env/pyvenv.cfg'), '');
  symlinkSync(join(cwd, 'target'), join(cwd, 'linked'));
  symlinkSync(join(cwd, 'target/junit.xml'), join(cwd, 'linked.xml'));
  expect(await filesBelow(cwd)).toEqual({ files: ['.hidden/junit.xml', 'target/junit.xml'], isWhole: true });
});

test('the bounds are told', async () => {
  const cwd = workspace({ 'a.xml': 'x', 'b/c.xml': 'x', 'b/d/e.xml': 'x' });
  const walked = async (bounds: Parameters<typeof filesBelow>[2]) => {
    const { files, isWhole } = await filesBelow(cwd, undefined, bounds);
    return [files.length, isWhole];
  };
  expect(await walked({ folders: 3 })).toEqual([3, true]);
  expect(await walked({ folders: 2 })).toEqual([2, false]);
  expect(await walked({ files: 3 })).toEqual([3, true]);
  expect(await walked({ files: 2 })).toEqual([2, false]);
  const deep = (depth: number) => workspace({ [`${'d/'.repeat(depth)}a.xml`]: 'x' });
  expect(await filesBelow(deep(24))).toMatchObject({ files: { length: 1 }, isWhole: true });
  expect(await filesBelow(deep(25))).toEqual({ files: [], isWhole: false });
});

test('a search can be stopped, and a folder that cannot be opened is passed over', async () => {
  const cwd = workspace({ 'junit.xml': JUNIT });
  await expect(filesBelow(cwd, AbortSignal.abort())).rejects.toThrow('abort');
  await expect(detectedEvidence({ cwd }, { signal: AbortSignal.abort() })).rejects.toThrow('abort');
  mkdirSync(join(cwd, 'closed'));
  chmodSync(join(cwd, 'closed'), 0o000);
  expect((await filesBelow(cwd)).files).toEqual(['junit.xml']);
  chmodSync(join(cwd, 'closed'), 0o700);
});

test('only so many files are opened, and those first whose names tell', async () => {
  const cwd = workspace({ 'a/1.xml': JUNIT, 'a/2.json': '{}', 'z/junit.xml': JUNIT });
  const found = async (mostOpened: number) => {
    const { sources, isWhole } = await detectedEvidence({ cwd }, { mostOpened });
    return [sources.map(({ path }) => path), isWhole];
  };
  expect(await found(1)).toEqual([['z/junit.xml'], false]);
  expect(await found(2)).toEqual([['a/1.xml', 'z/junit.xml'], false]);
  expect(await found(3)).toEqual([['a/1.xml', 'z/junit.xml'], true]);
});
