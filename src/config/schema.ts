/**
 * The one definition of `pace.config.yaml`: types, defaults, messages, `pace.schema.json`, `pace.config.example.yaml` and
 * `docs/configuration.md` all come from here. Keys are written as people write them in YAML.
 */
import { z } from 'zod';
import { isPlatformName, type PlatformName, platformNames } from '../../platforms/index.ts';
import { type FreezeSpan, isNoTime } from '../plan/freeze-span.ts';
import { evidenceSchema, namesOnce } from './evidence-schema.ts';
import { dateOrMoment, dateText, effect, text, timeZone, weekday } from './values.ts';

export type { Evidence, EvidenceOf } from './evidence-schema.ts';
export { evidenceSchema } from './evidence-schema.ts';
export type { Effect } from './values.ts';

const ciEffects = z
  .strictObject({
    no_runs: effect
      .default('advisory')
      .describe('No check was found for the commit. By itself it is never a pass: `ship` says that it is.'),
    timeout: effect.default('hold').describe('Checks had not ended in time.'),
    cancelled: effect.default('hold').describe('A check was cancelled and not run again.'),
  })
  .prefault({});

const ci = z
  .strictObject({
    enabled: z.boolean().default(true).describe("Wait for the commit's checks and statuses, and judge them."),
    timeout_minutes: z
      .number()
      .positive()
      .max(350)
      .default(15)
      .describe('Longest wait. A token of GitHub Actions lives six hours.'),
    poll_interval_seconds: z
      .number()
      .min(1)
      .max(600)
      .default(20)
      .describe('Time between two looks at the start; it adapts.'),
    grace_seconds: z
      .number()
      .min(0)
      .max(3600)
      .default(60)
      .describe('How long an empty set, or one that lacks an expected check, is waited for.'),
    settle_seconds: z
      .number()
      .min(0)
      .max(600)
      .default(5)
      .describe('How long a finished set must stay the same before it is judged.'),
    expected: z.array(text).default([]).describe('Names (or globs) of checks that must be there.'),
    ignore: z.array(text).default([]).describe('Names (or globs) of checks that do not count.'),
    skipped: z.enum(['pass', 'fail']).default('pass').describe('How a skipped check counts.'),
    neutral: z.enum(['pass', 'fail']).default('pass').describe('How a neutral check counts.'),
    on: ciEffects.describe('What the results other than success and failure do.'),
  })
  .prefault({});

const waiver = z.strictObject({
  check: text.describe('Glob over `source: check`.').meta({ examples: ['unit tests: login*'] }),
  reason: text
    .describe('Why it may ship all the same; shown everywhere.')
    .meta({ examples: ['The fix waits for the next release of the library.'] }),
  owner: text.describe('Who answers for it.').meta({ examples: ['team-login'] }),
  sha: z
    .string()
    .regex(/^[0-9a-f]{7,40}$/, 'is a commit: 7 to 40 hexadecimal digits')
    .optional()
    .describe('Only for this commit.')
    .meta({ examples: ['0123abc'] }),
  expires: dateText.describe('Last day on which it applies, in `sprint.timezone`.').meta({ examples: ['2026-12-31'] }),
});

const GATE_NAME = /^(?!.*(?:\.\.|\/\/))[A-Za-z0-9](?:[\w./-]{0,98}[\w-])?$/;

