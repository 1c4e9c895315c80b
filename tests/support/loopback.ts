/** A stateful HTTP server on 127.0.0.1 that plays a vendor: routes, a record of every request, and faults on demand. */

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  /** Without the query, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON, else the text. */
  readonly body: unknown;
  /** Path parameters of the route, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** `http://127.0.0.1:port`, for links in answers. */
  readonly origin: string;
}

export interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (asked: Asked) => Answer | Promise<Answer>;

/** `'GET /repos/:owner/:repo/issues'` → handler. A parameter matches one encoded segment; `:rest*` matches several. */
export type Routes = Readonly<Record<string, Handler>>;

/**
 * What to do instead of answering: before the handler ran (an answer of its own, `reset-before`, `hang`), or after it has
 * acted: its answer is lost (`reset-after`, `hang-after`), changed (a function), ends in the middle (`cut-body`), comes byte
 * by byte (`slow-body`) or never ends (`endless-body`).
 */
export type Trouble =
  | Answer
  | ((answer: Answer) => Answer)
  | 'reset-before'
  | 'hang'
  | 'reset-after'
  | 'hang-after'
  | 'cut-body'
  | 'slow-body'
  | 'endless-body'
  | CutOff;

/** Something happens to the caller, who gets no answer: before the handler would act, or right after it has. */
export interface CutOff {
  readonly cutOff: 'before' | 'after';
  readonly by: (asked: Asked) => void;
}

export interface RecordedExchange {
  readonly asked: Asked;
  /** As the route gave it, also where the caller's `If-None-Match` made it a 304. */
  readonly answer: Answer & { status: number };
  /** Set where a 304 went out instead. */
  readonly notModified?: true;
  /** The answer was planned or changed, as no description has it. */
  readonly planned?: true;
}

export interface Loopback {
  readonly origin: string;
  readonly exchanges: RecordedExchange[];
  /** The next request that matches gets this trouble instead (`times`, default once). */
  trouble(match: (asked: Asked) => boolean, trouble: Trouble, times?: number): void;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  readonly etags?: boolean;
  readonly prefix?: string;
  /** What the vendor says where it has no such route; a body in JSON that names the request when absent. */
  readonly noRoute?: Answer;
}

/**
 * Starts the server. With `etags`, every GET answer carries an ETag and a fitting `If-None-Match` is answered 304.
 * An unknown route is answered 404, and is recorded.
 */
