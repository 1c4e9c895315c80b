/** One kind of `evidence` each: what the gate reads besides the commit's own checks. */
import { z } from 'zod';
import { effect, text } from './values.ts';

const source = (example: string) => ({
  name: text
    .describe('Name shown in every table; the pattern of a waiver is matched against `name: check`.')
    .meta({ examples: [example] }),
  on_missing: effect
    .default('hold')
    .describe('What happens when nothing matches the path: `hold`, `advisory` or `ship`.'),
});
const path = text.describe('Path or glob below the workspace; `{day}` stands for the day.');
const pathLike = (example: string) => path.meta({ examples: [example] });

const junit = z.strictObject({
  type: z
    .literal('junit')
    .describe('JUnit XML: failures, errors and "no test executed" hold; flaky reruns are an advisory.'),
  ...source('unit tests'),
  path: pathLike('**/junit*.xml'),
});

const sarif = z.strictObject({
  type: z
    .literal('sarif')
    .describe('SARIF 2.1: level error holds, warning is an advisory; suppressed results do not count.'),
  ...source('code scan'),
  path: pathLike('**/*.sarif'),
  ignore_baseline: z
    .boolean()
    .default(true)
    .describe('Results that the scanner marks as `unchanged` or `absent` against its baseline do not count.'),
});

const coverage = z.strictObject({
  type: z.literal('coverage').describe('Line coverage from lcov, Cobertura or an Istanbul summary.'),
  ...source('line coverage'),
  path: pathLike('coverage/lcov.info'),
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
  timeout_seconds: z.number().positive().max(21_600).default(600).describe('Stopped after this time, which holds.'),
  env: z
    .array(text)
    .default([])
    .describe(
      'Names of further environment variables that it may see. Credentials of PACE are never passed on otherwise.',
    ),
});

const report = z.strictObject({
  type: z.literal('report').describe("The report of a PACE agent (gate, sentinel, conduit) in the day's folder."),
  ...source('gate'),
  path: path
    .default('.pace/day-{day}/{name}{,-report}.{md,yaml,yml}')
    .describe('Path or glob; `{name}` is the name above.'),
});

const checklist = z.strictObject({
  type: z
    .literal('checklist')
    .describe("Every acceptance criterion of the story card must be met by the handoff or the agents' results."),
  ...source('acceptance'),
  story: text.default('.pace/day-{day}/story{,-card}.{md,yaml,yml}').describe('The story card.'),
  handoff: text.default('.pace/day-{day}/handoff.{md,yaml,yml}').describe('The handoff that answers it.'),
});

export const evidenceSchema = z.discriminatedUnion('type', [junit, sarif, coverage, command, report, checklist]);

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
