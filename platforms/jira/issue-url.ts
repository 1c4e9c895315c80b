/** Addresses of issues, as people copy them from a browser. Pure. */
import type { IssueReference } from '../ports.ts';

const KEY = /^([A-Z][A-Z0-9_]*)-[1-9]\d*$/;

/** `…/browse/PROJ-12`, `…/projects/PROJ/issues/PROJ-12`, or a board with `?selectedIssue=PROJ-12`; behind a path where Jira has one. */
export function readIssueUrl(url: URL): IssueReference | undefined {
  if (!/^https?:$/.test(url.protocol)) return undefined;
  const [, prefix = '', key = url.searchParams.get('selectedIssue') ?? ''] =
    /^(.*?)\/(?:browse|projects\/[^/]+\/issues)\/([^/]+)\/?$/.exec(url.pathname) ??
    /^(.*?)\/(?:jira|secure|projects)\//.exec(url.pathname) ??
    [];
  const project = KEY.exec(key)?.[1];
  if (project === undefined) return undefined;
  // the path of a board in Cloud is no part of the address of the site
  const path = url.hostname.endsWith('.atlassian.net') ? '' : prefix;
  return { key, settings: { url: `${url.origin}${path}`, project_key: project } };
}
