/** The REST API of Gitea and Forgejo over our own fetch. https://docs.gitea.com/api/ and https://code.forgejo.org/api/swagger */

import { defined } from '../../core/defined.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import { createFetch } from '../../core/http/fetch.ts';
import { createPageGuard } from '../../core/http/page-guard.ts';
import { dataOf, neededData, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { serverAddress } from './address.ts';
import { explained, type Operation } from './refusals.ts';

/** The usual MAX_RESPONSE_ITEMS: servers cut a larger page without a word. */
const PAGE = 50;

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, with encoded parts. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** One repository's API. Every error is a `PaceError` that names the port's method and, for a refusal, the missing permission. */
export interface Api {
  /** `https://gitea.example.org/path`, without `/` at the end. */
  readonly url: string;
  /** `owner/name`. */
  readonly fullName: string;
  readonly owner: string;
  /** `/repos/owner/name`, encoded. */
  readonly repo: string;
  /** Numbers that have been read as those of issues: pull requests are counted among them. */
  readonly issues: Set<number>;
  call<Data>(operation: Operation, request: Request): Promise<Data>;
  /** The same, where nobody looks at the answer: it may be empty. */
  send(operation: Operation, request: Request): Promise<void>;
  /** Every entry of a list, page by page as the consumer asks. `entries` finds them where the answer wraps them. */
  list<Entry>(
    operation: Operation,
    request: Request,
    entries?: (page: unknown) => readonly Entry[],
  ): AsyncGenerator<Entry>;
}

/** The API for `repository` (`owner/name`) with address and token from the settings. */
export function connect(world: World, settings: Settings, repository: string): Api {
  const [owner = '', name = '', ...rest] = repository.split('/');
  if (!owner || !name || rest.length > 0)
    throw badSetting(`"${repository}" is not the name of a repository.`, REPOSITORY);
  const url = serverAddress(settings['url'] ?? '');
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw badSetting(`"${url}" is not the address of a server.`, URL_REMEDY);
  const fetch = createFetch(world, { title: 'Gitea', json: true });
  const headers = { accept: 'application/json', ...authorizationOf(settings) };

  async function answer<Data>(operation: Operation, { method = 'GET', path, query = {}, body, signal }: Request) {
    const address = new URL(`${url}/api/v1${path}`);
    for (const [key, value] of Object.entries(query)) address.searchParams.set(key, value);
    try {
      const response = await fetch(address, {
        method,
        headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        ...defined({ body: body === undefined ? undefined : JSON.stringify(body), signal }),
      });
      return {
        data: dataOf<Data>(await response.text(), { title: 'Gitea', url: address, remedy: NO_API }),
        headers: response.headers,
      };
    } catch (error) {
      // an aborted call ends with the signal's own reason
      if (signal?.aborted) throw error;
      throw explained(asPaceError(error), { operation, repository, env: world.env });
    }
  }

  return {
    url,
    fullName: repository,
    owner,
    repo: `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`,
    issues: new Set(),
    call: async <Data>(operation: Operation, request: Request) =>
      neededData('Gitea', (await answer<Data>(operation, request)).data),
    send: async (operation, request) => void (await answer(operation, request)),
    async *list(operation, request, entries = entriesOf) {
      const guard = createPageGuard('Gitea');
      let received = 0;
      let first = '';
      for (let page = 1; ; page += 1) {
        const query = { ...request.query, page: String(page), limit: String(PAGE) };
        const { data, headers: told } = await answer<unknown>(operation, { ...request, query });
        const found = entries(data);
        // some lists have no pages, and give the whole again
        if (found.length === 0 || JSON.stringify(found[0]) === first) return;
        guard.next(page);
        yield* found;
        received += found.length;
        first = JSON.stringify(found[0]);
        if (!hasMore(told, received)) return;
      }
    },
  };
}

export function authorizationOf({ token }: Settings): Record<string, string> {
  return token ? { authorization: `token ${token}` } : {};
}

/** A short page is not the last page, and a `Link` may be made for the limit that was asked for: the total is what counts. */
function hasMore(headers: Headers, received: number): boolean {
  const total = headers.get('x-total-count');
  if (total !== null && /^\d+$/.test(total)) return received < Number(total);
  const link = headers.get('link');
  return link === null || /rel="?next"?/.test(link);
}

function entriesOf<Entry>(page: unknown): readonly Entry[] {
  if (Array.isArray(page)) return page;
  throw unexpectedAnswer('Gitea', 'a list was expected');
}

const NO_API = 'Please check `gitea.url` (GITEA_URL), and that no proxy or login page answers in place of the API.';
const REPOSITORY = 'Please write it as `owner/name` in `gitea.repository` (PACE_GITEA_REPOSITORY).';
const URL_REMEDY = 'Please write `gitea.url` (GITEA_URL) like https://gitea.example.org.';

function badSetting(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'configuration', message, remedy, operation: 'configure' });
}
