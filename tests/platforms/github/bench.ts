import type { Settings } from '../../../platforms/ports.ts';
import type { GitHub } from '../../support/github.ts';

export function settingsFor(github: GitHub, more: Settings = {}): Settings {
  return {
    token: github.token,
    repository: github.repository,
    api_url: github.origin,
    server_url: github.origin,
    ...more,
  };
}
