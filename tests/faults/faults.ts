/** Everything that can go wrong with one request, as data. */
import type { Answer, Trouble } from '../support/loopback.ts';

/** Where a request ends up that never reaches the server. */
export type Elsewhere = 'refused' | 'untrusted';

/** No answer at all, and the server has acted or not. */
export type Silence = 'hang' | 'hang-after';

/** An answer that names a moment, counted from the client's clock. */
export interface Dated {
  readonly answerAt: (now: number) => Answer;
}

export interface NetworkFault {
  readonly name: string;
  readonly happens: Trouble | Elsewhere | Dated;
  /** Every further request meets it too. */
  readonly forEver?: true;
  /** A refusal for want of a permission: the remedy must name it. */
  readonly denied?: true;
}

const refused = (status: number, message: string, headers: Record<string, string> = {}): Answer => ({
  status,
  json: { message },
  headers,
});
const page = (status: number): Answer => ({
  status,
  text: '<!doctype html><html><body><h1>Bad Gateway</h1></body></html>',
  headers: { 'content-type': 'text/html' },
});
const exhausted = (now: number) =>
  refused(403, 'API rate limit exceeded', {
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil((now + 20_000) / 1000)),
  });
const slowDown = refused(429, 'Too many requests', { 'retry-after': '3' });
const later = (now: number) => refused(429, 'Later', { 'retry-after': new Date(now + 9000).toUTCString() });

export const networkFaults: readonly NetworkFault[] = [
  { name: 'a refused connection', happens: 'refused' },
  { name: 'refused connections for ever', happens: 'refused', forEver: true },
  { name: 'a certificate that nobody knows', happens: 'untrusted' },
  { name: 'a reset before the server has acted', happens: 'reset-before' },
  { name: 'resets before the server has acted, for ever', happens: 'reset-before', forEver: true },
  { name: 'a reset after the server has acted', happens: 'reset-after' },
  { name: 'resets after the server has acted, for ever', happens: 'reset-after', forEver: true },
  { name: 'no answer in time', happens: 'hang' },
  { name: 'no answer in time, for ever', happens: 'hang', forEver: true },
  { name: 'no answer in time, and the server has acted', happens: 'hang-after' },
  { name: 'a body byte by byte', happens: 'slow-body' },
  { name: 'a body without end', happens: 'endless-body' },
  { name: 'a body that is cut off', happens: 'cut-body' },
  { name: '401 once', happens: refused(401, 'Unauthorized') },
  { name: '401 for ever', happens: refused(401, 'Unauthorized'), forEver: true },
  { name: '403', happens: refused(403, 'Forbidden'), denied: true },
  { name: '403 for ever', happens: refused(403, 'Forbidden'), denied: true, forEver: true },
  { name: '403 with Retry-After', happens: refused(403, 'Slow down', { 'retry-after': '7' }) },
  { name: '403 of an exhausted budget', happens: { answerAt: exhausted } },
  { name: '404', happens: refused(404, 'Not Found') },
  { name: '404 for ever', happens: refused(404, 'Not Found'), forEver: true },
  { name: '409', happens: refused(409, 'Conflict') },
  { name: '410', happens: refused(410, 'Gone') },
  { name: '422', happens: refused(422, 'Unprocessable') },
  { name: '429 with seconds', happens: slowDown },
  { name: '429 for ever', happens: slowDown, forEver: true },
  { name: '429 with a date', happens: { answerAt: later } },
  { name: '500', happens: refused(500, 'Internal error') },
  { name: '500 for ever', happens: refused(500, 'Internal error'), forEver: true },
  { name: '502 after the server has acted', happens: () => page(502) },
  { name: '502 after the server has acted, for ever', happens: () => page(502), forEver: true },
  { name: '503', happens: page(503) },
  { name: 'a web page', happens: () => page(200) },
  { name: 'half the JSON', happens: (answer) => ({ ...answer, text: half(answer), headers: jsonType(answer) }) },
  { name: 'an empty body', happens: (answer) => ({ ...answer, text: '', headers: jsonType(answer) }) },
];

function half({ json }: Answer): string {
  const text = JSON.stringify(json) ?? '';
  return text.slice(0, Math.ceil(text.length / 2));
}

function jsonType({ headers }: Answer): Record<string, string> {
  return { ...headers, 'content-type': 'application/json' };
}

/** What PACE itself has stored there, as it likes. */
const OURS = new Set(['properties']);

/** Answers of the right form with the wrong content. */
export const wrongTypes: readonly NetworkFault[] = [
  swapped('null instead of everything', () => null),
  swapped('an object instead of a list, or the other way round', (json) => (Array.isArray(json) ? {} : [])),
  swapped('a text instead of everything', () => 'ok'),
  deep('numbers instead of texts', (value) => (typeof value === 'string' ? 7 : value)),
  deep('texts instead of numbers', (value) => (typeof value === 'number' ? `${value}!` : value)),
  deep('null instead of every text', (value) => (typeof value === 'string' ? null : value)),
  deep('null instead of every number', (value) => (typeof value === 'number' ? null : value)),
  deep('objects instead of inner lists', (value) => (Array.isArray(value) ? {} : value)),
  deep('lists instead of inner objects', (value) => (isRecord(value) ? [] : value)),
  swapped('lists of null', (json) => (Array.isArray(json) ? json.map(() => null) : { items: [null] })),
];

function swapped(name: string, swap: (json: unknown) => unknown): NetworkFault {
  return { name, happens: (answer) => ({ ...answer, json: swap(answer.json) }) };
}

/** Changes what stands inside of the answer, however deep; the outermost list or record, and its entries, stay. */
function deep(name: string, change: (value: unknown) => unknown): NetworkFault {
  const inner = (value: unknown): unknown => {
    const changed = change(value);
    return changed === value ? within(value) : changed;
  };
  const within = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner);
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, OURS.has(key) ? each : inner(each)]));
  };
  return swapped(name, (json) => (Array.isArray(json) ? json.map(within) : within(json)));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
