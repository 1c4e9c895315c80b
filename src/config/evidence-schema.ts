/** One kind of `evidence` each: what the gate reads besides the commit's own checks. */
import { z } from 'zod';
import { canBeJobChannel } from '../../core/programs/job-channels.ts';
import { httpMistakes, httpSettings } from './http-schema.ts';
import { duration, effect, text } from './values.ts';
import { excludedGlob, workspaceGlob } from './workspace-paths.ts';

const onMissing = effect.default('hold').describe('What happens when it is not there: `hold`, `advisory` or `ship`.');

/** What every source has. */
const source = (example: string) => ({
  name: text
    .describe('Name shown in every table; the pattern of a waiver is matched against `name: check`.')
    .meta({ examples: [example] }),
  on_fail: z
    .enum(['hold', 'advisory', 'observe'])
    .default('hold')
    .describe('What a failure does: `hold`, `advisory`, or `observe`: it is shown and does not count.'),
});

/** What a shell command may need. */
const program = {
  timeout_seconds: z
    .number()
    .positive()
    .max(21_600)
    .default(600)
    .describe('The command is stopped after this time, which holds.'),
  env: z
    .array(
      text.refine(
        (name) => !canBeJobChannel(name),
        'is a way by which the job itself speaks, and what is judged cannot speak for the judge; please remove it',
      ),
    )
    .default([])
    .describe(
      'Names of further environment variables that the command may see. Credentials of PACE are never passed on otherwise, and the ways by which the job itself speaks (`GITHUB_OUTPUT` and its kin) never.',
    ),
};

/** What a source has that lies in files. */
const files = {
  on_missing: onMissing,
  on_broken: z
    .enum(['hold', 'advisory'])
    .default('hold')
    .describe('What a file does that is there and cannot be used. What it says before it breaks off counts as ever.'),
  run: text
    .optional()
    .describe(
      'Command that writes the files: it runs first, given to `sh -c`. An exit code that is not 0 beside files without a failure is a failure of its own.',
    )
    .meta({ examples: ['npm test'] }),
  ...program,
  max_age: duration
    .optional()
    .describe('A file that was written longer ago counts as missing.')
    .meta({ examples: ['12h'] }),
};

const pathOrPaths = z
  .union([workspaceGlob, z.array(workspaceGlob).min(1)])
  .meta({ title: 'text, or a list of texts' })
  .describe('Path or glob below the workspace, or a list of them; `{day}` stands for the day.');
const exclude = z
  .array(excludedGlob)
  .default([])
  .describe('Paths or globs of files that are not read.')
  .meta({ examples: [['**/old/**']] });
const pathLike = (example: string) => ({
  path: pathOrPaths.meta({ examples: [example] }),
  exclude,
});

const newOnly = z
  .boolean()
  .default(false)
  .describe('Failures that the last day that shipped had too are shown and do not count.');

const junit = z.strictObject({
  type: z
    .literal('junit')
    .describe('JUnit XML: failures, errors and "no test executed" hold; flaky reruns are an advisory.'),
  ...source('unit tests'),
  ...pathLike('**/junit*.xml'),
  ...files,
  reruns: z
    .enum(['auto', 'pass', 'fail'])
    .default('auto')
    .describe(
      'A test that fails and passes when it is run again is flaky, an advisory. `auto`: where the report itself tells that tests are run again. `pass`: also where a pass follows a failure of the same name in one suite. `fail`: such a test has failed.',
    ),
  empty: z
    .enum(['hold', 'pass'])
    .default('hold')
    .describe('What reports do in which no test was executed. `pass` is for linters, which report what they find.'),
  new_only: newOnly,
});

const sarif = z.strictObject({
  type: z
    .literal('sarif')
    .describe('SARIF 2.1: level error holds, warning is an advisory; suppressed results do not count.'),
  ...source('code scan'),
  ...pathLike('**/*.sarif'),
  ...files,
  threshold: z
    .enum(['error', 'warning', 'note'])
    .default('error')
    .describe('Results of this level or above hold. Below it a warning is an advisory, and a note is counted.'),
  security_severity: z
    .union([z.number().min(0).max(10), z.enum(['low', 'medium', 'high', 'critical'])])
    .meta({ title: 'number from 0 to 10, or `low`, `medium`, `high` or `critical`', examples: ['high'] })
    .optional()
    .describe(
      'Results whose rule has this `security-severity` or more hold too, whatever their level: `low` is 0.1, `medium` 4, `high` 7, `critical` 9.',
    ),
  new_only: newOnly,
  ignore_baseline: z
    .boolean()
    .default(true)
    .describe('Results that the scanner marks as `unchanged` or `absent` against its baseline do not count.'),
});

