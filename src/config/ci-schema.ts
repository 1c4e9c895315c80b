/** `ci`: waiting for the commit's own checks, and what they mean. */
import { z } from 'zod';
import { effect, text } from './values.ts';

const ciEffects = z
  .strictObject({
    no_runs: effect
      .default('advisory')
      .describe('No check was found for the commit. By itself it is never a pass: `ship` says that it is.'),
    timeout: effect
      .default('hold')
      .describe('Checks had not ended in time. What had failed by then holds all the same.'),
    cancelled: effect.default('hold').describe('A check was cancelled and not run again.'),
    waiting: effect
      .optional()
      .describe(
        'A check waits for a person. When it is not set, an approval without which nothing runs holds, a deployment or a later job that is started by hand is advisory, and a job started by hand that others stand behind leaves the commit unjudged.',
      )
      .meta({ examples: ['hold'] }),
  })
  .prefault({});

export const ci = z
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
      .describe(
        'How long after a push nothing is over, as further checks may come, unless all of `expected` are there; how long an empty set is waited for; and how long what waits for a person.',
      ),
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
