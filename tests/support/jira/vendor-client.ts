/**
 * What jira.js, the client that Atlassian's documentation names, would send for the same purpose: a second opinion about every
 * request to Cloud. Its functions take from their parameters what they know and drop the rest, so that a misspelt parameter of
 * ours is missing in theirs. It puts keys into paths without encoding them, which is left out of the comparison.
 */
import * as jira from 'jira.js/cloud';
import type { Client, SendRequestOptions } from 'jira.js/core';
import type { Asked } from '../loopback.ts';

export interface Sent {
  readonly method: string;
  /** Below the version of the API, decoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly body: unknown;
}

interface Given {
  readonly inPath: Readonly<Record<string, string>>;
  readonly inQuery: Readonly<Record<string, readonly string[]>>;
  readonly body: unknown;
}

type Kind = (client: Client, given: Given) => Promise<unknown>;

/** The fields of the body are parameters like those of path and query. */
function flat<Parameters>(send: (client: Client, parameters: Parameters) => Promise<unknown>): Kind {
  return (client, { inPath, inQuery, body }) =>
    send(client, { ...inPath, ...inQuery, ...(body instanceof Object ? body : {}) } as Parameters);
}

/** The body is one parameter of its own. */
function nested<Parameters>(send: (client: Client, parameters: Parameters) => Promise<unknown>): Kind {
  return (client, { inPath, inQuery, body }) => send(client, { ...inPath, ...inQuery, body } as Parameters);
}

const KINDS: Readonly<Record<string, Kind>> = {
  'POST issue': flat(jira.createIssue),
  'POST issue/bulk': flat(jira.createIssues),
  'POST issue/bulkfetch': flat(jira.bulkFetchIssues),
  'GET issue/createmeta/:projectIdOrKey/issuetypes': flat(jira.getCreateIssueMetaIssueTypes),
  'GET issue/createmeta/:projectIdOrKey/issuetypes/:issueTypeId': flat(jira.getCreateIssueMetaIssueTypeId),
  'GET issue/:issueIdOrKey': flat(jira.getIssue),
  'PUT issue/:issueIdOrKey': flat(jira.editIssue),
  'DELETE issue/:issueIdOrKey': flat(jira.deleteIssue),
  'PUT issue/:issueIdOrKey/properties/:propertyKey': nested(jira.setIssueProperty),
  'GET issue/:issueIdOrKey/transitions': flat(jira.getTransitions),
  'POST issue/:issueIdOrKey/transitions': flat(jira.doTransition),
  'GET issue/:issueIdOrKey/comment': flat(jira.getComments),
  'POST issue/:issueIdOrKey/comment': flat(jira.addComment),
  'GET issue/:issueIdOrKey/comment/:id': flat(jira.getComment),
  'PUT issue/:issueIdOrKey/comment/:id': nested(jira.updateComment),
  'DELETE issue/:issueIdOrKey/comment/:id': flat(jira.deleteComment),
  'GET issue/:issueIdOrKey/changelog': flat(jira.getChangeLogs),
  'GET issueLinkType': flat(jira.getIssueLinkTypes),
  'POST issueLink': flat(jira.linkIssues),
  'DELETE issueLink/:linkId': flat(jira.deleteIssueLink),
  'GET label': flat(jira.getAllLabels),
  'GET myself': flat(jira.getCurrentUser),
  'GET mypermissions': flat(jira.getMyPermissions),
  'GET project/:projectIdOrKey': flat(jira.getProject),
  'GET project/:projectIdOrKey/statuses': flat(jira.getAllStatuses),
  'GET project/:projectIdOrKey/versions': flat(jira.getProjectVersions),
  'GET search/jql': flat(jira.searchAndReconsileIssuesUsingJql),
  'GET serverInfo': flat(jira.getServerInfo),
  'GET user/assignable/search': flat(jira.findAssignableUsers),
  'POST version': flat(jira.createVersion),
  'PUT version/:id': nested(jira.updateVersion),
};

/** The request as it was recorded. */
export function asSent({ method, path, query, body }: Asked): Sent {
  return { method, path: belowVersion(decodeURIComponent(path)), query: valuesOf(query), body };
}

/** The kind of a request (`GET issue/:issueIdOrKey`), known to jira.js or not. */
export function kindOf(asked: Asked): string {
  const known = Object.keys(KINDS).find((kind) => paramsOf(kind, asked) !== undefined);
  return known ?? `${asked.method} ${belowVersion(asked.path).replace(/\/\d+$/, '/:id')}`;
}

/** The same request by jira.js; `undefined` when it has none of this kind. */
export async function vendorRequest(asked: Asked): Promise<Sent | undefined> {
  const name = kindOf(asked);
  const kind = KINDS[name];
  if (!kind) return undefined;
  const { query: inQuery } = asSent(asked);
  let sent: Sent | undefined;
  const client: Client = {
    sendRequest: (options) => {
      sent = serialised(options);
      return Promise.reject(new Error('nothing is sent'));
    },
  };
  await kind(client, { inPath: paramsOf(name, asked) ?? {}, inQuery, body: asked.body }).catch(() => undefined);
  return sent;
}

function paramsOf(kind: string, { method, path }: Asked): Record<string, string> | undefined {
  const [verb, pattern = ''] = kind.split(' ');
  const wanted = pattern.split('/');
  const given = belowVersion(path).split('/').map(decodeURIComponent);
  if (verb !== method || wanted.length !== given.length) return undefined;
  const pairs = wanted.map((part, index) => [part, given[index] ?? ''] as const);
  if (!pairs.every(([part, value]) => part.startsWith(':') || part === value)) return undefined;
  return Object.fromEntries(pairs.flatMap(([part, value]) => (part.startsWith(':') ? [[part.slice(1), value]] : [])));
}

function belowVersion(path: string): string {
  return path.replace(/^.*?\/rest\/api\/3\//, '');
}

function valuesOf(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

/** Parameters that are not given are there as `undefined`. */
function serialised({ method = 'GET', url, searchParams = {}, body }: SendRequestOptions): Sent {
  const given = Object.entries(searchParams).filter(([, value]) => value !== undefined);
  return {
    method,
    path: belowVersion(url),
    query: Object.fromEntries(given.map(([name, value]) => [name, [value].flat().map(String)])),
    body: body === undefined ? undefined : JSON.parse(JSON.stringify(body)),
  };
}
