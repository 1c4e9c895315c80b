/** What the verbs of `pace sprint` take and give. */
import { configured } from '../common-options.ts';
import { type Definition, type OptionsOf, text } from '../definition.ts';

export const sprint = {
  start: {
    about: 'file the days of the sprint that is over, and begin the next one',
    options: configured.extend({
      name: text('name', 'what it is called; needed where `sprint.name` is used'),
      date: text('date', 'date of day 1, such as 2026-01-31 (default: today)'),
    }),
    answer: 'report',
    fields: ['gate', 'sprint', 'before', 'startDate', 'filed', 'file'],
    exits: 'plain',
    writes: true,
  },
  show: {
    about: "show which sprint it is, today's day, and the sprints that are filed",
    options: configured,
    answer: 'report',
    fields: ['gate', 'sprint', 'startDate', 'day', 'totalDays', 'decided', 'notes', 'filed'],
    exits: 'plain',
    writes: false,
  },
} as const satisfies Record<string, Definition>;

export type SprintStart = OptionsOf<(typeof sprint)['start']>;
export type SprintShow = OptionsOf<(typeof sprint)['show']>;
