/**
 * The shapes of a plan, told apart by their keys: `days` with a `target` each, `days` with a `theme` and `stories` each, or
 * `stories` alone, one per day. All keys that PACE's tools write are known in each, also those that are not read here. A day or a
 * story with another key has a mistake in it; the head of the file belongs to whoever writes plans, see `plan-head.ts`.
 */
import { z } from 'zod';
import { hideSecrets } from '../text/secret-shapes.ts';
import type { Problem } from '../yaml/problems.ts';
import { schemaProblems, valueAt } from '../yaml/schema-problems.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';
import type { Plan, PlanDay } from './plan.ts';
import { headProblems } from './plan-head.ts';

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const flag = z.boolean().nullish();
const number = z.int().min(1).max(3660);

const elsewhere = z.unknown().optional();

const story = z.strictObject({
  ...{ id: text, title: text, status: text, shipped_at: elsewhere, notes: text, human_gate: flag },
  ...{ day: number.nullish(), acceptance_criteria: texts, acceptance: texts, out_of_scope: texts },
});

const dayEntry = z.strictObject({
  day: z.int().min(0).max(3660).describe('The number of the day.'),
  ...{ target: text, theme: text, title: text, gate_criterion: text, human_gate: flag, notes: text, status: text },
  ...{ week: z.int().nullish(), week_label: text, story_branch: text, issue: z.union([z.string(), z.int()]).nullish() },
  ...{ stories: z.array(story).nullish(), acceptance: texts, acceptance_criteria: texts, out_of_scope: texts },
});

const date = z.iso.date().nullish();

const planSchema = z.looseObject({
  ...{ pace_version: elsewhere, product: elsewhere, release: elsewhere, context_version: elsewhere },
  start_date: date,
  sprint: z.looseObject({ name: elsewhere, goal: text, duration_days: elsewhere, start_date: date }).nullish(),
  days: z.array(dayEntry).nullish(),
  stories: z.array(story).nullish(),
});

type Story = z.infer<typeof story>;
type DayEntry = z.infer<typeof dayEntry>;
type Content = Omit<Plan, 'file'>;

/** The plan in neutral words, or the mistakes. */
export function readPlan(yaml: YamlFile): { plan?: Content; problems: readonly Problem[] } {
  if (yaml.value === undefined) return { problems: yaml.problems };
  const value = yaml.value ?? {};
  const head = headProblems(yaml, planSchema);
  const parsed = planSchema.safeParse(value);
  if (!parsed.success) {
    const mistakes = { yaml, schema: planSchema, value, error: parsed.error, redact: hideSecrets };
    return { problems: [...yaml.problems, ...head.mistakes, ...schemaProblems(mistakes)] };
  }
  const { start_date, sprint, days, stories } = parsed.data;
  const entries = days?.length ? days.map(fromDay) : (stories ?? []).map(fromStory);
  const gateDays = entries.filter(({ day }) => day > 0).sort((a, b) => a.day - b.day);
  const problems = [...yaml.problems, ...head.mistakes, ...repeated(yaml, days?.length ? 'days' : 'stories', entries)];
  if (gateDays.length === 0)
    problems.push(yaml.problemAtOffset(0, 'This plan has no days. Please list them under `days`.'));
  const startDate = start_date ?? sprint?.start_date;
  const said = given({ startDate, goal: sprint?.goal, warnings: head.doubts });
  return { plan: { ...said, days: gateDays }, problems };
}

function repeated(yaml: YamlFile, key: string, entries: readonly PlanDay[]): Problem[] {
  const seen = new Set<number>();
  return entries.flatMap(({ day }, index) => {
    const again = seen.has(day);
    seen.add(day);
    const path = valueAt(yaml.value, [key, index, 'day']) === undefined ? [key, index] : [key, index, 'day'];
    return again ? [yaml.problemAt(path, `Day ${day} is planned twice. Please keep one of them.`)] : [];
  });
}

function fromDay(entry: DayEntry): PlanDay {
  const stories = entry.stories ?? [];
  const ofStories = (pick: (one: Story) => readonly string[] | null | undefined) =>
    stories.flatMap((one) => pick(one) ?? []);
  return {
    day: entry.day,
    target: entry.target ?? entry.theme ?? entry.title ?? '',
    humanGate: entry.human_gate ?? false,
    ...given({
      gateCriterion: entry.gate_criterion,
      notes: [entry.notes, ...stories.map(({ notes }) => notes)].filter(Boolean).join('\n').trim(),
      issue: entry.issue === null ? undefined : String(entry.issue ?? '').replace(/^#/, ''),
      storyBranch: entry.story_branch,
      acceptance: [...(entry.acceptance ?? entry.acceptance_criteria ?? []), ...ofStories(criteria)],
      outOfScope: [...(entry.out_of_scope ?? []), ...ofStories(({ out_of_scope }) => out_of_scope)],
      week: entry.week,
      weekLabel: entry.week_label,
    }),
  };
}

/** Stories are worked off one per day: `story-3` is day 3, one without a number takes its place in the list. */
function fromStory(entry: Story, index: number): PlanDay {
  const numbered = /^story-(\d{1,4})$/.exec(entry.id ?? '')?.[1];
  return {
    day: entry.day ?? Number(numbered ?? index + 1),
    target: entry.title ?? '',
    humanGate: entry.human_gate ?? false,
    ...given({ notes: entry.notes, acceptance: criteria(entry), outOfScope: entry.out_of_scope }),
  };
}

function criteria(entry: Story): readonly string[] | null | undefined {
  return entry.acceptance_criteria ?? entry.acceptance;
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], null | undefined> };

/** Only the members that say something. */
function given<T extends object>(members: T): Given<T> {
  const empty = (value: unknown) =>
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(members).filter(([, value]) => !empty(value))) as Given<T>;
}