const gate = z
  .strictObject({
    name: z
      .string()
      .regex(GATE_NAME, 'is not a name such as shop or apps/shop')
      .optional()
      .describe(
        'Name of the gate, and of its commit status `pace/<name>`. `gate` for the configuration at the root, else its folder.',
      )
      .meta({ examples: ['shop'] }),
    mode: z
      .enum(['enforce', 'observe'])
      .default('enforce')
      .describe('`observe` judges and reports, and never blocks or opens an issue.'),
    on_hold: z
      .enum(['fail', 'neutral'])
      .default('fail')
      .describe('`neutral`: a HOLD exits 0, so that the job stays green.'),
    on_unknown: z.enum(['pass', 'hold']).default('pass').describe('`hold`: a run that could not judge exits 1.'),
    on_paused: z.enum(['pass', 'fail']).default('pass').describe('`fail`: a paused run exits 1.'),
    subject: z
      .enum(['auto', 'day', 'change'])
      .default('auto')
      .describe(
        'What a run judges: events of pull and merge requests and of merge queues are changes, everything else is a day.',
      ),
    retries: z
      .number()
      .int()
      .min(0)
      .max(20)
      .default(0)
      .describe(
        'How many attempts of a day may hold before it is escalated. Runners that forget need `state.persist: branch` to count.',
      ),
    max_new_issues: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(10)
      .describe('How many issues one run may open; the next run opens what is missing.'),
    clearance_every: z
      .number()
      .int()
      .min(0)
      .max(365)
      .default(7)
      .describe('Days between two clearance days, on which all open advisories must be resolved. 0: never.'),
  })
  .prefault({});

// https://git-scm.com/docs/git-check-ref-format
const BRANCH = /^(?![-/.])(?!.*(?:\.\.|\/\/|\/\.|\.lock(?:\/|$)|@\{))[\w./@+-]+(?<![/.])$/;

const SPRINT_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u;

const sprint = z
  .strictObject({
    name: z
      .string()
      .regex(
        SPRINT_NAME,
        'is not a name such as Sprint 12: a letter or digit, then letters, digits, spaces, dots, dashes and underscores, 60 at most',
      )
      .optional()
      .describe('What the sprint is called in issues and folders; its start date when absent.')
      .meta({ examples: ['Sprint 12'] }),
    duration_days: z.number().int().min(1).max(3660).default(30).describe('Length of the sprint, in gate days.'),
    start_date: dateText
      .optional()
      .describe("Date of day 1. The plan's `start_date` when absent.")
      .meta({ examples: ['2026-01-05'] }),
    timezone: timeZone
      .optional()
      .describe('Time zone of the days. `reporter.timezone`, else UTC, when absent.')
      .meta({ examples: ['Europe/Berlin'] }),
    working_days: z
      .array(weekday)
      .min(1)
      .default(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
      .describe('Weekdays that count as gate days.'),
    holidays: z.array(dateText).default([]).describe('Dates that do not count.'),
    plan: text
      .optional()
      .describe('The plan; found at pace/plan.yaml, .pace/plan.yaml or plan.yaml when absent.')
      .meta({ examples: ['pace/plan.yaml'] }),
  })
  .prefault({});

const freeze = z
  .strictObject({
    from: dateOrMoment
      .describe('When it begins: a date, or a moment. Without an offset it is one of `sprint.timezone`.')
      .meta({ examples: ['2026-12-24'] }),
    to: dateOrMoment
      .describe('When it ends: a date, which is frozen to its end, or a moment.')
      .meta({ examples: ['2026-12-27T18:00'] }),
    reason: text.describe('Shown wherever it holds.').meta({ examples: ['Nobody is there to mend what breaks.'] }),
    except: z
      .strictObject({
        branches: z
          .array(text)
          .default([])
          .describe("Names (or globs) of branches that it does not concern: a day's own, a change's source or target."),
        labels: z.array(text).default([]).describe('Labels of changes that it does not concern.'),
      })
      .prefault({})
      .describe('What goes on: `{ branches: [hotfix/*], labels: [hotfix] }`.'),
  })
  .superRefine(lastsSomeTime);

function lastsSomeTime(span: FreezeSpan, context: z.RefinementCtx): void {
  if (!isNoTime(span)) return;
  context.addIssue({ code: 'custom', path: ['to'], message: `is not after \`from\`, which is ${span.from}` });
}

const person = text.regex(/^$|[^@/\s]/, 'names nobody');

const escalation = z
  .strictObject({
    resume_by: z
      .union([z.literal('anyone'), z.array(person).min(1)])
      .meta({ title: '`anyone`, or a list of texts' })
      .default('anyone')
      .describe(
        'Who may resume by closing an escalation: `anyone`, or a list of people (by login, or by the id of an account) and teams (`@org/team`). Closed by somebody else it is opened again.',
      ),
  })
  .prefault({});

const state = z
  .strictObject({
    persist: z
      .enum(['none', 'branch'])
      .default('none')
      .describe(
        '`branch`: keep `.pace/` on a branch, for runners that forget everything. `none`: it stays in the checkout.',
      ),
    branch: z
      .string()
      .regex(BRANCH, 'is not the name of a branch, such as pace/state')
      .default('pace/state')
      .describe('That branch. PACE makes it; nothing else may live there.'),
    remote: z
      .string()
      .regex(/^[A-Za-z0-9][\w.-]*$/, 'is the name of a git remote, such as origin')
      .default('origin')
      .describe('The git remote that the branch is fetched from and pushed to.'),
    lock_wait_seconds: z
      .number()
      .min(0)
      .max(3600)
      .default(60)
      .describe('How long a run waits for another one in the same checkout. Then it ends with exit code 2.'),
  })
  .prefault({});

const sectionOfAnotherTool = z
  .unknown()
  .optional()
  .describe('Belongs to another PACE tool; accepted and not looked at.');

/** Sections of other PACE tools: accepted, and not looked at. */
export const foreignSections = [
  'llm', 'forge', 'cost_control', 'training', 'cron', 'source', 'tech', 'updates', 'notifications', 'alerts', 'plugins',
  'release', 'releases', 'pace_version', 'framework_version',
] as const; // biome-ignore format: a list

const plainValue = z.union([z.string(), z.number(), z.boolean()]);

/** Settings of one platform; checked against its own `needs`. A mapping holds names, one or several to a key. */
const platformSection = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.union([plainValue, z.array(plainValue)]))]),
);

