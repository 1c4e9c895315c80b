/** A hosted tracker with all that its calls need: whose they are, and where their keys are kept. */
import type { World } from '../world.ts';
import { hostedOrigin } from './address.ts';
import { createHostedClient, type HostedClient } from './client.ts';
import { createExchange } from './exchange.ts';
import { hostedJournal } from './journal.ts';
import { givenSession, storedSession } from './session.ts';

export interface HostedAccess {
  readonly address: string;
  /** A token that the environment gives; else somebody has logged in. */
  readonly token?: string | undefined;
  readonly team?: string | undefined;
}

/** Sends nothing yet. Throws `PaceError` where nobody is logged in. */
export function openHosted(world: World, { address, token, team }: HostedAccess): HostedClient {
  const exchange = createExchange(world, hostedOrigin(address));
  if (token) world.conceal([token]);
  const session = token ? givenSession(token, team ?? '') : storedSession(world, exchange, { team });
  return createHostedClient(world, { exchange, session, journal: hostedJournal(world) });
}
