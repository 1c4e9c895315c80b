/**
 * The way to addresses that a configuration names. Every address that a name leads to is looked at when the connection is made, and
 * the connection goes to one of the very addresses that were looked at: a name that leads elsewhere a moment later changes nothing.
 */
import { type LookupAddress, lookup as lookUp } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { PaceError } from '../../core/errors.ts';
import { refusedAddress, refusedHost } from '../../core/http/refused-addresses.ts';
import type { Fetch, Log, World } from '../../core/world.ts';
import { networkOf } from './network.ts';

/** All addresses of a name, as the resolver of the machine knows them. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** With the machine's proxy and authorities, as every other request. */
export function guardedFetch(env: World['env'], log: Pick<Log, 'warn'>, resolve: Resolve = resolveByMachine): Fetch {
  let client: Promise<{ send: Fetch; isProxied: boolean }> | undefined;
  return async (input, init) => {
    client ??= openClient(env, log, resolve);
    const { send, isProxied } = await client;
    const { hostname } = new URL(input instanceof Request ? input.url : input);
    const refused = refusedHost(hostname);
    if (refused) throw refusal(hostname, refused);
    if (isProxied) await lookAt(hostname, resolve);
    try {
      return await send(input, init);
    } catch (error) {
      // the client wraps what the look-up has refused
      if (error instanceof Error && error.cause instanceof PaceError) throw error.cause;
      throw error;
    }
  };
}

async function openClient(env: World['env'], log: Pick<Log, 'warn'>, resolve: Resolve) {
  const network = networkOf(env);
  const { clientFor } = await import('./network-client.ts');
  return {
    send: clientFor(network, env, log, checkedLookup(resolve)),
    isProxied: network.httpProxy !== '' || network.httpsProxy !== '',
  };
}

/** A proxy looks for the address by itself. It is looked for here too, where this machine knows the name. */
async function lookAt(hostname: string, resolve: Resolve): Promise<void> {
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return;
  const addresses = await resolve(hostname).catch(() => []);
  checkAll(hostname, addresses);
}

function checkedLookup(resolve: Resolve): LookupFunction {
  return (hostname, { all }, answer) => {
    resolve(hostname)
      .then((addresses) => {
        checkAll(hostname, addresses);
        const [first] = addresses;
        if (!first) throw Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' });
        if (all) answer(null, [...addresses]);
        else answer(null, first.address, first.family);
      })
      .catch((error: unknown) => answer(error instanceof Error ? error : new Error(String(error)), '', 0));
  };
}

/** One bad address among good ones is enough: which of them is taken is left to chance. */
function checkAll(hostname: string, addresses: readonly LookupAddress[]): void {
  for (const { address } of addresses) {
    const refused = refusedAddress(address);
    if (refused) throw refusal(`${hostname} (${address})`, refused);
  }
}

function refusal(place: string, words: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `${place} is ${words}, and is not asked.`,
    remedy: 'Please name a service of your own: loopback and private networks may be asked, these addresses never.',
  });
}

function resolveByMachine(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookUp(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
}
