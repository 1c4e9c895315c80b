/** Message and stack trace of a failure while they stream by as elements of XML. */

import { placeInTrace } from './dotnet-trace.ts';
import type { TestFailure } from './test-report.ts';
import { createWords } from './test-words.ts';

export interface FailureText {
  addMessage(text: string): void;
  addTrace(text: string): void;
  isEmpty(): boolean;
  /** @param otherwise what is said where the report says nothing */
  failure(otherwise?: string): TestFailure;
}

export function createFailureText(): FailureText {
  const message = createWords();
  const trace = createWords();
  const isEmpty = () => message.text() === '' && trace.text() === '';
  return {
    addMessage: (text) => message.add(text),
    addTrace: (text) => trace.add(text),
    isEmpty,
    failure(otherwise = '') {
      const words = [message.text(), trace.text()].filter((part) => part !== '').join('\n');
      return { message: words || otherwise, ...placeInTrace(trace.text()) };
    },
  };
}
