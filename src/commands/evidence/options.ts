/** What the verbs of `pace evidence` take and give. */
import { configured } from '../common-options.ts';
import { type Definition, type OptionsOf, text, texts, unless } from '../definition.ts';

/** `pace evidence` itself. */
export const readAlone = {
  about:
    'read the evidence alone and print what the gate would see; runs the commands of the sources, writes nothing else',
  options: configured.extend({
    source: texts('name', 'only this source; may be given several times', { short: 's' }),
    day: text('n', 'gate day; else PACE_DAY, else the calendar of the plan'),
    change: text('n', 'as for this pull or merge request instead of a day'),
    run: unless('run no command of a source and ask no service: read the files that are there'),
  }),
  answer: 'report',
  fields: ['gate', 'subject', 'sha', 'date', 'decision', 'reason', 'sources', 'waivers', 'notes'],
  exits: 'plain',
  // what the commands of sources write
  writes: true,
} as const satisfies Definition;

export const evidence = {
  detect: {
    about: 'look for files that are evidence, and propose sources for them; writes nothing',
    options: configured,
    answer: 'report',
    fields: ['sources', 'unread', 'isWhole', 'isFurther'],
    exits: 'plain',
    writes: false,
  },
} as const satisfies Record<string, Definition>;

export type EvidenceRead = OptionsOf<typeof readAlone>;
export type EvidenceDetect = OptionsOf<(typeof evidence)['detect']>;
