/** One issue in full, for people. Pure. */
import type { Comment } from '../../../core/ports/index.ts';
import { PRIORITY_NAMES } from '../../../core/ports/index.ts';
import { minute } from '../../../core/text/minute.ts';
import { plainLine, plainText } from '../../../core/text/untrusted-text.ts';
import type { ShownIssue } from './fields.ts';

/** How a text of others is shown: as it is, or as Markdown is read at a terminal. */
export type ShowText = (markdown: string) => string;

export function issueText(issue: ShownIssue, show: ShowText = plainText): string {
  const { key, title, stateName, labels, author, createdAt, url, body, sections = [], comments = [] } = issue;
  const head = [
    `${plainLine(key)}  ${plainLine(title)}`,
    [plainLine(stateName), labels.length > 0 ? `[${labels.map((label) => plainLine(label)).join(', ')}]` : '']
      .filter(Boolean)
      .join('  '),
    `${minute(createdAt)}${author ? ` by ${plainLine(author.name)}` : ''}  ${plainLine(url)}`,
    ...fieldLines(issue),
  ];
  const texts = sections.map(({ name, text }) => `## ${plainLine(name)}\n\n${show(text)}`);
  const said = comments.map((comment) => commentText(comment, show));
  return `${[head.join('\n'), show(body), ...texts, ...said].filter(Boolean).join('\n\n')}\n`;
}

/** What is set, each on a line of its own. */
function fieldLines(issue: ShownIssue): string[] {
  return fieldsOf(issue).flatMap(([name, value]) => (value ? [`${name}: ${plainLine(value)}`] : []));
}

/** What an issue may have besides, for people; what is not set is empty or absent. */
export function fieldsOf(issue: ShownIssue): readonly (readonly [name: string, value: string | undefined])[] {
  const { type, priority, assignees, milestone, parent, storyPoints, dueDate, sprint, links, claim, deferUntil } =
    issue;
  return [
    ['Type', type],
    ['Priority', priority === undefined ? undefined : PRIORITY_NAMES[priority]],
    ['Assigned to', assignees.map(({ name }) => name).join(', ')],
    ['Milestone', milestone],
    ['Parent', parent],
    ['Points', storyPoints?.toString()],
    ['Due', dueDate],
    ['Sprint', sprint],
    ['Deferred until', deferUntil === undefined ? undefined : minute(deferUntil)],
    ['Links', links?.map(({ type: how, target }) => `${how} ${target}`).join(', ')],
    ['Claimed', claim ? `by ${claim.agent} until ${minute(claim.until)}` : undefined],
  ];
}

function commentText({ createdAt, author, body, id }: Comment, show: ShowText): string {
  const by = author ? ` by ${plainLine(author.name)}` : '';
  return `--- ${minute(createdAt)}${by} (${plainLine(id)})\n${show(body)}`;
}
