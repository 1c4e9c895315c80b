/** What `pace mcp` takes. */
import { z } from 'zod';
import { onTracker } from '../common-options.ts';
import { type Definition, flag, type OptionsOf, text } from '../definition.ts';

export const mcp = {
  mcp: {
    about: 'serve the tracker to agents without a shell: MCP on stdin and stdout, until stdin is closed',
    options: onTracker.extend({
      readOnly: flag('offer only the tools that change nothing'),
    }),
    commandLine: z.object({
      // hosts of MCP know the folder by that name
      cwd: text('folder', 'workspace, for hosts that start it elsewhere; else the current folder', {
        sameAs: 'directory',
      }),
    }),
    answer: 'text',
    exits: 'tracker',
    writes: true,
  },
} as const satisfies Record<string, Definition>;

export type Mcp = OptionsOf<(typeof mcp)['mcp']>;
