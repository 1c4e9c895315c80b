/**
 * The machine's own way to the network: its proxy and its certificate authorities. Node honours NODE_EXTRA_CA_CERTS by itself;
 * proxy variables and the other names only in versions that are newer than the oldest we run on. The client that knows them all
 * is loaded at the first request, and only where one of them is set.
 */
import { PaceError } from '../../core/errors.ts';
import type { Fetch, Log, World } from '../../core/world.ts';
import type { Network } from './network-client.ts';

/** GitLab writes the certificate of its own server into a file for every job. */
const AUTHORITIES = ['SSL_CERT_FILE', 'CI_SERVER_TLS_CA_FILE'];

/** What the environment says; lower case wins, as in other programs. Throws `PaceError` for a proxy that is not a URL. */
export function networkOf(env: World['env']): Network {
  return {
    httpProxy: proxyIn(env, 'HTTP_PROXY'),
    httpsProxy: proxyIn(env, 'HTTPS_PROXY'),
    noProxy: either(env, 'NO_PROXY'),
    authorities: AUTHORITIES.flatMap((name) => (env[name] ? [[name, env[name]] as const] : [])),
  };
}

/** Every request of the world goes through this one. A file that cannot be read is a warning: it may not be needed. */
export function networkFetch(env: World['env'], log: Pick<Log, 'warn'>): Fetch {
  let client: Promise<Fetch> | undefined;
  return async (input, init) => {
    client ??= openClient(networkOf(env), env, log);
    return (await client)(input, init);
  };
}

function either(env: World['env'], name: string): string {
  return env[name.toLowerCase()] || env[name] || '';
}

function proxyIn(env: World['env'], name: string): string {
  const given = either(env, name);
  if (given === '') return '';
  const text = given.includes('://') ? given : `http://${given}`;
  if (/^(https?|socks5?):$/.test(URL.parse(text)?.protocol ?? '')) return text;
  // never shown: it may hold a password
  throw new PaceError({
    kind: 'configuration',
    message: `${name} is not the address of a proxy.`,
    remedy: 'Please write it like http://proxy.example.org:3128.',
    operation: 'configure',
  });
}

async function openClient(network: Network, env: World['env'], log: Pick<Log, 'warn'>): Promise<Fetch> {
  const { httpProxy, httpsProxy, authorities } = network;
  // the fetch that the world gets
  if (!httpProxy && !httpsProxy && authorities.length === 0) return (input, init) => fetch(input, init);
  const { clientFor } = await import('./network-client.ts');
  return clientFor(network, env, log);
}
