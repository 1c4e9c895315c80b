/** A hosted tracker with all that its calls need: whose they are, and where their keys are kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../world.ts';
import { hostedHome, hostedOrigin } from './address.ts';
import { createHostedClient, type HostedClient } from './client.ts';
import { credentialTables } from './credentials.ts';
import { createExchange } from './exchange.ts';
import { hostedJournal } from './journal.ts';
import { givenSession, storedSession } from './session.ts';
import { readTables } from './toml.ts';

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
  const session = token ? givenSession(token, team ?? '') : storedSession(world, exchange, { team: team || undefined });
  return createHostedClient(world, { exchange, session, journal: hostedJournal(world) });
}

/** Where nobody says which service is meant in this run: what a person has set for all projects, else where one has logged in. */
export function serverInUse(world: Pick<World, 'env'>): string | undefined {
  const { PACE_HOSTED_URL, SPEC_KITTY_SAAS_URL } = world.env;
  return PACE_HOSTED_URL || SPEC_KITTY_SAAS_URL || configuredServer(world) || loggedInAt(world);
}

/** `[sync] server_url` of `config.toml`, as Spec Kitty’s client reads it. */
function configuredServer({ env }: Pick<World, 'env'>): string | undefined {
  try {
    return readTables(readFileSync(join(hostedHome(env), 'config.toml'), 'utf8'))
      .get('sync')
      ?.get('server_url');
  } catch {
    // no home, or no such file
    return undefined;
  }
}

function loggedInAt(world: Pick<World, 'env'>): string | undefined {
  const { HOME, USERPROFILE, SPEC_KITTY_HOME } = world.env;
  if (!(HOME || USERPROFILE || SPEC_KITTY_HOME)) return undefined;
  return credentialTables(world).get('server')?.get('url');
}
