/** Puts a fault in the way of one request, or of all from one on. */
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { AnswerLimits, World } from '../../core/world.ts';
import type { Asked, CutOff, Loopback, Trouble } from '../support/loopback.ts';
import { refusingAddress } from '../support/refusing.ts';
import { newCertificate, noOpenssl } from '../support/tls.ts';
import { type Timer, untimed } from '../support/untimed.ts';
import { type Dated, type Elsewhere, type NetworkFault, networkFaults, type Silence, wrongTypes } from './faults.ts';

export interface Case {
  readonly fault: NetworkFault;
  /** The number of the request that meets it, from 1. */
  readonly at: number;
  /** That request by what it asks for: requests at the same time need not always leave in the same order. */
  readonly request: string;
}

/** Addresses at which something else happens; `untrusted` is absent without openssl. */
export interface ElsewhereOrigins {
  readonly refused: string;
  readonly untrusted: string | undefined;
  close(): Promise<void>;
}

/** A body without end has one sooner. The times never pass by themselves. */
const LIMITS: AnswerLimits = { firstByteMs: 15_000, wholeMs: 60_000, maxResponseBytes: 1_000_000 };

/** Tells the server which requests meet the fault, by a number of their own. */
const STRUCK = 'x-pace-test-struck';

const AT_ONCE = 8;
const WRONG_TYPES_PER_REQUEST = 4;

/** Every fault at every of these requests. */
export function casesOf(requests: readonly string[], name: string): Case[] {
  return requests.flatMap((request, index) =>
    casesAt(index + 1, name).map((fault) => ({ fault, at: index + 1, request })),
  );
}

/**
 * All faults; those that last begin at the first and at every third request. Of the wrong types a few by turns, so that
 * neighbours get different ones.
 */
function casesAt(at: number, name: string): NetworkFault[] {
  const first = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), at * WRONG_TYPES_PER_REQUEST);
  const turns = Array.from({ length: WRONG_TYPES_PER_REQUEST }, (_, index) => (first + index) % wrongTypes.length);
  const some = turns.map((turn) => wrongTypes[turn]);
  const lasts = at === 1 || at % 3 === 0;
  const faults = networkFaults.filter(({ forEver }) => lasts || !forEver);
  return [...faults, ...some].filter((fault) => fault !== undefined);
}

export async function openElsewhere(): Promise<ElsewhereOrigins> {
  const refusing = await refusingAddress();
  if (noOpenssl) {
    process.stdout.write(`skipped, an unknown certificate: ${noOpenssl}\n`);
    return { refused: refusing.origin, untrusted: undefined, close: refusing.close };
  }
  const certificate = newCertificate();
  const server = createTlsServer({ key: certificate.key, cert: certificate.cert }, (_, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    refused: refusing.origin,
    untrusted: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await refusing.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Disturbance {
  /** For the world of the run. */
  readonly world: Required<Pick<World, 'fetch' | 'after' | 'answerLimits'>>;
  /** What was asked for, in the order in which it left. */
  readonly requests: readonly string[];
  /** Whether the fault has met its request. */
  hasStruck(): boolean;
  /** From now on all goes well. */
  end(): void;
}

export function disturb({
  stage,
  one,
  now,
  elsewhere,
}: {
  stage: { readonly origin: string; readonly trouble: Loopback['trouble'] };
  one: Case | undefined;
  /** The clock of the run. */
  now: number;
  elsewhere: ElsewhereOrigins;
}): Disturbance {
  const { after, newTimers } = untimed();
  const requests: string[] = [];
  const waiting = new Map<string, readonly Timer[]>();
  let hasStruck = false;
  let isOver = false;
  const happens = one?.fault.happens;
  const target = isElsewhere(happens) ? elsewhere[happens] : undefined;
  const trouble = troubleOf(happens);
  if (trouble !== undefined) stage.trouble(({ headers }) => STRUCK in headers, trouble, Number.POSITIVE_INFINITY);

  function troubleOf(what: NetworkFault['happens'] | undefined): Trouble | undefined {
    if (isElsewhere(what)) return undefined;
    if (isDated(what)) return what.answerAt(now);
    return isSilence(what) ? cutOff(what) : what;
  }

  /** The server has got the request, and acted if it should: now the time of the answer is over. */
  function cutOff(when: Silence): CutOff {
    return { cutOff: when === 'hang' ? 'before' : 'after', by: ({ headers }: Asked) => pass(headers[STRUCK]) };
  }

  function pass(number = ''): void {
    const pending = (waiting.get(number) ?? []).filter((timer) => timer.isSet());
    pending.toSorted((a, b) => a.milliseconds - b.milliseconds)[0]?.pass();
  }

  function meets(request: string): boolean {
    if (one === undefined || isOver) return false;
    const isIt = request === one.request;
    hasStruck ||= isIt;
    return one.fault.forEver ? hasStruck : isIt;
  }

  const send: World['fetch'] = async (input, init = {}) => {
    const timers = newTimers();
    const request = named(requests, String(input), init);
    requests.push(request);
    if (!meets(request)) return fetch(input, init);
    if (isElsewhere(happens)) return fetch(target ? String(input).replace(stage.origin, target) : input, init);
    const number = String(requests.length);
    waiting.set(number, timers);
    const headers = new Headers(init.headers);
    headers.set(STRUCK, number);
    const response = await fetch(input, { ...init, headers });
    // whoever reads has begun to wait for the rest by then
    if (happens === 'slow-body') setImmediate(() => pass(number));
    return response;
  };

  return {
    world: { fetch: send, after, answerLimits: LIMITS },
    requests,
    hasStruck: () => hasStruck,
    end: () => {
      isOver = true;
    },
  };
}

/**
 * A request by what it asks for, the second of the same with `#2` and so on; without what differs from stage to stage, as hashes of
 * commits do, and without its query, where times stand.
 */
function named(earlier: readonly string[], url: string, { method = 'GET', body }: RequestInit): string {
  const path = new URL(url).pathname.replace(/\b[0-9a-f]{40}\b/g, 'SHA');
  const name = `${method} ${path}${body instanceof ArrayBuffer ? queryIn(body) : ''}`;
  const before = earlier.filter((other) => other === name || other.startsWith(`${name} #`)).length;
  return before === 0 ? name : `${name} #${before + 1}`;
}

/** That of GraphQL. */
function queryIn(body: ArrayBuffer): string {
  const query = /^\{"query":"((?:[^"\\]|\\.)*)"/.exec(Buffer.from(body).toString('utf8'))?.[1];
  return query === undefined ? '' : ` ${query}`;
}

function isElsewhere(happens: NetworkFault['happens'] | undefined): happens is Elsewhere {
  return happens === 'refused' || happens === 'untrusted';
}

function isDated(happens: NetworkFault['happens'] | undefined): happens is Dated {
  return typeof happens === 'object' && 'answerAt' in happens;
}

function isSilence(happens: NetworkFault['happens'] | undefined): happens is Silence {
  return happens === 'hang' || happens === 'hang-after';
}

export async function pooled<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

export function differences(words: string, found: unknown, wanted: unknown): string[] {
  if (isDeepStrictEqual(found, wanted)) return [];
  return [`${words} ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`];
}
