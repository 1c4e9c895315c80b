/** Counts one JUnit XML report while it streams by; only failing and flaky tests are remembered. */
import { EvidenceFault } from './fault.ts';
import type { Attributes, XmlHandler } from './xml.ts';

const REMEMBERED = 1_000;
const MESSAGE_LENGTH = 2_000;
const NOT_RUN = new Set(['skipped', 'notrun', 'disabled', 'ignored', 'suppressed']);
const FAILED = new Set(['fail', 'failed', 'failure', 'error', 'errored']);
const RERUNS = new Set(['flakyFailure', 'flakyError', 'rerunFailure', 'rerunError']);

export interface TestCase {
  readonly name: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

export interface JunitReport {
  /** Test cases that were run: all but the skipped ones. */
  readonly executed: number;
  readonly skipped: number;
  readonly failures: number;
  readonly flakes: number;
  /** At most 1,000 of the `failures`. */
  readonly failed: readonly TestCase[];
  /** At most 1,000 of the `flakes`. */
  readonly flaky: readonly TestCase[];
  /** How many suites have an error of their own, or count failures for which they hold no test case. */
  readonly brokenSuites: number;
  /** At most 1,000 of them. */
  readonly broken: readonly TestCase[];
}

interface OpenSuite {
  readonly name: string;
  /** Tells suites of one name apart: the same test in two browsers is two tests. */
  readonly identity: number;
  readonly file: string | undefined;
  readonly claimed: number;
  trouble: number;
}

interface OpenCase {
  readonly attributes: Attributes;
  readonly suite: OpenSuite | undefined;
  failed: boolean;
  skipped: boolean;
  rerun: boolean;
  message: string;
}

/**
 * A test that fails and later passes under the same name in the same suite of the same report was run again, and is flaky.
 * In another report or suite it is another test (another system, another browser), and its pass excuses nothing.
 */
export function createJunitHandler(): { handler: XmlHandler; report: () => JunitReport } {
  const suites: OpenSuite[] = [];
  const numbers = createNumbers();
  const failures = new Map<string, TestCase | undefined>();
  const flakes = new Map<string, TestCase | undefined>();
  const broken: TestCase[] = [];
  let brokenSuites = 0;
  let executed = 0;
  let skipped = 0;
  let test: OpenCase | undefined;
  let suiteMessage: string | undefined;
  let listening = 0;
  let silent = false;

  function open(name: string, attributes: Attributes, depth: number): void {
    if (depth === 1) checkRoot(name);
    if (listening > 0) return;
    if (name === 'testsuite' || name === 'testsuites')
      return void suites.push(openSuite(attributes, suites.at(-1), numbers));
    if (name === 'testcase') {
      if (test !== undefined) throw new EvidenceFault('A <testcase> stands in another one.');
      test = openCase(attributes, suites.at(-1));
      return;
    }
    const failing = name === 'failure' || name === 'error';
    if (test === undefined) {
      if (!failing) return;
      suiteMessage = describe(attributes);
      listening = depth;
      silent = false;
      return;
    }
    if (name === 'skipped') test.skipped = true;
    if (!failing && !RERUNS.has(name)) return;
    if (failing) test.failed = true;
    else test.rerun = true;
    listening = depth;
    silent = test.message !== '';
    test.message ||= describe(attributes);
  }

  function close(name: string, depth: number): void {
    if (depth === listening) {
      listening = 0;
      if (test === undefined) closeSuiteError();
    } else if (listening > 0) return;
    else if (name === 'testcase' && test !== undefined) closeCase(test);
    else if (name === 'testsuite' || name === 'testsuites') closeSuite();
  }

  function closeSuiteError(): void {
    const suite = suites.at(-1);
    if (suite !== undefined) suite.trouble += 1;
    breakSuite({
      name: suite?.name || 'unnamed suite',
      message: suiteMessage || 'The suite failed as a whole.',
    });
    suiteMessage = undefined;
  }

  function closeCase(ended: OpenCase): void {
    test = undefined;
    if (ended.suite !== undefined && (ended.failed || ended.rerun)) ended.suite.trouble += 1;
    const key = keyOf(ended);
    if (ended.failed) {
      flakes.delete(key);
      failures.set(key, failures.get(key) ?? (failures.size < REMEMBERED ? toTestCase(ended) : undefined));
    } else if (ended.skipped) {
      skipped += 1;
      return;
    } else if (ended.rerun || failures.has(key)) {
      const earlier = failures.get(key);
      failures.delete(key);
      flakes.set(key, earlier ?? (flakes.size < REMEMBERED ? toTestCase(ended) : undefined));
    }
    executed += 1;
  }

  function breakSuite(suite: TestCase): void {
    brokenSuites += 1;
    if (broken.length < REMEMBERED) broken.push(suite);
  }

  function closeSuite(): void {
    const suite = suites.pop();
    if (suite === undefined) return;
    if (suite.trouble === 0 && suite.claimed > 0) {
      const message = `The suite counts ${suite.claimed} as failed, and holds no failing test case: its set-up may have crashed.`;
      breakSuite({ name: suite.name || 'unnamed suite', message });
      suite.trouble = suite.claimed;
    }
    const parent = suites.at(-1);
    if (parent !== undefined) parent.trouble += suite.trouble;
  }

  return {
    handler: {
      open,
      close,
      wantsText: () => listening > 0 && !silent,
      text: (text) => {
        if (test !== undefined) test.message = append(test.message, text);
        else suiteMessage = append(suiteMessage ?? '', text);
      },
    },
    report: () => ({
      executed,
      skipped,
      failures: failures.size,
      flakes: flakes.size,
      failed: [...failures.values()].filter((found) => found !== undefined),
      flaky: [...flakes.values()].filter((found) => found !== undefined),
      brokenSuites,
      broken,
    }),
  };
}

interface Numbers {
  /** The same number for the same text. */
  of(text: string): number;
}

function createNumbers(): Numbers {
  const known = new Map<string, number>();
  return {
    of(text) {
      const number = known.get(text) ?? known.size + 1;
      known.set(text, number);
      return number;
    },
  };
}

function checkRoot(name: string): void {
  if (name === 'testsuite' || name === 'testsuites') return;
  throw new EvidenceFault(`Its root element is <${name.slice(0, 60)}>; JUnit XML has <testsuites> or <testsuite>.`);
}

function openSuite(attributes: Attributes, parent: OpenSuite | undefined, numbers: Numbers): OpenSuite {
  const { name = '', package: pack = '', hostname = '', id = '', file } = attributes;
  return {
    name: name || parent?.name || '',
    identity: numbers.of([parent?.identity ?? 0, name, pack, hostname, id].join('\0')),
    file: file ?? parent?.file,
    claimed: whole(attributes.failures) + whole(attributes.errors),
    trouble: 0,
  };
}

function openCase(attributes: Attributes, suite: OpenSuite | undefined): OpenCase {
  const words = [attributes.status, attributes.result].map((word) => word?.toLowerCase() ?? '');
  return {
    attributes,
    suite,
    failed: words.some((word) => FAILED.has(word)),
    skipped: words.some((word) => NOT_RUN.has(word)),
    rerun: false,
    message: '',
  };
}

function describe({ message = '', type = '' }: Attributes): string {
  return (message || type).slice(0, MESSAGE_LENGTH);
}

function append(message: string, text: string): string {
  if (message.length >= MESSAGE_LENGTH || text.trim() === '') return message;
  const gap = message === '' || message.endsWith('\n') ? '' : '\n';
  return `${message}${gap}${text.slice(0, MESSAGE_LENGTH)}`.slice(0, MESSAGE_LENGTH);
}

function keyOf({ attributes, suite }: OpenCase): string {
  return JSON.stringify([suite?.identity, attributes.classname, attributes.name, attributes.file]);
}

/** Most tools repeat the `message` attribute at the head of the text. */
function saidOnce(message: string): string {
  const end = message.indexOf('\n');
  const rest = message.slice(end + 1);
  return end > 0 && rest.includes(message.slice(0, end).trim()) ? rest.trim() : message;
}

function toTestCase({ attributes, suite, message }: OpenCase): TestCase {
  const file = attributes.file ?? suite?.file;
  const line = whole(attributes.line);
  return {
    name: nameOf(attributes, suite),
    message: saidOnce(message.trim()),
    ...(file === undefined ? {} : { file, ...(line > 0 ? { line } : {}) }),
  };
}

function nameOf({ classname = '', name = '' }: Attributes, suite: OpenSuite | undefined): string {
  const test = name.trim() || 'unnamed test';
  const group = classname.trim() || suite?.name || '';
  return group === '' || test.startsWith(group) ? test : `${group} ${test}`;
}

function whole(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
}
