/** `ci`: waiting for the commit's own checks, and what they mean. */
import { z } from 'zod';
import { effect, text } from './values.ts';

const ciEffects = z
  .strictObject({
    no_runs: effect
      .default('advisory')
      .describe('No check was found for the commit. By itself it is never a pass: `ship` says that it is.'),
    timeout: effect.default('hold').describe('Checks had not ended in time.'),
    cancelled: effect.default('hold').describe('A check was cancelled and not run again.'),
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
