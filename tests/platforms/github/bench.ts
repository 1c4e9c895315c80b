import type { Settings } from '../../../platforms/ports.ts';
import type { Github } from '../../support/github.ts';

export function settingsFor(github: Github, more: Settings = {}): Settings {
  return {
    token: github.token,
    repository: github.repository,
    api_url: github.origin,
    server_url: github.origin,
    ...more,
  };
}
