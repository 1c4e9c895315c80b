/** What every call of the issue tracker works with. */
import type { Api } from './api.ts';
import type { States } from './states.ts';

export interface Tracker {
  readonly api: Api;
  readonly states: States;
}
