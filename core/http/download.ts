/**
 * A file that a tracker keeps. The credentials go to the tracker's own server alone: where it leads to a store elsewhere, the address
 * itself is the permission, and the store is asked without them.
 */
import { PaceError } from '../errors.ts';
import type { World } from '../world.ts';
import { createFetch } from './fetch.ts';
import { refusedHost } from './refused-addresses.ts';

export interface Source {
  /** Whose file it is, for messages: "Jira". */
  readonly title: string;
  /** Any address of the server that the credentials belong to. */
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Larger files are refused. */
export const LARGEST_FILE = 100 * 1024 * 1024;
const WHOLE_MS = 600_000;
const MOST_STEPS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export type Download = (address: string) => Promise<Uint8Array>;

export function createDownload(world: World, { title, server, headers }: Source): Download {
  const fetch = createFetch(world, { title, maxResponseBytes: LARGEST_FILE, wholeMs: WHOLE_MS });
  const home = new URL(server);
  return async (address) => {
    let url = pageOf(title, address, home);
    let isHome = url.origin === home.origin;
    for (let steps = 0; steps <= MOST_STEPS; steps += 1) {
      const response = await fetch(url, {
        headers: isHome ? headers : {},
        redirect: 'manual',
        cache: 'no-store',
      });
      const location = response.headers.get('location');
      if (!REDIRECTS.has(response.status) || location === null) return new Uint8Array(await response.arrayBuffer());
      url = pageOf(title, new URL(location, url).href, url);
      // who has once been led away gets no credentials again
      isHome &&= url.origin === home.origin;
    }
    throw lost(title, `${title} leads from one address to the next, and never to the file.`);
  };
}

/** `from`: who names it. From an encrypted place nothing leads to an open one. */
function pageOf(title: string, address: string, from: URL): URL {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) throw lost(title, `${title} names no address of the web for the file.`);
  if (from.protocol === 'https:' && url.protocol !== 'https:')
    throw lost(title, `${title} leads to ${url.origin} for the file, which is not encrypted.`);
  const refused = refusedHost(url.hostname);
  if (refused !== undefined) throw lost(title, `${title} leads to ${url.origin} for the file: that is ${refused}.`);
  return url;
}

function lost(title: string, message: string): PaceError {
  return new PaceError({
    kind: 'unexpected',
    operation: 'readAttachment',
    message,
    remedy: `Please get it from ${title}’s page of the issue.`,
  });
}
