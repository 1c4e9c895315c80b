/** Kinds of JSON, by the keys at their beginning. */
import type { Format } from './known-formats.ts';

/** The first of them whose keys are all there; those with the most telling keys stand first. */
const BY_KEYS: readonly (readonly [Format, ...string[]])[] = [
  ['ctrf', 'results', 'results.tool', 'results.summary'],
  ['ctrf', 'results', 'results.tool', 'results.tests'],
  ['ctrf', 'reportFormat', 'specVersion'],
  ['sarif', 'runs', 'runs.tool'],
  ['sarif', '$schema', 'version', 'runs'],
  ['go-test-json', 'Action', 'Package'],
  ['go-test-json', 'Action', 'ImportPath'],
  ['go-test-json', 'Action', 'Test'],
  ['go-test-json', 'Action', 'Time'],
  ['jest-json', 'numTotalTests', 'testResults'],
  ['jest-json', 'numTotalTests', 'numFailedTests'],
  ['mochawesome', 'stats', 'results', 'meta'],
  ['mochawesome', 'stats', 'stats.passPercent'],
  ['mocha-json', 'stats', 'stats.passes', 'tests'],
  ['playwright-json', 'config', 'suites', 'stats'],
  ['playwright-json', 'config', 'config.projects', 'config.rootDir'],
  ['cucumber-json', 'uri', 'elements', 'keyword'],
  ['cucumber-json', 'elements', 'elements.steps'],
  ['cucumber-messages', 'meta', 'meta.protocolVersion'],
  ['pytest-json', 'exitcode', 'root', 'environment'],
  ['gtest-json', 'testsuites', 'disabled', 'failures'],
  ['rspec-json', 'examples', 'examples.full_description'],
  ['dart-json', 'protocolVersion', 'runnerVersion'],
  ['allure', 'uuid', 'historyId'],
  ['allure', 'uuid', 'statusDetails'],
  ['newman', 'collection', 'run'],
  ['bandit', 'generated_at', 'metrics', 'errors'],
  ['semgrep', 'results', 'errors', 'paths.scanned'],
  ['semgrep', 'results.check_id'],
  ['eslint', 'filePath', 'messages', 'errorCount'],
  ['code-climate', 'check_name', 'fingerprint'],
  ['pmd', 'formatVersion', 'pmdVersion'],
  ['trivy', 'SchemaVersion', 'ArtifactName'],
  ['coverage.py-json', 'meta', 'files', 'meta.branch_coverage'],
  ['coverage.py-json', 'meta', 'files', 'meta.show_contexts'],
  ['gcov-json', 'files', 'gcc_version'],
  ['gcovr-json', 'gcovr/format_version', 'files'],
  ['gcovr-json', 'gcovr/summary_format_version'],
  ['libtest-json', 'type', 'event', 'test_count'],
  ['istanbul-summary', 'total', 'total.lines', 'total.lines.pct'],
];

export function jsonFormat(path: string, keys: ReadonlySet<string>): Format {
  for (const [format, ...wanted] of BY_KEYS) {
    if (wanted.every((key) => keys.has(key))) return format;
  }
  // keyed by the files that it tells of
  if ([...keys].some((key) => key.endsWith('.statementMap'))) return 'istanbul';
  return /-result\.json$/.test(path) && keys.has('uuid') ? 'allure' : 'json';
}
