/** What every call of the issue tracker works with. */
import type { Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import type { MondayApi } from './api.ts';
import type { Lookup } from './lookup.ts';
import type { WireItem } from './shapes.ts';
import type { States } from './states.ts';

export interface Tracker {
  readonly world: World;
  readonly api: MondayApi;
  readonly lookup: Lookup;
  readonly states: States;
  readonly settings: Settings;
  /** Items that were seen a moment ago, so that what the gate changes next need not read them again. */
  readonly seen: Map<string, { readonly item: WireItem; readonly at: number }>;
}
