/** The failures of one test or suite of NUnit: one, or one for each assertion of a group of them. */

import { createFailureText, type FailureText } from './failure-text.ts';
import type { TestFailure } from './test-report.ts';

const KEPT = 50;
const COUNTING = new Set(['Failed', 'Error', 'Warning']);

export interface NunitFailures {
  openFailure(): void;
  openAssertion(result: string | undefined): void;
  close(): void;
  /** What hears the words now. */
  current(): FailureText | undefined;
  all(otherwise: string): readonly TestFailure[];
}

export function createNunitFailures(): NunitFailures {
  const assertions: { readonly text: FailureText; readonly isWarning: boolean }[] = [];
  let whole: FailureText | undefined;
  let current: FailureText | undefined;
  return {
    openFailure() {
      whole = createFailureText();
      current = whole;
    },
    openAssertion(result = '') {
      current = COUNTING.has(result) && assertions.length < KEPT ? createFailureText() : undefined;
      if (current !== undefined) assertions.push({ text: current, isWarning: result === 'Warning' });
    },
    close() {
      current = undefined;
    },
    current: () => current,
    all(otherwise) {
      // the failure as a whole repeats the assertions, and is cut after some
      const told = assertions.filter(({ text }) => !text.isEmpty());
      if (told.length === 0) return [(whole ?? createFailureText()).failure(otherwise)];
      return told.map(({ text, isWarning }) => ({ ...text.failure(), ...(isWarning ? { isWarning } : {}) }));
    },
  };
}
