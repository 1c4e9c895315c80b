/**
 * Jira's REST API on our fetch: the right version for the kind of Jira, the right authentication for the kind of token, and
 * errors that name the missing permission. https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/
 */
import { asPaceError, PaceError } from '../../core/errors.ts';
import { createFetch } from '../../core/http/fetch.ts';
import { neededData } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import type { Call, Dialect, JiraApi } from './dialect.ts';
import { kindByAddress, kindBySetting, kindOf, likelyKind, type ServerInfo } from './kinds.ts';
import { noApi, type Operation, refined, refusalWords, refuseAnonymous } from './refusals.ts';

export function createApi(world: World, settings: Settings): JiraApi {
  const url = siteUrl(settings['url'] ?? '');
  const { email = '', token = '', project_key: project = '' } = settings;
  const certain = kindBySetting(settings['deployment']) ?? kindByAddress(url);
  requireCredentials(certain, email, token);
  const fetch = createFetch(world, { title: 'Jira', describe: refusalWords, json: true });

  async function request<Answer>(operation: Operation, version: 2 | 3, call: Call): Promise<Answer | undefined> {
    const { method = 'GET', path, query, body } = call;
    const address = `${url}/rest/api/${version}/${path.map(encodeURIComponent).join('/')}${search(query)}`;
    const headers = { accept: 'application/json', ...credentialsOf(settings) };
    try {
      const response = await fetch(
        address,
        body === undefined
          ? { method, headers }
          : { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) },
      );
      refuseAnonymous(response, operation);
      const text = await response.text();
      return text === '' ? undefined : JSON.parse(text);
    } catch (thrown) {
      throw thrown instanceof SyntaxError ? noApi(url, operation, thrown) : thrown;
    }
  }

  let found: Promise<Dialect> | undefined = certain && Promise.resolve(certain);
  let likely = certain ?? likelyKind(email);

  /** One request, anonymous or not, to an address that both kinds have; else the address that only Cloud has decides. */
  async function probe(operation: Operation): Promise<Dialect> {
    const path = ['serverInfo'];
    const info = await request<ServerInfo>(operation, 2, { path }).catch((thrown: unknown) => {
      if (asPaceError(thrown).status !== 404) throw thrown;
      return request<ServerInfo>(operation, 3, { path });
    });
    likely = kindOf(info) ?? noKind(operation);
    requireCredentials(likely, email, token);
    return likely;
  }

  function noKind(operation: Operation): never {
    throw noApi(url, operation, new Error('serverInfo says nothing'));
  }

  function dialect(operation: Operation): Promise<Dialect> {
    found ??= probe(operation).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  }

  async function answer<Answer>(operation: Operation, call: Call): Promise<Answer | undefined> {
    return request<Answer>(operation, (await dialect(operation)).version, call);
  }

  return {
    url,
    likelyDialect: () => likely,
    dialect: (operation) => explained(operation, () => dialect(operation)),
    call: <Answer>(operation: Operation, call: Call) =>
      explained(operation, async () => neededData('Jira', await answer<Answer>(operation, call))),
    send: (operation, call) => explained(operation, async () => void (await answer(operation, call))),
  };

  async function explained<Result>(operation: Operation, act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (thrown) {
      throw refined(asPaceError(thrown), operation, { email, project });
    }
  }
}

/** A personal access token of Data Center stands for itself. */
export function credentialsOf({ email = '', token = '' }: Settings): { authorization: string } {
  const basic = () => Buffer.from(`${email}:${token}`).toString('base64');
  return { authorization: email === '' ? `Bearer ${token}` : `Basic ${basic()}` };
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

/** Data Center takes a token alone, or a user's name with a password or token. */
function requireCredentials(kind: Dialect | undefined, email: string, token: string): void {
  if (token !== '' && (kind?.name !== 'Cloud' || email.includes('@'))) return;
  const missing = token === '' ? 'an API token (JIRA_TOKEN)' : 'the e-mail address of the account (JIRA_EMAIL)';
  throw new PaceError({
    kind: 'configuration',
    message: `Jira${kind ? ` ${kind.name}` : ''} needs ${missing}${kind?.name === 'Cloud' ? ': an API token works together with its account only' : ''}.`,
    remedy:
      'Please set JIRA_EMAIL to the address you log in with and JIRA_TOKEN to a token from ' +
      'https://id.atlassian.com/manage-profile/security/api-tokens. In Jira Data Center a personal access token (JIRA_TOKEN) is enough.',
    operation: 'configure',
  });
}

function search(query: Call['query'] = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}
