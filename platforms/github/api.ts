/** The vendor's client on our own fetch, and what each refusal means. https://docs.github.com/en/rest */
import { Octokit } from '@octokit/core';
import { vendorId } from '../../core/drivers/vendor-id.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import { createFetch } from '../../core/http/fetch.ts';
import { createPageGuard } from '../../core/http/page-guard.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import { VERSION } from '../../core/version.ts';
import type { World } from '../../core/world.ts';
import { errorWords } from './host-wire.ts';
import { isWhole, listIn, type Page, pagesAhead, parsed, type Query } from './pages.ts';
import { type Deed, explained } from './refusals.ts';

/** Newer versions break answers; GitHub supports this one until 2028. https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const API_VERSION = '2022-11-28';

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
const LIMITED_WAIT = 60_000;
/**
 * What is created counts apart there: 80 a minute, a second between two. A server of one's own has no such limits unless it says so.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
const CLOUD_WRITES = { perSecond: 1, burst: 20 };

export interface Answer<Data> {
  readonly data: Data;
  readonly headers: { readonly link?: string | undefined; readonly [name: string]: string | number | undefined };
}

export type Send<Data> = (octokit: Octokit) => Promise<Answer<Data>>;

/** One repository's API. Every error is a `PaceError` that names the port's method and, for a refusal, the missing permission. */
export interface Api {
  /** Of the API, without `/` at its end. */
  readonly url: string;
  /** Spread into the parameters of a request. */
  readonly repository: { readonly owner: string; readonly repo: string };
  readonly fullName: string;
  /** Numbers that have been read as those of issues: GitHub counts pull requests among them. */
  readonly issues: Set<number>;
  /** The API of another repository, with the same token. */
  of(repository: string): Api;
  /** What the repository is called now: a renamed one answers to its old name too. Asked for once. */
  currentName(operation: string): Promise<string>;
  /** What GitHub knows it by, whatever it is called; told by the same answer. */
  id(operation: string): Promise<string | undefined>;
  call<Data>(operation: string, deed: Deed, send: Send<Data>): Promise<Data>;
  /** The same with the headers. */
  answer<Data>(operation: string, deed: Deed, send: Send<Data>): Promise<Answer<Data>>;
  /** A file as it is, by its path in the repository (`contents/a.txt`). */
  text(operation: string, deed: Deed, path: string, query: Query): Promise<string>;
  /** The pages of a list, each asked for when the consumer wants it. */
  pages<Data>(operation: string, deed: Deed, send: Send<Data>): AsyncGenerator<Data>;
  /** The same for a long list by its path in the repository (`issues`): see `list-pages.ts`. */
  list<Item>(operation: string, deed: Deed, path: string, query?: Query): AsyncGenerator<Item[]>;
}

