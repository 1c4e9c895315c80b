/** ClickUp's REST API, version 2, on our own fetch. https://developer.clickup.com/reference */

import { asPaceError, PaceError } from '../../core/errors.ts';
import { createFetch } from '../../core/http/fetch.ts';
import { dataOf, neededData } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import type { World } from '../../core/world.ts';
import { explained, type Operation } from './refusals.ts';

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Segments below `/v2`, not encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** One of many pages: not kept. */
  readonly isPage?: boolean;
}

export interface Api {
  /** Without `/` at its end. */
  readonly url: string;
  /** The configured List. */
  readonly list: string;
  /** Every error is a `PaceError` that names the port's method and, for a refusal, the missing permission. */
  call<Data>(operation: Operation, request: Request): Promise<Data>;
  /** The same, where nobody looks at the answer: it may be empty. */
  send(operation: Operation, request: Request): Promise<void>;
  /** Runs one port method: what it throws names the method. */
  attempt<Result>(operation: Operation, work: () => Promise<Result>): Promise<Result>;
}

export function connect(world: World, settings: Settings): Api {
  const { token = '', list = '', api_url: url = '' } = settings;
  if (!/^\d{1,20}$/.test(list)) throw badSetting(`"${list.slice(0, 40)}" is not the id of a List.`, LIST_REMEDY);
  const base = apiUrl(url);
  const fetch = createFetch(world, { title: 'ClickUp', json: true, describe });
  const headers = { accept: 'application/json', authorization: authorizationOf(token) };

  async function attempt<Result>(operation: Operation, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw explained(asPaceError(error), operation, list);
    }
  }

  async function answer<Data>({ method = 'GET', path, query = {}, body, isPage }: Request): Promise<Data | undefined> {
    const address = new URL(`${base}/v2/${path.map(encodeURIComponent).join('/')}`);
    for (const [key, value] of Object.entries(query)) address.searchParams.set(key, value);
    const response = await fetch(address, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(isPage ? { cache: 'no-store' } : {}),
    });
    return dataOf<Data>(await response.text(), { title: 'ClickUp', url: address, remedy: NO_API });
  }

  return {
    url: base,
    list,
    attempt,
    call: <Data>(operation: Operation, request: Request) =>
      attempt(operation, async () => neededData('ClickUp', await answer<Data>(request))),
    send: (operation, request) => attempt(operation, async () => void (await answer(request))),
  };
}

/** Personal tokens stand alone, access tokens behind `Bearer`. https://developer.clickup.com/docs/authentication */
export function authorizationOf(token: string): string {
  return /^(pk_|Bearer )/.test(token) ? token : `Bearer ${token}`;
}

/** `{ "err": "Team not authorized", "ECODE": "OAUTH_027" }` */
function describe(body: unknown): string | undefined {
  const { err, ECODE: code } = (isRecord(body) ? body : {}) as Record<string, unknown>;
  const parts = [typeof err === 'string' ? err : '', typeof code === 'string' ? `[${code}]` : ''].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : undefined;
}

function apiUrl(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.username === '') return text.replace(/\/+$/, '');
  throw badSetting(
    'The address of ClickUp’s API (`clickup.api_url`) is not a URL, or has a user name in it.',
    'Please remove it, or write the whole address of the API: https://api.clickup.com/api.',
  );
}

const LIST_REMEDY = 'Please write the number that the address of the List ends with in `clickup.list` (CLICKUP_LIST).';

const NO_API = 'Please check `clickup.api_url`, and that no proxy or login page answers in place of the API.';

function badSetting(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'configuration', message, remedy, operation: 'configure' });
}
