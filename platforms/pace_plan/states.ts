/** The words of a plan for the six states. Pure. */
import { type IssueState, isClosed } from '../../core/ports/issue.ts';

/** What is written, and what is read beside it. */
const WORDS: Readonly<Record<IssueState, readonly string[]>> = {
  open: ['pending', 'open', 'planned', 'todo'],
  in_progress: ['in_progress', 'started', 'doing'],
  in_review: ['in_review', 'review'],
  blocked: ['hold', 'held', 'on_hold', 'blocked'],
  done: ['shipped', 'ship', 'done', 'completed', 'complete'],
  canceled: ['canceled', 'cancelled', 'dropped', 'skipped'],
};

export function wordFor(state: IssueState): string {
  return WORDS[state][0] ?? state;
}

/** A word that nobody knows stands for work that is still to be done. */
export function stateIn(word: string): IssueState {
  const plain = word.trim().toLowerCase().replace(/[ -]+/g, '_');
  const found = Object.entries(WORDS).find(([, words]) => words.includes(plain));
  return (found?.[0] as IssueState | undefined) ?? 'open';
}

/** Of a day that says nothing itself. */
export function stateOfDay(stories: readonly IssueState[]): IssueState {
  if (stories.length === 0) return 'open';
  if (stories.every(isClosed)) return stories.includes('done') ? 'done' : 'canceled';
  return stories.some((state) => state !== 'open' && state !== 'canceled') ? 'in_progress' : 'open';
}
