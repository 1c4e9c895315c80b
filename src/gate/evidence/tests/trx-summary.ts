/** What a TRX file says of its run as a whole: a test host that crashes leaves only passed tests, and this. */

import { grouped } from '../finding-text.ts';
import type { Attributes } from '../xml/xml.ts';
import { type Counts, countOf, missingFailures } from './claims.ts';
import { createWords, type Words } from './test-words.ts';

/** xUnit.net's stylesheet writes `Complete`. */
const FINE = new Set(['completed', 'complete', 'passed', 'warning', 'inconclusive', 'notexecuted']);
/** xUnit.net's adapter tells the run of each failed test, which is among the results. */
const ECHO = /\[FAIL\]$/;
/** So many errors of the run are told one by one. */
const LISTED = 100;

export interface TrxSummary {
  outcome(word: string | undefined): void;
  counters(attributes: Attributes): void;
  openInfo(outcome: string | undefined): void;
  infoText(text: string): void;
  closeInfo(): void;
  /** A message for each thing that went wrong beside the tests. */
  troubles(seen: Counts): string[];
}

export function createTrxSummary(): TrxSummary {
  let word = '';
  let claimed: Counts = { total: 0, failed: 0 };
  let words: Words | undefined;
  const infos: string[] = [];
  let unlisted = 0;

  function troubles(seen: Counts): string[] {
    const own = infos.filter((text) => seen.failed === 0 || !ECHO.test(text));
    const missing = missingFailures(claimed, seen);
    const more = unlisted === 0 ? undefined : `and ${grouped(unlisted)} more errors of the run`;
    const found = [...own, missing, more].filter((text) => text !== undefined);
    if (found.length > 0 || FINE.has(word.toLowerCase()) || word === '') return found;
    if (word.toLowerCase() === 'failed' && seen.failed > 0) return [];
    return [`Its outcome is \`${word.slice(0, 40)}\`${seen.failed > 0 ? '' : ', and no test in it has failed'}.`];
  }

  return {
    outcome: (said = 'Error') => {
      word = said;
    },
    counters(attributes) {
      const failed = ['failed', 'error', 'timeout', 'aborted'].map((name) => countOf(attributes[name]));
      claimed = { total: countOf(attributes.total), failed: failed.reduce((sum, each) => sum + each, 0) };
    },
    openInfo: (outcome = '') => {
      words = FINE.has(outcome.toLowerCase()) ? undefined : createWords();
    },
    infoText: (text) => words?.add(text),
    closeInfo() {
      if (words !== undefined && infos.length < LISTED)
        infos.push(words.text() || 'An error of the run, without words.');
      else if (words !== undefined && !ECHO.test(words.text())) unlisted += 1;
      words = undefined;
    },
    troubles,
  };
}
