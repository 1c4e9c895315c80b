/**
 * The one definition of `pace.config.yaml`: types, defaults, messages, `pace.schema.json`, `pace.config.example.yaml` and
 * `docs/configuration.md` all come from here. Longer sections have files of their own beside it. Keys are written as people
 * write them in YAML.
 */
import { z } from 'zod';
import { ci } from './ci-schema.ts';
import { evidenceSchema, namesOnce } from './evidence-schema.ts';
import { escalation, gate, policy, quarantined, state, waiver } from './gate-schema.ts';
import { backends, platform, platformSections, taskTrackers } from './platform-schema.ts';
import { freeze, sprint } from './sprint-schema.ts';
import { syncedPair, withoutRings } from './sync-schema.ts';
import { text, timeZone } from './values.ts';

export type { Evidence, EvidenceOf } from './evidence-schema.ts';
export { evidenceSchema } from './evidence-schema.ts';
export type { Quarantined, Waiver } from './gate-schema.ts';
export type { SyncedPair } from './sync-schema.ts';
export type { Effect } from './values.ts';

const sectionOfAnotherTool = z
  .unknown()
  .optional()
  .describe('Belongs to another PACE tool; accepted and not looked at.');

/** Sections of other PACE tools: accepted, and not looked at. */
export const foreignSections = [
  'llm', 'forge', 'cost_control', 'training', 'cron', 'source', 'tech', 'updates', 'notifications', 'alerts', 'plugins',
  'release', 'releases', 'pace_version', 'framework_version',
] as const; // biome-ignore format: a list

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
  platform: platform.describe('Both sides are found from CI variables and the git remote with `auto`.'),
  backends: backends
    .describe(
      'Further trackers for `pace issue --backend NAME`: `platform`, and its settings as in the section of that platform.',
    )
    .meta({ examples: [{ offline: { platform: 'local' } }] }),
  default_backend: text
    .optional()
    .describe('The one that `pace issue` uses when none is named; the tracker of the gate when absent.')
    .meta({ examples: ['offline'] }),
  task_trackers: taskTrackers
    .optional()
    .describe(
      'Trackers by the name of their platform, in words that all of them understand; `config/task_trackers.yaml` may hold it too.',
    )
    .meta({
      examples: [
        { jira: { enabled: true, server_url: 'https://company.example.org', credentials: 'env:JIRA_API_TOKEN' } },
      ],
    }),
  sync: z
    .array(syncedPair)
    .superRefine(withoutRings)
    .default([])
    .describe('Trackers that `pace sync run` keeps in step: around one of them, or in a chain.'),
  sprint: sprint.describe('Which calendar day is which gate day.'),
  freeze: z.array(freeze).default([]).describe('Times in which nothing is released.'),
  policy: policy.describe('Whose configuration judges.'),
  gate: gate.describe('How a day is decided.'),
  ci: ci.describe("Waiting for the commit's CI."),
  evidence: z
    .array(evidenceSchema)
    .superRefine(namesOnce)
    .default([])
    .describe('What the gate reads besides the commit CI.'),
  waivers: z.array(waiver).default([]).describe('Failures that may ship for a while, with reason and owner.'),
  quarantine: z
    .array(quarantined)
    .default([])
    .describe(
      'Tests that are known to be unreliable: run and reported, and neither their failures nor their flakes count.',
    ),
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

/** The file after checking, with every default filled in. */
export type PaceConfig = z.infer<typeof configSchema>;
