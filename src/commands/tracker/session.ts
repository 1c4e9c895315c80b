/** `pace tracker login` and `logout`. */
import { hostedOrigin } from '../../../core/hosted/address.ts';
import type { Credentials } from '../../../core/hosted/credentials.ts';
import { createExchange } from '../../../core/hosted/exchange.ts';
import { type DeviceCode, deviceLogin, logout, passwordLogin } from '../../../core/hosted/login.ts';
import type { World } from '../../../core/world.ts';
import { neededServer, refuseSwitchedOff } from '../../facade/bound.ts';
import type { TrackerLogin } from './options.ts';

export interface LoginContext {
  readonly signal: AbortSignal;
  readonly show: (code: DeviceCode) => void;
  /** Read only where a name is given. */
  readonly password: () => Promise<string>;
}

export async function logIn(
  world: World,
  { server, team, username }: TrackerLogin,
  { signal, show, password }: LoginContext,
): Promise<Credentials> {
  refuseSwitchedOff(world);
  const exchange = createExchange(world, hostedOrigin(neededServer(world, server)));
  if (username === undefined) return deviceLogin(world, exchange, { team, signal, show });
  return passwordLogin(world, exchange, { username, password: await password(), team, signal });
}

/** `false`: nobody was logged in. */
export function logOut(world: World): Promise<boolean> {
  return logout(world, (origin) => createExchange(world, origin));
}
