/** Message and stack trace of a failure while they stream by as elements of XML. */

import { placeInTrace } from './dotnet-trace.ts';
import type { TestFailure } from './test-report.ts';
import { createWords, type Words } from './test-words.ts';

export interface FailureText {
  addMessage(text: string): void;
  addTrace(text: string): void;
  isEmpty(): boolean;
  /** @param otherwise what is said where the report says nothing */
  failure(otherwise?: string): TestFailure;
}

export function createFailureText(): FailureText {
  // most tests pass, and need none of this
  let message: Words | undefined;
  let trace: Words | undefined;
  const parts = () => [message?.text() ?? '', trace?.text() ?? ''].filter((part) => part !== '');
  return {
    addMessage(text) {
      message ??= createWords();
      message.add(text);
    },
    addTrace(text) {
      trace ??= createWords();
      trace.add(text);
    },
    isEmpty: () => parts().length === 0,
    failure: (otherwise = '') => ({ message: parts().join('\n') || otherwise, ...placeInTrace(trace?.text() ?? '') }),
  };
}
