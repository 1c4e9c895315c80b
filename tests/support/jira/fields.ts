/** Which values the fields of an issue take, in the words with which Jira refuses the others. */
import { adfProblems } from './adf.ts';
import { schemaProblems } from './adf-schema.ts';
import { isMap } from './answers.ts';
import type { JiraIssue, Site } from './site.ts';
import { EPIC_LINK, levelOf, POINTS, screenOf, typeNamed } from './types.ts';

const MAX_TEXT = 32_767;

export const NO_SCREEN = (name: string) =>
  `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`;

export type Fields = Record<string, unknown>;

/** Field → sentence, for everything that is wrong with these fields of an issue of this type. */
export function problems(site: Site, fields: Fields, type: string): Record<string, string> {
  const errors: Record<string, string> = {};
  const screen = screenOf(site, type).map(({ id }) => id);
  for (const [name, value] of Object.entries(fields)) {
    const isThere = ['project', 'issuetype', ...screen].includes(name);
    const problem = isThere ? problemOf(site, name, value, type) : NO_SCREEN(name);
    if (problem) errors[name] = problem;
  }
  return errors;
}

/** The type that the fields give, else the one that the issue has. */
export function typeIn(site: Site, { issuetype }: Fields, before = ''): string {
  return (isMap(issuetype) ? typeNamed(site, issuetype) : undefined) ?? before;
}

function problemOf(site: Site, name: string, value: unknown, type: string): string | undefined {
  const named = isMap(value) ? value : {};
  switch (name) {
    case 'project':
      if (named['key'] !== site.options.projectKey) return 'valid project is required';
      return site.lacks('Create') ? 'You do not have permission to create issues in this project.' : undefined;
    case 'issuetype':
      return typeNamed(site, named) === undefined ? 'Specify a valid issue type' : undefined;
    case 'priority':
      if (value === null) return undefined;
      return site.options.priorities.includes(String(named['name'])) ? undefined : 'The priority selected is invalid.';
    case 'assignee':
      return assigneeProblem(site, value);
    case 'summary':
      return summaryProblem(value);
    case 'labels':
      return labelsProblem(value);
    case 'description':
      return value === null ? undefined : textProblem(site, value);
    case 'fixVersions':
      return versionsProblem(site, value);
    case 'duedate':
      return value === null || /^\d{4}-\d\d-\d\d$/.test(String(value)) ? undefined : 'Error parsing date string.';
    case POINTS:
      return value === null || typeof value === 'number' ? undefined : 'Operation value must be a number';
    case 'parent':
      return parentProblem(site, named['key'], type);
    case EPIC_LINK:
      return value === null || site.issueNamed(String(value))?.type === 'Epic' ? undefined : 'Issue is not an epic.';
    default:
      return undefined;
  }
}

export function write(site: Site, issue: JiraIssue, fields: Fields): void {
  const { summary, description, labels, priority, assignee, issuetype, fixVersions, duedate, parent } = fields;
  const known = site.options.priorities;
  if (summary !== undefined) issue.summary = String(summary).trim();
  if (description !== undefined) issue.description = description;
  if (Array.isArray(labels)) issue.labels = [...new Set<string>(labels)].sort();
  if (isMap(priority)) issue.priority = String(priority['name']);
  if (priority === null) issue.priority = known[2] ?? '';
  if (assignee !== undefined) issue.assignee = isMap(assignee) ? String(Object.values(assignee)[0]) : undefined;
  if (isMap(issuetype)) issue.type = typeIn(site, fields, issue.type);
  if (Array.isArray(fixVersions)) issue.versions = fixVersions.map((one) => String(versionOf(site, one)?.id));
  if (duedate !== undefined) issue.duedate = duedate === null ? undefined : String(duedate);
  if (isMap(parent)) issue.parent = String(parent['key']);
  if (fields[POINTS] !== undefined) issue.points = typeof fields[POINTS] === 'number' ? fields[POINTS] : undefined;
  if (fields[EPIC_LINK] !== undefined)
    issue.parent = fields[EPIC_LINK] === null ? undefined : String(fields[EPIC_LINK]);
}

function assigneeProblem(site: Site, value: unknown): string | undefined {
  if (value === null) return undefined;
  const id = isMap(value) ? value[site.isCloud ? 'accountId' : 'name'] : undefined;
  return site.people.some((person) => person.id === id) ? undefined : `User '${String(id)}' does not exist.`;
}

function versionOf(site: Site, value: unknown) {
  return site.versions.find(({ id, name }) => isMap(value) && (value['id'] === id || value['name'] === name));
}

function versionsProblem(site: Site, value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'data was not an array';
  return value.every((one) => versionOf(site, one)) ? undefined : 'Version does not exist.';
}

function parentProblem(site: Site, key: unknown, type: string): string | undefined {
  const parent = site.issueNamed(String(key));
  if (!parent) return 'Could not find issue by id or key.';
  return levelOf(parent.type) === levelOf(type) + 1
    ? undefined
    : 'Given parent work item does not belong to appropriate hierarchy.';
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
export function textProblem({ isCloud }: Pick<Site, 'isCloud'>, value: unknown): string | undefined {
  if (!isCloud) {
    if (typeof value !== 'string') return 'Operation value must be a string';
    return value.length > MAX_TEXT ? tooLong() : undefined;
  }
  if (!isMap(value)) return 'Operation value must be an Atlassian Document (see the Atlassian Document Format)';
  const found = isOfPeople(value) ? schemaProblems(value) : adfProblems(value);
  if (found.length > 0) return `INVALID_INPUT ${found.join(' · ')}`;
  return JSON.stringify(value).length > MAX_TEXT ? tooLong() : undefined;
}

/** What PACE never makes by itself: Atlassian's schema alone tells how it must be. */
const OF_PEOPLE = /"type":"(?:panel|layoutSection|extension|decisionList|inlineExtension|mediaInline|blockCard)"/;

function isOfPeople(value: unknown): boolean {
  return OF_PEOPLE.test(JSON.stringify(value));
}

function tooLong(): string {
  return `The entered text is too long. It exceeds the allowed limit of ${MAX_TEXT} characters.`;
}
