/** Kinds of reports of tests. */
import type { KnownFormat } from './known-format.ts';

const TEST_XML = 'Have the tests write JUnit XML';

export const knownTests = {
  junit: { name: 'JUnit XML', isRead: true },
  trx: { name: 'TRX', isRead: true },
  nunit: { name: 'NUnit 3 XML', isRead: true },
  'xunit.net': { name: 'xUnit.net XML', isRead: true },
  ctrf: { name: 'CTRF', isRead: true },
  'go-test-json': { name: 'the output of `go test -json`', isRead: true },

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
} satisfies Record<string, KnownFormat>;
