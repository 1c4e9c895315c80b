/** The one way out to the network: time-outs, safe retries, `Retry-After`, conditional requests, typed errors. */
import { PaceError } from './errors.ts';
import { plainLine } from './untrusted-text.ts';
import type { Fetch, World } from './world.ts';

export interface HttpOptions {
  /** Whose API this is, for messages: "GitHub". */
  readonly title: string;
  /** Per attempt, from the first byte sent to the last byte received. */
  readonly timeoutMs?: number;
  /** Further attempts after the first; only reads are repeated. */
  readonly retries?: number;
  /** How long to stay away when a server limits us and does not say for how long. */
  readonly limitedWaitMs?: number;
  /** A longer wait that a server asks for ends in a `rate-limit` error instead. */
  readonly maxWaitMs?: number;
  /** Answers above it are refused. */
  readonly maxResponseBytes?: number;
  /** The vendor's own words in an error answer; some of them stand in headers. */
  readonly describe?: (body: unknown, headers: Headers) => string | undefined;
}

const RETRYABLE = new Set([429, 500, 502, 503, 504]);
const CACHED_ANSWERS = 64;

interface CachedAnswer {
  readonly etag: string;
  readonly body: ArrayBuffer;
  readonly headers: Headers;
}

/**
 * A fetch for one vendor. Resolves with a 2xx answer only; everything else is a `PaceError` of the fitting kind.
 * A read that carries an ETag is asked for again with `If-None-Match`, and a 304 comes back as the stored answer.
 */
export function createFetch(world: World, options: HttpOptions): Fetch {
  const { retries = 3, maxWaitMs = 60_000, limitedWaitMs = 0 } = options;
  const cache = new Map<string, CachedAnswer>();

  return async (input, init) => {
    const request = new Request(input, init);
    const repeatable = request.method === 'GET' || request.method === 'HEAD';
    const body = request.body === null ? undefined : await request.arrayBuffer();
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await attemptOnce(world, options, cache, request, body).catch((error: unknown) => {
        if (error instanceof PaceError) return error;
        throw error;
      });
      if (!(outcome instanceof PaceError)) return outcome;
      const mayRepeat = repeatable || outcome.kind === 'rate-limit';
      const asked = outcome.retryAfter ?? (outcome.kind === 'rate-limit' ? limitedWaitMs : 0);
      const wait = Math.max(asked, backOff(attempt, world.random()));
      if (!mayRepeat || !isPassing(outcome) || attempt >= retries || wait > maxWaitMs) throw outcome;
      world.log.debug(`${options.title}: ${outcome.message} Trying again in ${Math.ceil(wait / 1000)} s.`);
      await world.sleep(wait, request.signal);
    }
  };
}

function isPassing(error: PaceError): boolean {
  return error.kind === 'transient' || error.kind === 'rate-limit';
}

/** 1 s, 2 s, 4 s, … at most 60 s, ± 10 %. */
export function backOff(attempt: number, random: number): number {
  return Math.min(1000 * 2 ** attempt, 60_000) * (0.9 + 0.2 * random);
}

async function attemptOnce(
  world: World,
  options: HttpOptions,
  cache: Map<string, CachedAnswer>,
  request: Request,
  body: ArrayBuffer | undefined,
): Promise<Response> {
  const { timeoutMs = 15_000 } = options;
  const cacheKey = request.method === 'GET' ? `${request.url} ${request.headers.get('accept') ?? ''}` : undefined;
  const known = cacheKey === undefined ? undefined : cache.get(cacheKey);
  const headers = new Headers(request.headers);
  if (known) headers.set('if-none-match', known.etag);
  const timeout = AbortSignal.timeout(timeoutMs);
  let response: Response;
  let bytes: ArrayBuffer;
  try {
    response = await world.fetch(request.url, {
      method: request.method,
      headers,
      redirect: request.redirect,
      signal: AbortSignal.any([request.signal, timeout]),
      ...(body === undefined ? {} : { body }),
    });
    bytes = await readBounded(response, options);
  } catch (error) {
    if (error instanceof PaceError) throw error;
    if (request.signal.aborted) throw request.signal.reason;
    throw unreachable(options.title, request, error, timeout.aborted ? timeoutMs : undefined);
  }
  if (response.status === 304 && known) return new Response(known.body, { status: 200, headers: known.headers });
  if (!response.ok) throw refusal(world, options, request, response, bytes);
  const etag = response.headers.get('etag');
  if (cacheKey !== undefined && etag) remember(cache, cacheKey, { etag, body: bytes, headers: response.headers });
  const empty = response.status === 204 || response.status === 205 || response.status === 304;
  return new Response(empty ? null : bytes, {
    status: response.status,
    headers: response.headers,
  });
}

