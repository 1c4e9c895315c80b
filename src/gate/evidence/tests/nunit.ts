/** NUnit 3's own XML, which Unity writes too. https://docs.nunit.org/articles/nunit/technical-notes/usage/Test-Result-XML-Format.html */
import { checkRoot } from '../xml/check-root.ts';
import { type Attributes, parseXml, type XmlHandler } from '../xml/xml.ts';
import { countOf, missingFailures } from './claims.ts';
import type { FailureText } from './failure-text.ts';
import { createNunitFailures, type NunitFailures } from './nunit-failures.ts';
import { hasFailed, isWarning, nunitResult, outcomeOf } from './nunit-result.ts';
import type { ParseTests, TestListener } from './test-report.ts';
import { testName } from './test-words.ts';

export const parseNunit: ParseTests = async (file, listener, signal) => {
  await parseXml(file, createNunitHandler(listener), signal);
  listener.endGroup();
};

/** A `<test-suite>` or the `<test-run>` that is open. */
interface OpenSuite {
  readonly attributes: Attributes;
  readonly number: number;
  readonly failures: NunitFailures;
  /** Whether something in it was told of as failed. */
  failedBelow: boolean;
}

function createNunitHandler(listener: TestListener): XmlHandler {
  const path: string[] = [];
  const suites: OpenSuite[] = [];
  const seen = { total: 0, failed: 0 };
  let suiteNumber = 0;
  let silence = 'It has failed, and no test in it.';
  let test: { readonly attributes: Attributes; readonly failures: NunitFailures } | undefined;

  function open(name: string, attributes: Attributes, depth: number): void {
    if (depth === 1) checkRoot(name, 'NUnit 3', ['test-run']);
    path.push(name);
    if (name === 'test-run' || name === 'test-suite') {
      suites.push({ attributes, number: ++suiteNumber, failures: createNunitFailures(), failedBelow: false });
    } else if (name === 'test-case') test = { attributes, failures: createNunitFailures() };
    else if (name === 'failure' || name === 'reason') failuresOf()?.openFailure();
    else if (name === 'assertion') failuresOf()?.openAssertion(attributes.result);
  }

  function close(name: string): void {
    path.pop();
    if (name === 'test-case' && test !== undefined) {
      closeTest(test.attributes, test.failures);
      test = undefined;
    } else if (name === 'failure' || name === 'reason' || name === 'assertion') failuresOf()?.close();
    else if (name === 'test-suite' || name === 'test-run') closeSuite();
  }

  /** The result of each stands at its head. */
  function breakOff(): void {
    if (test !== undefined) closeTest(test.attributes, test.failures);
    silence = 'It has failed, and the file breaks off before it says why.';
    while (suites.length > 0) closeSuite();
  }

  function closeTest(attributes: Attributes, failures: NunitFailures): void {
    const { name = '', fullname = '', result } = attributes;
    const outcome = outcomeOf(result);
    const told = outcome === 'failed' ? failures.all(otherwise(attributes)) : [];
    seen.total += 1;
    if (hasFailed(result ?? '')) {
      seen.failed += 1;
      markFailed();
    }
    listener.test({
      name: testName(classOf(attributes), name || fullname),
      // of a test with `Retry` only the last run is in the file
      key: listener.wantsKeys ? JSON.stringify([suites.at(-1)?.number, fullname, name]) : undefined,
      outcome,
      failures: isWarning(result) ? told.map((failure) => ({ ...failure, isWarning: true })) : told,
    });
  }

  function closeSuite(): void {
    const suite = suites.pop();
    if (suite === undefined) return;
    const { attributes, failures, failedBelow } = suite;
    const message = troubleOf(attributes, failedBelow, silence);
    if (message !== undefined) {
      for (const failure of failures.all(message)) listener.brokenSuite(suiteName(attributes), failure);
    }
    const missing = suites.length === 0 ? missingFailures(claimsOf(attributes), seen) : undefined;
    if (missing !== undefined) listener.brokenSuite(suiteName(attributes), { message: missing });
    if (message !== undefined || failedBelow) markFailed();
  }

  function markFailed(): void {
    const suite = suites.at(-1);
    if (suite !== undefined) suite.failedBelow = true;
  }

  function failuresOf(): NunitFailures | undefined {
    return test?.failures ?? suites.at(-1)?.failures;
  }

  function hears(): ((text: string) => void) | undefined {
    const name = path.at(-1);
    if (name !== 'message' && name !== 'stack-trace') return undefined;
    const text: FailureText | undefined = failuresOf()?.current();
    return name === 'message' ? text?.addMessage : text?.addTrace;
  }

  return { open, close, text: (text) => hears()?.(text), wantsText: () => hears() !== undefined, breakOff };
}

/** What is wrong with a suite beyond what is in it: what failed below is told already. */
function troubleOf(attributes: Attributes, failedBelow: boolean, silence: string): string | undefined {
  if (!hasFailed(attributes.result)) return undefined;
  const site = attributes.site ?? nunitResult(attributes.result).site;
  if (site === 'SetUp') return 'Its set-up has failed.';
  if (site === 'TearDown') return 'Its tear-down has failed.';
  return failedBelow ? undefined : otherwise(attributes) || silence;
}

/** Older writers give only the full name. */
function classOf({ classname, fullname = '', name = '' }: Attributes): string {
  if (classname !== undefined) return classname;
  return name !== '' && fullname.endsWith(`.${name}`) ? fullname.slice(0, -name.length - 1) : '';
}

/** The full name of an assembly is a path of the machine that ran it. */
function suiteName({ type, name = '', fullname = '' }: Attributes): string {
  const isFile = type === 'Assembly' || type === 'Project';
  return (isFile ? name.split(/[\\/]/).at(-1) : fullname || name) || 'test run';
}

function claimsOf({ total, testcasecount, failed }: Attributes): { total: number; failed: number } {
  return { total: Math.max(countOf(total), countOf(testcasecount)), failed: countOf(failed) };
}

function otherwise({ result, label }: Attributes): string {
  if (label !== undefined && label !== '') return `${nunitResult(result).word}: ${label.slice(0, 100)}`;
  return nunitResult(result).word === 'Failed' ? '' : `Its result is \`${(result ?? '').slice(0, 40)}\`.`;
}
