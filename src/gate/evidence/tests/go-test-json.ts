/**
 * What `go test -json` writes: one event a line. https://pkg.go.dev/cmd/test2json
 * A package can fail without a test of it: it was not built, or its process said so at the end.
 */

import { eachLine } from '../files/each-line.ts';
import { EvidenceFault } from '../files/fault.ts';
import { type GoEvent, goEvent } from './go-events.ts';
import { createGoPackage, type GoPackage } from './go-package.ts';
import type { ParseTests, TestListener } from './test-report.ts';
import { createWords, type Words } from './test-words.ts';

export const parseGoTestJson: ParseTests = async (file, listener, signal) => {
  const stream = createGoStream(listener);
  const lines = await eachLine(file, (line, number) => stream.line(line, { file: file.path, line: number }), signal);
  const fault = stream.end();
  if (fault !== undefined) throw new EvidenceFault(fault, { file: file.path, line: lines });
  listener.endGroup();
};

interface OpenPackage {
  readonly tests: GoPackage;
  readonly words: Words;
}

interface GoStream {
  line(line: string, place: { readonly file: string; readonly line: number }): void;
  /** What is wrong with the file where it ends here. */
  end(): string | undefined;
}

function createGoStream(listener: TestListener): GoStream {
  const packages = new Map<string, OpenPackage>();
  const builds = new Map<string, Words>();
  const failedBuilds = new Set<string>();
  /** Packages that were told of as failed, by their tests or as a whole. */
  const failed = new Set<string>();
  /** What stands between the events. */
  const between = createWords();
  let events = 0;

  function line(text: string, place: { readonly file: string; readonly line: number }): void {
    const event = goEvent(text);
    if (event === 'broken') throw new EvidenceFault('This line begins as an event and is not valid JSON.', place);
    if (event === undefined) hearGo(text);
    else if (event.importPath !== undefined) hearBuild(event, event.importPath);
    else hear(event);
  }

  function hear(event: GoEvent): void {
    events += 1;
    const { tests, words } = openPackage(event.package);
    if (event.test !== undefined) tests.hear(event, event.test);
    else if (event.action === 'output') words.add(withoutMark(event.output));
    else if (['pass', 'fail', 'skip'].includes(event.action)) endPackage(event, tests, words);
  }

  function openPackage(name: string): OpenPackage {
    const known = packages.get(name);
    if (known !== undefined) return known;
    const made = { tests: createGoPackage(name, listener), words: createWords() };
    packages.set(name, made);
    return made;
  }

  function endPackage(event: GoEvent, tests: GoPackage, words: Words): void {
    packages.delete(event.package);
    const hasFailed = tests.end(event.action !== 'fail');
    if (hasFailed) failed.add(event.package);
    else if (event.action === 'fail') breakPackage(event.package, [buildWords(event.failedBuild), words.text()]);
  }

  function breakPackage(name: string, messages: readonly string[]): void {
    failed.add(name);
    const message = messages.find((each) => each !== '') ?? '';
    listener.brokenSuite(name || 'go test', { message });
  }

  function hearBuild({ action, output }: GoEvent, importPath: string): void {
    events += 1;
    const words = builds.get(importPath) ?? createWords();
    builds.set(importPath, words);
    words.add(output);
    if (action === 'build-fail') failedBuilds.add(importPath);
  }

  function buildWords(importPath: string | undefined): string {
    if (importPath === undefined) return '';
    failedBuilds.delete(importPath);
    return builds.get(importPath)?.text() ?? '';
  }

  /** Before Go 1.24 a package that cannot be built is told of in plain words, beside the events. */
  function hearGo(text: string): void {
    if (text.trim() !== '') between.add(text, '\n');
    const name = /^FAIL(?:\t(\S+))?/.exec(text);
    if (name === null || (name[1] === undefined && text !== 'FAIL')) return;
    if (name[1] === undefined ? failed.size === 0 : !failed.has(name[1])) breakPackage(name[1] ?? '', [between.text()]);
  }

  function end(): string | undefined {
    for (const importPath of failedBuilds) listener.brokenSuite(importPath, { message: buildWords(importPath) });
    if (events === 0) return 'It holds no event of `go test -json`.';
    const [open] = packages;
    if (open === undefined) return undefined;
    const [name, { tests }] = open;
    const what = [name, tests.running() ?? ''].filter((part) => part !== '').join(' ') || 'the test process';
    return `It breaks off: ${what} began and never ended.`;
  }

  return { line, end };
}

function withoutMark(output: string): string {
  return /^(?:PASS|FAIL)\n?$/.test(output) ? '' : output;
}
