/** What is only read: `pace tracker status`, `map list`, `discover`, `list-tickets`, `issue-search`; and `map add`. */

import { PaceError } from '../../../core/errors.ts';
import { readProjectFile } from '../../../core/hosted/binding.ts';
import type { Body, HostedClient, Routing } from '../../../core/hosted/client.ts';
import { hostedJournal } from '../../../core/hosted/journal.ts';
import type { HostedProvider } from '../../../core/hosted/providers.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { type Bound, boundProject, hostedService } from '../../facade/bound.ts';
import { readOnlyMappings } from '../../facade/hard-breaks.ts';
import { addLocalMapping, type LocalStatus, localMappings, localStatus } from '../../facade/local.ts';
import type { Mapping } from '../../facade/store.ts';
import { hostedProvider, limitIn, needed } from './given.ts';
import type {
  TrackerDiscover,
  TrackerMapAdd,
  TrackerMapList,
  TrackerSearch,
  TrackerStatus,
  TrackerTickets,
} from './options.ts';

export type Status =
  | { readonly kind: 'local'; readonly status: LocalStatus }
  | { readonly kind: 'hosted'; readonly status: Body };

export async function trackerStatus(world: World, { all = false }: TrackerStatus): Promise<Status> {
  const bound = await boundProject(world);
  if (bound.kind === 'local') return { kind: 'local', status: await localStatus(world, bound) };
  const client = hostedService(world);
  tellOfTheUnanswered(world);
  if (all) return { kind: 'hosted', status: await client.status({ provider: bound.provider }) };
  const status = await client.status(bound.binding);
  if (status['configured'] !== true) throw notConfigured();
  return { kind: 'hosted', status: withUpgrade(status, bound) };
}

/** Changes of which nobody knows what has become. */
function tellOfTheUnanswered(world: World): void {
  for (const { path, at } of hostedJournal(world).open()) {
    const name = plainLine(path.slice(path.lastIndexOf('/') + 1), 40);
    world.log.warn(
      `A ${name} of ${new Date(at).toISOString()} has no answer yet: the same command goes on where it has ended.`,
    );
  }
}

export async function discover(world: World, { provider: given }: TrackerDiscover): Promise<Body> {
  const provider = hostedProvider(given);
  return hostedService(world).resources(provider);
}

export async function listMappings(
  world: World,
  { provider }: TrackerMapList,
): Promise<{ readonly mappings: readonly (Mapping | Body)[]; readonly pending_binding_upgrade: Body | null }> {
  const bound = await boundProject(world);
  if (bound.kind === 'local') {
    const mappings = await localMappings(world, bound);
    return {
      mappings: mappings.filter(({ system }) => provider === undefined || system === provider),
      pending_binding_upgrade: null,
    };
  }
  const routing = provider === undefined || provider === bound.provider ? bound.binding : { provider };
  const body = await hostedService(world).mappings(routing);
  const mappings = Array.isArray(body['mappings']) ? (body['mappings'] as readonly Body[]) : [];
  return { mappings, pending_binding_upgrade: upgradeIn(body, bound) };
}

export async function addMapping(
  world: World,
  { wpId, externalId, externalKey, externalUrl }: TrackerMapAdd,
): Promise<Mapping> {
  const bound = await boundProject(world);
  if (bound.kind === 'hosted') throw readOnlyMappings();
  const mapping = {
    ...{ wp_id: needed(wpId, '--wp-id'), external_id: needed(externalId, '--external-id') },
    ...{ external_key: externalKey ?? null, external_url: externalUrl ?? null },
  };
  await addLocalMapping(world, bound, mapping);
  return { system: bound.provider, workspace: bound.binding.workspace ?? '', ...mapping };
}

export async function listTickets(world: World, { provider: given, limit }: TrackerTickets): Promise<Body> {
  const provider = hostedProvider(given);
  const most = limitIn(limit, { usual: 20, most: 100 });
  return asked(world, provider, (client, routing) => client.tickets(routing, most));
}

export async function searchTickets(world: World, { provider: given, query, limit }: TrackerSearch): Promise<Body> {
  const provider = hostedProvider(given);
  const text = needed(query, '--query');
  const most = limitIn(limit, { usual: 20, most: 100 });
  return asked(world, provider, (client, routing) => client.search(routing, { text, limit: most }));
}

/** Of what the project is bound to where that is of this provider; else of the whole installation. */
async function asked(
  world: World,
  provider: HostedProvider,
  ask: (client: HostedClient, routing: Routing) => Promise<Body>,
): Promise<Body> {
  const { binding } = await readProjectFile(world);
  return ask(hostedService(world), binding?.provider === provider ? binding : { provider });
}

/** The service would call the binding otherwise: that is said, and never written by itself. */
export function upgradeIn(body: Body, { binding }: Extract<Bound, { kind: 'hosted' }>): Body | null {
  const told = body['binding_ref'];
  if (typeof told !== 'string' || told === binding.bindingRef) return null;
  return { binding_ref: told, display_label: body['display_label'] ?? null };
}

export function withUpgrade(body: Body, bound: Extract<Bound, { kind: 'hosted' }>): Body {
  return { ...body, pending_binding_upgrade: upgradeIn(body, bound) };
}

function notConfigured(): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: 'The hosted tracker does not know what this project is bound to.',
    remedy: 'Please bind it again: `pace tracker bind --provider …`.',
  });
}
