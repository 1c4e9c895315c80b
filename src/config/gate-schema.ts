/** The gate itself: how it decides, what may ship all the same, who lets it go on, and what it keeps between runs. */
import { z } from 'zod';
import { dateText, text } from './values.ts';
import { titleGlob } from './workspace-paths.ts';

const GATE_NAME = /^(?!.*(?:\.\.|\/\/))[A-Za-z0-9](?:[\w./-]{0,98}[\w-])?$/;

export const gate = z
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
    evidence_sha: z
      .string()
      .regex(
        /^(?:env:[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})$/,
        'is neither `env:NAME` nor the full hash of a commit',
      )
      .optional()
      .describe(
        'The commit that the files of the evidence come from, where it is not checked out: `env:NAME`, or its full hash. The input or flag `evidence-sha` and PACE_EVIDENCE_SHA come first.',
      )
      .meta({ examples: ['env:UPSTREAM_COMMIT'] }),
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

export const waiver = z.strictObject({
  check: titleGlob.describe('Glob over `source: check`.').meta({ examples: ['unit tests: login*'] }),
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

export const quarantined = z.strictObject({
  test: titleGlob.describe('Glob over `source: test`.').meta({ examples: ['unit tests: cart adds*'] }),
  reason: text
    .optional()
    .describe('Why it is let be.')
    .meta({ examples: ['It races with the clock.'] }),
  owner: text.describe('Who mends it.').meta({ examples: ['team-cart'] }),
  expires: dateText.describe('Last day on which it applies, in `sprint.timezone`.').meta({ examples: ['2026-12-31'] }),
});

const person = text.regex(/^$|[^@/\s]/, 'names nobody');

export const escalation = z
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

// https://git-scm.com/docs/git-check-ref-format
const BRANCH = /^(?![-/.])(?!.*(?:\.\.|\/\/|\/\.|\.lock(?:\/|$)|@\{))[\w./@+-]+(?<![/.])$/;

export const state = z
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

export const policy = z
  .strictObject({
    from: z
      .string()
      .regex(BRANCH, 'is not the name of a branch, such as main')
      .optional()
      .describe(
        'Branch whose configuration judges, or `commit` for that of the judged commit. When absent, of a change the branch that it goes to, of a day the commit. Of a change only what that branch says here counts.',
      )
      .meta({ examples: ['main'] }),
  })
  .prefault({});

export type Waiver = z.infer<typeof waiver>;
export type Quarantined = z.infer<typeof quarantined>;
