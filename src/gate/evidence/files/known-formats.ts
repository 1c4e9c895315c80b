/** Every kind of file that PACE knows when it sees one, read or not, and what to have in place of one that is not. */

/** Which sources read a format. */
export type ReadBy = 'tests' | 'sarif' | 'coverage';

export interface KnownFormat {
  /** What people call it. */
  readonly name: string;
  /** Absent where PACE has no reader for it. */
  readonly readBy?: ReadBy;
  /** How to have something that is read. */
  readonly instead?: string;
}

const TEST_XML = 'Have the tests write JUnit XML';
const SOURCE = 'give it a source of `type: sarif`';

function scanner(name: string, run: string): KnownFormat {
  return { name, instead: `Run \`${run}\` and ${SOURCE}.` };
}

export const knownFormats = {
  // read as test reports
  junit: { name: 'JUnit XML', readBy: 'tests' },
  trx: { name: 'TRX', readBy: 'tests' },
  nunit: { name: 'NUnit 3 XML', readBy: 'tests' },
  'xunit.net': { name: 'xUnit.net XML', readBy: 'tests' },
  ctrf: { name: 'CTRF', readBy: 'tests' },
  'go-test-json': { name: 'the output of `go test -json`', readBy: 'tests' },

  // read by other sources
  sarif: { name: 'SARIF', readBy: 'sarif' },
  lcov: { name: 'lcov', readBy: 'coverage' },
  cobertura: { name: 'Cobertura XML', readBy: 'coverage' },
  jacoco: { name: 'JaCoCo XML', readBy: 'coverage' },
  clover: { name: 'Clover XML', readBy: 'coverage' },
  'go-cover': { name: 'a coverage profile of Go', readBy: 'coverage' },
  'coverage.py-json': { name: 'the JSON of coverage.py', readBy: 'coverage' },
  istanbul: { name: 'coverage of Istanbul (JSON)', readBy: 'coverage' },
  'istanbul-summary': { name: 'a coverage summary of Istanbul (JSON)', readBy: 'coverage' },

  // tests, not read
  'ctest-xml': { name: "CTest's own XML for CDash (Test.xml)", instead: 'Run `ctest --output-junit FILE`.' },
  'failsafe-summary': {
    name: 'the summary of Failsafe, which names no test',
    instead: 'Use the `TEST-*.xml` files in the same folder.',
  },
  'testng-results': {
    name: "TestNG's own XML",
    instead: 'Use the `TEST-*.xml` files of Surefire or Gradle, or those in `test-output/junitreports`.',
  },
  'testng-suite': {
    name: 'a suite of TestNG, which says what to run and not what came of it',
    instead: 'Use the `TEST-*.xml` files of Surefire or Gradle, or those in `test-output/junitreports`.',
  },
  'check-xml': { name: "Check's own XML", instead: 'Turn it into JUnit XML.' },
  'boost-xml': { name: "Boost.Test's own XML", instead: 'Run the tests with `--logger=JUNIT,all,FILE`.' },
  'catch2-xml': { name: "Catch2's own XML", instead: 'Run the tests with `--reporter junit --out FILE`.' },
  'doctest-xml': { name: "doctest's own XML", instead: 'Run the tests with `--reporters=junit --out=FILE`.' },
  'qtest-xml': { name: "Qt Test's own XML", instead: 'Run the tests with `-o FILE,junitxml`.' },
  cppunit: { name: "CppUnit's own XML", instead: 'Turn it into JUnit XML.' },
  cunit: { name: "CUnit's own XML", instead: 'Turn it into JUnit XML.' },
  'unittest++': { name: "UnitTest++'s own XML", instead: 'Turn it into JUnit XML.' },
  'nunit-2': {
    name: 'NUnit 2 XML',
    instead: 'Have NUnit write version 3: with nunit3-console leave `format=nunit2` away.',
  },
  'phpunit-xml': { name: "PHPUnit's own XML", instead: 'Run `phpunit --log-junit FILE`.' },
  'open-test-reporting': {
    name: 'Open Test Reporting XML',
    instead: 'Use the JUnit XML that the same tool writes beside it.',
  },
  robot: {
    name: "Robot Framework's output.xml",
    instead: 'Run `robot --xunit FILE`, or `rebot --xunit FILE output.xml`.',
  },
  'sonarqube-tests': { name: "SonarQube's generic test report", instead: `${TEST_XML}.` },
  jmeter: { name: 'the results of JMeter', instead: 'Turn it into JUnit XML.' },
  tap: {
    name: 'TAP',
    instead:
      'Write JUnit XML instead (`node --test-reporter=junit`, `prove --formatter TAP::Formatter::JUnit`), or turn it into that.',
  },
  'jest-json': {
    name: 'the JSON of Jest or Vitest',
    instead: 'Use jest-junit, or `vitest --reporter=junit --outputFile=FILE`.',
  },
  'mocha-json': { name: "Mocha's JSON", instead: 'Use mocha-junit-reporter.' },
  mochawesome: { name: "Mochawesome's JSON", instead: 'Use mocha-junit-reporter.' },
  'playwright-json': { name: "Playwright's JSON", instead: 'Run `playwright test --reporter=junit`.' },
  'cucumber-json': { name: "Cucumber's JSON", instead: 'Use its formatter `junit:FILE`.' },
  'cucumber-messages': { name: "Cucumber's messages", instead: 'Use its formatter `junit:FILE`.' },
  'pytest-json': { name: 'the JSON of pytest-json-report', instead: 'Run `pytest --junitxml=FILE`.' },
  'gtest-json': { name: "GoogleTest's JSON", instead: 'Run the tests with `--gtest_output=xml:FILE`.' },
  'rspec-json': { name: "RSpec's JSON", instead: 'Use rspec_junit_formatter.' },
  'libtest-json': { name: 'the JSON of `cargo test`', instead: 'Use `cargo nextest` with its JUnit report.' },
  'dart-json': { name: 'the JSON of `dart test`', instead: 'Turn it into JUnit XML with `tojunit`.' },
  allure: { name: 'a result of Allure', instead: `${TEST_XML} as well.` },
  newman: { name: "Newman's JSON", instead: 'Run `newman run --reporters junit`.' },

  // findings and coverage, not read
  bandit: { name: "Bandit's JSON", instead: 'Run `bandit -f sarif -o FILE` and give it a source of `type: sarif`.' },
  semgrep: { name: "Semgrep's JSON", instead: 'Run `semgrep scan --sarif` and give it a source of `type: sarif`.' },
  eslint: {
    name: "ESLint's JSON",
    instead: 'Run `eslint -f @microsoft/eslint-formatter-sarif` and give it a source of `type: sarif`.',
  },
  trivy: { name: "Trivy's JSON", instead: 'Run `trivy --format sarif` and give it a source of `type: sarif`.' },
  checkstyle: {
    name: 'Checkstyle XML',
    instead: 'Have the linter write SARIF and give it a source of `type: sarif`.',
  },
  'code-climate': {
    name: 'Code Climate JSON, as GitLab shows it',
    instead: 'Have the linter write SARIF and give it a source of `type: sarif`.',
  },
  pmd: { name: "PMD's own report", instead: 'Run `pmd check -f sarif` and give it a source of `type: sarif`.' },
  spotbugs: { name: "SpotBugs' XML", instead: 'Run `spotbugs -sarif` and give it a source of `type: sarif`.' },
  stylelint: scanner("Stylelint's JSON", 'stylelint --custom-formatter stylelint-sarif-formatter'),
  ruff: scanner("Ruff's JSON", 'ruff check --output-format sarif'),
  gitleaks: scanner("Gitleaks' JSON", 'gitleaks dir --report-format sarif --report-path FILE'),
  hadolint: scanner("Hadolint's JSON", 'hadolint -f sarif'),
  shellcheck: { name: "ShellCheck's JSON", instead: `Give it to \`shellcheck-sarif\`, and ${SOURCE}.` },
  pylint: { name: "Pylint's JSON", instead: `Turn it into SARIF, and ${SOURCE}.` },
  checkov: scanner("Checkov's JSON", 'checkov -o sarif'),
  'npm-audit': {
    name: 'the JSON of `npm audit`',
    instead: 'Have `type: command` run `npm audit`, or another scanner write SARIF.',
  },
  grype: scanner("Grype's JSON", 'grype -o sarif'),
  snyk: scanner("Snyk's JSON", 'snyk test --sarif-file-output=FILE'),
  gosec: scanner("gosec's JSON", 'gosec -fmt sarif -out FILE'),
  'golangci-lint': scanner("golangci-lint's JSON", 'golangci-lint run --output.sarif.path=FILE'),
  kics: scanner("KICS' JSON", 'kics scan --report-formats sarif'),
  tflint: scanner("TFLint's JSON", 'tflint --format sarif'),
  brakeman: scanner("Brakeman's JSON", 'brakeman -f sarif'),
  'dependency-check': scanner("Dependency-Check's JSON", 'dependency-check --format SARIF'),
  'osv-scanner': scanner("OSV-Scanner's JSON", 'osv-scanner --format sarif'),
  rubocop: { name: "RuboCop's JSON", instead: `Turn it into SARIF, and ${SOURCE}.` },
  pyright: { name: "Pyright's JSON", instead: `Turn it into SARIF, and ${SOURCE}.` },
  'pip-audit': { name: "pip-audit's JSON", instead: 'Have `type: command` run `pip-audit`.' },
  staticcheck: scanner("Staticcheck's JSON", 'staticcheck -f sarif'),
  cargo: { name: 'the messages of Cargo', instead: `Give them to \`clippy-sarif\`, and ${SOURCE}.` },
  'gitlab-security': { name: 'a security report of GitLab', instead: `Have the scanner write SARIF, and ${SOURCE}.` },
  cyclonedx: { name: 'a bill of materials (CycloneDX)', instead: 'Have a scanner read it that writes SARIF.' },
  spdx: { name: 'a bill of materials (SPDX)', instead: 'Have a scanner read it that writes SARIF.' },
  cppcheck: scanner("Cppcheck's XML", 'cppcheck --output-format=sarif --output-file=FILE'),
  'android-lint': { name: "Android Lint's XML", instead: `Set \`sarifReport = true\`, and ${SOURCE}.` },
  'sonarqube-coverage': {
    name: "SonarQube's generic coverage",
    instead: 'Have the tool write lcov or Cobertura XML and give it a source of `type: coverage`.',
  },
  opencover: {
    name: "OpenCover's XML",
    instead: 'Turn it into Cobertura XML (`reportgenerator -reporttypes:Cobertura`).',
  },
  'phpunit-coverage': { name: "PHPUnit's coverage XML", instead: 'Run `phpunit --coverage-cobertura FILE`.' },
  'gcov-json': {
    name: "gcov's JSON",
    instead: 'Run `gcovr --cobertura FILE` and give it a source of `type: coverage`.',
  },
  'gcovr-json': {
    name: "gcovr's JSON",
    instead: 'Run `gcovr --cobertura FILE` and give it a source of `type: coverage`.',
  },

  // anything else
  html: { name: 'HTML', instead: 'Use the report that the same tool writes for machines.' },
  empty: { name: 'an empty file', instead: 'The tool that writes it may have been stopped.' },
  xml: { name: 'XML of a kind that PACE does not know' },
  json: { name: 'JSON of a kind that PACE does not know' },
  text: { name: 'text, neither XML nor JSON' },
} satisfies Record<string, KnownFormat>;

export type Format = keyof typeof knownFormats;
