/** Reads one JUnit XML report while it streams by. */
import { EvidenceFault } from '../files/fault.ts';
import type { Attributes, XmlHandler } from '../xml/xml.ts';
import { append, createSuiteOpener, failureWords, keyOf, type OpenCase, type OpenSuite, openCase, toTestCase } from './junit-elements.ts'; // biome-ignore format: one thought
import { createJunitTally, type JunitReport, type TestRun } from './junit-tally.ts';

const SUITES = new Set(['testsuites', 'testsuite']);
const FAILURES = new Set(['failure', 'error']);
const RERUNS = new Set(['flakyFailure', 'flakyError', 'rerunFailure', 'rerunError']);

/**
 * The handler for `parseXml`, and the report once it has heard all. A pass excuses an earlier failure only in the same suite
 * of the same report: elsewhere it is another test, on another system or in another browser.
 */
export function createJunitHandler(): { handler: XmlHandler; report: () => JunitReport } {
  const tally = createJunitTally();
  const openSuite = createSuiteOpener();
  const suites: OpenSuite[] = [];
  let test: OpenCase | undefined;
  /** What a suite says about a failure of its own. */
  let suiteMessage = '';
  /** Depth of the failure that is open; nothing in it but its text counts. */
  let failureDepth = 0;
  /** Only the words of the first failure are kept. */
  let silent = false;
  /** Whether the innermost element of the failure has said something: what follows is not another line. */
  let spoken = false;

  function open(name: string, attributes: Attributes, depth: number): void {
    if (depth === 1) checkRoot(name);
    if (failureDepth > 0) {
      spoken = false;
      return;
    }
    if (SUITES.has(name)) suites.push(openSuite(attributes, suites.at(-1)));
    else if (name === 'testcase') {
      if (test !== undefined) throw new EvidenceFault('A <testcase> is inside another one.');
      test = openCase(attributes, suites.at(-1));
    } else if (name === 'skipped' && test !== undefined) test.skipped = true;
    else if (FAILURES.has(name) || (RERUNS.has(name) && test !== undefined)) openFailure(name, attributes, depth);
  }

  function openFailure(name: string, attributes: Attributes, depth: number): void {
    failureDepth = depth;
    silent = test !== undefined && test.message !== '';
    if (test === undefined) {
      suiteMessage = failureWords(attributes);
      return;
    }
    if (FAILURES.has(name)) test.failed = true;
    else test.rerun = true;
    test.message ||= failureWords(attributes);
  }

  function close(name: string, depth: number): void {
    if (failureDepth > 0) {
      spoken = false;
      if (depth !== failureDepth) return;
      failureDepth = 0;
      if (test === undefined) breakSuite(suites.at(-1), suiteMessage || 'The suite failed as a whole.');
    } else if (name === 'testcase' && test !== undefined) {
      if (test.suite !== undefined && (test.failed || test.rerun)) test.suite.seen += 1;
      tally.add(toRun(test));
      test = undefined;
    } else if (SUITES.has(name)) closeSuite();
  }

  function closeSuite(): void {
    const suite = suites.pop();
    if (suite === undefined) return;
    if (suite.seen === 0 && suite.claimed > 0) {
      breakSuite(suite, `It counts ${suite.claimed} as failed and holds no failing test: its set-up may have crashed.`);
    }
    const parent = suites.at(-1);
    if (parent !== undefined) parent.seen += suite.seen;
  }

  function breakSuite(suite: OpenSuite | undefined, message: string): void {
    if (suite !== undefined) suite.seen += 1;
    tally.breakSuite({ name: suite?.name || 'unnamed suite', message });
  }

  function text(words: string): void {
    if (!spoken && words.trim() === '') return;
    const gap = spoken ? '' : '\n';
    spoken = true;
    if (test !== undefined) test.message = append(test.message, words, gap);
    else suiteMessage = append(suiteMessage, words, gap);
  }

  return { handler: { open, close, text, wantsText: () => failureDepth > 0 && !silent }, report: tally.report };
}

function checkRoot(name: string): void {
  if (SUITES.has(name)) return;
  throw new EvidenceFault(`Its root element is <${name.slice(0, 60)}>; JUnit XML has <testsuites> or <testsuite>.`);
}

function toRun(test: OpenCase): TestRun {
  return { key: keyOf(test), outcome: outcomeOf(test), describe: () => toTestCase(test) };
}

function outcomeOf({ failed, skipped, rerun }: OpenCase): TestRun['outcome'] {
  if (failed) return 'failed';
  if (skipped) return 'skipped';
  return rerun ? 'flaky' : 'passed';
}
