/** What every call of the issue tracker works with. */
import type { StatusMap } from '../../core/drivers/status-map.ts';
import type { Api } from './api.ts';

export interface Tracker {
  readonly api: Api;
  readonly states: StatusMap;
}
