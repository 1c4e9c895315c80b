/**
 * A stateful ClickUp on 127.0.0.1 with one List: tasks, tags of the Space, comments, dependencies, linked tasks. It answers as
 * ClickUp does: 401 for what does not exist, tags in lower case, descriptions that its editor writes anew, days that are due at
 * four o'clock somewhere, comments from the newest on.
 */
import { commentRoutes } from './clickup/comments.ts';
import { placeRoutes } from './clickup/places.ts';
import { type ClickUpOptions, guarded, newState, type State } from './clickup/state.ts';
import { taskRoutes } from './clickup/tasks.ts';
import { type Loopback, loopback } from './loopback.ts';

export type { ClickUpOptions } from './clickup/state.ts';

export interface ClickUp {
  readonly origin: string;
  /** The address of the API. */
  readonly apiUrl: string;
  readonly exchanges: Loopback['exchanges'];
  readonly trouble: Loopback['trouble'];
  readonly state: State;
  close(): Promise<void>;
}

export async function startClickUp(options: ClickUpOptions = {}): Promise<ClickUp> {
  const state = newState(options);
  const routes = { ...placeRoutes(state), ...taskRoutes(state), ...commentRoutes(state) };
  const server = await loopback(guarded(state, routes), { prefix: '/api' });
  const { origin, exchanges, trouble, close } = server;
  return { origin, apiUrl: `${origin}/api`, exchanges, trouble, state, close };
}
