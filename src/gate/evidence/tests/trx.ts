/**
 * TRX, what Visual Studio, `dotnet test` and Microsoft.Testing.Platform write.
 * Facts: vstest's TrxLogger and vstst.xsd, namespace http://microsoft.com/schemas/VisualStudio/TeamTest/2010
 */
import { checkRoot } from '../xml/check-root.ts';
import { type Attributes, parseXml, type XmlHandler } from '../xml/xml.ts';
import { createFailureText, type FailureText } from './failure-text.ts';
import type { ParseTests } from './test-report.ts';
import { createTrxRuns, type TrxRuns } from './trx-runs.ts';
import { createTrxSummary, type TrxSummary } from './trx-summary.ts';

/** A result holds others where it is of a test with rows of data, or of an ordered list of tests. */
const HOLDS_RESULTS = new Set(['Results', 'InnerResults']);

export const parseTrx: ParseTests = async (file, listener, signal) => {
  const runs = createTrxRuns(listener);
  const summary = createTrxSummary();
  try {
    await parseXml(file, createTrxHandler(runs, summary), signal);
  } finally {
    runs.flush();
  }
  for (const message of summary.troubles(runs.seen)) listener.brokenSuite('test run', { message });
  listener.endGroup();
};

interface OpenResult {
  readonly attributes: Attributes;
  /** Its words, if any: most tests pass, and say nothing. */
  failure: FailureText | undefined;
  /** Rows and such that are in it. */
  inner: number;
  innerFailed: number;
}

function createTrxHandler(runs: TrxRuns, summary: TrxSummary): XmlHandler {
  const path: string[] = [];
  const results: OpenResult[] = [];
  let definition = '';

  function open(qualified: string, attributes: Attributes): void {
    const name = localName(qualified);
    const parent = path.at(-1);
    path.push(name);
    if (parent === undefined) checkRoot(name, 'TRX', ['TestRun']);
    else if (HOLDS_RESULTS.has(parent)) {
      results.push({ attributes, failure: undefined, inner: 0, innerFailed: 0 });
    } else if (parent === 'TestDefinitions') definition = attributes.id ?? '';
    else if (name === 'TestMethod') runs.define(definition, attributes.className ?? '');
    else if (name === 'ResultSummary') summary.outcome(attributes.outcome);
    else if (name === 'Counters') summary.counters(attributes);
    else if (name === 'RunInfo') summary.openInfo(attributes.outcome);
  }

  function close(): void {
    const name = path.pop();
    const parent = path.at(-1);
    if (parent !== undefined && HOLDS_RESULTS.has(parent)) closeResult();
    else if (name === 'RunInfo') summary.closeInfo();
  }

  function closeResult(): void {
    const result = results.pop();
    if (result === undefined) return;
    const hasFailed = runs.add(result.attributes, result.failure, result);
    const holder = results.at(-1);
    if (holder === undefined) return;
    holder.inner += 1;
    if (hasFailed) holder.innerFailed += 1;
  }

  function listener(): ((text: string) => void) | undefined {
    const [inner, outer] = [path.at(-1), path.at(-2)];
    if (outer === 'RunInfo' && inner === 'Text') return summary.infoText;
    const result = outer === 'ErrorInfo' ? results.at(-1) : undefined;
    if (result === undefined || (inner !== 'Message' && inner !== 'StackTrace')) return undefined;
    result.failure ??= createFailureText();
    return inner === 'Message' ? result.failure.addMessage : result.failure.addTrace;
  }

  return {
    open,
    close,
    text: (text) => listener()?.(text),
    wantsText: () => listener() !== undefined,
    // the outcome stands at the head of each
    breakOff: () => {
      while (results.length > 0) closeResult();
    },
  };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
