/**
 * A stateful Jira Cloud on 127.0.0.1: issues, comments, entity properties, a workflow with a resolution screen, search with
 * pages and a late index, and ADF that is checked as strictly as Jira checks it.
 */

import { noIssue, refusal } from './jira/answers.ts';
import { commentRoutes } from './jira/comments.ts';
import { issueRoutes } from './jira/issues.ts';
import { projectRoutes } from './jira/project.ts';
import { searchRoute } from './jira/search.ts';
import { createSite, type JiraIssue, type JiraOptions } from './jira/site.ts';
import { type JiraStatus, workflowRoutes } from './jira/workflow.ts';
import { type Answer, type Handler, type Loopback, loopback } from './loopback.ts';

export type { JiraIssue, JiraOptions } from './jira/site.ts';
export { defaultTransitions, type JiraStatus, type JiraTransition, resolutionField } from './jira/workflow.ts';

export interface Jira extends Pick<Loopback, 'origin' | 'exchanges' | 'trouble' | 'close'> {
  readonly email: string;
  readonly token: string;
  readonly projectKey: string;
  /** The issues as they are now, oldest first. */
  readonly issues: readonly JiraIssue[];
  /** The late index catches up. */
  reindex(): void;
  /** As if a person had dragged the issue there. */
  move(key: string, status: JiraStatus, resolution?: string): void;
}

export async function startJira(options: JiraOptions = {}): Promise<Jira> {
  const site = createSite(options);
  const authorization = `Basic ${Buffer.from(`${site.email}:${site.token}`).toString('base64')}`;
  const issues = issueRoutes(site);
  const comments = commentRoutes(site);
  const workflow = workflowRoutes(site);
  const search = searchRoute(site);
  const project = projectRoutes(site);

  /** Wrong credentials are told by a header; some addresses answer as if nobody had logged in. */
  const guarded =
    (handler: Handler, anonymous?: Answer): Handler =>
    (asked) => {
      if (asked.headers['authorization'] === authorization) return handler(asked);
      const headers = { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' };
      const refused = { status: 401, text: 'Client must be authenticated to access this resource.' };
      return { ...(anonymous ?? refused), headers };
    };

  const api = '/rest/api/3';
  const server = await loopback({
    [`POST ${api}/issue`]: guarded(issues.create),
    [`GET ${api}/issue/:key`]: guarded(issues.read, noIssue()),
    [`PUT ${api}/issue/:key`]: guarded(issues.edit),
    [`GET ${api}/issue/:key/properties/:name`]: guarded(issues.readProperty),
    [`PUT ${api}/issue/:key/properties/:name`]: guarded(issues.setProperty),
    [`GET ${api}/issue/:key/transitions`]: guarded(workflow.list, noIssue()),
    [`POST ${api}/issue/:key/transitions`]: guarded(workflow.move),
    [`GET ${api}/issue/:key/comment`]: guarded(comments.list, noIssue()),
    [`POST ${api}/issue/:key/comment`]: guarded(comments.add),
    [`GET ${api}/issue/createmeta/:project/issuetypes`]: guarded(issues.types),
    [`GET ${api}/issue/createmeta/:project/issuetypes/:type`]: guarded(project.fields),
    [`GET ${api}/myself`]: guarded(project.myself),
    [`GET ${api}/mypermissions`]: guarded(project.permissions),
    [`GET ${api}/project/:key`]: guarded(project.project),
    [`GET ${api}/project/:key/statuses`]: guarded(project.statuses),
    [`GET ${api}/search/jql`]: guarded(search, { json: { issues: [], isLast: true } }),
    [`POST ${api}/search/jql`]: guarded(search, { json: { issues: [], isLast: true } }),
    [`GET ${api}/search`]: guarded(removed),
    [`POST ${api}/search`]: guarded(removed),
    [`GET ${api}/serverInfo`]: info,
    'GET /rest/api/2/serverInfo': info,
  });

  return {
    origin: server.origin,
    exchanges: server.exchanges,
    trouble: server.trouble,
    close: server.close,
    email: site.email,
    token: site.token,
    projectKey: site.options.projectKey,
    issues: site.issues,
    reindex: site.reindex,
    move: (key, status, resolution) => {
      const issue = site.issues.find((one) => one.key === key);
      if (issue) Object.assign(issue, { status, resolution, updated: site.options.now() });
    },
  };
}

const info: Handler = ({ origin }) => ({
  json: {
    baseUrl: origin,
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100_275,
    serverTitle: 'Jira',
  },
});

const removed: Handler = () =>
  refusal(410, ['The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.']);
