/** xUnit.net's own XML, versions 2 and 3. https://xunit.net/docs/format-xml-v2 */
import { defined } from '../../../../core/defined.ts';
import { checkRoot } from '../xml/check-root.ts';
import { type Attributes, parseXml, type XmlHandler } from '../xml/xml.ts';
import { countOf, missingFailures } from './claims.ts';
import { createFailureText, type FailureText } from './failure-text.ts';
import type { ParseTests, TestListener, TestRun } from './test-report.ts';
import { testName } from './test-words.ts';

const ROOTS = ['assemblies', 'assembly'];
const OUTCOMES = new Map<string, TestRun['outcome']>([
  ['Pass', 'passed'],
  ['Skip', 'skipped'],
  ['NotRun', 'skipped'],
]);

export const parseXunitNet: ParseTests = async (file, listener, signal) => {
  await parseXml(file, createXunitHandler(listener), signal);
  listener.endGroup();
};

interface OpenAssembly {
  readonly attributes: Attributes;
  readonly number: number;
  total: number;
  failed: number;
  errors: number;
}

function createXunitHandler(listener: TestListener): XmlHandler {
  const path: string[] = [];
  let assembly: OpenAssembly | undefined;
  let assemblies = 0;
  /** The `<test>` or `<error>` that is open, and what it says. */
  let open: { readonly attributes: Attributes; readonly failure: FailureText } | undefined;

  function openElement(name: string, attributes: Attributes, depth: number): void {
    if (depth === 1) checkRoot(name, 'xUnit.net', ROOTS);
    path.push(name);
    if (name === 'assembly') assembly = { attributes, number: ++assemblies, total: 0, failed: 0, errors: 0 };
    else if (name === 'test' || name === 'error') open = { attributes, failure: createFailureText() };
  }

  function closeElement(name: string): void {
    path.pop();
    if (name === 'assembly') closeAssembly();
    if (name === 'test' || name === 'error') closeOpen(name);
  }

  function closeOpen(name: 'test' | 'error'): void {
    if (open === undefined) return;
    if (name === 'test') closeTest(open.attributes, open.failure);
    else closeError(open.attributes, open.failure);
    open = undefined;
  }

  /** The result of a test, and the sums of an assembly, stand at the head of each. */
  function breakOff(): void {
    closeOpen(path.includes('error') ? 'error' : 'test');
    closeAssembly();
  }

  function closeTest({ name = '', type = '', result = '', ...rest }: Attributes, failure: FailureText): void {
    const outcome = OUTCOMES.get(result) ?? 'failed';
    if (assembly !== undefined) {
      assembly.total += 1;
      if (outcome === 'failed') assembly.failed += 1;
    }
    const line = countOf(rest['source-line']);
    listener.test({
      name: testName(type, name),
      key: listener.wantsKeys ? JSON.stringify([assembly?.number, type, name]) : undefined,
      outcome,
      failures: outcome === 'failed' ? [failure.failure(otherwise(result))] : [],
      ...defined({ file: rest['source-file'], line: line > 0 ? line : undefined }),
    });
  }

  function closeError({ type = 'error', name = '' }: Attributes, failure: FailureText): void {
    if (assembly !== undefined) assembly.errors += 1;
    const said = failure.failure();
    listener.brokenSuite(name || assemblyName(assembly), { ...said, message: `${type}: ${said.message}`.trim() });
  }

  function closeAssembly(): void {
    if (assembly === undefined) return;
    const { attributes, errors } = assembly;
    const claimed = { total: countOf(attributes.total), failed: countOf(attributes.failed) };
    const missing = missingFailures(claimed, assembly);
    const claimedErrors = countOf(attributes.errors);
    const message = missing ?? (claimedErrors > errors ? `It counts ${claimedErrors} errors and holds ${errors}.` : '');
    if (message !== '') listener.brokenSuite(assemblyName(assembly), { message });
    assembly = undefined;
  }

  function hears(): ((text: string) => void) | undefined {
    if (open === undefined || path.at(-2) !== 'failure') return undefined;
    const name = path.at(-1);
    if (name === 'message') return open.failure.addMessage;
    return name === 'stack-trace' ? open.failure.addTrace : undefined;
  }

  return {
    open: openElement,
    close: closeElement,
    breakOff,
    text: (text) => hears()?.(text),
    wantsText: () => hears() !== undefined,
  };
}

function assemblyName(assembly: OpenAssembly | undefined): string {
  // its name is a path of the machine that ran it
  return assembly?.attributes.name?.split(/[\\/]/).at(-1) || 'assembly';
}

function otherwise(result: string): string {
  return result === 'Fail' ? '' : `Its result is \`${result.slice(0, 40)}\`.`;
}
