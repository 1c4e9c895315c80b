/** Jira's query language. https://support.atlassian.com/jira-software-cloud/docs/what-is-advanced-search-in-jira-cloud/ */
import type { IssueFilter } from '../ports.ts';
import { toLabel } from './wire.ts';

const DAY = 86_400_000;
const LAST_YEAR = Date.UTC(9999, 0);

/**
 * The query for a filter. Times in JQL are minutes in the time zone of the account, which we do not know: it asks for one
 * day more, and the caller drops what is too old.
 */
export function toJql(project: string, { state = 'all', labels = [], createdSince = 0 }: IssueFilter): string {
  const conditions = [
    `project = ${quoted(project)}`,
    ...labels.map((label) => `labels = ${quoted(toLabel(label))}`),
    ...(state === 'all' ? [] : [`statusCategory ${state === 'open' ? '!=' : '='} Done`]),
    ...(createdSince > DAY ? [`created >= ${quoted(minute(createdSince - DAY))}`] : []),
  ];
  return `${conditions.join(' AND ')} ORDER BY created DESC`;
}

/** A string in JQL; backslash and quote are escaped. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function minute(time: number): string {
  return new Date(Math.min(time, LAST_YEAR)).toISOString().slice(0, 16).replace('T', ' ');
}
