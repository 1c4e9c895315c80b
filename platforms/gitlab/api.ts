/** GitLab's REST client over our own fetch. https://docs.gitlab.com/api/rest/ */
import {
  Branches,
  Commits,
  Epics,
  GroupMembers,
  IssueLabelEvents,
  IssueLinks,
  IssueMilestoneEvents,
  IssueNotes,
  IssueStateEvents,
  Issues,
  Jobs,
  MergeRequestApprovals,
  MergeRequestNotes,
  MergeRequests,
  PersonalAccessTokens,
  Pipelines,
  ProjectLabels,
  ProjectMembers,
  ProjectMilestones,
  Projects,
  ProjectVariables,
  RepositoryFiles,
  Users,
} from '@gitbeaker/core';
import {
  type BaseResourceOptions,
  type DefaultRequestOptions,
  defaultOptionsHandler,
  type RequesterType,
  type ResourceOptions,
} from '@gitbeaker/requester-utils';
import { defined } from '../../core/defined.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import { createFetch } from '../../core/http/fetch.ts';
import type { Settings } from '../../core/ports/index.ts';
import { createListGuards } from '../../core/tracker/list-guards.ts';
import type { Fetch, World } from '../../core/world.ts';
import { instanceUrl } from './address.ts';
import { type Credential, type Operation, refine } from './refusals.ts';

/**
 * What GitLab.com lets a person write counts apart, comments 60 a minute, and its answers tell of the whole alone.
 * https://docs.gitlab.com/user/gitlab_com/#rate-limits-on-gitlabcom
 */
const CLOUD_WRITES = { perSecond: 1, burst: 20 };

