/** An issue in one line, for agents: what is set, and last the title, which may hold anything. Pure. */
import { type Issue, PRIORITY_NAMES } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';

const TITLE = 300;
const NAME = 100;

export function issueRow(issue: Issue, { title: most = TITLE }: { readonly title?: number } = {}): string {
  const { key, state, priority, type, assignees, labels, author, title } = issue;
  return [
    plainLine(key, NAME),
    state,
    priority === undefined ? '' : PRIORITY_NAMES[priority],
    plainLine(type ?? '', NAME),
    assignees.length === 0 ? '' : `for ${peopleWords(assignees)}`,
    labels.length === 0 ? '' : `labels ${labelWords(labels)}`,
    author ? `by ${plainLine(author.name, NAME)}` : '',
    plainLine(title, most),
  ]
    .filter(Boolean)
    .join(' | ');
}

export function peopleWords(people: Issue['assignees']): string {
  return firstOf(
    people.map(({ id, name }) => name || id),
    10,
  );
}

export function labelWords(labels: readonly string[]): string {
  return firstOf(labels, 20);
}

function firstOf(words: readonly string[], most: number): string {
  const shown = words.slice(0, most).map((word) => plainLine(word, NAME));
  return [...shown, ...(words.length > most ? [`and ${words.length - most} more`] : [])].join(', ');
}
