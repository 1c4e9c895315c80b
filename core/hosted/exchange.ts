/**
 * One request to a hosted tracker and its answer. Paths exist with and without a slash at their end; which form a server knows is
 * found out and remembered. Redirects are followed by hand: within the origin, and never so that a POST becomes a GET.
 */
import { defined } from '../defined.ts';
import { PaceError } from '../errors.ts';
import { createFetch } from '../http/fetch.ts';
import { isRecord } from '../record.ts';
import type { World } from '../world.ts';
import { refusalIn, refusalOf } from './envelope.ts';

export const TITLE = 'The hosted tracker';

/** Where the service says nothing: https://www.rfc-editor.org/rfc/rfc6585#section-4 */
const LIMITED_WAIT_MS = 5000;
const REQUEST_MS = 30_000;
const MOST_REDIRECTS = 3;

export interface HostedRequest {
  readonly method: 'GET' | 'POST';
  /** Below the origin, without a slash at its end. */
  readonly path: string;
  /** It has one spelling only. */
  readonly isPlain?: boolean;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** It changes something: nothing is sent a second time by itself, but what was refused for its rate. */
  readonly writes?: boolean;
}

export interface HostedAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** It was done before: the same key came a second time. */
  readonly isReplayed: boolean;
}

export interface Exchange {
  readonly origin: string;
  /** Throws `PaceError`, of a refusal with the service’s own words behind it. */
  send(request: HostedRequest): Promise<HostedAnswer>;
}

export function createExchange(world: World, origin: string): Exchange {
  // once more for a read without an answer, and for what was refused for its rate; `refusalOf` tells how long is asked for
  const options = {
    ...{ title: TITLE, retries: 1, limitedWaitMs: LIMITED_WAIT_MS, refusalIn: refusalOf },
    ...{ firstByteMs: REQUEST_MS, wholeMs: REQUEST_MS },
  };
  const reading = createFetch(world, { ...options, readsOnly: true });
  const writing = createFetch(world, options);
  let endsInSlash = true;

  async function send(request: HostedRequest): Promise<HostedAnswer> {
    if (request.isPlain) return answered(request, request.path);
    try {
      return await answered(request, formOf(request.path, endsInSlash));
    } catch (error) {
      if (!isNoSuchPath(error)) throw error;
      const answer = await answered(request, formOf(request.path, !endsInSlash));
      endsInSlash = !endsInSlash;
      return answer;
    }
  }

  async function answered(request: HostedRequest, path: string): Promise<HostedAnswer> {
    let url = addressOf(origin, path, request.query);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const fetch = request.writes ? writing : reading;
      const response = await fetch(url, { ...partsOf(request), method: request.method, redirect: 'manual' });
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400) return answerOf(response, url);
      url = nextOf({ request, url, status: response.status, location });
      if (!request.isPlain && isOtherForm(url, path)) endsInSlash = url.pathname.endsWith('/');
    }
    throw movedTo(url);
  }

  return { origin, send };
}

function formOf(path: string, endsInSlash: boolean): string {
  return endsInSlash ? `${path}/` : path;
}

function isOtherForm({ pathname }: URL, path: string): boolean {
  return pathname !== path && bare(pathname) === bare(path);
}

function bare(path: string): string {
  return path.replace(/\/$/, '');
}

/** A server that has the path says what is wrong in its own words. */
function isNoSuchPath(error: unknown): boolean {
  const refused = refusalIn(error);
  return (
    (refused?.status === 404 || refused?.status === 405) &&
    (refused.envelope.code ?? refused.envelope.message) === undefined
  );
}

function addressOf(origin: string, path: string, query: HostedRequest['query']): URL {
  const url = new URL(path, origin);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  return url;
}

function partsOf({ body, form, headers = {} }: HostedRequest): { headers: Record<string, string>; body?: string } {
  const sent = form ? new URLSearchParams(form).toString() : body === undefined ? undefined : JSON.stringify(body);
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    headers: { accept: 'application/json', ...(sent === undefined ? {} : { 'content-type': type }), ...headers },
    ...defined({ body: sent }),
  };
}

interface Redirect {
  readonly request: HostedRequest;
  readonly url: URL;
  readonly status: number;
  readonly location: string | null;
}

/** Where the same request goes, whole. Of 301, 302 and 303 a POST comes back as a GET elsewhere: here only the other slash is meant. */
function nextOf({ request, url, status, location }: Redirect): URL {
  const next = location === null ? undefined : (URL.parse(location, url.href) ?? undefined);
  if (!next || next.origin !== url.origin) throw movedTo(next ?? url);
  const keepsMethod = request.method === 'GET' || status === 307 || status === 308;
  const isSamePath = bare(next.pathname) === bare(url.pathname) && next.pathname !== url.pathname;
  if (!keepsMethod && !isSamePath) throw movedTo(next);
  // a form that was posted has no query, and none comes to it on the way
  if (request.method === 'POST' || next.search === '') next.search = url.search;
  next.hash = '';
  return next;
}

function movedTo({ origin, pathname }: URL): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `${TITLE} leads on to ${origin}${pathname}, where nothing is sent.`,
    remedy: 'Please give its new address: the token goes to the origin alone that it is for.',
    neverSent: true,
  });
}

async function answerOf(response: Response, url: URL): Promise<HostedAnswer> {
  const text = await response.text();
  const body = text.trim() === '' ? {} : parsed(text);
  if (!isRecord(body)) throw noApi(url, response.status);
  return { status: response.status, body, isReplayed: response.headers.get('idempotency-replayed') === 'true' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noApi({ origin, pathname }: URL, status: number): PaceError {
  return new PaceError({
    kind: 'unexpected',
    status,
    message: `The answer from ${origin}${pathname} is not one of a hosted tracker.`,
    remedy: 'Please check its address, and that no proxy or login page answers in its place.',
  });
}
