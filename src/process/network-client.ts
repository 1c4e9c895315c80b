/** The client for a network with a proxy or authorities of its own. Loaded only where one is set. */

import { readFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import * as tls from 'node:tls';
import { EnvHttpProxyAgent, fetch as send } from 'undici';
import { defined } from '../../core/defined.ts';
import { errorCode } from '../../core/errors.ts';
import type { Fetch, Log, World } from '../../core/world.ts';

/** How the environment wants to be reached. */
export interface Network {
  /** `''` where none is set. */
  readonly httpProxy: string;
  /** For `https:`; that for `http:` serves where this is not set. */
  readonly httpsProxy: string;
  readonly noProxy: string;
  /** Variable and PEM file of each further authority. */
  readonly authorities: readonly (readonly [variable: string, path: string])[];
}

/**
 * An authority that cannot be read is a warning. `lookup` finds the addresses of what is asked directly: what is asked through a
 * proxy, the proxy finds by itself.
 */
export function clientFor(network: Network, env: World['env'], log: Pick<Log, 'warn'>, lookup?: LookupFunction): Fetch {
  const { httpProxy, httpsProxy, noProxy, authorities } = network;
  const secureContext = trusting(authorities, env, log);
  const connect = secureContext ? { secureContext } : {};
  // without a tunnel `http:` is forwarded: proxies rarely allow a tunnel to other ports than that of `https:`
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy,
    httpsProxy,
    noProxy,
    proxyTunnel: false,
    connect: { ...connect, ...defined({ lookup }) },
    requestTls: connect,
    proxyTls: connect,
  });
  // the same standard, declared twice; `http.ts` only ever passes an address
  return (async (input, init) => send(input as string, { ...(init as object), dispatcher })) as typeof fetch;
}

/** `undefined` where the authorities that Node knows by itself are all. */
function trusting(
  authorities: Network['authorities'],
  env: World['env'],
  log: Pick<Log, 'warn'>,
): tls.SecureContext | undefined {
  const further = authorities.flatMap(([variable, path]) => certificatesIn(variable, path, log));
  if (further.length === 0) return undefined;
  return tls.createSecureContext({ ca: [...knownAuthorities(env, log), ...further] });
}

/** A list of our own replaces Node's, the ones of NODE_EXTRA_CA_CERTS included. */
function knownAuthorities(env: World['env'], log: Pick<Log, 'warn'>): readonly string[] {
  if (typeof tls.getCACertificates === 'function') return tls.getCACertificates('default');
  const extra = env['NODE_EXTRA_CA_CERTS'];
  return [...tls.rootCertificates, ...(extra ? certificatesIn('NODE_EXTRA_CA_CERTS', extra, log) : [])];
}

function certificatesIn(variable: string, path: string, log: Pick<Log, 'warn'>): string[] {
  try {
    const certificates = readFileSync(path, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
    if (certificates) return certificates;
    log.warn(`${variable} names ${path}, which holds no certificate in PEM form; it is not used.`);
  } catch (error) {
    const code = errorCode(error) || 'unreadable';
    log.warn(`${variable} names ${path}, which cannot be read (${code}); it is not used.`);
  }
  return [];
}
