import type { Platform } from '../../core/ports/index.ts';

/** A tracker only: the issues of a folder, through the program `bd`. https://github.com/steveyegge/beads */
export default {
  name: 'beads',
  title: 'beads',
  folder: '.beads',
  needs: [
    {
      key: 'command',
      env: ['PACE_BEADS_COMMAND'],
      why: 'the program, when it is not on the PATH as `bd`: a name, or a path relative to the workspace',
      for: 'tracker',
      required: false,
      default: 'bd',
      example: './tools/bd',
    },
    {
      key: 'directory',
      env: ['PACE_BEADS_DIRECTORY'],
      why: 'the folder with `.beads`, relative to the workspace; when absent, `bd` looks for it from the workspace upwards',
      for: 'tracker',
      required: false,
      example: 'planning',
    },
    {
      key: 'actor',
      env: ['PACE_BEADS_ACTOR', 'BEADS_ACTOR', 'BD_ACTOR'],
      why: 'in whose name issues and comments are written, when not in that of git’s user',
      for: 'tracker',
      required: false,
      example: 'release-bot',
    },
    {
      key: 'states',
      env: ['PACE_BEADS_STATES'],
      why: 'which statuses of `bd` stand for which state, for statuses of one’s own',
      for: 'tracker',
      required: false,
      map: true,
      example: 'in_review=review; canceled=wontfix',
    },
  ],
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  projectSettings: (directory) => ({ directory }),
} satisfies Platform;
