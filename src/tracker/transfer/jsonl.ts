/**
 * Issues as JSON Lines, one issue per line with its comments and links: what `pace issue export` writes and `import` reads.
 * docs/issue-jsonl.md is its description. Pure.
 */
import { z } from 'zod';
import { ISSUE_STATES, LINK_TYPES } from '../../../core/ports/index.ts';
import { ISSUE_FIELDS, picked, type ShownIssue } from '../print/fields.ts';

/** Of the format itself. A reader refuses another one. */
export const FORMAT = 1;

const person = z.object({ id: z.string(), name: z.string() });
const time = z.iso.datetime({ offset: true });
const text = z.string();

const line = z.object({
  format: z.literal(FORMAT).default(FORMAT),
  /** The platform that it comes from. */
  tracker: text.default(''),
  key: text.default(''),
  url: text.default(''),
  title: text.min(1),
  body: text.default(''),
  state: z.enum(ISSUE_STATES).default('open'),
  stateName: text.optional(),
  type: text.nullish(),
  priority: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).nullish(),
  labels: z.array(text).default([]),
  assignees: z.array(person).default([]),
  milestone: text.nullish(),
  parent: text.nullish(),
  storyPoints: z.number().nonnegative().nullish(),
  dueDate: z.iso.date().nullish(),
  sprint: text.nullish(),
  deferUntil: time.nullish(),
  author: person.nullish(),
  createdAt: time.optional(),
  updatedAt: time.optional(),
  metadata: z.record(text, z.unknown()).default({}),
  links: z.array(z.object({ type: z.enum(LINK_TYPES), target: text.min(1) })).default([]),
  comments: z
    .array(z.object({ id: text.default(''), body: text, author: person.nullish(), createdAt: time.optional() }))
    .default([]),
});

/** What moves beside the fields of the format, from formats that have more. */
interface Beside {
  /** ISO 8601. */
  readonly closedAt?: string;
}

export type IssueLine = z.output<typeof line> & Beside;

export type ParsedLine =
  | { readonly ok: true; readonly issue: IssueLine; readonly notes: readonly string[] }
  /** A line of a known format that is no issue. */
  | { readonly ok: true; readonly passedOver: string; readonly source: string }
  | { readonly ok: false; readonly mistakes: string };

/** The object of one line. */
export function toLine(tracker: string, issue: ShownIssue): Record<string, unknown> {
  const { number: _, claim: __, ...fields } = picked(ISSUE_FIELDS, issue);
  return { format: FORMAT, tracker, ...fields };
}

/** The names of all that is read. */
export const LINE_FIELDS: readonly string[] = Object.keys(line.shape);

/** All mistakes of the line in one sentence each. */
export function parseOwnLine(value: unknown): ParsedLine {
  const parsed = line.safeParse(value);
  return parsed.success
    ? { ok: true, issue: parsed.data, notes: [] }
    : { ok: false, mistakes: mistakesIn(parsed.error) };
}

export function mistakesIn({ issues }: z.ZodError): string {
  return issues.map(mistakeOf).join(' ');
}

function mistakeOf(issue: z.core.$ZodIssue): string {
  const name = issue.path.join('.') || 'The line';
  // zod does not hand on the value, only its words about it
  if (issue.message.endsWith('received undefined')) return `${name} is missing.`;
  if (issue.code === 'invalid_value') {
    return `${name} is ${issue.values.length === 1 ? 'not' : 'none of'} ${issue.values.map(String).join(', ')}.`;
  }
  return `${name}: ${issue.message}.`;
}
