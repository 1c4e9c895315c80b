/**
 * A stateful Jira on 127.0.0.1, Cloud or Data Center: issues, comments, entity properties, versions, links, people, a workflow
 * with a resolution screen, search with pages and a late index, and rich text that is checked as strictly as Jira checks it.
 */

import { noIssue, refusal } from './jira/answers.ts';
import { commentRoutes } from './jira/comments.ts';
import { issueRoutes } from './jira/issues.ts';
import { linkRoutes } from './jira/links.ts';
import { peopleRoutes } from './jira/people.ts';
import { projectRoutes } from './jira/project.ts';
import { searchRoute } from './jira/search.ts';
import { createSite, type JiraIssue, type JiraOptions, type Site } from './jira/site.ts';
import { typeRoutes } from './jira/types.ts';
import { versionRoutes } from './jira/versions.ts';
import { type JiraStatus, workflowRoutes } from './jira/workflow.ts';
import { type Answer, type Asked, type Handler, type Loopback, loopback } from './loopback.ts';

export type { JiraIssue, JiraOptions } from './jira/site.ts';
export { defaultTransitions, type JiraStatus, type JiraTransition, resolutionField } from './jira/workflow.ts';

export interface Jira extends Pick<Loopback, 'origin' | 'exchanges' | 'trouble' | 'close'> {
  /** With the path before `/rest`. */
  readonly url: string;
  readonly email: string;
  readonly token: string;
  readonly projectKey: string;
  /** Ids of people who can be given an issue, the token's own first. */
  readonly people: readonly string[];
  /** The issues as they are now, oldest first. */
  readonly issues: readonly JiraIssue[];
  /** The late index catches up. */
  reindex(): void;
  /** As if a person had dragged the issue there. */
  move(key: string, status: JiraStatus, resolution?: string): void;
  /** The changes of an issue that one answer holds. */
  tellChanges(most: number): void;
  /** As if a person had moved the issue to another project: `OPS`. */
  moveAway(key: string): void;
  /** As if a person had planned the issue. */
  putIntoSprint(key: string, name: string, state?: string): void;
}

export async function startJira(options: JiraOptions = {}): Promise<Jira> {
  const site = createSite(options);
  const server = await loopback(site.isCloud ? cloudRoutes(site) : dataCenterRoutes(site), {
    prefix: site.options.prefix,
  });

  return {
    origin: server.origin,
    url: `${server.origin}${site.options.prefix}`,
    exchanges: server.exchanges,
    trouble: server.trouble,
    close: server.close,
    email: site.email,
    token: site.token,
    projectKey: site.options.projectKey,
    people: site.people.map(({ id }) => id),
    issues: site.issues,
    reindex: site.reindex,
    move: (key, status, resolution) => {
      const issue = site.issueNamed(key);
      if (issue)
        site.note(issue, { field: 'status', from: issue.status.name, to: status.name, by: site.people[1]?.id ?? '' });
      if (issue) Object.assign(issue, { status, resolution, updated: site.options.now() });
    },
    tellChanges: (most) => {
      site.mostChanges = most;
    },
    moveAway: (key) => {
      const issue = site.issueNamed(key);
      if (!issue) return;
      const to = `OPS-${site.issues.filter((each) => each.key.startsWith('OPS-')).length + 1}`;
      site.note(issue, { field: 'Key', from: issue.key, to });
      issue.formerKeys.push(issue.key);
      issue.key = to;
    },
    putIntoSprint: (key, name, state = 'active') => void site.issueNamed(key)?.sprints.push({ name, state }),
  };
}

/** A write that asks by POST is a read all the same. */
export function isWrite({ method, path }: Asked): boolean {
  return method !== 'GET' && !path.endsWith('/issue/bulkfetch');
}

type Guard = (handler: Handler, anonymous?: Answer) => Handler;

