import type { Platform } from '../../core/ports/index.ts';

/** A tracker only: the days and stories of a PACE plan. */
export default {
  name: 'pace_plan',
  title: 'PACE plan',
  needs: [
    {
      key: 'path',
      env: ['PACE_PLAN_PATH'],
      why: 'the file of the plan, relative to the workspace',
      for: 'tracker',
      required: false,
      default: 'pace/plan.yaml',
      example: 'pace/plan.yaml',
    },
  ],
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  opensPath: async (_, path) => ((await import('./address.ts')).isPlanPath(path) ? { path } : undefined),
  trackerPlace: async (_, { path = 'pace/plan.yaml' }) => path,
} satisfies Platform;
