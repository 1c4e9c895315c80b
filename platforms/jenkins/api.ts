/** Jenkins' remote access API over our own fetch. https://www.jenkins.io/doc/book/using/remote-access-api/ */

import { defined } from '../../core/defined.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import { createFetch } from '../../core/http/fetch.ts';
import { anyText, neededText, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import type { World } from '../../core/world.ts';
import { explained, type Operation, requiredPermission } from './refusals.ts';

export interface Read {
  /** Below the server's address, with encoded parts: `/job/acme/job/shop`. */
  readonly path: string;
  /** The fields that are wanted; all others stay away. */
  readonly tree: string;
  readonly signal?: AbortSignal | undefined;
}

/** One server's API. Every error is a `PaceError` that names the port's method and, for a refusal, the missing permission. */
export interface Api {
  /** `https://jenkins.example.org/path`, without `/` at the end. */
  readonly url: string;
  /** Requests are made in somebody's name. */
  readonly hasToken: boolean;
  read<Data>(operation: Operation, request: Read): Promise<Data>;
  /** Sends a form. Jenkins answers by leading to the page of what has changed. */
  submit(operation: Operation, path: string, fields: Readonly<Record<string, string>>): Promise<void>;
}

export function connect(world: World, settings: Settings): Api {
  const url = serverAddress(settings['url'] ?? '');
  const { user, token } = settings;
  if (token !== undefined && user === undefined) throw noUser();
  const fetch = createFetch(world, { title: 'Jenkins', json: true, describe: requiredPermission });
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== undefined) headers['authorization'] = `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;

  async function read<Data>(operation: Operation, { path, tree, signal }: Read): Promise<Data> {
    const address = new URL(`${url}${path}/api/json`);
    address.searchParams.set('tree', tree);
    try {
      // the builds of many jobs: nothing that should be kept
      const response = await fetch(address, { headers, cache: 'no-store', ...defined({ signal }) });
      return parsed<Data>(await response.text(), address);
    } catch (error) {
      // an aborted call ends with the signal's own reason
      if (signal?.aborted) throw error;
      throw explained(asPaceError(error), operation, token !== undefined);
    }
  }

  async function submit(operation: Operation, path: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const body = new URLSearchParams(fields).toString();
    const type = 'application/x-www-form-urlencoded';
    const send = (crumb: Readonly<Record<string, string>> = {}) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { ...headers, 'content-type': type, ...crumb },
        body,
      });
    try {
      // an API token needs no crumb; what lacks one is refused before anything is done
      const response = await send().catch(async (error: unknown) => {
        if (!lacksCrumb(asPaceError(error))) throw error;
        return send(await crumb(error));
      });
      const location = response.headers.get('location');
      if (location !== null && /\/(login|securityRealm)\b/.test(location)) throw loginPage(url);
    } catch (error) {
      throw explained(asPaceError(error), operation, token !== undefined);
    }
  }

  /** The header that a session needs, with the session. A server without crumbs has refused for another reason. */
  async function crumb(refused: unknown): Promise<Record<string, string>> {
    const address = new URL(`${url}/crumbIssuer/api/json`);
    const response = await fetch(address, { headers, cache: 'no-store' }).catch((error: unknown) => {
      throw asPaceError(error).kind === 'not-found' ? refused : error;
    });
    const issued = parsed<{ crumb: unknown; crumbRequestField: unknown }>(await response.text(), address);
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    return {
      [neededText('Jenkins', 'crumbRequestField', issued.crumbRequestField)]: anyText('Jenkins', 'crumb', issued.crumb),
      ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}),
    };
  }

  return { url, hasToken: token !== undefined, read, submit };
}

/** A refusal that names a permission would be the same with a crumb. */
function lacksCrumb({ status, vendorMessage = '' }: PaceError): boolean {
  return status === 403 && !vendorMessage.startsWith('requires ');
}

/** The address without `/` at its end. Throws `configuration`. */
function serverAddress(text: string): string {
  const url = text.trim().replace(/\/+$/, '');
  if (/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
  throw new PaceError({
    kind: 'configuration',
    operation: 'configure',
    message: `"${url.slice(0, 200)}" is not the address of a server.`,
    remedy: 'Please write `jenkins.url` (JENKINS_URL) like https://jenkins.example.org.',
  });
}

function noUser(): PaceError {
  return new PaceError({
    kind: 'configuration',
    operation: 'configure',
    message: 'Jenkins needs the user of the token (PACE_JENKINS_USER), and it is not set.',
    remedy: 'Please set PACE_JENKINS_USER to the id of the user to whom the API token belongs.',
  });
}

function loginPage(url: string): PaceError {
  return new PaceError({ kind: 'authentication', message: `${url} leads to a login page.`, remedy: '' });
}

function parsed<Data>(text: string, { origin, pathname }: URL): Data {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new PaceError({
      kind: 'configuration',
      message: `The answer from ${origin}${pathname} is not one of Jenkins' API.`,
      remedy: 'Please check `jenkins.url` (JENKINS_URL), and that no proxy or login page answers in place of the API.',
      cause,
    });
  }
  if (!isRecord(data)) throw unexpectedAnswer('Jenkins', 'no object');
  return data as Data;
}