const coverage = z.strictObject({
  type: z
    .literal('coverage')
    .describe(
      'Coverage of lines and branches from lcov, Cobertura, JaCoCo, Clover, SonarQube, Istanbul, coverage.py, gcov, gcovr or Go.',
    ),
  ...source('line coverage'),
  ...pathLike('coverage/lcov.info'),
  ...files,
  minimum: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('Least line coverage, in percent.')
    .meta({ examples: [80] }),
  max_drop: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('Largest allowed drop against the last day that shipped, in percentage points.')
    .meta({ examples: [1] }),
  minimum_branches: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('Least coverage of branches, in percent.')
    .meta({ examples: [70] }),
  changed_lines: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe(
      'Least coverage, in percent, of the lines that were changed since the last day that shipped; of a change, since it left its target branch. Needs the history in the checkout.',
    )
    .meta({ examples: [90] }),
});

const command = z.strictObject({
  type: z
    .literal('command')
    .describe(
      'A command; any exit code but 0 holds. Its last lines are the proof. Commands run first, one after the other; then files are read, those that they wrote too.',
    ),
  ...source('licences'),
  run: text
    .describe('Given to `sh -c` in the workspace. `{day}` stands for the day.')
    .meta({ examples: ['npm run licences'] }),
  on_missing: onMissing.describe(
    'What happens when there is no such command (exit code 127): `hold`, `advisory` or `ship`.',
  ),
  ...program,
});

const report = z.strictObject({
  type: z.literal('report').describe("The report of a PACE agent (gate, sentinel, conduit) in the day's folder."),
  ...source('gate'),
  ...files,
  path: pathOrPaths
    .default('.pace/day-{day}/{name}{,-report}.{md,yaml,yml}')
    .describe('Path or glob, or a list of them; `{name}` is the name above.'),
  exclude,
});

const checklist = z.strictObject({
  type: z
    .literal('checklist')
    .describe("Every acceptance criterion of the story card must be met by the handoff or the agents' results."),
  ...source('acceptance'),
  ...files,
  story: workspaceGlob.default('.pace/day-{day}/story{,-card}.{md,yaml,yml}').describe('The story card.'),
  handoff: workspaceGlob.default('.pace/day-{day}/handoff.{md,yaml,yml}').describe('The handoff that answers it.'),
});

const http = z
  .strictObject({
    type: z
      .literal('http')
      .describe('A question to a service, asked again until its answer passes or fails; without either it is UNKNOWN.'),
    ...source('deployment'),
    ...httpSettings,
  })
  .superRefine(httpMistakes);

const approval = z.strictObject({
  type: z
    .literal('approval')
    .describe(
      'Approvals of the judged commit: of a change by a review of it, of a day by a comment `/approve <sha>` on its issue.',
    ),
  ...source('release approval'),
  from: z
    .array(text)
    .min(1)
    .describe('Who may approve: people by login or account id, teams as `@org/team`.')
    .meta({ examples: [['alex', '@my-org/release-managers']] }),
  count: z.int().min(1).max(100).default(1).describe('How many of them must have approved.'),
  allow_author: z.boolean().default(false).describe('Who wrote the commit, or opened the change, may approve it too.'),
});

export const evidenceSchema = z.discriminatedUnion('type', [
  junit,
  sarif,
  coverage,
  command,
  report,
  checklist,
  http,
  approval,
]);

export type Evidence = z.infer<typeof evidenceSchema>;
export type EvidenceOf<Type extends Evidence['type']> = Extract<Evidence, { type: Type }>;

/** Findings, waivers and baselines know evidence by its name. */
export function namesOnce(evidence: readonly Evidence[], context: z.RefinementCtx): void {
  const seen = new Set(['ci']);
  for (const [index, { name }] of evidence.entries()) {
    const message = name === 'ci' ? 'is kept for the checks of the commit' : 'is used twice; every name must differ';
    if (seen.has(name)) context.addIssue({ code: 'custom', path: [index, 'name'], message });
    seen.add(name);
  }
}
