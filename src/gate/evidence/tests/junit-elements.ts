/** The elements of JUnit XML that are open while a report streams by. */
import type { Attributes } from '../xml/xml.ts';
import { isWarning, messageOf, type OpenFailure, openFailure, tailOf } from './junit-message.ts';
import type { TestFailure, TestRun } from './test-report.ts';

const NOT_RUN = new Set(['skipped', 'notrun', 'disabled', 'ignored', 'suppressed']);
/** Words without their `_`, `-` and spaces. What is not here, and no word for a test that was not run, says nothing. */
const FAILED = new Set([
  ...['fail', 'failed', 'failure', 'error', 'errored', 'broken', 'hookerror', 'cleanuperror'],
  ...['timeout', 'timedout', 'crash', 'crashed', 'aborted', 'interrupted', 'killed'],
]);
/** The attribute by which Surefire and Failsafe name their format. */
const SUREFIRE = /surefire-test-report[\w.-]*\.xsd/;
/** Of one test; its further failures are not told one by one. */
const MOST_FAILURES = 1_000;

export interface OpenSuite {
  readonly name: string;
  readonly file: string | undefined;
  /** Failures and errors by its own sums. */
  readonly claimed: number;
  /** Whether it has sums of errors; gotestsum writes none. */
  readonly countsErrors: boolean;
  /** How many tests it says to hold, where it does. */
  readonly tests: number | undefined;
  /** How a repeated name is meant: as another test, or by the writer's own way as a further attempt. */
  repeats: 'never' | 'asked' | 'known';
  /** Of pytest, the tests that have passed: one is written again with each attempt of pytest-rerunfailures, and with each subtest. */
  readonly passed: Set<string> | undefined;
  /** Tests that were seen in it. */
  cases: number;
  /** Failures, errors and reruns that were seen in it. */
  seen: number;
}

export interface OpenCase {
  readonly attributes: Attributes;
  readonly suite: OpenSuite | undefined;
  readonly failures: OpenFailure[];
  failed: boolean;
  skipped: boolean;
  rerun: boolean;
  /** The end of what it printed; only read where it has failed and says no more. */
  output: string;
}

export function openSuite(attributes: Attributes, parent: OpenSuite | undefined): OpenSuite {
  const isSurefire = SUREFIRE.test(attributes['xsi:noNamespaceSchemaLocation'] ?? '');
  return {
    name: attributes['name'] || parent?.name || '',
    file: attributes['file'] ?? parent?.file,
    claimed: whole(attributes['failures']) + whole(attributes['errors']),
    countsErrors: attributes['errors'] !== undefined,
    tests: attributes['tests'] === undefined ? undefined : whole(attributes['tests']),
    repeats: isSurefire ? 'never' : (parent?.repeats ?? 'asked'),
    passed: attributes['name'] === 'pytest' ? new Set() : undefined,
    cases: 0,
    seen: 0,
  };
}

/**
 * gotestsum runs failed tests again (`--rerun-fails`), and tells by this property that it has written the report. go-junit-report
 * has it too and runs nothing, but it counts errors.
 */
export function isOfRepeater({ name }: Attributes, { countsErrors }: OpenSuite): boolean {
  return name === 'go.version' && !countsErrors;
}

/** Some tools say by an attribute alone what became of a test. */
export function openCase(attributes: Attributes, suite: OpenSuite | undefined): OpenCase {
  const words = [attributes['status'], attributes['result']].map(
    (word) => word?.toLowerCase().replace(/[-_\s]/g, '') ?? '',
  );
  return {
    attributes,
    suite,
    failures: [],
    failed: words.some((word) => FAILED.has(word)),
    skipped: words.some((word) => NOT_RUN.has(word)),
    rerun: false,
    output: '',
  };
}

/** A test that CTest could not run, as it calls it: its program, a file or a fixture is missing. What was meant to be skipped says so. */
export function couldNotRun({ attributes }: OpenCase, { message = '' }: Attributes): boolean {
  const { status, name, classname } = attributes;
  if (status?.toLowerCase() !== 'notrun' || name !== classname || message === '') return false;
  return !/^(?:SKIP_|Disabled)/.test(message);
}

export function keep(test: OpenCase, failure: OpenFailure): void {
  if (test.failures.length < MOST_FAILURES) test.failures.push(failure);
}

/** Whether this is no more than the same test again, which counts once. */
export function isToldAlready({ attributes, suite, failed, skipped, rerun }: OpenCase): boolean {
  if (suite?.passed === undefined || failed || skipped || rerun) return false;
  const key = keyOf(attributes);
  const isTold = suite.passed.has(key);
  suite.passed.add(key);
  return isTold;
}

function keyOf({ classname, name, file }: Attributes): string {
  return JSON.stringify([classname, name, file]);
}

export function toTestRun(test: OpenCase, wantsKeys: boolean): TestRun {
  const { attributes, suite } = test;
  const file = attributes['file'] ?? suite?.file;
  const line = whole(attributes['line']);
  const { name } = attributes;
  const mayRepeat = suite?.repeats === 'known' || (wantsKeys && suite?.repeats !== 'never');
  return {
    name: nameOf(attributes, suite),
    key: mayRepeat && name ? keyOf(attributes) : undefined,
    outcome: outcomeOf(test),
    failures: failuresOf(test),
    ...(file !== undefined && { file, ...(line > 0 && { line }) }),
  };
}

function outcomeOf({ failed, skipped, rerun }: OpenCase): TestRun['outcome'] {
  // what may fail, or is known to, is written with both
  if (skipped) return 'skipped';
  if (failed) return 'failed';
  return rerun ? 'flaky' : 'passed';
}

function failuresOf({ failed, skipped, rerun, failures, output, suite }: OpenCase): TestFailure[] {
  if (skipped || !(failed || rerun)) return [];
  const last = failures.filter(({ isAttempt }) => !isAttempt);
  // the attempts of one test say the same, as a rule
  const told = last.length > 0 ? last : failures.slice(0, 1);
  const all = told.map((failure) => ({ failure, message: messageOf(failure) }));
  const spoken = all.filter(({ message }) => message !== '');
  if (spoken.length > 0) return spoken.map((each) => toFailure(each.failure, each.message, suite));
  return [toFailure(openFailure({}, false), tailOf(output.trim()), suite)];
}

function toFailure(failure: OpenFailure, message: string, suite: OpenSuite | undefined): TestFailure {
  return { message, ...(isWarning(failure) ? { isWarning: true } : {}), ...linterPlace(message, suite) };
}

/** Linters write a suite per file, and the line into the text. */
function linterPlace(message: string, suite: OpenSuite | undefined): Pick<TestFailure, 'file' | 'line'> {
  if (suite === undefined || !/[\\/][^\\/]+\.\w+$/.test(suite.name)) return {};
  const line = /(?:^|\bOn )line (\d{1,9}), col(?:umn)? \d/m.exec(message)?.[1];
  return line === undefined ? {} : { file: suite.name, line: Number(line) };
}

/** By its own sums; of tests that are all there the sums are only another opinion, as of Qt, which counts what was printed. */
export function lacksCases({ cases, tests, claimed }: OpenSuite): boolean {
  return cases === 0 || (tests === undefined ? cases < claimed : cases < tests);
}

function nameOf({ classname = '', name = '' }: Attributes, suite: OpenSuite | undefined): string {
  const test = name.trim() || 'unnamed test';
  const group = classname.trim() || suite?.name || '';
  return group === '' ? test : `${group} ${test}`;
}

function whole(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
}
