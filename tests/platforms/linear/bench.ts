import type { Settings } from '../../../core/ports/index.ts';
import type { Linear } from '../../support/linear.ts';

/** The settings that lead to a server. */
export function settingsFor(server: Linear, more: Settings = {}): Settings {
  return { token: server.token, team: server.teamKey, api_url: server.apiUrl, ...more };
}
