import type { Platform } from '../../core/ports/index.ts';

/** A tracker only: the work packages of a mission of Spec Kitty. */
export default {
  name: 'spec_kitty',
  title: 'Spec Kitty',
  needs: [
    {
      key: 'mission',
      env: ['PACE_SPEC_KITTY_MISSION'],
      why: 'the mission: its folder, relative to the workspace, or its name; the only one where there is one',
      for: 'tracker',
      required: false,
      example: 'kitty-specs/owl-call-log-01M8N6R9',
    },
    {
      key: 'evidence',
      env: ['PACE_SPEC_KITTY_EVIDENCE'],
      why: 'what a move does that needs a review nobody has given: `nothing`, a `note`, or the move by `force`',
      for: 'tracker',
      required: false,
      default: 'note',
      example: 'force',
    },
  ],
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  opensPath: async ({ cwd }, path) => {
    const mission = await (await import('./address.ts')).opensPath(cwd, path);
    return mission === undefined ? undefined : { mission };
  },
  trackerPlace: async (_, { mission = 'kitty-specs' }) => mission,
} satisfies Platform;
