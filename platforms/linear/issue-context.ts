/** What every call of the issue tracker works with. */
import type { FieldLabels } from '../../core/drivers/field-labels.ts';
import type { World } from '../../core/world.ts';
import type { LinearApi } from './api.ts';
import type { Lookup } from './lookup.ts';
import type { WorkflowStates } from './states.ts';

export interface Place {
  readonly world: World;
  readonly api: LinearApi;
  readonly lookup: Lookup;
  readonly states: WorkflowStates;
  readonly fieldLabels: FieldLabels;
  /** The key of the team. */
  readonly team: string;
  /** Issues go into a project, whose milestones are those of the tracker. */
  readonly hasProject: boolean;
}