/** The API for `repository` (`owner/name`) with the token and address from the settings. */
export function createApi(world: World, settings: Settings, repository: string): Api {
  const [owner = '', repo = '', ...rest] = repository.split('/');
  if (!owner || !repo || rest.length > 0) throw badRepository(repository);
  const baseUrl = apiUrl(settings);
  const warnOnce = budgetWarning(world);
  let singleSignOn: string | undefined;
  const watching: World = {
    ...world,
    fetch: async (input, init) => {
      const response = await world.fetch(input, init);
      // https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#authenticating-with-saml-sso
      singleSignOn = /^required; url=(\S+)/.exec(response.headers.get('x-github-sso') ?? '')?.[1];
      warnOnce(response.headers);
      return response;
    },
  };
  const writes = isCloud(new URL(baseUrl).hostname) ? CLOUD_WRITES : undefined;
  const options = { title: 'GitHub', describe: errorWords, limitedWaitMs: LIMITED_WAIT, writes };
  const send = createFetch(watching, { ...options, json: true });
  const sendUnread = createFetch(watching, options);
  const octokit = new Octokit({
    baseUrl,
    auth: settings['token'],
    userAgent: `pace/${VERSION}`,
    request: { fetch: send },
    log: { debug: world.log.debug, info: world.log.debug, warn: world.log.debug, error: world.log.debug },
  });
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = API_VERSION;
    // what is about an issue must not be written to another one
    if (options.method !== 'GET' && ('issue_number' in options || 'comment_id' in options))
      options.request = { ...options.request, redirect: 'manual' };
  });

  async function doing<Result>(operation: string, deed: Deed, act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      const context = { operation, deed, repository, env: world.env, singleSignOn };
      throw await explained(asPaceError(error), context);
    }
  }

  const answer = <Data>(operation: string, deed: Deed, send: Send<Data>): Promise<Answer<Data>> =>
    doing(operation, deed, async () => {
      const answer = await send(octokit);
      const moved = elsewhere(answer, baseUrl);
      if (moved) throw moved;
      if (typeof answer.data === 'string' && answer.data !== '') throw webPage(baseUrl);
      return answer;
    });

  const headers = {
    accept: 'application/vnd.github+json',
    ...(settings['token'] ? { authorization: `token ${settings['token']}` } : {}),
    'x-github-api-version': API_VERSION,
  };
  async function readPage<Item>(url: string, isFirst: boolean, signal: AbortSignal): Promise<Page<Item>> {
    const request = { headers, signal, cache: isFirst ? 'default' : 'no-store' } as const;
    let response = await sendUnread(url, request);
    let text = await response.text();
    // half an answer is asked for again, and the link to the next page with it, by the one who looks at it
    if (!isWhole(text)) {
      response = await send(url, request);
      text = await response.text();
    }
    return {
      next: nextPage(response.headers.get('link') ?? undefined, baseUrl),
      items: async () => {
        if (text.trimStart().startsWith('<')) throw webPage(baseUrl);
        return listIn(parsed(text));
      },
    };
  }

  // https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types
  const raw = { ...headers, accept: 'application/vnd.github.raw+json' };
  const within = (path: string) => `${baseUrl}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}/${path}`;

  let repositoryNow: Promise<{ readonly name: string; readonly id: string | undefined }> | undefined;
  function lookAtRepository(operation: string) {
    repositoryNow ??= api
      .call(operation, 'read the repository', (client) => client.request('GET /repos/{owner}/{repo}', { owner, repo }))
      .then(({ full_name: name, id }) => ({ name, id: vendorId(id) }))
      .catch((error: unknown) => {
        repositoryNow = undefined;
        throw error;
      });
    return repositoryNow;
  }
  const others = new Map<string, Api>();
  const api: Api = {
    repository: { owner, repo },
    url: baseUrl,
    fullName: repository,
    issues: new Set(),
    of: (other) => {
      const name = other.toLowerCase();
      if (name === repository.toLowerCase()) return api;
      const known = others.get(name) ?? createApi(world, settings, other);
      others.set(name, known);
      return known;
    },
    currentName: async (operation) => (await lookAtRepository(operation)).name,
    id: async (operation) => (await lookAtRepository(operation)).id,
    answer,
    call: async (operation, deed, send) => (await answer(operation, deed, send)).data,
    async *pages(operation, deed, send) {
      const guard = createPageGuard('GitHub');
      for (let page = await answer(operation, deed, send); ; ) {
        yield page.data;
        const next = nextPage(page.headers.link, baseUrl);
        if (next === undefined) return;
        guard.next(next);
        page = await answer(operation, deed, (client) => client.request({ method: 'GET', url: next }));
      }
    },
    text: (operation, deed, path, query) =>
      doing(operation, deed, async () => {
        const response = await sendUnread(`${within(path)}?${new URLSearchParams(query)}`, { headers: raw });
        return textOf(await response.text(), response.headers.get('content-type') ?? '', baseUrl);
      }),
    list: <Item>(operation: string, deed: Deed, path: string, query: Query = {}) => {
      const search = new URLSearchParams({ ...query, per_page: '100' });
      const guard = createPageGuard('GitHub');
      return pagesAhead<Item>(`${within(path)}?${search}`, (url, isFirst, signal) =>
        doing(operation, deed, async () => {
          if (!isFirst) guard.next(url);
          const { next, items } = await readPage<Item>(url, isFirst, signal);
          return { next, items: () => doing(operation, deed, items) };
        }),
      );
    },
  };
  return api;
}

