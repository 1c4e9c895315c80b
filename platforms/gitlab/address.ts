/** Web addresses, names of projects and numbers of issues, as people write them. Pure. */
import { PaceError } from '../../core/errors.ts';
import type { IssueReference, Settings } from '../../core/ports/index.ts';
import { cut } from '../../core/text/untrusted-text.ts';

/** `https://gitlab.example.org/gitlab`, of any of the forms that people give: without `/` at the end, and without the API's path. */
export function instanceUrl(settings: Settings): string {
  return (settings['url'] ?? 'https://gitlab.com').replace(/\/+$/, '').replace(/\/api\/v4$/, '');
}

/**
 * `https://gitlab.com/group/sub-group/project/-/issues/12`; work items have numbers of the same kind. Only addresses of the server
 * in the settings count, else those of GitLab.com: the token is for nobody else.
 */
export function readIssueUrl(url: URL, configured: Settings = {}): IssueReference | undefined {
  const server = URL.parse(instanceUrl(configured));
  const prefix = server?.pathname.replace(/\/+$/, '') ?? '';
  if (server?.origin !== url.origin || !url.pathname.startsWith(`${prefix}/`)) return undefined;
  const [, project, key] = ISSUE_PATH.exec(url.pathname.slice(prefix.length)) ?? [];
  if (project === undefined || key === undefined) return undefined;
  return { key, settings: { ...projectSettings(project), url: `${server.origin}${prefix}` } };
}

/** The work items of a group are epics. */
const ISSUE_PATH =
  /^\/((?!groups\/)[\w.-]+(?:\/[\w.-]+)+)\/-\/(?:issues(?:\/incident)?|work_items)\/([1-9]\d{0,9})(?:\/|$)/;

/** Path (`group/sub-group/project`) or number. */
export function projectSettings(project: string): Settings {
  // the one for issues would win
  return { project, issues_project: project };
}

/** Throws `validation` for what can be no number of an issue. */
export function numberOf(key: string): number {
  if (isNumber(key)) return Number(key);
  throw invalid(`"${cut(key, 50)}" is not the number of a GitLab issue.`, 'Please write the number only, as in `12`.');
}

/** Project and number of `group/project#12`; no project for a number alone. Throws `validation` for anything else. */
export function placeIn(key: string): { readonly project?: string; readonly number: number } {
  const [, project, number = ''] = /^([\w.-]+(?:\/[\w.-]+)+)#(\d+)$/.exec(key) ?? [];
  if (project === undefined || isDotted(project) || !isNumber(number)) return { number: numberOf(key) };
  return { project, number: Number(number) };
}

/** Would lead up the path. */
function isDotted(project: string): boolean {
  return project.split('/').some((part) => /^\.+$/.test(part));
}

export function isNumber(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text);
}

export function invalid(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}
