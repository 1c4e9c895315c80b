/**
 * The one way out to the network: time-outs, safe retries, limits of servers, redirects without credentials, conditional
 * requests, typed errors. What is known about a host is kept in `world.traffic` and shared by everybody who talks to it.
 */

import { defined } from '../defined.ts';
import { asPaceError, asUnsure, PaceError } from '../errors.ts';
import type { Pace } from '../traffic.ts';
import { VERSION } from '../version.ts';
import type { AnswerLimits, Fetch, World } from '../world.ts';
import { boundedAnswer } from './bounded-answer.ts';
import { budgetOf } from './rate-limits.ts';
import { type Describe, refusal } from './refusal.ts';
import { requireJson } from './unexpected-answer.ts';
import { notAsked } from './unreachable.ts';

export interface HttpOptions extends Partial<AnswerLimits> {
  /** Whose API this is, for messages: "GitHub". */
  readonly title: string;
  /** Further attempts after the first. Reads only, and what the server has refused unprocessed (429). */
  readonly retries?: number;
  /** How long to stay away when a server limits us and does not say for how long. */
  readonly limitedWaitMs?: number;
  /** A longer wait that a server asks for ends in a `rate-limit` error instead. */
  readonly maxWaitMs?: number;
  readonly describe?: Describe;
  /** Answers of this API are objects and lists in JSON; others are refused. */
  readonly json?: boolean;
  /** The pace of writes that a vendor's documentation asks for, where its answers do not tell of it before they refuse. */
  readonly writes?: Pace | undefined;
  /** All requests read, whatever their method, as queries that are sent by POST do: they may be sent again. */
  readonly readsOnly?: boolean;
  /** The refusal that an API tells in the body of its answer, whatever the status; `undefined` when it tells of none. */
  readonly refusalIn?: (answer: WholeAnswer) => PaceError | undefined;
}

/** An answer with its body read. */
export interface WholeAnswer {
  readonly response: Response;
  readonly bytes: ArrayBuffer;
  /** The clock when it came. */
  readonly now: number;
}

/** One request with its body read, so that it can be sent again. */
interface Call {
  readonly request: Request;
  readonly body: ArrayBuffer | undefined;
  readonly isRead: boolean;
}

const USUAL_LIMITS: AnswerLimits = { firstByteMs: 15_000, wholeMs: 60_000, maxResponseBytes: 50 * 1024 * 1024 };

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;

/**
 * A fetch for one vendor. Resolves with a 2xx answer only; everything else is a `PaceError` of the fitting kind. A request with
 * `redirect: 'manual'` resolves with a redirect too, as it came.
 * A read that carries an ETag is asked for again with `If-None-Match`, and a 304 comes back as the stored answer. An answer to
 * a request with `cache: 'no-store'` is not kept: the pages of a long list would pile up.
 */
export function createFetch(world: World, options: HttpOptions): Fetch {
  const { retries = 3, maxWaitMs = 60_000, limitedWaitMs = 0 } = options;
  const cache = createCache();

  return async (input, init) => {
    const request = new Request(input, init);
    const isRead = options.readsOnly === true || request.method === 'GET' || request.method === 'HEAD';
    const call: Call = { request, isRead, body: request.body === null ? undefined : await request.arrayBuffer() };
    const host = world.traffic.host(new URL(request.url).origin);
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await followed(world, options, cache, call);
      } catch (error) {
        if (request.signal.aborted) throw request.signal.reason;
        const met = asPaceError(error);
        const asked = met.retryAfter ?? (met.kind === 'rate-limit' ? limitedWaitMs : 0);
        const wait = Math.max(asked, backOff(attempt, world.random()));
        const mayRepeat = met.kind === 'rate-limit' || (isRead && met.kind === 'transient');
        if (!mayRepeat || attempt >= retries || wait > Math.min(maxWaitMs, world.traffic.deadline - world.now()))
          throw isRead ? met : told(met);
        if (host.deadFor(world.now()) > 0) throw met;
        world.log.debug(`${met.message} Trying again in ${Math.ceil(wait / 1000)} s.`);
        host.retried();
        host.waited(wait);
        await world.sleep(wait, request.signal);
      }
    }
  };
}

/** A write whose answer was lost may have acted: only a connection that never came about says that it has not. */
function told(error: PaceError): PaceError {
  return error.kind === 'transient' && !error.neverSent ? asUnsure(error) : error;
}

/** 1 s, 2 s, 4 s, … at most 60 s, ± 10 %. */
export function backOff(attempt: number, random: number): number {
  return Math.min(1000 * 2 ** attempt, 60_000) * (0.9 + 0.2 * random);
}

