/** The attribute `result` of NUnit 3; Unity adds what NUnit writes into `site` and `label`: `Failed(Child)`, `Skipped:Ignored`. */
import type { TestRun } from './test-report.ts';

const OUTCOMES = new Map<string, TestRun['outcome']>([
  ['Passed', 'passed'],
  ['Skipped', 'skipped'],
  ['Inconclusive', 'skipped'],
]);

export function nunitResult(result: string | undefined): { word: string; site: string | undefined } {
  const [, word = '', site] = /^(\w{1,40})(?::\w{1,40})?(?:\((\w{1,40})\))?/.exec(result ?? '') ?? [];
  return { word, site };
}

/** The console ends well with warnings, and counts them apart. */
export function isWarning(result: string | undefined): boolean {
  return nunitResult(result).word === 'Warning';
}

/** A word that is not known has not passed. */
export function outcomeOf(result: string | undefined): TestRun['outcome'] {
  return OUTCOMES.get(nunitResult(result).word) ?? 'failed';
}

/** The same of a suite, which says nothing where it has no result. */
export function hasFailed(result: string | undefined): boolean {
  return result !== undefined && !isWarning(result) && outcomeOf(result) === 'failed';
}
