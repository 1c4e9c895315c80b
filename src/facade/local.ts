/** beads and fp: their programs, through the trackers that PACE has for them, beside a store of their own. */

import type { LocalProvider } from '../../core/hosted/providers.ts';
import type { Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { loadPlatform, openTracker } from '../../platforms/index.ts';
import type { Bound } from './bound.ts';
import { localCredentials } from './local-credentials.ts';
import type { LocalSides, SyncResult } from './local-sync.ts';
import type { LocalStore, Mapping } from './store.ts';

type LocalBound = Extract<Bound, { kind: 'local' }>;

export interface LocalStatus {
  readonly configured: true;
  readonly provider: LocalProvider;
  readonly workspace: string;
  readonly ownership_mode: string;
  readonly doctrine_mode: string;
  readonly field_owners: Readonly<Record<string, string>>;
  readonly db_path: string;
  readonly issue_count: number;
  readonly mapping_count: number;
  readonly credentials_present: boolean;
}

export async function localStatus(world: World, bound: LocalBound): Promise<LocalStatus> {
  const { provider, binding } = bound;
  return withStore(world, bound, async (store) => {
    const { issues, mappings } = store.counts();
    return {
      ...{ configured: true, provider, workspace: binding.workspace ?? '' },
      ...{ ownership_mode: binding.mode, doctrine_mode: binding.mode, field_owners: binding.fieldOwners },
      ...{
        db_path: store.path,
        issue_count: issues,
        mapping_count: mappings,
        credentials_present: store.hasCredentials,
      },
    };
  });
}

export function localMappings(world: World, bound: LocalBound): Promise<readonly Mapping[]> {
  return withStore(world, bound, async (store) => store.mappings());
}

export function addLocalMapping(
  world: World,
  bound: LocalBound,
  mapping: Omit<Mapping, 'system' | 'workspace'>,
): Promise<void> {
  const at = new Date(world.now()).toISOString();
  return withStore(world, bound, async (store) => store.addMapping({ ...homeOf(bound), ...mapping }, at));
}

export async function localSync(
  world: World,
  bound: LocalBound,
  { way, limit }: { readonly way: 'pull' | 'push' | 'run'; readonly limit: number },
): Promise<SyncResult> {
  const work = await import('./local-sync.ts');
  return withStore(world, bound, async (store) => {
    const tracker = await openProgram(world, bound.provider);
    const sides: LocalSides = { tracker, store, home: homeOf(bound), binding: bound.binding };
    return work[way](sides, limit);
  });
}

function homeOf({ provider, binding }: LocalBound) {
  return { system: provider, workspace: binding.workspace ?? '' };
}

async function withStore<Result>(
  world: World,
  bound: LocalBound,
  work: (store: LocalStore) => Promise<Result>,
): Promise<Result> {
  const { openLocalStore } = await import('./store.ts');
  const store = openLocalStore(world, homeOf(bound));
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

/** As the person’s credentials say: which program, and in which folder. */
async function openProgram(world: World, provider: LocalProvider) {
  const { command, cwd } = localCredentials(world, provider);
  const section: Settings = {
    ...(command === undefined ? {} : { command }),
    ...(cwd === undefined ? {} : { directory: cwd }),
  };
  return openTracker(world, { platform: await loadPlatform(provider), section });
}
