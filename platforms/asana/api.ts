/** Asana's REST API on our fetch. https://developers.asana.com/reference/rest-api-reference */

import { defined } from '../../core/defined.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import { createFetch } from '../../core/http/fetch.ts';
import { createPageGuard } from '../../core/http/page-guard.ts';
import { neededText, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { GID } from './address.ts';
import { explained, type Operation, wordsOf } from './refusals.ts';

export type { Operation } from './refusals.ts';

/** The most that Asana gives at once. https://developers.asana.com/docs/pagination */
const PAGE = 100;

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the address of the API, with nothing in it that was not checked. */
  readonly path: string;
  /** The fields to answer with; Asana adds `gid` and `resource_type`. */
  readonly fields?: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly data?: unknown;
  /** The scope that this request needs, where the operation is named for another one. */
  readonly scope?: string;
}

export interface Api {
  /** Without `/` at its end. */
  readonly url: string;
  readonly project: string;
  /** What stands under `data` in the answer. Throws `PaceError` with the operation and what is missing. */
  call<Data>(operation: Operation, request: Request): Promise<Data>;
  /** Every entry once, although pages move while they are read; a page is fetched when it is asked for. */
  list<Entry extends { readonly gid: string }>(operation: Operation, request: Request): AsyncGenerator<Entry>;
}

interface Answer {
  readonly data?: unknown;
  readonly next_page?: { readonly offset?: unknown } | null;
}

export function connect(world: World, settings: Settings): Api {
  const { token = '', project = '' } = settings;
  const base = apiUrl(settings['api_url'] ?? '');
  const fetch = createFetch(world, { title: 'Asana', json: true, describe: wordsOf });
  requireGid(project, 'project', 'PACE_ASANA_PROJECT');

  async function answer(operation: Operation, request: Request): Promise<Answer> {
    const { method = 'GET', path, fields, query = {}, data, scope } = request;
    const url = new URL(`${base}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    if (fields) url.searchParams.set('opt_fields', fields.join(','));
    const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
    try {
      const response = await fetch(url, {
        method,
        headers: data === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        ...(data === undefined ? {} : { body: JSON.stringify({ data }) }),
      });
      const found: unknown = await response.json().catch(() => undefined);
      if (!isRecord(found) || !('data' in found)) throw noApi(url);
      return found;
    } catch (error) {
      throw explained(asPaceError(error), { operation, project, scope });
    }
  }

  async function* list<Entry extends { readonly gid: string }>(
    operation: Operation,
    request: Request,
  ): AsyncGenerator<Entry> {
    const seen = new Set<string>();
    const guard = createPageGuard('Asana');
    for (let offset: string | undefined, goesOn = true; goesOn; ) {
      const query = { ...request.query, limit: String(PAGE), ...defined({ offset }) };
      const { data, next_page: next } = await answer(operation, { ...request, query });
      if (!Array.isArray(data)) throw unexpectedAnswer('Asana', 'a list was expected');
      for (const entry of data as Entry[]) {
        const gid = neededText('Asana', 'gid', entry.gid);
        if (!seen.has(gid)) yield entry;
        seen.add(gid);
      }
      goesOn = next !== null && next !== undefined;
      if (goesOn && (typeof next?.offset !== 'string' || next.offset === offset))
        throw unexpectedAnswer('Asana', 'a list has no next page although it says so');
      offset = goesOn ? String(next?.offset) : undefined;
      if (offset !== undefined) guard.next(offset);
    }
  }

  return {
    url: base,
    project,
    list,
    call: async <Data>(operation: Operation, request: Request) => (await answer(operation, request)).data as Data,
  };
}

function apiUrl(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.username === '') return text.replace(/\/+$/, '');
  throw badSetting(
    'The address of Asana’s API (`asana.api_url`) is not a URL, or has a user name in it.',
    'Please remove it, or write the whole address: https://app.asana.com/api/1.0.',
  );
}

export function requireGid(value: string, key: string, variable: string): void {
  if (GID.test(value)) return;
  throw badSetting(
    `“${plainLine(value, 60)}” is not the gid of a ${key}.`,
    `Please set \`asana.${key}\` (${variable}) to the number in the address: https://app.asana.com/1/WORKSPACE/project/PROJECT.`,
  );
}

function noApi({ origin, pathname }: URL): PaceError {
  return new PaceError({
    kind: 'unexpected',
    message: `The answer from ${origin}${pathname} is not one of Asana’s API.`,
    remedy:
      'Please check `asana.api_url` (ASANA_API_URL), and that no proxy or login page answers in place of the API.',
  });
}

function badSetting(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'configuration', message, remedy, operation: 'configure' });
}
