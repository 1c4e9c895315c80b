/** What every call of the issue tracker works with. */
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import type { Tags } from './labels.ts';
import type { Lookup } from './lookup.ts';
import type { States } from './states.ts';

export interface Place {
  readonly world: World;
  readonly api: Api;
  readonly lookup: Lookup;
  readonly states: States;
  readonly tags: Tags;
}
