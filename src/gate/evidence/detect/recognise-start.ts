/** Tells what a file is from its beginning, as far as sources are proposed for it. Pure. */
import type { ReadBy } from './proposals.ts';

export interface RecognisedStart {
  readonly format: string;
  /** What people call it. */
  readonly name: string;
  /** Absent where PACE has no reader for it. */
  readonly readBy?: ReadBy;
  /** How to have something that is read. */
  readonly instead?: string;
}

const JUNIT_INSTEAD = 'Have the tests write JUnit XML.';
const SARIF_INSTEAD = 'Have the linter write SARIF and give it a source of `type: sarif`.';
const COVERAGE_INSTEAD = 'Have the tool write lcov or Cobertura XML.';

const FORMATS: Readonly<Record<string, Omit<RecognisedStart, 'format'>>> = {
  junit: { name: 'JUnit XML', readBy: 'tests' },
  sarif: { name: 'SARIF', readBy: 'sarif' },
  lcov: { name: 'lcov', readBy: 'coverage' },
  cobertura: { name: 'Cobertura XML', readBy: 'coverage' },
  'istanbul-summary': { name: 'a coverage summary of Istanbul (JSON)', readBy: 'coverage' },
  trx: { name: 'TRX', instead: JUNIT_INSTEAD },
  nunit: { name: 'NUnit 3 XML', instead: JUNIT_INSTEAD },
  tap: { name: 'TAP', instead: JUNIT_INSTEAD },
  ctrf: { name: 'CTRF', instead: JUNIT_INSTEAD },
  'go-test-json': { name: 'the output of `go test -json`', instead: JUNIT_INSTEAD },
  'check-xml': { name: "Check's own XML", instead: JUNIT_INSTEAD },
  'failsafe-summary': {
    name: 'the summary of Failsafe, which names no test',
    instead: 'Use the `TEST-*.xml` files in the same folder.',
  },
  checkstyle: { name: 'Checkstyle XML', instead: SARIF_INSTEAD },
  clover: { name: 'Clover XML', instead: COVERAGE_INSTEAD },
  jacoco: { name: 'JaCoCo XML', instead: COVERAGE_INSTEAD },
  'sonarqube-coverage': { name: "SonarQube's generic coverage", instead: COVERAGE_INSTEAD },
  'go-cover': { name: 'a coverage profile of Go', instead: COVERAGE_INSTEAD },
  istanbul: { name: 'coverage of Istanbul (JSON)', instead: 'Have it write lcov, or a `json-summary`.' },
  'coverage.py-json': { name: 'the JSON of coverage.py', instead: 'Run `coverage xml` or `coverage lcov`.' },
  empty: { name: 'an empty file', instead: 'The tool that writes it may have been stopped.' },
  xml: { name: 'XML of a kind that PACE does not know' },
  json: { name: 'JSON of a kind that PACE does not know' },
  text: { name: 'text, neither XML nor JSON' },
};

/** @param start the first 64 KiB, decoded */
export function recognise(_path: string, start: string): RecognisedStart {
  const format = formatOf(start.trimStart());
  return { format, ...(FORMATS[format] ?? { name: format }) };
}

function formatOf(text: string): string {
  if (text === '') return 'empty';
  if (text.startsWith('<')) return xmlFormat(text);
  if (/^[{[]/.test(text)) return jsonFormat(text);
  if (/^(?:TN:.*\r?\n)?SF:./.test(text)) return 'lcov';
  if (/^mode: (?:set|count|atomic)\s*$/m.test(text)) return 'go-cover';
  return /^TAP version 1\d\s*$/m.test(text) || /^1\.\.\d+\s*$/m.test(text) ? 'tap' : 'text';
}

function xmlFormat(text: string): string {
  const { prolog, tag, root } = rootOf(text);
  if (root === 'testsuites' || root === 'testsuite')
    return tag.includes('check.sourceforge.net') ? 'check-xml' : 'junit';
  if (root === 'TestRun') return 'trx';
  if (root === 'test-run') return 'nunit';
  if (root === 'failsafe-summary' || root === 'checkstyle') return root;
  if (root === 'report') return /report\.dtd|JACOCO/i.test(prolog) ? 'jacoco' : 'xml';
  if (root !== 'coverage') return 'xml';
  if (/\sline-rate=|\slines-valid=/.test(tag)) return 'cobertura';
  if (/\s(?:clover|generated)=/.test(tag)) return 'clover';
  return /<file\s+path=/.test(text) ? 'sonarqube-coverage' : 'xml';
}

/** The start tag of the root element, and what stands before it. */
function rootOf(text: string): { readonly prolog: string; readonly tag: string; readonly root: string } {
  const elements = /<!--[\s\S]*?-->|<[^>]*>/g;
  for (const [tag] of text.matchAll(elements)) {
    const root = /^<(?:[\w.-]{1,100}:)?([\w.-]{1,100})/.exec(tag)?.[1];
    if (root !== undefined) return { prolog: text.slice(0, text.indexOf(tag)), tag, root };
  }
  return { prolog: text, tag: '', root: '' };
}

function jsonFormat(text: string): string {
  if (/"runs"\s*:\s*\[/.test(text) && /"driver"|"version"\s*:\s*"2\.1\.0"|sarif/i.test(text)) return 'sarif';
  if (/^\{\s*"total"\s*:\s*\{\s*"lines"/.test(text)) return 'istanbul-summary';
  if (/"statementMap"\s*:/.test(text)) return 'istanbul';
  if (/"Action"\s*:\s*"/.test(text) && /"(?:Package|ImportPath)"\s*:\s*"/.test(text)) return 'go-test-json';
  if (/"results"\s*:\s*\{/.test(text) && /"tool"\s*:\s*\{/.test(text) && /"summary"\s*:\s*\{/.test(text)) return 'ctrf';
  return /"meta"\s*:\s*\{/.test(text) && /"branch_coverage"/.test(text) ? 'coverage.py-json' : 'json';
}
