/** Issues as plain text for a terminal or a pipe. */

import type { Comment, Issue } from '../platforms/ports.ts';
import { plainLine, plainText } from '../platforms/untrusted-text.ts';

/** One row per issue, tab-free columns; no header, so that a pipe can count lines. */
export function issueRows(issues: readonly Issue[]): string {
  const keyWidth = Math.max(0, ...issues.map(({ key }) => key.length));
  const stateWidth = Math.max(0, ...issues.map(({ stateName }) => plainLine(stateName).length));
  return issues
    .map((issue) => {
      const labels =
        issue.labels.length > 0 ? `  [${issue.labels.map((label) => plainLine(label, 50)).join(', ')}]` : '';
      return `${issue.key.padStart(keyWidth)}  ${plainLine(issue.stateName).padEnd(stateWidth)}  ${plainLine(issue.title, 120)}${labels}\n`;
    })
    .join('');
}

export function issueText(issue: Issue & { comments: readonly Comment[] }): string {
  const head = [
    `${issue.key}  ${plainLine(issue.title)}`,
    `${plainLine(issue.stateName)}${issue.labels.length > 0 ? `  [${issue.labels.map((label) => plainLine(label)).join(', ')}]` : ''}`,
    `${time(issue.createdAt)}${issue.author ? ` by ${plainLine(issue.author.name)}` : ''}  ${plainLine(issue.url)}`,
  ];
  const comments = issue.comments.map(
    (comment) =>
      `--- ${time(comment.createdAt)}${comment.author ? ` by ${plainLine(comment.author.name)}` : ''}\n${plainText(comment.body)}`,
  );
  return `${[head.join('\n'), plainText(issue.body), ...comments].join('\n\n')}\n`;
}

function time(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
