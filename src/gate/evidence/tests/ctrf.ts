/** CTRF, the Common Test Report Format. https://ctrf.io/docs/specification/overview; before it had a specification only `results`. */
import { defined } from '../../../../core/defined.ts';
import { isRecord } from '../../../../core/record.ts';
import { EvidenceFault } from '../files/fault.ts';
import { indexOf, objects, parseJson, stringOf } from '../json.ts';
import { missingFailures } from './claims.ts';
import type { ParseTests, TestFailure, TestRun } from './test-report.ts';
import { createWords, testName } from './test-words.ts';

type Json = Readonly<Record<string, unknown>>;

const NOT_RUN = new Set(['skipped', 'pending']);
/** Words of the tools themselves for what the status `other` says of a test that was not meant to run. */
const NOT_MEANT = new Set([
  'todo',
  'disabled',
  'focused',
  'ignored',
  'notrun',
  'inconclusive',
  'xfailed',
  'xpassed',
  'pending',
  'skipped',
]);
const ATTEMPTS = 50;
/** So much of a suite is looked for in the names of its tests. */
const LONGEST_SUITE = 1_000;

export const parseCtrf: ParseTests = async (file, listener, signal) => {
  const results = resultsOf(await parseJson(file, signal), file.path);
  const seen = { total: 0, failed: 0 };
  for (const test of objects(results.tests)) {
    const run = runOf(test, listener.wantsKeys);
    seen.total += 1;
    if (run.outcome === 'failed') seen.failed += 1;
    listener.test(run);
  }
  const summary = isRecord(results.summary) ? results.summary : {};
  const claimed = { total: indexOf(summary.tests) ?? 0, failed: indexOf(summary.failed) ?? 0 };
  const message = missingFailures(claimed, seen);
  if (message !== undefined) listener.brokenSuite(toolName(results), { message });
  listener.endGroup();
};

function resultsOf(report: unknown, path: string): Json {
  const results = isRecord(report) ? report.results : undefined;
  if (!isRecord(results) || !Array.isArray(results.tests)) {
    throw new EvidenceFault('This is not CTRF: it has no `results.tests`.', { file: path });
  }
  if (!results.tests.every(isRecord)) throw new EvidenceFault('A test in it is not an object.', { file: path });
  return results;
}

function runOf(test: Json, wantsKey: boolean): TestRun {
  const outcome = outcomeOf(test);
  const suite = suiteOf(test.suite);
  const name = stringOf(test.name) ?? '';
  const file = stringOf(test.filePath);
  return {
    name: testName(suite, withoutSuites(name, suite)),
    // whoever runs a test again says so in it; several of one name are several tests
    key: wantsKey ? JSON.stringify([suite, name, file, test.browser, test.device, test.parameters]) : undefined,
    outcome,
    failures: failuresOf(test, outcome),
    ...defined({ file, line: indexOf(test.line) || undefined }),
  };
}

/** A status that is not known has not passed. */
function outcomeOf(test: Json): TestRun['outcome'] {
  const { status } = test;
  if (status === 'passed') return isFlaky(test) ? 'flaky' : 'passed';
  if (typeof status === 'string' && NOT_RUN.has(status)) return 'skipped';
  return status === 'other' && wasNotMeant(test) ? 'skipped' : 'failed';
}

function isFlaky(test: Json): boolean {
  if (test.flaky === true || failedAttempts(test).length > 0) return true;
  return test.flaky === undefined && (indexOf(test.retries) ?? 0) > 0;
}

function wasNotMeant(test: Json): boolean {
  const raw = stringOf(test.rawStatus);
  if (raw !== undefined) return NOT_MEANT.has(raw.toLowerCase());
  return stringOf(test.message) === undefined && stringOf(test.trace) === undefined;
}

function failuresOf(test: Json, outcome: TestRun['outcome']): readonly TestFailure[] {
  if (outcome === 'failed') return [{ message: messageOf(test) || statusWords(test) }];
  if (outcome !== 'flaky') return [];
  const attempts = failedAttempts(test).map((attempt) => ({ message: messageOf(attempt) }));
  return attempts.length > 0 ? attempts : [{ message: messageOf(test) }];
}

function failedAttempts(test: Json): readonly Json[] {
  return objects(test.retryAttempts)
    .filter(({ status }) => status === 'failed' || status === 'other')
    .slice(0, ATTEMPTS);
}

function messageOf({ message, trace }: Json): string {
  const said = (stringOf(message) ?? '').trim();
  const words = createWords();
  const stack = (stringOf(trace) ?? '').trim();
  // most traces begin with the message
  if (!stack.slice(0, said.length + 100).includes(said)) words.add(said);
  words.add(stack, '\n');
  return words.text();
}

function statusWords({ status, rawStatus }: Json): string {
  if (status === 'failed') return '';
  const raw = stringOf(rawStatus) === undefined ? '' : ` (${String(rawStatus).slice(0, 40)})`;
  return `Its status is \`${String(status).slice(0, 40)}\`${raw}.`;
}

/** A list since 0.0.9, before that one text. */
function suiteOf(suite: unknown): string {
  if (Array.isArray(suite)) return suite.filter((each) => typeof each === 'string').join(' > ');
  return stringOf(suite) ?? '';
}

/** Jest puts the titles of all groups before the name of a test, and the file before the groups. */
function withoutSuites(name: string, suite: string): string {
  for (let titles = suite.slice(0, LONGEST_SUITE); titles !== ''; titles = titles.slice(nextTitle(titles))) {
    const prefix = `${titles.replaceAll(' > ', ' ')} `;
    if (name.startsWith(prefix)) return name.slice(prefix.length);
  }
  return name;
}

function nextTitle(titles: string): number {
  const at = titles.indexOf(' > ');
  return at < 0 ? titles.length : at + 3;
}

function toolName({ tool }: Json): string {
  return (isRecord(tool) ? stringOf(tool.name) : undefined) || 'test run';
}
