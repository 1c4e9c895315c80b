/** Whose requests they are: a token that the environment gives, or one that somebody has logged in for, which is renewed. */
import { defined } from '../defined.ts';
import { PaceError } from '../errors.ts';
import type { World } from '../world.ts';
import {
  type Credentials,
  clearCredentials,
  readCredentials,
  withCredentialsLock,
  writeCredentials,
} from './credentials.ts';
import { refusalIn } from './envelope.ts';
import type { Exchange } from './exchange.ts';
import { readTokens } from './tokens.ts';

export interface HostedSession {
  readonly team: string;
  /** Who logged in, as far as that is known. */
  readonly username?: string;
  token(): string;
  /** After this token was refused: `false` where there is no newer one. */
  renew(refused: string): Promise<boolean>;
}

/** A token of the environment cannot be renewed. */
export function givenSession(token: string, team: string): HostedSession {
  return { team: neededTeam(team), token: () => token, renew: async () => false };
}

/** Somebody has logged in on this machine. Throws where nobody has, or at another server. */
export function storedSession(
  world: World,
  exchange: Exchange,
  asked: { readonly team?: string | undefined } = {},
): HostedSession {
  const found = readCredentials(world);
  if (!found) throw notLoggedIn(exchange.origin);
  if (found.server !== exchange.origin) throw loggedInElsewhere(found.server, exchange.origin);
  let current: Credentials = found;
  return {
    team: neededTeam(asked.team ?? current.team ?? ''),
    ...defined({ username: current.username }),
    token: () => current.access,
    renew: (refused) =>
      withCredentialsLock(world, async () => {
        const now = readCredentials(world);
        if (!now || now.server !== exchange.origin) return false;
        current = now;
        // another process was faster: to renew it again would make that one’s useless
        if (current.access !== refused) return true;
        const renewed = await renewedBy(world, exchange, current);
        if (renewed) current = renewed;
        return renewed !== undefined;
      }),
  };
}

/** `undefined` where the server no longer takes what it is renewed with: then nobody is logged in any more. */
async function renewedBy(world: World, exchange: Exchange, current: Credentials): Promise<Credentials | undefined> {
  if (current.refresh === undefined) return undefined;
  try {
    const { body } = await exchange.send({ ...renewalOf(current, current.refresh), method: 'POST', writes: true });
    const renewed = { ...current, ...defined(readTokens(body, world.now())) };
    writeCredentials(world, renewed);
    return renewed;
  } catch (error) {
    const status = refusalIn(error)?.status;
    if (status !== 400 && status !== 401) throw error;
    clearCredentials(world);
    return undefined;
  }
}

function renewalOf({ login }: Credentials, refresh: string) {
  if (login === 'password') return { path: '/api/v1/token/refresh', body: { refresh } };
  const form = { grant_type: 'refresh_token', refresh_token: refresh, client_id: CLIENT_ID };
  return { path: '/oauth/token', isPlain: true, form };
}

/** The public name of command lines at such a service. */
export const CLIENT_ID = 'cli_native';

function neededTeam(team: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(team)) return team;
  throw new PaceError({
    kind: 'configuration',
    message: 'It is not known for which team the hosted tracker is asked.',
    remedy: 'Please name it: `pace tracker login --team TEAM`, or PACE_HOSTED_TEAM where a token is given.',
    operation: 'configure',
    neverSent: true,
  });
}

function notLoggedIn(origin: string): PaceError {
  return new PaceError({
    kind: 'authentication',
    message: `Nobody is logged in at ${origin}.`,
    remedy: 'Please run `pace tracker login`.',
    neverSent: true,
  });
}

function loggedInElsewhere(server: string, origin: string): PaceError {
  return new PaceError({
    kind: 'authentication',
    message: `You are logged in at ${server}, and its token is not sent to ${origin}.`,
    remedy: `Please run \`pace tracker login --server ${origin}\`.`,
    neverSent: true,
  });
}

/** The token, and the one after it, were refused. */
export function sessionExpired(cause: PaceError): PaceError {
  return new PaceError({
    kind: 'authentication',
    status: 401,
    message: 'The session at the hosted tracker has expired.',
    remedy: 'Please log in again: `pace tracker login`. A token in PACE_HOSTED_TOKEN has to be replaced.',
    cause,
  });
}
