/** What the verbs take and give that stand alone: gate, init, validate, doctor, describe, completion. */
import { z } from 'zod';
import { configured } from './common-options.ts';
import { type Definition, flag, type OptionsOf, text } from './definition.ts';

export const alone = {
  gate: {
    about: 'decide the day: SHIP, or HOLD with one escalation issue',
    options: configured.extend({
      day: text('n', 'gate day; else PACE_DAY, else the calendar of the plan'),
      sha: text('commit', 'commit to judge; else that of the CI job, else HEAD'),
      attempt: text('k', 'which attempt of the day this is'),
      dryRun: flag('judge and print; write nothing anywhere'),
    }),
    commandLine: z.object({
      dotenv: text('file', 'also write the outcome as variables, for a GitLab dotenv report'),
    }),
    answer: 'report',
    // the members of src/gate/report.ts, which a test compares
    fields: [
      ...['schemaVersion', 'product', 'repository', 'day', 'date', 'attempt', 'sha', 'mode', 'dryRun', 'humanGate'],
      ...['clearanceDay', 'notes', 'decision', 'holdReason', 'findings', 'ci', 'escalation', 'review', 'advisories'],
      ...['coverage', 'faults', 'pending', 'requests'],
    ],
    exits: 'gate',
    writes: true,
  },
  init: {
    about: 'write a small pace.config.yaml that fits this repository',
    options: configured.extend({ force: flag('replace the one that is there') }),
    answer: 'text',
    exits: 'plain',
    writes: true,
  },
  validate: {
    about: 'check pace.config.yaml and the plan, and show every mistake',
    options: configured,
    answer: 'text',
    exits: 'plain',
    writes: false,
  },
  doctor: {
    about: 'check whether a gate run would work here: hosts, token, permissions, checkout; writes nothing',
    options: configured,
    answer: 'report',
    fields: ['area', 'check', 'state', 'detail', 'remedy'],
    exits: 'doctor',
    writes: false,
  },
} as const satisfies Record<string, Definition>;

/** About the program itself; they stand last in the help. */
export const ofProgram = {
  completion: {
    about: 'print a script that completes commands in your shell',
    options: z.object({
      shell: z.enum(['bash', 'zsh', 'fish']).meta({ description: 'which one', word: true }),
    }),
    answer: 'text',
    exits: 'plain',
    writes: false,
  },
  describe: {
    about: 'describe the arguments and the output of every command, for programs',
    options: z.object({}),
    answer: 'report',
    fields: ['commands'],
    exits: 'plain',
    writes: false,
  },
} as const satisfies Record<string, Definition>;

export type Gate = OptionsOf<(typeof alone)['gate']>;
export type Init = OptionsOf<(typeof alone)['init']>;
export type Validate = OptionsOf<(typeof alone)['validate']>;
export type Doctor = OptionsOf<(typeof alone)['doctor']>;
