/**
 * Jira Cloud's REST API v3 on our fetch: Basic authentication, and errors that name the missing permission.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/
 */
import { asPaceError, PaceError, unsupported, withOperation } from '../errors.ts';
import { createFetch } from '../http.ts';
import type { Settings } from '../ports.ts';
import { plainLine } from '../untrusted-text.ts';
import type { World } from '../world.ts';
import { describe, isUnknownAddress, noApi, type Operation, refined, refuseAnonymous } from './refusals.ts';

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Segments below `/rest/api/3`, not encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | readonly number[] | undefined>>;
  readonly body?: unknown;
}

export interface JiraApi {
  /** Without a slash at its end. */
  readonly url: string;
  /** The parsed answer; `undefined` when Jira answers without a body. */
  call<Answer>(operation: Operation, call: Call): Promise<Answer>;
}

export function createApi(world: World, settings: Settings): JiraApi {
  const url = siteUrl(settings['url'] ?? '');
  const { email = '', token = '', project_key: project = '' } = settings;
  requireCredentials(email, token);
  const fetch = createFetch(world, { title: 'Jira', describe, json: true });
  const authorization = `Basic ${Buffer.from(`${email}:${token}`, 'utf8').toString('base64')}`;

  async function send(operation: Operation, version: 2 | 3, { method = 'GET', path, query, body }: Call) {
    const address = `${url}/rest/api/${version}/${path.map(encodeURIComponent).join('/')}${search(query)}`;
    const headers = { accept: 'application/json', authorization };
    const response = await fetch(
      address,
      body === undefined
        ? { method, headers }
        : { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) },
    );
    refuseAnonymous(response, operation);
    return response;
  }

  async function call<Answer>(operation: Operation, asked: Call): Promise<Answer> {
    try {
      const text = await (await send(operation, 3, asked)).text();
      return (text === '' ? undefined : JSON.parse(text)) as Answer;
    } catch (thrown) {
      if (thrown instanceof SyntaxError) throw noApi(url, operation, thrown);
      const error = asPaceError(thrown);
      if (isUnknownAddress(error)) await refuseDataCenter(operation, error);
      throw refined(error, operation, { email, project });
    }
  }

  async function refuseDataCenter(operation: Operation, error: PaceError): Promise<void> {
    const info = await serverInfo(operation).catch(() => undefined);
    if (!info || info.deploymentType === 'Cloud') return;
    const remedy = 'PACE speaks to Jira Cloud so far. Please choose another tracker with `platform.tracker`.';
    const refusal = unsupported(
      'PACE',
      plainLine(`use Jira ${info.deploymentType ?? 'Server'} ${info.version ?? ''}`, 80),
      remedy,
    );
    throw withOperation(refusal, operation, { message: `${refusal.message} ${error.message}` });
  }

  async function serverInfo(operation: Operation) {
    const answer = await send(operation, 2, { path: ['serverInfo'] });
    return (await answer.json()) as { readonly deploymentType?: string; readonly version?: string };
  }

  return { url, call };
}

function siteUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '') {
    throw new PaceError({
      kind: 'configuration',
      message: `The address of Jira is not a URL: ${url?.username ? '(it contains a user name)' : JSON.stringify(text)}.`,
      remedy: 'Please set JIRA_URL to the address of the site, such as https://your-team.atlassian.net.',
      operation: 'configure',
    });
  }
  // people copy the address of a board
  if (url.hostname.endsWith('.atlassian.net')) return `https://${url.host}`;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function requireCredentials(email: string, token: string): void {
  if (email.includes('@') && token !== '') return;
  const missing = token === '' ? 'an API token (JIRA_TOKEN)' : 'the e-mail address of the account (JIRA_EMAIL)';
  throw new PaceError({
    kind: 'configuration',
    message: `Jira Cloud wants ${missing}: an API token works together with its account only.`,
    remedy:
      'Please set JIRA_EMAIL to the address you log in with and JIRA_TOKEN to a token from ' +
      'https://id.atlassian.com/manage-profile/security/api-tokens. Tokens of Jira Data Center, which have no address, are not supported yet.',
    operation: 'configure',
  });
}

function search(query: Call['query'] = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}
