/** Which values the fields of an issue take, in the words with which Jira refuses the others. */
import { adfProblems } from './adf.ts';
import { isMap } from './answers.ts';
import type { JiraIssue, Site } from './site.ts';

export const PRIORITIES = ['Highest', 'High', 'Medium', 'Low', 'Lowest'];

const FIELDS = ['project', 'issuetype', 'summary', 'description', 'labels', 'priority', 'assignee'];
const MAX_TEXT = 32_767;

export const NO_SCREEN = (name: string) =>
  `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`;

/** Field → sentence, for everything that is wrong with these fields. */
export function problems(site: Site, fields: Record<string, unknown>): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    const problem =
      site.options.refuseFields.includes(name) || !FIELDS.includes(name)
        ? NO_SCREEN(name)
        : problemOf(site, name, value);
    if (problem) errors[name] = problem;
  }
  return errors;
}

function problemOf(site: Site, name: string, value: unknown): string | undefined {
  const named = isMap(value) ? value : {};
  if (name === 'project' && named['key'] !== site.options.projectKey) return 'valid project is required';
  if (name === 'project' && site.lacks('Create')) return 'You do not have permission to create issues in this project.';
  if (name === 'issuetype' && !site.options.issueTypes.includes(String(named['name'])))
    return 'Specify a valid issue type';
  if (name === 'priority' && !PRIORITIES.includes(String(named['name']))) return 'The priority selected is invalid.';
  if (name === 'assignee' && !/^[0-9a-z:-]{10,128}$/.test(String(named['accountId']))) return 'User does not exist.';
  if (name === 'summary') return summaryProblem(value);
  if (name === 'labels') return labelsProblem(value);
  return name === 'description' && value !== null ? textProblem(value) : undefined;
}

export function write(issue: JiraIssue, fields: Record<string, unknown>): void {
  const { summary, description, labels, priority, assignee, issuetype } = fields as Record<string, never>;
  if (summary !== undefined) issue.summary = String(summary).trim();
  if (description !== undefined) issue.description = description;
  if (labels !== undefined) issue.labels = [...new Set<string>(labels)].sort();
  if (isMap(priority)) issue.priority = String(priority['name']);
  if (isMap(assignee)) issue.assignee = String(assignee['accountId']);
  if (isMap(issuetype)) issue.type = String(issuetype['name']);
}

function summaryProblem(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return 'You must specify a summary of the issue.';
  if (/[\n\r]/.test(value)) return 'The summary is invalid because it contains newline characters.';
  return value.length > 255 ? 'Summary must be less than 255 characters.' : undefined;
}

function labelsProblem(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'Labels must be a list.';
  const bad = value.find(
    (label) => typeof label !== 'string' || label === '' || /\s/.test(label) || label.length > 255,
  );
  return bad === undefined ? undefined : `The label '${String(bad)}' contains spaces which is invalid.`;
}

/** Jira's own words for text that is no document; the emulation adds what is wrong with a broken one. */
export function textProblem(value: unknown): string | undefined {
  if (!isMap(value)) return 'Operation value must be an Atlassian Document (see the Atlassian Document Format)';
  const found = adfProblems(value);
  if (found.length > 0) return `INVALID_INPUT ${found.join(' · ')}`;
  return JSON.stringify(value).length > MAX_TEXT
    ? `The entered text is too long. It exceeds the allowed limit of ${MAX_TEXT} characters.`
    : undefined;
}