/** A redirect that was not followed: see `hook.before`. https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects */
function elsewhere(answer: Answer<unknown>, baseUrl: string): PaceError | undefined {
  const status = 'status' in answer ? Number(answer.status) : 200;
  if (status < 300 || status >= 400) return undefined;
  const to = URL.parse(String(answer.headers['location'] ?? ''), baseUrl);
  const where = to ? `${to.origin}${to.pathname}` : 'another address';
  return new PaceError({
    kind: to?.origin === new URL(baseUrl).origin ? 'not-found' : 'configuration',
    status,
    message: `GitHub has moved this to ${where}, and nothing was sent there.`,
    remedy: 'Please name the issue by the repository that it is in now, as in `owner/repo#12`.',
    vendorMessage: where,
  });
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function budgetWarning(world: World): (headers: Headers) => void {
  let said = false;
  return (headers) => {
    const [limit, left, reset] = ['limit', 'remaining', 'reset'].map((name) =>
      Number(headers.get(`x-ratelimit-${name}`)),
    );
    if (said || !limit || !reset || left === undefined || left >= limit / 10) return;
    said = true;
    const minutes = Math.max(1, Math.ceil((reset - world.now() / 1000) / 60));
    world.log.warn(
      `GitHub allows ${left} more of ${limit} requests in the next ${minutes} min; all jobs of the repository share them.`,
    );
  };
}

/** Raw, as it was asked for; a server that does not know the form answers with the file in base64, and of a folder with a list. */
function textOf(text: string, type: string, baseUrl: string): string {
  if (/^text\/html\b/i.test(type)) throw webPage(baseUrl);
  if (!/^application\/json\b/i.test(type)) return text;
  const { encoding, content }: { encoding?: unknown; content?: unknown } = Object(parsed(text));
  if (encoding === 'base64' && typeof content === 'string') return Buffer.from(content, 'base64').toString('utf8');
  throw unexpectedAnswer('GitHub', 'a file was expected');
}

function webPage(baseUrl: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `What answers at ${baseUrl} is not GitHub's API: it sent a web page.`,
    remedy:
      'Please check GITHUB_API_URL (`github.api_url`), and that no proxy or login page answers in place of the API.',
  });
}

function badRepository(repository: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `"${repository}" is not the name of a GitHub repository.`,
    remedy: 'Please write it as `owner/name` in GITHUB_REPOSITORY or `github.repository`.',
    operation: 'configure',
  });
}

/** https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#path */
function apiUrl(settings: Settings): string {
  const given = settings['api_url'] ?? fromServerUrl(settings['server_url'] ?? 'https://github.com');
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new PaceError({
      kind: 'configuration',
      message: `"${given}" is not the address of a GitHub API.`,
      remedy: 'Please write GITHUB_API_URL (`github.api_url`) like https://api.github.com or https://HOST/api/v3.',
      operation: 'configure',
    });
  }
  return url.href.replace(/\/+$/, '');
}

function fromServerUrl(server: string): string {
  const url = URL.parse(server);
  if (url?.hostname === 'github.com' || url?.hostname.endsWith('.ghe.com')) return `https://api.${url.host}`;
  return `${server.replace(/\/+$/, '')}/api/v3`;
}

function isCloud(hostname: string): boolean {
  return hostname === 'api.github.com' || hostname.endsWith('.ghe.com');
}

function nextPage(link: string | undefined, baseUrl: string): string | undefined {
  const next = /<([^<>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  if (next === undefined) return undefined;
  // the token goes with the request: to nobody but the server we know
  if (URL.parse(next)?.origin === new URL(baseUrl).origin) return next;
  throw new PaceError({
    kind: 'unexpected',
    message: 'GitHub names a next page on another server.',
    remedy: 'Please check that `github.api_url` is the address by which the server knows itself.',
  });
}