const platformSections = Object.fromEntries(
  platformNames.map((name) => [name, platformSection.optional().describe(`Settings of ${name}.`)]),
) as Record<PlatformName, z.ZodOptional<typeof platformSection>>;

const sides = ['auto', ...platformNames] as const;

/** Also the name of a plugin, which is looked up once the whole section is known. */
const side = z.string().meta({
  title: [...sides.map((name) => `\`${name}\``), 'the name of a plugin'].join(', '),
});

const oneOfOurs = { type: 'string', enum: [...sides] };
/** For editors: where no plugin is named, nothing but our own names will do. */
const withoutPlugins = {
  if: { type: 'object', properties: { plugins: { type: 'object', maxProperties: 0 } } },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON schema
  then: { type: 'object', properties: { ci: oneOfOurs, tracker: oneOfOurs, type: oneOfOurs } },
};

const plugin = z.strictObject({
  module: text
    .describe('The package, or the path of a file that starts with a dot.')
    .meta({ examples: ['./tools/my-tracker.js'] }),
  settings: platformSection.prefault({}).describe('What the plugin asks for.'),
});

const namesOfThings = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'is not a name such as my-tracker: small letters, digits and dashes');

/** A platform that is neither ours nor a plugin of this file. */
function knownSides(
  platform: { ci: string; tracker: string; type?: string | undefined; plugins: Record<string, unknown> },
  context: z.core.$RefinementCtx,
): void {
  const values = [...sides, ...Object.keys(platform.plugins)];
  for (const key of ['ci', 'tracker', 'type'] as const) {
    const input = platform[key];
    // what is only known is refused with what to do instead, once the platforms are loaded
    if (input !== undefined && !values.includes(input) && !isPlatformName(input))
      context.addIssue({ code: 'invalid_value', values, path: [key], input });
  }
}

/** A tracker under a name of its own, for `pace issue --backend`. */
const backend = z
  .looseObject({ platform: text.describe('What it is: one of the platforms, or a plugin.') })
  .catchall(platformSection.valueType);