/** Redirects within the same origin are followed; to another one they are refused, so that no credential ever goes there. */
async function followed(world: World, options: HttpOptions, cache: Cache, call: Call): Promise<Response> {
  const headers = new Headers(call.request.headers);
  headers.set('user-agent', `pace/${VERSION}`);
  let { url } = call.request;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await attempt(world, options, cache, { ...call, url, headers });
    const location = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || location === null || call.request.redirect === 'manual') return response;
    const next = new URL(location, url);
    const repeats = call.isRead || response.status >= 307;
    if (next.origin !== new URL(url).origin || !repeats) throw moved(options.title, next);
    url = next.href;
  }
  throw moved(options.title, new URL(url));
}

function moved(title: string, to: URL): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `${title} has moved to ${to.origin}${to.pathname}.`,
    remedy: 'Please use the new address or name in the configuration.',
  });
}

type Attempt = Call & { readonly url: string; readonly headers: Headers };

/** One request and its whole answer: 2xx or a redirect. */
async function attempt(world: World, options: HttpOptions, cache: Cache, call: Attempt): Promise<Response> {
  const host = world.traffic.host(new URL(call.url).origin);
  await takeTurn(world, options, call);
  const { method, cache: mode } = call.request;
  const key = method === 'GET' && mode !== 'no-store' ? `${call.url} ${call.headers.get('accept') ?? ''}` : undefined;
  const known = key === undefined ? undefined : cache.get(key);
  const { response, bytes } = await exchange(world, options, call, known?.etag);
  host.answered(response.status, budgetOf(response.headers, world.now()), world.now());
  if (response.status === 304 && known) return new Response(known.body, { status: 200, headers: known.headers });
  if (REDIRECTS.has(response.status)) return new Response(null, { status: response.status, headers: response.headers });
  const refused = refusalOf(options, call, { response, bytes, now: world.now() });
  if (refused?.kind === 'rate-limit') host.limited(world.now(), refused.retryAfter ?? options.limitedWaitMs);
  if (refused) throw refused;
  const { status } = response;
  if (options.json) requireJson({ title: options.title, method, url: call.url, status, bytes });
  const etag = response.headers.get('etag');
  if (key !== undefined && etag) cache.set(key, { etag, body: bytes, headers: response.headers });
  const empty = status === 204 || status === 205;
  return new Response(empty ? null : bytes, { status, headers: response.headers });
}

function refusalOf({ title, describe, refusalIn }: HttpOptions, call: Attempt, answer: WholeAnswer) {
  const told = refusalIn?.(answer);
  if (told || answer.response.ok) return told;
  return refusal({ title, method: call.request.method, url: call.url, describe, ...answer });
}

/** Waits for the host's bucket; a host that counts as dead is not asked. */
async function takeTurn(
  world: World,
  { title, writes }: HttpOptions,
  { url, isRead, request }: Attempt,
): Promise<void> {
  const { origin } = new URL(url);
  const host = world.traffic.host(origin);
  const dead = host.deadFor(world.now());
  if (dead > 0) throw notAsked(title, origin, dead);
  const wait = isRead ? host.take('read', world.now()) : host.take('write', world.now(), writes);
  // what is to be written is worth more than its time
  if (isRead && world.now() + wait > world.traffic.end) throw timeIsOver(title, origin, wait);
  if (wait === 0) return;
  host.waited(wait);
  await world.sleep(wait, request.signal);
}

function timeIsOver(title: string, origin: string, wait: number): PaceError {
  return new PaceError({
    kind: 'transient',
    message: `${title} is not asked any more at ${origin}: the time of this run is over.`,
    remedy: 'Please look at what takes so long (its log with --verbose tells); the next run tries again.',
    retryAfter: wait,
    neverSent: true,
  });
}

async function exchange(
  world: World,
  options: HttpOptions,
  { url, headers, request, body }: Attempt,
  etag: string | undefined,
): Promise<{ response: Response; bytes: ArrayBuffer }> {
  const limits = { ...USUAL_LIMITS, ...world.answerLimits, ...options };
  const sent = new Headers(headers);
  if (etag) sent.set('if-none-match', etag);
  const { method, signal } = request;
  return boundedAnswer(
    { fetch: world.fetch, after: world.after, title: options.title, limits },
    { url, method, headers: sent, signal, ...defined({ body }) },
    () => world.traffic.host(new URL(url).origin).unreachable(world.now()),
  );
}

interface CachedAnswer {
  readonly etag: string;
  readonly body: ArrayBuffer;
  readonly headers: Headers;
}

const CACHED_ANSWERS = 64;

type Cache = ReturnType<typeof createCache>;

/** The last answers that carried an ETag, by address. */
function createCache() {
  const answers = new Map<string, CachedAnswer>();
  return {
    get: (key: string) => answers.get(key),
    set: (key: string, answer: CachedAnswer) => {
      answers.delete(key);
      answers.set(key, answer);
      const [oldest] = answers.keys();
      if (answers.size > CACHED_ANSWERS && oldest !== undefined) answers.delete(oldest);
    },
  };
}
