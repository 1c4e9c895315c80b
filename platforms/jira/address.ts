/** Addresses of issues, as people copy them from a browser. Pure. */
import type { IssueReference, Settings } from '../../core/ports/index.ts';

const KEY = /^([A-Z][A-Z0-9_]*)-[1-9]\d*$/;

/**
 * `…/browse/PROJ-12`, `…/projects/PROJ/issues/PROJ-12`, or a board with `?selectedIssue=PROJ-12`; behind a path where Jira has one.
 * Only on the site that is configured: a token works on its own site, and must never be shown to another.
 */
export function readIssueUrl(url: URL, { url: site = '' }: Settings = {}): IssueReference | undefined {
  const own = URL.parse(site);
  if (!own || url.origin !== own.origin || url.username !== '') return undefined;
  const key = /\/(?:browse|issues)\/([^/]+)\/?$/.exec(url.pathname)?.[1] ?? url.searchParams.get('selectedIssue') ?? '';
  const project = KEY.exec(key)?.[1];
  const below = url.hostname.endsWith('.atlassian.net') ? '' : own.pathname.replace(/\/+$/, '');
  if (project === undefined || !url.pathname.startsWith(below)) return undefined;
  return { key, settings: { url: site, project_key: project } };
}

/** `PROJ-12` stands in the project PROJ. */
export function settingsOfKey(key: string): Settings | undefined {
  const project = KEY.exec(key)?.[1];
  return project === undefined ? undefined : { project_key: project };
}
