/** Kinds of JSON, by the keys at their beginning. */
import type { Format } from './known-formats.ts';

/** The first of them whose keys are all there; those with the most telling keys stand first. */
const BY_KEYS: readonly (readonly [Format, ...string[]])[] = [
  ['ctrf', 'results', 'results.tool', 'results.summary'],
  ['ctrf', 'results', 'results.tool', 'results.tests'],
  ['ctrf', 'reportFormat', 'specVersion'],
  ['sarif', 'runs', 'runs.tool'],
  ['sarif', 'version', 'runs'],
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
  ['stylelint', 'source', 'invalidOptionWarnings'],
  ['ruff', 'filename', 'code', 'noqa_row'],
  ['gitleaks', 'RuleID', 'StartLine', 'Secret'],
  ['pylint', 'message-id', 'symbol'],
  ['shellcheck', 'file', 'endLine', 'level', 'fix'],
  ['shellcheck', 'comments.endLine', 'comments.level'],
  ['hadolint', 'file', 'line', 'level', 'code'],
  ['checkov', 'check_type', 'results'],
  ['npm-audit', 'auditReportVersion'],
  ['npm-audit', 'actions', 'advisories'],
  ['grype', 'matches.vulnerability', 'matches.artifact'],
  ['grype', 'matches', 'descriptor'],
  ['snyk', 'vulnerabilities.upgradePath', 'vulnerabilities.isPatchable'],
  ['snyk', 'vulnerabilities', 'dependencyCount'],
  ['gosec', 'Golang errors', 'Issues'],
  ['golangci-lint', 'Issues', 'Issues.FromLinter'],
  ['golangci-lint', 'Issues', 'Report'],
  ['kics', 'kics_version'],
  ['tflint', 'issues.rule', 'issues.callers'],
  ['tflint', 'issues', 'errors'],
  ['brakeman', 'scan_info', 'scan_info.brakeman_version'],
  ['dependency-check', 'reportSchema', 'scanInfo'],
  ['osv-scanner', 'results.source', 'results.packages'],
  ['rubocop', 'metadata.rubocop_version'],
  ['pyright', 'version', 'generalDiagnostics'],
  ['pip-audit', 'dependencies', 'dependencies.vulns'],
  ['staticcheck', 'code', 'severity', 'location', 'end'],
  ['cargo', 'reason', 'package_id'],
  ['gitlab-security', 'vulnerabilities.identifiers', 'vulnerabilities.location'],
  ['gitlab-security', 'vulnerabilities', 'scan.scanner'],
  ['cyclonedx', 'bomFormat'],
  ['spdx', 'spdxVersion'],
  ['simplecov', 'meta.simplecov_version'],
  ['simplecov', 'result', 'result.line'],
  ['coverage.py-json', 'meta', 'files', 'meta.branch_coverage'],
  ['coverage.py-json', 'meta', 'files', 'meta.show_contexts'],
  ['gcov-json', 'files', 'gcc_version'],
  ['gcovr-json', 'gcovr/format_version', 'files'],
  ['gcovr-summary', 'gcovr/summary_format_version', 'files'],
  ['llvm-cov-json', 'data.files.segments'],
  ['llvm-cov-json', 'data.files.summary', 'data.totals'],
  ['v8-coverage', 'result.scriptId', 'result.functions'],
  ['libtest-json', 'type', 'event', 'test_count'],
];

/** Formats whose keys are the files that they tell of: the first that fits one of the keys, with those above it. */
const BY_INNER_KEY: readonly (readonly [Format, RegExp])[] = [
  ['istanbul', /\.statementMap$/],
  ['istanbul-summary', /^total\.lines\.|\.lines\.(?:covered|pct)$/],
  ['coverage.py-json', /^files\..*\.executed_lines$/],
  ['simplecov', /\.coverage\..*\.rb$/],
];

export function jsonFormat(path: string, keys: ReadonlySet<string>): Format {
  for (const [format, ...wanted] of BY_KEYS) {
    if (wanted.every((key) => keys.has(key))) return format;
  }
  const all = [...keys];
  const known = BY_INNER_KEY.find(([, pattern]) => all.some((key) => pattern.test(key)));
  if (known !== undefined) return known[0];
  return /-result\.json$/.test(path) && keys.has('uuid') ? 'allure' : 'json';
}
