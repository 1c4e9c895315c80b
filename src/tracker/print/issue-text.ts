/** One issue in full, for people. Pure. */
import type { Comment } from '../../../core/ports/index.ts';
import { PRIORITY_NAMES } from '../../../core/ports/index.ts';
import { plainLine, plainText } from '../../../core/text/untrusted-text.ts';
import type { ShownIssue } from './fields.ts';
import { minute } from './shapes.ts';

export function issueText(issue: ShownIssue): string {
  const { key, title, stateName, labels, author, createdAt, url, body, sections = [], comments = [] } = issue;
  const head = [
    `${plainLine(key)}  ${plainLine(title)}`,
    [plainLine(stateName), labels.length > 0 ? `[${labels.map((label) => plainLine(label)).join(', ')}]` : '']
      .filter(Boolean)
      .join('  '),
    `${minute(createdAt)}${author ? ` by ${plainLine(author.name)}` : ''}  ${plainLine(url)}`,
    ...fieldLines(issue),
  ];
  const texts = sections.map(({ name, text }) => `## ${plainLine(name)}\n\n${plainText(text)}`);
  return `${[head.join('\n'), plainText(body), ...texts, ...comments.map(commentText)].filter(Boolean).join('\n\n')}\n`;
}

/** What is set, each on a line of its own. */
function fieldLines(issue: ShownIssue): string[] {
  const { type, priority, assignees, milestone, parent, storyPoints, dueDate, sprint, links, claim, deferUntil } =
    issue;
  const fields: readonly (readonly [string, string | undefined])[] = [
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
  return fields.flatMap(([name, value]) => (value ? [`${name}: ${plainLine(value)}`] : []));
}

function commentText({ createdAt, author, body, id }: Comment): string {
  const by = author ? ` by ${plainLine(author.name)}` : '';
  return `--- ${minute(createdAt)}${by} (${plainLine(id)})\n${plainText(body)}`;
}