/** The whole file. */
export const configSchema = z.strictObject({
  product: z
    .strictObject({
      name: text.default('My Product').describe('Shown in summaries and in PROGRESS.md.'),
      description: z
        .string()
        .optional()
        .describe('One sentence about it.')
        .meta({ examples: ['It does one thing well.'] }),
      github_org: z
        .string()
        .optional()
        .describe('Used by other PACE tools.')
        .meta({ examples: ['my-org'] }),
    })
    .prefault({})
    .describe('What is being released.'),
  platform: z
    .strictObject({
      ci: side.default('auto').describe('Where the code and its CI live.'),
      tracker: side.default('auto').describe('Where issues live.'),
      type: side
        .optional()
        .describe('Older form: sets both sides that are `auto`.')
        .meta({ examples: ['auto'] }),
      plugins: z
        .record(namesOfThings, plugin)
        .prefault({})
        .describe('Third-party platforms, by the name that `ci` and `tracker` may then have.')
        .meta({ examples: [{ 'my-tracker': { module: './tools/my-tracker.js' } }] }),
    })
    .superRefine(knownSides)
    .meta(withoutPlugins)
    .prefault({})
    .describe('Both sides are found from CI variables and the git remote with `auto`.'),
  backends: z
    .record(namesOfThings, backend)
    .prefault({})
    .describe(
      'Further trackers for `pace issue --backend NAME`: `platform`, and its settings as in the section of that platform.',
    )
    .meta({ examples: [{ offline: { platform: 'local' } }] }),
  default_backend: text
    .optional()
    .describe('The one that `pace issue` uses when none is named; the tracker of the gate when absent.')
    .meta({ examples: ['offline'] }),
  sprint: sprint.describe('Which calendar day is which gate day.'),
  freeze: z.array(freeze).default([]).describe('Times in which nothing is released.'),
  gate: gate.describe('How a day is decided.'),
  ci: ci.describe("Waiting for the commit's CI."),
  evidence: z
    .array(evidenceSchema)
    .superRefine(namesOnce)
    .default([])
    .describe('What the gate reads besides the commit CI.'),
  waivers: z.array(waiver).default([]).describe('Failures that may ship for a while, with reason and owner.'),
  advisory: z
    .strictObject({
      push_to_issues: z.boolean().default(false).describe('One issue per agent and day for new advisories.'),
    })
    .prefault({})
    .describe('Concerns that do not block.'),
  review: z
    .strictObject({
      reviewers: z.array(text).default([]).describe('Asked to review on human-gate days.'),
    })
    .prefault({})
    .describe('The review request of a human-gate day.'),
  pause: z
    .strictObject({
      by: z
        .enum(['issue', 'variable', 'both'])
        .default('issue')
        .describe('`issue`: an open escalation pauses. `variable`: PACE_PAUSED does. `both`: either.'),
    })
    .prefault({})
    .describe('What stops the loop after a HOLD.'),
  escalation: escalation.describe('The issue that a HOLD opens.'),
  state: state.describe('What PACE keeps between runs.'),
  reporter: z
    .strictObject({
      timezone: timeZone.default('UTC').describe('Time zone of times in reports.'),
      change_note: z
        .boolean()
        .default(true)
        .describe(
          'Keep one comment with the summary at the pull or merge request that is judged, or that the pipeline belongs to. On GitHub it needs `pull-requests: write`.',
        ),
    })
    .prefault({})
    .describe('Reports.'),
  ...platformSections,
  ...(Object.fromEntries(foreignSections.map((name) => [name, sectionOfAnotherTool])) as Record<
    (typeof foreignSections)[number],
    typeof sectionOfAnotherTool
  >),
});

/** What to do about keys that were valid once, by their place. */
export const formerKeys: Readonly<Record<string, string>> = {
  'gate.status_context': 'It is now `gate.name`: the status is `pace/<name>`.',
};

export type Waiver = z.infer<typeof waiver>;
/** The file after checking, with every default filled in. */
export type PaceConfig = z.infer<typeof configSchema>;
