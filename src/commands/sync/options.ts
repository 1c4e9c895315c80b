/** What the verbs of `pace sync` take and give. */
import { z } from 'zod';
import { configured } from '../common-options.ts';
import { type Definition, flag, type OptionsOf, oneOf, text, word } from '../definition.ts';
import { CONFLICTS, UNLINKED } from './shapes.ts';

const TRACKER = 'a backend’s name, or a platform';
const PREFERRED = ['a', 'b', 'newer', 'ask'] as const;
const optional = (about: string) => z.string().meta({ description: about, word: true }).optional();

const query = text('query', 'these issues alone, as in issue list: label:shared since:7d; else all of both', {
  short: 'q',
});
const dryRun = flag('print what would be written; write nothing');
const yes = flag('do not ask whether so many are meant; a first run is real', { short: 'y' });
const full = flag('look at every issue, not only at what has changed');
const prefer = (first: string, second: string) =>
  oneOf(
    'side',
    PREFERRED,
    `whose value is kept where both changed one field: a (${first}), b (${second}), newer, or ask: both stay (default: ask)`,
  );
const adopt = text(
  'field',
  'issues that are on both sides already are one where this key of their metadata is the same; title: a person is asked',
);

/** Of the verbs that write two trackers, or one of them. */
const running = { query, dryRun, yes, full, adopt };
const report = { exits: 'sync', answer: 'report', writes: true } as const;
const REPORT = ['pair', 'names', 'flow', 'ends', 'dryRun', 'isFirst', 'inStep', 'counts', 'written', 'left'];

const oneWay = configured.extend({
  source: word(`${TRACKER}: is read only`),
  target: word(`${TRACKER}: is written to`),
  ...running,
  prefer: prefer('SOURCE', 'TARGET'),
  force: flag('SOURCE wins everywhere; what loses is kept in `pace sync conflicts --all`'),
});
const twoTrackers = { a: word(TRACKER), b: word(TRACKER) };
const maybeTwo = { a: optional(`${TRACKER}; without both, all that is known`), b: optional(TRACKER) };

/** `pace sync` itself. */
export const workPackage = {
  about: 'keep two trackers in step; with WP03, or --to WP03: the state of one work package and one issue',
  options: configured.extend({
    wp: optional('a work package of Spec Kitty: WP03'),
    mission: text('slug', 'its mission; needed where there are several'),
    to: text(
      'ref',
      'the issue that takes its state (jira:PROJ-1, github:owner/repo#1, NAME#1); with --from the work package',
    ),
    toJira: text('key', 'the same of Jira: PROJ-1'),
    toLinear: text('key', 'the same of Linear: ENG-1'),
    toGithub: text('issue', 'the same of GitHub: owner/repo#1'),
    from: text('ref', 'the issue whose state the work package takes'),
    dryRun,
  }),
  ...report,
  fields: REPORT,
} as const satisfies Definition;

export const sync = {
  status: {
    about: 'say what would be written and what is left, of two trackers or of all pairs; writes nothing',
    options: configured.extend({ ...maybeTwo, query, full }),
    ...report,
    fields: ['pairs', 'inStep'],
    writes: false,
  },
  pull: { about: 'bring the issues of SOURCE into TARGET', options: oneWay, ...report, fields: REPORT },
  push: { about: 'the same, said from the other end: SOURCE into TARGET', options: oneWay, ...report, fields: REPORT },
  bidirectional: {
    about: 'keep two trackers in step, both ways',
    options: configured.extend({ ...twoTrackers, ...running, prefer: prefer('A', 'B') }),
    ...report,
    fields: REPORT,
  },
  run: {
    about: 'keep in step what `sync` of the configuration lists',
    options: configured.extend({
      pairs: z.array(z.string()).meta({ description: 'their names', word: true }).optional(),
      all: flag('all of them'),
      ...{ dryRun, yes, full },
    }),
    commandLine: z.object({
      dotenv: text('file', 'also write the outcome as variables, for a GitLab dotenv report'),
    }),
    ...report,
    fields: ['pairs', 'inStep'],
  },
  link: {
    about: 'two issues are one from now on; refused where they differ, unless --prefer says whose values count',
    options: configured.extend({
      a: word('one issue: NAME#KEY, jira:PROJ-12, or its address'),
      b: word('the other one, of another tracker'),
      prefer: oneOf('side', ['a', 'b', 'ask'], 'whose values count where they differ (default: ask)'),
      dryRun,
    }),
    ...report,
    fields: REPORT,
  },
  unlink: {
    about: 'two issues are no longer one; both stay as they are',
    options: configured.extend({
      a: word('one of them: NAME#KEY, jira:PROJ-12, or its address'),
      b: optional('the other one, where the first is in several pairs'),
    }),
    answer: 'one',
    fields: Object.keys(UNLINKED.fields),
    exits: 'sync',
    writes: true,
  },
  conflicts: {
    about: 'list what nobody has decided about',
    options: configured.extend({ ...maybeTwo, all: flag('also what a policy, --force or a person has decided') }),
    answer: 'list',
    fields: Object.keys(CONFLICTS.fields),
    exits: 'sync',
    writes: false,
  },
  resolve: {
    about: 'decide a conflict: one side’s value, or another text; it is written to both',
    options: configured.extend({
      id: word('of the conflict, as `pace sync conflicts` shows it'),
      take: text('side', 'the value of this tracker: its name, or a or b as `pace sync conflicts` shows them'),
      text: text('text', 'this value; - reads stdin'),
    }),
    commandLine: z.object({ file: text('file', 'the value is in this file') }),
    ...report,
    fields: REPORT,
  },
} as const satisfies Record<string, Definition>;

type Verbs = typeof sync;
export type SyncStatus = OptionsOf<Verbs['status']>;
export type SyncOneWay = OptionsOf<Verbs['pull']>;
export type SyncBoth = OptionsOf<Verbs['bidirectional']>;
export type SyncRun = OptionsOf<Verbs['run']>;
export type SyncLink = OptionsOf<Verbs['link']>;
export type SyncUnlink = OptionsOf<Verbs['unlink']>;
export type SyncConflicts = OptionsOf<Verbs['conflicts']>;
export type SyncResolve = OptionsOf<Verbs['resolve']>;
export type SyncWorkPackage = OptionsOf<typeof workPackage>;
