/** Puts a fault in the way of one request, or of all from one on. */
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { AnswerLimits, Fetch } from '../../core/world.ts';
import { type Loopback, loopback, type Trouble } from '../support/loopback.ts';
import { newCertificate, noOpenssl } from '../support/tls.ts';
import { type Elsewhere, type NetworkFault, networkFaults, wrongTypes } from './faults.ts';

export interface Case {
  readonly fault: NetworkFault;
  /** The number of the request that meets it, from 1. */
  readonly at: number;
}

/** Addresses at which something else happens; `untrusted` is absent without openssl. */
export interface ElsewhereOrigins {
  readonly refused: string;
  readonly untrusted: string | undefined;
  close(): Promise<void>;
}

/** Long enough for an answer of a busy machine, most of the time: one more time-out changes no promise. */
export const IMPATIENT: AnswerLimits = { firstByteMs: 60, wholeMs: 120, maxResponseBytes: 1_000_000 };

const AT_ONCE = 8;
const WRONG_TYPES_PER_REQUEST = 4;

/**
 * All faults; those that last begin at the first and at every third request. Of the wrong types a few by turns, so that
 * neighbours get different ones.
 */
export function casesAt(at: number, name: string): Case[] {
  const first = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), at * WRONG_TYPES_PER_REQUEST);
  const turns = Array.from({ length: WRONG_TYPES_PER_REQUEST }, (_, index) => (first + index) % wrongTypes.length);
  const some = turns.map((turn) => wrongTypes[turn]);
  const lasts = at === 1 || at % 3 === 0;
  const faults = networkFaults(Date.now()).filter(({ forEver }) => lasts || !forEver);
  return [...faults, ...some].flatMap((fault) => (fault ? [{ fault, at }] : []));
}

export async function openElsewhere(): Promise<ElsewhereOrigins> {
  const dead = await loopback({});
  await dead.close();
  if (noOpenssl) {
    process.stdout.write(`skipped, an unknown certificate: ${noOpenssl}\n`);
    return { refused: dead.origin, untrusted: undefined, close: async () => undefined };
  }
  const certificate = newCertificate();
  const server = createTlsServer({ key: certificate.key, cert: certificate.cert }, (_, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    refused: dead.origin,
    untrusted: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface Disturbance {
  readonly fetch: Fetch;
  /** Requests that were made. */
  requests(): number;
  /** From now on all goes well. */
  end(): void;
}

export function disturb({
  stage,
  fault,
  at,
  elsewhere,
}: {
  stage: { readonly origin: string; readonly trouble: Loopback['trouble'] };
  fault: NetworkFault | undefined;
  at: number;
  elsewhere: ElsewhereOrigins;
}): Disturbance {
  let requests = 0;
  let over = false;
  const target = isElsewhere(fault?.happens) ? elsewhere[fault.happens] : undefined;
  const concerned = () => {
    requests += 1;
    return fault !== undefined && (fault.forEver ? requests >= at : requests === at);
  };
  const trouble = fault !== undefined && !isElsewhere(fault.happens) ? fault.happens : undefined;
  if (trouble !== undefined) stage.trouble(() => !over && concerned(), trouble, fault?.forEver ? 1e9 : 1);
  return {
    requests: () => requests,
    end: () => {
      over = true;
    },
    fetch: (input, init) => {
      if (trouble !== undefined) return fetch(input, init);
      const goesAway = concerned() && target !== undefined;
      return fetch(goesAway ? String(input).replace(stage.origin, target) : input, init);
    },
  };
}

function isElsewhere(happens: Trouble | Elsewhere | undefined): happens is Elsewhere {
  return happens === 'refused' || happens === 'untrusted';
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