/** Wrong credentials are told by a header; some addresses answer as if nobody had logged in. */
function guardOf(authorizations: readonly string[]): Guard {
  return (handler, anonymous) => (asked) => {
    if (authorizations.includes(asked.headers['authorization'] ?? '')) return handler(asked);
    const headers = { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' };
    const refused = { status: 401, text: 'Client must be authenticated to access this resource.' };
    return { ...(anonymous ?? refused), headers };
  };
}

function basic(site: Site): string {
  return `Basic ${Buffer.from(`${site.email}:${site.token}`).toString('base64')}`;
}

/** What both kinds have, below the version of the API. */
function sharedRoutes(site: Site, api: string, guarded: Guard): Record<string, Handler> {
  const issues = issueRoutes(site);
  const comments = commentRoutes(site);
  const workflow = workflowRoutes(site);
  const project = projectRoutes(site);
  const types = typeRoutes(site);
  const versions = versionRoutes(site);
  const links = linkRoutes(site);
  const people = peopleRoutes(site);
  return {
    [`POST ${api}/issue`]: guarded(issues.create),
    [`POST ${api}/issue/bulk`]: guarded(issues.createMany),
    // literal segments come before the key of an issue
    [`GET ${api}/issue/createmeta`]: guarded(types.whole),
    [`GET ${api}/issue/createmeta/:project/issuetypes`]: guarded(types.types),
    [`GET ${api}/issue/createmeta/:project/issuetypes/:type`]: guarded(types.fields),
    [`GET ${api}/issue/:key`]: guarded(issues.read, noIssue()),
    [`GET ${api}/issue/:key/changelog`]: guarded(issues.changelog, noIssue()),
    [`DELETE ${api}/issue/:key`]: guarded(issues.remove),
    [`PUT ${api}/issue/:key`]: guarded(issues.edit),
    [`GET ${api}/issue/:key/properties/:name`]: guarded(issues.readProperty),
    [`PUT ${api}/issue/:key/properties/:name`]: guarded(issues.setProperty),
    [`GET ${api}/issue/:key/transitions`]: guarded(workflow.list, noIssue()),
    [`POST ${api}/issue/:key/transitions`]: guarded(workflow.move),
    [`GET ${api}/issue/:key/comment`]: guarded(comments.list, noIssue()),
    [`POST ${api}/issue/:key/comment`]: guarded(comments.add),
    [`GET ${api}/issue/:key/comment/:id`]: guarded(comments.read, noIssue()),
    [`PUT ${api}/issue/:key/comment/:id`]: guarded(comments.edit),
    [`DELETE ${api}/issue/:key/comment/:id`]: guarded(comments.remove),
    [`GET ${api}/issueLinkType`]: guarded(links.types),
    [`POST ${api}/issueLink`]: guarded(links.create),
    [`DELETE ${api}/issueLink/:id`]: guarded(links.remove),
    [`GET ${api}/project/:key`]: guarded(project.project),
    [`GET ${api}/project/:key/statuses`]: guarded(project.statuses),
    [`GET ${api}/project/:key/versions`]: guarded(versions.list),
    [`POST ${api}/version`]: guarded(versions.create),
    [`PUT ${api}/version/:id`]: guarded(versions.edit),
    [`DELETE ${api}/version/:id`]: guarded(versions.remove),
    [`GET ${api}/priority`]: guarded(project.priorities),
    [`GET ${api}/resolution`]: guarded(project.resolutions),
    [`GET ${api}/myself`]: guarded(people.myself),
    [`GET ${api}/user/assignable/search`]: guarded(people.assignable),
    [`GET ${api}/mypermissions`]: guarded(project.permissions),
  };
}

function cloudRoutes(site: Site): Record<string, Handler> {
  const guarded = guardOf([basic(site)]);
  const search = guarded(searchRoute(site), { json: { issues: [], isLast: true } });
  const api = '/rest/api/3';
  return {
    ...sharedRoutes(site, api, guarded),
    [`POST ${api}/issue/bulkfetch`]: guarded(issueRoutes(site).readMany),
    [`GET ${api}/label`]: guarded(projectRoutes(site).labels),
    [`GET ${api}/search/jql`]: search,
    [`POST ${api}/search/jql`]: search,
    [`GET ${api}/search`]: guarded(removed),
    [`POST ${api}/search`]: guarded(removed),
    [`GET ${api}/serverInfo`]: info('Cloud', '1001.0.0-SNAPSHOT'),
    'GET /rest/api/2/serverInfo': info('Cloud', '1001.0.0-SNAPSHOT'),
  };
}

/** Only version 2, and tokens that stand for themselves. */
function dataCenterRoutes(site: Site): Record<string, Handler> {
  const guarded = guardOf([basic(site), `Bearer ${site.token}`]);
  const api = '/rest/api/2';
  const search = guarded(searchRoute(site), { json: { startAt: 0, maxResults: 50, total: 0, issues: [] } });
  const unknown: Handler = ({ path, origin }) => ({
    status: 404,
    json: { message: `null for uri: ${origin}${path}`, 'status-code': 404 },
  });
  return {
    ...sharedRoutes(site, api, guarded),
    [`GET ${api}/search`]: search,
    [`POST ${api}/search`]: search,
    [`GET ${api}/serverInfo`]: info('Server', '9.12.0'),
    'GET /rest/api/3/:rest*': unknown,
    'POST /rest/api/3/:rest*': unknown,
  };
}

const info =
  (deploymentType: string, version: string): Handler =>
  ({ origin }) => ({
    json: {
      baseUrl: origin,
      version,
      versionNumbers: version.split('.').map((part) => Number.parseInt(part, 10)),
      deploymentType,
      buildNumber: 100_275,
      serverTitle: 'Jira',
    },
  });

const removed: Handler = () =>
  refusal(410, ['The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.']);
