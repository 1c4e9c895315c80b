import type { Platform } from '../../core/ports/index.ts';

/** A tracker only: epics, stories and subtasks in Markdown files. */
export default {
  name: 'markdown',
  title: 'Markdown',
  needs: [
    {
      key: 'path',
      env: ['PACE_MARKDOWN_PATH'],
      why: 'the file, or the folder with `EPIC.md` and a file per story, relative to the workspace',
      for: 'tracker',
      required: false,
      default: 'EPIC.md',
      example: 'docs/EPIC.md',
    },
  ],
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  opensPath: async ({ cwd }, path) =>
    (await (await import('./address.ts')).opensPath(cwd, path)) ? { path } : undefined,
  trackerPlace: async (_, { path = 'EPIC.md' }) => path,
} satisfies Platform;
