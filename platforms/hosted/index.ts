import type { Platform } from '../../core/ports/index.ts';

/** A tracker only: Jira, Linear, GitHub or GitLab behind a service that stands before them, with the contract that Spec Kitty 3 knows. */
export default {
  name: 'hosted',
  title: 'The hosted tracker',
  needs: [
    {
      key: 'url',
      env: ['PACE_HOSTED_URL', 'SPEC_KITTY_SAAS_URL'],
      why: 'the address of the service, at the root of its host; else that at which somebody has logged in (`pace tracker login`)',
      for: 'tracker',
      required: false,
      example: 'https://tracker.example.org',
      server: true,
    },
    {
      key: 'token',
      env: ['PACE_HOSTED_TOKEN'],
      why: 'an access token, for jobs; a person logs in with `pace tracker login` instead',
      scope: 'what the service gives at a login',
      for: 'tracker',
      required: false,
      secret: true,
    },
    {
      key: 'team',
      env: ['PACE_HOSTED_TEAM'],
      why: 'id or slug of the team; else the one of the login. Needed with a token',
      for: 'tracker',
      required: false,
      example: 'owls',
    },
    {
      key: 'provider',
      env: ['PACE_HOSTED_PROVIDER'],
      why: 'what stands behind the service: `linear`, `jira`, `github` or `gitlab`; else what `.kittify/config.yaml` says (`pace tracker bind`)',
      for: 'tracker',
      required: false,
      example: 'jira',
    },
    {
      key: 'binding',
      env: ['PACE_HOSTED_BINDING'],
      why: 'the binding there, or the project’s name with the service; else that of `.kittify/config.yaml`',
      for: 'tracker',
      required: false,
      example: 'bind-9',
    },
    {
      key: 'workspace',
      env: ['PACE_HOSTED_WORKSPACE'],
      why: 'where new issues go behind the service, such as a project’s key; else what the binding says',
      for: 'tracker',
      required: false,
      example: 'OWL',
    },
  ],
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  trackerPlace: async (world, settings) => (await import('./api.ts')).placeOf(world, settings),
} satisfies Platform;