export interface GitLabApi {
  /** `https://gitlab.example.org`, without `/` at the end. */
  readonly url: string;
  readonly credential: Credential;
  /** The client's resources; requests end when the signal is aborted. */
  resources(signal?: AbortSignal): Resources;
  /** The answer as it is. */
  text(path: string, query: Readonly<Record<string, string>>): Promise<string>;
  /** Runs the calls of one port method; a refusal names the method and what the token lacks for it. */
  attempt<Result>(operation: Operation, calls: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
}

export type Resources = ReturnType<typeof createResources>;

/** The client for the instance and the token of these settings. */
export function connect(world: World, settings: Settings): GitLabApi {
  const url = instanceUrl(settings);
  const { credential, ...auth } = authentication(settings);
  const writes = URL.parse(url)?.hostname === 'gitlab.com' ? CLOUD_WRITES : undefined;
  const fetch = createFetch(world, { title: 'GitLab', json: true, writes });
  const fetchText = createFetch(world, { title: 'GitLab' });
  const options = (signal?: AbortSignal) => ({
    ...auth,
    host: url,
    queryTimeout: null,
    rateLimits: {},
    requesterFn: (service: ResourceOptions) => requester(fetch, service, signal),
  });
  return {
    url,
    credential,
    text: async (path, query) => {
      const address = new URL(`${url}/api/v4${path}?${new URLSearchParams(query)}`);
      return (await fetchText(address, { headers: headersOf(auth) })).text();
    },
    resources: (signal) => createResources(options(signal)),
    attempt: async (operation, calls, signal) => {
      try {
        return await calls();
      } catch (error) {
        // an aborted call ends with the signal's own reason
        if (signal?.aborted) throw error;
        throw refine(asPaceError(error), operation, credential);
      }
    },
  };
}

type Auth = { credential: Credential } & (
  | { token: string }
  | { jobToken: string }
  | { oauthToken: string }
  | { token?: never }
);

interface Headers {
  readonly token?: string;
  readonly jobToken?: string;
  readonly oauthToken?: string;
}

/** Which header a token goes into. https://docs.gitlab.com/api/rest/authentication/ */
export function authentication(settings: Settings): Auth {
  const token = settings['token'];
  if (token && !isJobToken(token)) {
    // tokens of OAuth applications are 64 hexadecimal digits, access tokens never are
    const oauth = /^[0-9a-f]{64}$/.test(token);
    return { credential: 'token', ...(oauth ? { oauthToken: token } : { token }) };
  }
  const jobToken = token || settings['job_token'];
  return jobToken ? { credential: 'job-token', jobToken } : { credential: 'none' };
}

export function headersOf({ token, jobToken, oauthToken }: Headers): Record<string, string> {
  return defined({
    'private-token': token,
    'job-token': jobToken,
    authorization: oauthToken === undefined ? undefined : `Bearer ${oauthToken}`,
  });
}

/** People do pass `$CI_JOB_TOKEN` as GITLAB_TOKEN; its prefix, or its being a JWT, gives it away. */
function isJobToken(token: string): boolean {
  return token.startsWith('glcbt-') || /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}

function createResources(options: BaseResourceOptions<false>) {
  return {
    branches: new Branches(options),
    commits: new Commits(options),
    epics: new Epics(options),
    groupMembers: new GroupMembers(options),
    files: new RepositoryFiles(options),
    issueLinks: new IssueLinks(options),
    issueNotes: new IssueNotes(options),
    issueLabelEvents: new IssueLabelEvents(options),
    issueMilestoneEvents: new IssueMilestoneEvents(options),
    issueStateEvents: new IssueStateEvents(options),
    issues: new Issues(options),
    jobs: new Jobs(options),
    labels: new ProjectLabels(options),
    members: new ProjectMembers(options),
    mergeRequestApprovals: new MergeRequestApprovals(options),
    mergeRequestNotes: new MergeRequestNotes(options),
    mergeRequests: new MergeRequests(options),
    milestones: new ProjectMilestones(options),
    pipelines: new Pipelines(options),
    projects: new Projects(options),
    tokens: new PersonalAccessTokens(options),
    users: new Users(options),
    variables: new ProjectVariables(options),
  };
}

function requester(fetch: Fetch, service: ResourceOptions, signal: AbortSignal | undefined): RequesterType {
  const received = createListGuards('GitLab');
  const send = (method: string) => async (endpoint: string, options?: DefaultRequestOptions) => {
    const {
      prefixUrl = '',
      searchParams = '',
      headers,
      body,
    } = await defaultOptionsHandler(service, {
      ...options,
      method,
    });
    const url = new URL(endpoint, prefixUrl.endsWith('/') ? prefixUrl : `${prefixUrl}/`);
    url.search = searchParams;
    const response = await fetch(url, {
      method,
      ...defined({
        headers,
        // the client gives a DELETE an empty one
        body: body && method !== 'DELETE' ? body : undefined,
        signal,
      }),
    });
    const read = await readBody(response, url);
    if (Array.isArray(read)) received(url, read.length);
    return {
      body: read,
      headers: { ...Object.fromEntries(response.headers), ...nextPage(response, url) },
      status: response.status,
    };
  };
  return { get: send('GET'), post: send('POST'), put: send('PUT'), patch: send('PATCH'), delete: send('DELETE') };
}

/** The client only knows `Link`; a proxy may drop it, and a cut list of checks would look like a pass. */
function nextPage({ headers }: Response, url: URL): { link?: string } {
  const page = headers.get('x-next-page');
  if (headers.has('link') || !page) return {};
  const next = new URL(url);
  next.searchParams.set('page', page);
  return { link: `<${next}>; rel="next"` };
}

async function readBody(response: Response, url: URL) {
  const text = await response.text();
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PaceError({
      kind: 'configuration',
      status: response.status,
      message: `The answer from ${url.origin}${url.pathname} is not one of GitLab's API.`,
      remedy: 'Please check `gitlab.url` (GITLAB_URL): it is the address of the GitLab instance.',
      cause,
    });
  }
}

/** What the call returns; `undefined` when the token may not, or there is no such thing. */
export async function readable<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await call();
  } catch (error) {
    if ([401, 403, 404].includes(asPaceError(error).status ?? 0)) return undefined;
    throw error;
  }
}
