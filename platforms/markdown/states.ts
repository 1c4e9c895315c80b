/** The words of a file for the six states: those that it has already, else the usual ones. */
import { STATE_WORDS, stateIn } from '../../core/epics/words.ts';
import type { IssueState, Transition } from '../../core/ports/issue.ts';
import { ISSUE_STATES } from '../../core/ports/issue.ts';
import type { Sheet } from './issue-context.ts';

const PLAIN =
  /^(?:planned|open|to ?do|new|backlog|in progress|active|started|doing|in review|review|testing|blocked|on hold|done|completed?|closed|resolved|cancell?ed|won'?t fix|won'?t do|rejected)$/i;

export function wordFor(sheet: Sheet, state: IssueState): string {
  const shown = sheet.epics.sections.flatMap(({ fields, subtasks }) => [
    ...fields.flatMap(({ name, text }) => (name === 'status' ? [text] : [])),
    ...subtasks.flatMap(({ status }) => status?.text ?? []),
  ]);
  const same = shown.filter(
    (text) => stateIn(text) === state && PLAIN.test(text.replaceAll(/[^\p{L}' ]/gu, '').trim()),
  );
  const counts = Map.groupBy(same, (text) => text);
  const [most] = [...counts].sort(([, one], [, other]) => other.length - one.length);
  return most?.[0] ?? STATE_WORDS[state];
}

export function transitionsOf(sheet: Sheet): Transition[] {
  return ISSUE_STATES.map((state) => ({ name: wordFor(sheet, state), state }));
}
