/** What `pace epic` takes and gives. */

import { z } from 'zod';
import { PHASES } from '../../epic/outline.ts';
import { configured } from '../common-options.ts';
import { type Definition, flag, type OptionsOf, oneOf, text, texts, unless } from '../definition.ts';

export const PREFERRED = ['file', 'tracker', 'newer', 'ask'] as const;

export const epic = {
  epic: {
    about: 'bring the epics of a Markdown file into a tracker, or back; nothing is written without --execute',
    options: configured.extend({
      tracker: text(
        'name',
        'a backend’s name, or a platform; else that of .spectryn.yaml, else the configured tracker',
      ),
      markdown: text('file', 'the file with the epics, or the folder with a file per story', { short: 'm' }),
      input: text('file', 'the same', { short: 'f', sameAs: 'markdown' }),
      epic: texts('key', 'the issue that the epic of the file is; of several epics the one with this key', {
        short: 'e',
      }),
      story: texts('id', 'this story alone, with its subtasks; given again: that one too'),
      phase: oneOf(
        'phase',
        PHASES,
        'what is written: descriptions, subtasks, comments, statuses, or all (the default)',
      ),
      validate: flag('only say what is wrong with the file'),
      strict: flag('its warnings count as faults'),
      execute: flag('write', { short: 'x' }),
      dryRun: flag('print what would be written; write nothing (the default)', { short: 'n' }),
      yes: flag('do not ask before anything is written', { short: 'y' }),
      pull: flag('bring what the tracker has into the file'),
      bidirectional: flag('both ways'),
      updateSource: flag('also write into the file which issue each story is'),
      prefer: oneOf(
        'side',
        PREFERRED,
        'whose value is kept where both changed one field: file, tracker, newer, or ask: both stay (default: ask)',
      ),
      full: flag('look at every issue, not only at what has changed'),
      backup: unless('keep no backup of what is changed'),
      listBackups: flag('list what was kept of issues and files before they were written'),
      restoreBackup: text('id', 'set issues and files back to what this backup has of them'),
    }),
    commandLine: z.object({ export: text('file', 'also write the report to this file, as JSON') }),
    answer: 'report',
    fields: [
      ...['success', 'dry_run', 'incremental', 'matched_stories', 'unmatched_stories', 'stats', 'errors', 'warnings'],
      ...['backup', 'written', 'left'],
    ],
    exits: 'epic',
    writes: true,
  },
} as const satisfies Record<string, Definition>;

export type EpicOptions = OptionsOf<(typeof epic)['epic']>;
