/** `sprint` and `freeze`: which calendar day is which gate day, and when nothing is released. */
import { z } from 'zod';
import { type FreezeSpan, isNoTime } from '../plan/freeze-span.ts';
import { dateOrMoment, dateText, text, timeZone, weekday } from './values.ts';
import { workspaceFile } from './workspace-paths.ts';

const SPRINT_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u;

export const sprint = z
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
    plan: workspaceFile
      .optional()
      .describe('The plan; found at pace/plan.yaml, .pace/plan.yaml or plan.yaml when absent.')
      .meta({ examples: ['pace/plan.yaml'] }),
  })
  .prefault({});

export const freeze = z
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