export async function loopback(routes: Routes, options: LoopbackOptions = {}): Promise<Loopback> {
  const table = Object.entries(routes).map(([route, handler]) => ({
    ...compile(route, options.prefix ?? ''),
    handler,
  }));
  const exchanges: RecordedExchange[] = [];
  const troubles: { match: (asked: Asked) => boolean; trouble: Trouble; times: number }[] = [];
  let origin = '';

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`handler failed: ${String(error)}`);
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bare = await readRequest(request, origin);
    const route = table.find((entry) => entry.method === bare.method && entry.pattern.test(bare.path));
    const asked = { ...bare, params: route ? paramsOf(route, bare.path) : {} };
    const planned = troubles.find((entry) => entry.times > 0 && entry.match(asked));
    if (planned) planned.times -= 1;
    const cutOff = isCutOff(planned?.trouble) ? planned.trouble : undefined;
    if (cutOff?.cutOff === 'before') return cutOff.by(asked);
    if (planned?.trouble === 'hang') return;
    if (planned?.trouble === 'reset-before') return void request.socket.resetAndDestroy();
    const noRoute = options.noRoute ?? { json: { message: `no route for ${bare.method} ${bare.path}` } };
    const acted = async () => (await route?.handler(asked)) ?? { ...noRoute, status: 404 };
    const answer = await answered(planned?.trouble, acted);
    const status = answer.status ?? 200;
    const etag = options.etags && bare.method === 'GET' && status === 200 ? etagOf(answer) : undefined;
    const notModified = etag !== undefined && bare.headers['if-none-match'] === etag;
    exchanges.push({
      asked,
      answer: { ...answer, status },
      ...(notModified ? { notModified } : {}),
      ...(isAnswer(planned?.trouble) || typeof planned?.trouble === 'function' ? { planned: true } : {}),
    });
    if (cutOff) return cutOff.by(asked);
    if (planned?.trouble === 'reset-after') return void request.socket.resetAndDestroy();
    if (planned?.trouble === 'hang-after') return;
    if (planned?.trouble === 'cut-body') return cutBody(request, response, answer, status);
    if (planned?.trouble === 'slow-body' || planned?.trouble === 'endless-body')
      return trickle(response, status, planned.trouble === 'slow-body' ? ' ' : ' '.repeat(65_536));
    if (notModified) return void response.writeHead(304, { etag }).end();
    reply(response, answer, status, etag);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    exchanges,
    trouble: (match, trouble, times = 1) => void troubles.push({ match, trouble, times }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function isAnswer(trouble: Trouble | undefined): trouble is Answer {
  return typeof trouble === 'object' && !isCutOff(trouble);
}

function isCutOff(trouble: Trouble | undefined): trouble is CutOff {
  return typeof trouble === 'object' && 'cutOff' in trouble;
}

async function answered(trouble: Trouble | undefined, acted: () => Promise<Answer>): Promise<Answer> {
  if (typeof trouble === 'function') return trouble(await acted());
  return trouble === undefined || typeof trouble === 'string' || isCutOff(trouble) ? acted() : trouble;
}

/** Promises more than it sends. */
function cutBody(request: IncomingMessage, response: ServerResponse, answer: Answer, status: number): void {
  const text = textOf(answer);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) + 100 });
  response.write(text, () => setImmediate(() => request.socket.destroy()));
}

const TRICKLE_MS = 10;

/** The same piece again and again, until the other side goes away. */
function trickle(response: ServerResponse, status: number, piece: string): void {
  response.writeHead(status === 204 ? 200 : status, { 'content-type': 'application/json' });
  let timer: NodeJS.Timeout | undefined;
  const next = () => {
    const goesOn = response.write(piece);
    if (piece.length === 1) timer = setTimeout(next, TRICKLE_MS);
    else if (goesOn) timer = setTimeout(next, 0);
    else response.once('drain', next);
  };
  response.on('close', () => clearTimeout(timer));
  next();
}

function compile(route: string, prefix: string): { method: string; pattern: RegExp; names: string[] } {
  const [method = '', path = ''] = route.split(' ');
  const names: string[] = [];
  const source = (prefix + path)
    .replace(/[.$()+?]/g, '\\$&')
    .replace(/:(\w+)(\*?)/g, (_, name: string, many: string) => {
      names.push(name);
      return many ? '(.+)' : '([^/]+)';
    });
  return { method, pattern: new RegExp(`^${source}$`), names };
}

function paramsOf(route: { pattern: RegExp; names: string[] }, path: string): Record<string, string> {
  const values = route.pattern.exec(path)?.slice(1) ?? [];
  return Object.fromEntries(route.names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]));
}

async function readRequest(request: IncomingMessage, origin: string): Promise<Omit<Asked, 'params'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const url = new URL(request.url ?? '/', origin);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: parsed(text),
    origin,
  };
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function etagOf(answer: Answer): string {
  return `W/"${createHash('sha256').update(textOf(answer)).digest('hex').slice(0, 32)}"`;
}

function textOf(answer: Answer): string {
  return answer.text ?? (answer.json === undefined ? '' : JSON.stringify(answer.json));
}

function reply(response: ServerResponse, answer: Answer, status: number, etag: string | undefined): void {
  const headers: Record<string, string> = {
    'content-type': answer.text === undefined ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
    ...answer.headers,
    ...(etag === undefined ? {} : { etag }),
  };
  response.writeHead(status, headers).end(status === 204 ? undefined : textOf(answer));
}
