/** What every call of the issue tracker works with. */
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import type { Tags } from './labels.ts';
import type { Project } from './lookup.ts';
import type { People } from './people.ts';
import type { SectionStates } from './states.ts';

export interface Tracker {
  readonly world: World;
  readonly api: Api;
  readonly project: Project;
  readonly states: SectionStates;
  readonly tags: Tags;
  readonly people: People;
}
