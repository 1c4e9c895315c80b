import type { Platform } from '../../core/ports/index.ts';

/** A tracker only: the tasks of one feature, in the files of Spec Kit. */
export default {
  name: 'spec_kit',
  title: 'Spec Kit',
  needs: [
    {
      key: 'path',
      env: ['PACE_SPEC_KIT_PATH'],
      why: 'the folder of the feature with `tasks.md` and `spec.md`, relative to the workspace',
      for: 'tracker',
      required: true,
      example: 'specs/001-checkout',
    },
  ],
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  opensPath: async ({ cwd }, path) =>
    (await (await import('./address.ts')).opensPath(cwd, path)) ? { path } : undefined,
  trackerPlace: async (_, { path = '' }) => path,
} satisfies Platform;
