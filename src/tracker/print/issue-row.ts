/** An issue in one line, for agents: what is set, and last the title, which may hold anything. Pure. */
import { type Issue, PRIORITY_NAMES } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';

/** Characters of a title and of a name, and how many labels and people are named. */
export interface RowRoom {
  readonly title: number;
  readonly name: number;
  readonly many: number;
}

const WIDE: RowRoom = { title: 300, name: 100, many: 20 };

export function issueRow(issue: Issue, room: RowRoom = WIDE): string {
  const { key, state, priority, type, assignees, labels, author, title } = issue;
  return [
    plainLine(key, 100),
    state,
    priority === undefined ? '' : PRIORITY_NAMES[priority],
    plainLine(type ?? '', room.name),
    assignees.length === 0 ? '' : `for ${peopleWords(assignees, room)}`,
    labels.length === 0 ? '' : `labels ${labelWords(labels, room)}`,
    author ? `by ${plainLine(author.name, room.name)}` : '',
    plainLine(title, room.title),
  ]
    .filter(Boolean)
    .join(' | ');
}

export function peopleWords(people: Issue['assignees'], room: RowRoom = WIDE): string {
  return labelWords(
    people.map(({ id, name }) => name || id),
    room,
  );
}

export function labelWords(labels: readonly string[], { many, name }: RowRoom = WIDE): string {
  const shown = labels.slice(0, many).map((label) => plainLine(label, name));
  return [...shown, ...(labels.length > many ? [`and ${labels.length - many} more`] : [])].join(', ');
}
