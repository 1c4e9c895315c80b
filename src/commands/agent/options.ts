/** What the verbs of `pace agent` take and give. */
import { z } from 'zod';
import { TOOL_NAMES } from '../../agent/tools.ts';
import { onTracker } from '../common-options.ts';
import { type Definition, flag, type OptionsOf, text } from '../definition.ts';

export const agent = {
  prime: {
    about: 'print the state of the tracker for a new session: what is ready, yours, blocked; bounded in time and text',
    options: onTracker.extend({
      as: text('agent', 'the agent’s own name; else PACE_AGENT'),
      within: text('time', 'how long it may take: 2s, 10s', { default: '5s' }),
    }),
    answer: 'report',
    fields: ['tracker', 'agent', 'ready', 'mine', 'blocked', 'ending', 'missing'],
    exits: 'tracker',
    writes: false,
  },
  skill: {
    about: 'print a skill file that teaches an agent the commands for issues',
    options: z.object({}),
    answer: 'text',
    exits: 'plain',
    writes: false,
  },
  setup: {
    about: 'tell a coding agent of PACE, in the file that it reads; shows the change and asks first',
    options: z.object({
      tool: z.enum(TOOL_NAMES).meta({ description: 'whose file', word: true }),
      remove: flag('take it out again'),
      yes: flag('do not ask', { short: 'y' }),
      dryRun: flag('show the change; write nothing'),
    }),
    answer: 'report',
    fields: ['file', 'outcome', 'change'],
    exits: 'plain',
    writes: true,
  },
} as const satisfies Record<string, Definition>;

export type AgentPrime = OptionsOf<(typeof agent)['prime']>;
export type AgentSetup = OptionsOf<(typeof agent)['setup']>;
