/** What every call of the issue tracker works with. */
import type { FieldLabels } from '../../core/drivers/field-labels.ts';
import type { StatusMap } from '../../core/drivers/status-map.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import type { DueDates } from './due-date.ts';
import type { LabelBook } from './labels.ts';
import type { createMilestones } from './milestones.ts';

export interface Tracker {
  readonly world: World;
  readonly api: Api;
  readonly states: StatusMap;
  readonly fields: FieldLabels;
  readonly labels: LabelBook;
  readonly milestones: ReturnType<typeof createMilestones>;
  readonly dueDates: DueDates;
}
