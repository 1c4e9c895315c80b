/** Where a hosted tracker is: the root of an origin, spoken to by https, or by http on this machine alone. */
import { join } from 'node:path';
import { PaceError } from '../errors.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { World } from '../world.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The origin of an address, without `/` at its end. Throws `configuration` for anything that a token must not be sent to. */
export function hostedOrigin(address: string): string {
  const url = URL.parse(address.trim());
  if (!url || !/^https?:$/.test(url.protocol)) throw badAddress(address, 'is not a web address');
  // the address itself is not repeated: there may be a password in it
  if (url.username !== '' || url.password !== '') throw badAddress(url.origin, 'has a name or a password in it');
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) throw badAddress(address, 'is not https');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw badAddress(url.origin, 'has a path, and a hosted tracker stands at the root');
  return url.origin;
}

function badAddress(address: string, what: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `The address of the hosted tracker ${what}: ${plainLine(address, 200)}.`,
    remedy: 'Please write it like https://tracker.example.org; http is taken for this machine alone.',
    operation: 'configure',
  });
}

/** Where credentials and mappings are kept, for all projects of a person: `~/.spec-kitty`. */
export function hostedHome({ SPEC_KITTY_HOME, HOME, USERPROFILE }: World['env']): string {
  if (SPEC_KITTY_HOME) return SPEC_KITTY_HOME;
  const home = HOME || USERPROFILE;
  if (home) return join(home, '.spec-kitty');
  throw new PaceError({
    kind: 'configuration',
    message: 'It is not known where your home folder is.',
    remedy: 'Please set HOME, or SPEC_KITTY_HOME to the folder that holds the credentials.',
    operation: 'configure',
  });
}
