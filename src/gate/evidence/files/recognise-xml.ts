/** Kinds of XML, by their root element and what stands close to it. */
import type { Format } from './known-formats.ts';
import type { XmlRoot } from './xml-root.ts';

const TRX = 'microsoft.com/schemas/VisualStudio/TeamTest/2010';

/** Root elements that only one format has. */
const ROOTS = new Map<string, Format>([
  ['test-run', 'nunit'],
  ['assemblies', 'xunit.net'],
  ['assembly', 'xunit.net'],
  ['CoverageSession', 'opencover'],
  ['coverageReport', 'ncover'],
  ['PartCoverReport', 'partcover'],
  ['BullseyeCoverage', 'bullseye'],
  ['Site', 'ctest-xml'],
  ['failsafe-summary', 'failsafe-summary'],
  ['testng-results', 'testng-results'],
  ['TestResult', 'boost-xml'],
  ['TestLog', 'boost-xml'],
  ['Catch', 'catch2-xml'],
  ['Catch2TestRun', 'catch2-xml'],
  ['doctest', 'doctest-xml'],
  ['TestCase', 'qtest-xml'],
  ['CUNIT_TEST_RUN_REPORT', 'cunit'],
  ['CUNIT_TEST_LIST_REPORT', 'cunit'],
  ['unittest-results', 'unittest++'],
  ['test-results', 'nunit-2'],
  ['robot', 'robot'],
  ['testExecutions', 'sonarqube-tests'],
  ['unitTest', 'sonarqube-tests'],
  ['testResults', 'jmeter'],
  ['checkstyle', 'checkstyle'],
  ['pmd', 'pmd'],
  ['BugCollection', 'spotbugs'],
  ['html', 'html'],
  ['HTML', 'html'],
]);

/** The same root element in more than one format. */
const SHARED = new Map<string, (root: XmlRoot, text: string) => Format>([
  [
    'results',
    ({ child }) => (child === 'cppcheck' ? 'cppcheck' : child === 'modules' ? 'visual-studio-coverage' : 'xml'),
  ],
  ['Root', ({ tag }) => (/\sCoveredStatements=/.test(tag) ? 'dotcover' : 'xml')],
  ['issues', (_, text) => (/<issues\b[^>]{0,500}\bby="lint\b/.test(text) ? 'android-lint' : 'xml')],
  ['testsuites', junitOrCheck],
  ['testsuite', () => 'junit'],
  [
    'TestRun',
    ({ tag }, text) => (!tag.includes(TRX) && /<(?:FailedTests|SuccessfulTests)\b/.test(text) ? 'cppunit' : 'trx'),
  ],
  ['suite', (_, text) => (/<!DOCTYPE suite\b[^>]{0,200}testng/.test(text) ? 'testng-suite' : 'xml')],
  ['events', ({ tag }) => (tag.includes('schemas.opentest4j.org') ? 'open-test-reporting' : 'xml')],
  ['execution', ({ tag }) => (tag.includes('schemas.opentest4j.org') ? 'open-test-reporting' : 'xml')],
  ['tests', (_, text) => (/<test\b[^>]{0,2000}\bclassName=/.test(text) ? 'phpunit-xml' : 'xml')],
  ['phpunit', ({ tag }) => (tag.includes('/coverage/') ? 'phpunit-coverage' : 'phpunit-xml')],
  ['report', report],
  ['coverage', coverage],
]);

/** @param path of a file that broke off after its root element the name may say what it was to be */
export function xmlFormat(path: string, root: XmlRoot, text: string): Format {
  const format = ROOTS.get(root.name) ?? SHARED.get(root.name)?.(root, text);
  if (format !== undefined) return format;
  return /(?:^|\/)failsafe-summary\.xml$/.test(path) ? 'failsafe-summary' : 'xml';
}

function junitOrCheck({ tag }: XmlRoot): Format {
  return tag.includes('check.sourceforge.net') ? 'check-xml' : 'junit';
}

const IN_JACOCO = new Set(['sessioninfo', 'group', 'package', 'counter']);

function report({ tag, child }: XmlRoot, text: string): Format {
  if (child === 'stats' || child === 'data') return 'emma';
  if (child !== undefined) return IN_JACOCO.has(child) ? 'jacoco' : 'xml';
  return /<!DOCTYPE report\b/.test(text) || /\sname=/.test(tag) ? 'jacoco' : 'xml';
}

/** The first element in each `<coverage>` that is not Cobertura's. */
const IN_COVERAGE = new Map<string, Format>([
  ['project', 'clover'],
  ['testproject', 'clover'],
  ['file', 'sonarqube-coverage'],
  ['lineToCover', 'sonarqube-coverage'],
  ['module', 'ncover'],
]);

/** @returns Cobertura where nothing speaks against it: tools leave out all of it that they can */
function coverage({ tag, child }: XmlRoot): Format {
  if (child !== undefined) return IN_COVERAGE.get(child) ?? 'cobertura';
  return /\s(?:clover|generated)=/.test(tag) ? 'clover' : 'cobertura';
}
