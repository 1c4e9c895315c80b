/** What the verbs take and give that stand alone: gate, init, validate, doctor, describe, completion. */
import { z } from 'zod';
import { configured, writing } from './common-options.ts';
import { type Definition, flag, type OptionsOf, text } from './definition.ts';

export const alone = {
  gate: {
    about: 'decide the day, or a change: SHIP, or HOLD with one escalation issue',
    options: configured.extend({
      day: text('n', 'gate day; else PACE_DAY, else the calendar of the plan'),
      change: text('n', 'judge this pull or merge request instead of a day'),
      sha: text('commit', 'commit to judge; else that of the CI job, else HEAD'),
      evidenceSha: text('commit', 'the evidence is of this commit, whatever is checked out: its full hash'),
      policyFrom: text('branch', 'judge by the configuration of this branch; `commit`: of the judged commit'),
      attempt: text('k', 'which attempt of the day this is'),
      dryRun: flag('judge and print; write nothing anywhere'),
    }),
    commandLine: z.object({
      dotenv: text('file', 'also write the outcome as variables, for a GitLab dotenv report'),
    }),
    answer: 'report',
    // the members of src/gate/report.ts, which a test compares
    fields: [
      ...['schemaVersion', 'product', 'repository', 'gate', 'subject', 'day', 'branch', 'sprint', 'date', 'attempt'],
      ...['sha', 'mode', 'dryRun', 'humanGate'],
      ...['clearanceDay', 'notes', 'decision', 'holdReason', 'findings', 'ci', 'escalation', 'review', 'advisories'],
      ...['coverage', 'faults', 'pending', 'requests'],
    ],
    exits: 'gate',
    writes: true,
  },
  status: {
    about: 'say what holds and what is paused, until when and by whom; judges nothing',
    options: configured.extend({ day: text('n', 'as if it were this day') }),
    answer: 'report',
    fields: ['gate', 'repository', 'branch', 'sprint', 'day', 'paused', 'pauses', 'unknown'],
    exits: 'plain',
    writes: false,
  },
  pause: {
    about: 'pause the gate, for days and changes',
    options: configured.extend({
      reason: text('text', 'why; shown to everybody'),
      until: text('time', 'when it ends by itself: 2026-12-27, or 2026-12-27T18:00'),
    }),
    answer: 'report',
    fields: ['gate', 'reason', 'by', 'since', 'until', 'seenBy'],
    exits: 'plain',
    writes: true,
  },
  resume: {
    about: 'end the pause that a person has set',
    options: configured,
    answer: 'report',
    fields: ['gate', 'ended', 'variable'],
    exits: 'plain',
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

/** What is made of issues beside issues. */
export const making = {
  specify: {
    about: 'write the specification (spec.md) that an issue asks for',
    options: writing.extend({
      from: text('ref', 'the issue: jira:PROJ-1, github:owner/repo#1, NAME#1, or its address'),
      fromJira: text('key', 'the same of Jira: PROJ-1'),
      fromLinear: text('key', 'the same of Linear: ENG-1'),
      fromGithub: text('issue', 'the same of GitHub: owner/repo#1'),
      mission: text('slug', 'write the spec.md of this mission of Spec Kitty, and remember the issue in its meta.json'),
      out: text('file', 'write this file; without it and --mission the text is printed'),
      force: flag('replace a file that somebody has written or changed'),
    }),
    answer: 'report',
    fields: ['path', 'reference', 'url', 'title', 'written', 'text'],
    exits: 'tracker',
    writes: true,
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
export type StatusOptions = OptionsOf<(typeof alone)['status']>;
export type PauseOptions = OptionsOf<(typeof alone)['pause']>;
export type ResumeOptions = OptionsOf<(typeof alone)['resume']>;
export type Init = OptionsOf<(typeof alone)['init']>;
export type Validate = OptionsOf<(typeof alone)['validate']>;
export type Doctor = OptionsOf<(typeof alone)['doctor']>;
export type Specify = OptionsOf<(typeof making)['specify']>;
