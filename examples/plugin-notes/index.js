/**
 * A plugin of PACE. `createPlugin` is all that PACE looks for: it is called without settings to learn what the plugin is, and
 * with them to make one that works.
 */
import { resolve } from 'node:path';
import { createNotes } from './notes.js';

/** @type {import('pace-gate').CreatePlugin} */
export function createPlugin(settings) {
  /** @type {import('pace-gate').TrackerDriver | undefined} */
  let tracker;
  return {
    metadata: {
      name: 'Notes',
      version: '1.0.0',
      description: 'Issues as JSON files in a folder.',
      configSchema: {
        properties: {
          folder: { type: 'string', description: 'where the files live', required: true },
          author: { type: 'string', description: 'who writes', default: 'somebody' },
        },
      },
    },
    // what the schema tells is looked at already
    validateConfig: () => (settings['folder']?.includes('\0') ? ['`folder` is not a path.'] : []),
    initialize(world) {
      const folder = resolve(world.cwd, settings['folder'] ?? 'notes');
      tracker = createNotes({ folder, author: settings['author'] ?? 'somebody', now: world.now });
    },
    getTracker() {
      if (!tracker) throw new Error('Please call initialize() first.');
      return tracker;
    },
    shutdown() {
      tracker = undefined;
    },
  };
}
