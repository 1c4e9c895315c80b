/** What every call of the issue tracker works with. */
import type { StatusMap } from '../../core/drivers/status-map.ts';
import type { Api } from './api.ts';
import type { Shows } from './show.ts';

export interface Tracker {
  readonly api: Api;
  readonly states: StatusMap;
  readonly shows: Shows;
}
