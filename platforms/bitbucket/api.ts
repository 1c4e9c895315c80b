/** Bitbucket's REST API 2.0 over our own fetch. https://developer.atlassian.com/cloud/bitbucket/rest/intro/ */

import { defined } from '../../core/defined.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import { createFetch } from '../../core/http/fetch.ts';
import { createPageGuard } from '../../core/http/page-guard.ts';
import { dataOf, neededData, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { explained, type Operation, readRefusal } from './refusals.ts';
import { authorization, type Credential } from './token.ts';

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API's address, with encoded parts. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; a form as it is. */
  readonly body?: object;
  readonly signal?: AbortSignal | undefined;
}

/** One repository's API. Every error is a `PaceError` that names the port's method and, for a refusal, the missing scope. */
export interface Api {
  /** `workspace/name`. */
  readonly fullName: string;
  /** The repository's page. */
  readonly webUrl: string;
  /** `/repositories/workspace/name`, encoded. */
  readonly repo: string;
  readonly credential: Credential;
  /** The scopes of the token as the last answer has told them; `undefined` as long as none has. */
  grantedScopes(): readonly string[] | undefined;
  call<Data>(operation: Operation, request: Request): Promise<Data>;
  /** The same, where nobody looks at the answer: it may be empty. */
  send(operation: Operation, request: Request): Promise<void>;
  /** The content of a file. */
  text(operation: Operation, request: Request): Promise<string>;
  /** Every entry of a list, page by page as the consumer asks. */
  list<Entry>(operation: Operation, request: Request): AsyncGenerator<Entry>;
}

/** The API for `repository` (`workspace/name`). Throws `configuration` for a token or an address that cannot be. */
export function connect(world: World, settings: Settings, repository: string): Api {
  const [workspace = '', slug = '', ...rest] = repository.split('/');
  if (!workspace || !slug || rest.length > 0)
    throw badSetting(`"${repository}" is not the name of a repository.`, REPOSITORY);
  const base = (settings['api_url'] ?? '').replace(/\/+$/, '');
  const address = URL.parse(base);
  if (!address || !/^https?:$/.test(address.protocol))
    throw badSetting(`"${base}" is not the address of an API.`, API_URL);
  const { credential, header } = authorization(settings);
  const options = { title: 'Bitbucket', describe: readRefusal };
  const [fetch, fetchText] = [createFetch(world, { ...options, json: true }), createFetch(world, options)];
  let scopes: readonly string[] | undefined;

  async function answer(
    operation: Operation,
    { method = 'GET', path, query = {}, body, signal }: Request,
    send = fetch,
  ) {
    const url = new URL(`${base}${path}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    const isForm = body instanceof FormData;
    try {
      const response = await send(url, {
        method,
        headers: {
          authorization: header,
          ...(send === fetch ? { accept: 'application/json' } : {}),
          ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
        ...defined({ signal }),
      });
      scopes = response.headers.get('x-oauth-scopes')?.split(/,\s*/).filter(Boolean) ?? scopes;
      return { text: await response.text(), url };
    } catch (error) {
      // an aborted call ends with the signal's own reason
      if (signal?.aborted) throw error;
      throw explained(asPaceError(error), { operation, repository, credential });
    }
  }

  async function call<Data>(operation: Operation, request: Request): Promise<Data> {
    return neededData('Bitbucket', read<Data>(await answer(operation, request)));
  }

  function read<Data>({ text, url }: { readonly text: string; readonly url: URL }): Data | undefined {
    return dataOf<Data>(text, { title: 'Bitbucket', url, remedy: API_URL });
  }

  return {
    fullName: repository,
    webUrl: `${address.hostname === 'api.bitbucket.org' ? 'https://bitbucket.org' : address.origin}/${repository}`,
    repo: `/repositories/${encodeURIComponent(workspace)}/${encodeURIComponent(slug)}`,
    credential,
    grantedScopes: () => scopes,
    call,
    send: async (operation, request) => void read(await answer(operation, request)),
    text: async (operation, request) => (await answer(operation, request, fetchText)).text,
    async *list(operation, request) {
      let { query = {} } = request;
      const guard = createPageGuard('Bitbucket');
      for (let received = 0; ; ) {
        const page = await call<Page>(operation, { ...request, query });
        if (!Array.isArray(page?.values)) throw unexpectedAnswer('Bitbucket', 'a list was expected');
        yield* page.values;
        received += page.values.length;
        const next = nextQuery(page, query, received);
        if (!next) return;
        guard.next(JSON.stringify(next));
        query = next;
      }
    },
  };
}

/** https://developer.atlassian.com/cloud/bitbucket/rest/intro/#pagination */
interface Page {
  readonly values?: unknown;
  readonly next?: unknown;
  readonly page?: unknown;
  readonly size?: unknown;
}

/** Only the query of the link is followed, so that the token stays at the configured server. Lists of Pipelines have a size and no link. */
function nextQuery({ values, next, page, size }: Page, query: Record<string, string>, received: number) {
  if (typeof next === 'string') {
    const link = URL.parse(next);
    if (!link) throw unexpectedAnswer('Bitbucket', 'the address of the next page is not a URL');
    const following = Object.fromEntries(link.searchParams);
    if (JSON.stringify(following) === JSON.stringify(query))
      throw unexpectedAnswer('Bitbucket', 'a page leads to itself');
    return following;
  }
  const isPage = Array.isArray(values) && values.length > 0 && typeof page === 'number';
  return isPage && typeof size === 'number' && received < size ? { ...query, page: String(page + 1) } : undefined;
}

const REPOSITORY = 'Please write it as `workspace/name` in `bitbucket.repository` (PACE_BITBUCKET_REPOSITORY).';
const API_URL =
  'Please leave `bitbucket.api_url` (PACE_BITBUCKET_API_URL) out, or write it like https://api.bitbucket.org/2.0, and check that no proxy or login page answers in place of the API.';

function badSetting(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'configuration', message, remedy, operation: 'configure' });
}