function remember(cache: Map<string, CachedAnswer>, key: string, answer: CachedAnswer): void {
  cache.delete(key);
  cache.set(key, answer);
  const [oldest] = cache.keys();
  if (cache.size > CACHED_ANSWERS && oldest !== undefined) cache.delete(oldest);
}

async function readBounded(response: Response, options: HttpOptions): Promise<ArrayBuffer> {
  const { maxResponseBytes = 50 * 1024 * 1024 } = options;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxResponseBytes) {
      throw new PaceError({
        kind: 'unexpected',
        status: response.status,
        message: `${options.title} sent an answer of more than ${maxResponseBytes} bytes.`,
        remedy: 'Please check that the configured URL is that of the API.',
      });
    }
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole.buffer;
}

function unreachable(title: string, request: Request, cause: unknown, timeoutMs: number | undefined): PaceError {
  const { origin } = new URL(request.url);
  return new PaceError({
    kind: 'transient',
    message:
      timeoutMs === undefined
        ? `${title} could not be reached at ${origin} (${rootCause(cause)}).`
        : `${title} did not answer at ${origin} within ${timeoutMs / 1000} s.`,
    remedy: 'Please check the URL, the network and the proxy of the runner; the next run tries again.',
    cause,
  });
}

function rootCause(error: unknown): string {
  let link = error;
  while (link instanceof Error && link.cause instanceof Error) link = link.cause;
  if (!(link instanceof Error)) return plainLine(String(link), 200);
  const code = 'code' in link && typeof link.code === 'string' ? link.code : '';
  return plainLine(code || link.message, 200);
}

/** What a non-2xx answer means, the same for every vendor; platforms refine message and remedy per operation. */
function refusal(
  world: World,
  options: HttpOptions,
  request: Request,
  response: Response,
  bytes: ArrayBuffer,
): PaceError {
  const { status, headers } = response;
  const words = vendorWords(bytes, headers, options.describe);
  const retryAfter = waitAskedFor(headers, world.now());
  const limited = status === 429 || (status === 403 && isRateLimit(headers, words));
  const kind = limited ? 'rate-limit' : kindOf(status);
  const { origin, pathname } = new URL(request.url);
  return new PaceError({
    kind,
    status,
    message: `${options.title} answered ${status} to ${request.method} ${origin}${pathname}${words ? `: ${words}` : '.'}`,
    remedy: REMEDIES[kind],
    ...(words ? { vendorMessage: words } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

type RefusalKind = keyof typeof REMEDIES;

const REMEDIES = {
  authentication: 'Please check that the token is set, complete and not expired.',
  permission: 'Please give the token the permission that this operation needs.',
  'not-found':
    'Please check the name, and that the token may see it: many services answer 404 for a missing permission.',
  conflict: 'Something else changed the same thing at the same time; the next run tries again.',
  'rate-limit': 'Please run less often, or use a token with a larger budget; the next run tries again.',
  transient: 'The service is in trouble; the next run tries again.',
  validation: 'Please compare the named fields with what the project accepts.',
  unexpected: 'Please check that the configured URL is that of the API.',
} as const;

function kindOf(status: number): RefusalKind {
  if (status === 401) return 'authentication';
  if (status === 403) return 'permission';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 409) return 'conflict';
  if (status === 400 || status === 422) return 'validation';
  return RETRYABLE.has(status) || status >= 500 ? 'transient' : 'unexpected';
}

function isRateLimit(headers: Headers, words: string): boolean {
  return headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after') || /\brate limit\b/i.test(words);
}

/** `Retry-After` in seconds or as a date, else the reset time of an exhausted budget. Milliseconds from now. */
function waitAskedFor(headers: Headers, now: number): number | undefined {
  const after = headers.get('retry-after');
  if (after !== null) {
    const milliseconds = /^\d+(\.\d+)?$/.test(after.trim()) ? Number(after) * 1000 : Date.parse(after) - now;
    if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  }
  const reset = Number(headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset'));
  const exhausted = (headers.get('x-ratelimit-remaining') ?? headers.get('ratelimit-remaining')) === '0';
  return exhausted && reset > 0 ? Math.max(0, reset * 1000 - now) : undefined;
}

function vendorWords(bytes: ArrayBuffer, headers: Headers, describe: HttpOptions['describe']): string {
  const text = new TextDecoder().decode(bytes.slice(0, 65_536));
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // not JSON: a proxy's or a server's page
    if (/<html|<!doctype/i.test(text)) return '(a web page instead of an API answer)';
  }
  const words = describe?.(body, headers) ?? (typeof body === 'string' ? body : messageIn(body));
  return plainLine(words, 500);
}

function messageIn(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { message, error, errors } = body as Record<string, unknown>;
  const parts = [message, error, errors].filter((part) => part !== undefined && part !== null);
  return parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
}
