/**
 * JUnit XML. There is no one standard; what is read here is what Surefire, Gradle, pytest, jest-junit, gotestsum, GoogleTest,
 * CTest and linters write. https://github.com/testmoapp/junitxml
 */
import { EvidenceFault } from '../files/fault.ts';
import { checkRoot } from '../xml/check-root.ts';
import { type Attributes, parseXml, type XmlHandler } from '../xml/xml.ts';
import { couldNotRun, isOfRepeater, isToldAlready, keep, lacksCases, type OpenCase, type OpenSuite, openCase, openSuite, toTestRun } from './junit-elements.ts'; // biome-ignore format: one thought
import { addText, messageOf, type OpenFailure, openFailure, tailOf } from './junit-message.ts';
import type { ParseTests, TestListener } from './test-report.ts';

const SUITES = ['testsuites', 'testsuite'];
const FAILURES = new Set(['failure', 'error']);
const RERUNS = new Set(['flakyFailure', 'flakyError', 'rerunFailure', 'rerunError']);
const OUTPUTS = new Set(['system-out', 'system-err']);

export const parseJunit: ParseTests = (file, listener, signal) => parseXml(file, createJunitHandler(listener), signal);

/** The handler for `parseXml`. */
export function createJunitHandler(listener: TestListener): XmlHandler {
  const suites: OpenSuite[] = [];
  let test: OpenCase | undefined;
  let failure: OpenFailure | undefined;
  /** Depth of the failure, or of the output, that is open; nothing in it but its text counts. */
  let textDepth = 0;
  /** Whether the innermost element of it has said something: what follows is not another line. */
  let spoken = false;

  function open(name: string, attributes: Attributes, depth: number): void {
    if (depth === 1) checkRoot(name, 'JUnit XML', SUITES);
    if (textDepth > 0) {
      spoken = false;
      return;
    }
    const suite = suites.at(-1);
    if (SUITES.includes(name)) suites.push(openSuite(attributes, suite));
    else if (name === 'testcase') openTest(attributes, suite);
    else if (name === 'skipped' && test !== undefined) skip(test, attributes);
    else if (FAILURES.has(name) || (RERUNS.has(name) && test !== undefined)) openFailing(name, attributes, depth);
    else if (name === 'property' && test === undefined && suite && suite.repeats === 'asked' && isOfRepeater(attributes, suite)) suite.repeats = 'known';
    else if (OUTPUTS.has(name) && needsOutput(test)) textDepth = depth;
  } // biome-ignore format: one thought

  function openTest(attributes: Attributes, suite: OpenSuite | undefined): void {
    if (test !== undefined) throw new EvidenceFault('A <testcase> is inside another one.');
    test = openCase(attributes, suite);
    if (suite) suite.cases += 1;
  }

  function skip(skipped: OpenCase, attributes: Attributes): void {
    if (!couldNotRun(skipped, attributes)) {
      skipped.skipped = true;
      return;
    }
    skipped.skipped = false;
    skipped.failed = true;
    keep(skipped, openFailure({ message: `Not run: ${attributes['message']}` }, false));
  }

  function openFailing(name: string, attributes: Attributes, depth: number): void {
    textDepth = depth;
    failure = openFailure(attributes, RERUNS.has(name));
    if (test === undefined) return;
    keep(test, failure);
    if (failure.isAttempt) test.rerun = true;
    else test.failed = true;
  }

  function close(name: string, depth: number): void {
    if (textDepth > 0) {
      spoken = false;
      if (depth !== textDepth) return;
      textDepth = 0;
      if (test === undefined && failure) failSuite(failure);
      failure = undefined;
    } else if (name === 'testcase' && test !== undefined) closeTest(test);
    else if (SUITES.includes(name)) closeSuite();
  }

  function closeTest(closing: OpenCase): void {
    const { suite, failed, rerun } = closing;
    if (suite !== undefined && (failed || rerun)) suite.seen += 1;
    if (!isToldAlready(closing)) listener.test(toTestRun(closing, listener.wantsKeys));
    test = undefined;
  }

  function closeSuite(): void {
    const suite = suites.pop();
    if (suite === undefined) return;
    listener.endGroup();
    if (suite.seen === 0 && suite.claimed > 0 && lacksCases(suite)) {
      breakSuite(suite, `It counts ${suite.claimed} as failed and holds no failing test: its set-up may have crashed.`);
    }
    const parent = suites.at(-1);
    if (parent === undefined) return;
    parent.seen += suite.seen;
    parent.cases += suite.cases;
  }

  function failSuite(why: OpenFailure): void {
    breakSuite(suites.at(-1), messageOf(why) || 'The suite failed as a whole.');
  }

  function breakOff(): void {
    if (test?.failed) closeTest(test);
    else if (test === undefined && failure) failSuite(failure);
    for (let suite = suites.pop(); suite !== undefined; suite = suites.pop()) {
      if (suite.seen === 0 && suite.claimed > 0)
        breakSuite(suite, `It counts ${suite.claimed} as failed, and the file breaks off before that.`);
      const parent = suites.at(-1);
      if (parent !== undefined) parent.seen += suite.seen;
    }
  }

  function breakSuite(suite: OpenSuite | undefined, message: string): void {
    if (suite !== undefined) suite.seen += 1;
    listener.brokenSuite(suite?.name || 'unnamed suite', { message });
  }

  function text(words: string): void {
    if (!spoken && words.trim() === '') return;
    const gap = spoken ? '' : '\n';
    spoken = true;
    if (failure) addText(failure, words, gap);
    else if (test) test.output = tailOf(`${test.output}${gap}${tailOf(words)}`);
  }

  return { open, close, text, wantsText: () => textDepth > 0, breakOff };
}

/** Of a test that has failed without a word. */
function needsOutput(test: OpenCase | undefined): boolean {
  return test?.failed === true && test.failures.every((failure) => messageOf(failure) === '');
}
