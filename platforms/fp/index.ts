import type { Platform } from '../../core/ports/index.ts';

/** A tracker only: the issues of a folder, through the program `fp` of Fiberplane. https://fp.dev/docs */
export default {
  name: 'fp',
  title: 'fp',
  folder: '.fp',
  needs: [
    {
      key: 'command',
      env: ['PACE_FP_COMMAND'],
      why: 'the program, when it is not on the PATH as `fp`: a name, or a path relative to the workspace',
      for: 'tracker',
      required: false,
      default: 'fp',
      example: './tools/fp',
    },
    {
      key: 'directory',
      env: ['PACE_FP_DIRECTORY'],
      why: 'the folder with `.fp`, relative to the workspace; the workspace itself when absent',
      for: 'tracker',
      required: false,
      example: 'planning',
    },
    {
      key: 'states',
      env: ['PACE_FP_STATES'],
      why: 'which statuses of the project stand for which state, where their names do not tell',
      for: 'tracker',
      required: false,
      map: true,
      example: 'in_review=in-review; canceled=rejected',
    },
  ],
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  projectSettings: (directory) => ({ directory }),
} satisfies Platform;
