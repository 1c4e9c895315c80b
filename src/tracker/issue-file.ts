/** Many issues in one file of YAML or JSON, with parents and links among them: what `pace issue create --file` takes. Pure. */
import { z } from 'zod';
import {
  ISSUE_STATES,
  LINK_TYPES,
  type LinkType,
  PRIORITIES,
  PRIORITY_NAMES,
  type Priority,
} from '../../core/ports/index.ts';
import { waitOf } from '../../core/tracker/circles.ts';
import type { Redact } from '../../core/yaml/problems.ts';
import { ConfigError, type Problem, sortProblems } from '../../core/yaml/problems.ts';
import { schemaProblems } from '../../core/yaml/schema-problems.ts';
import { parseYaml, type YamlFile } from '../../core/yaml/yaml-file.ts';
import type { Change } from './edits.ts';
import { OWN_KEY } from './values.ts';

/** One issue of the file. Relatives are named by the `id` of another one in the file, or by a key of the tracker. */
export interface PlannedIssue {
  /** By which others of the file name it; `''` where nobody can. */
  readonly id: string;
  readonly change: Change;
  readonly parent?: string;
  readonly links: readonly { readonly type: LinkType; readonly target: string }[];
}

const MOST_ISSUES = 1000;

const text = z.string();
const names = z.union([text.min(1).transform((name) => [name]), z.array(text.min(1))]);
const key = z.union([text.min(1), z.number().int().positive().transform(String)]);
const keys = z.union([key.transform((one) => [one]), z.array(key)]);
const points = z.number().nonnegative().max(1_000_000);
const linkNames = [...LINK_TYPES, ...LINK_TYPES.map(dashed)] as [string, ...string[]];

const entry = z.strictObject({
  id: key.optional(),
  title: text.trim().min(1),
  body: text.optional(),
  description: text.optional(),
  state: z.enum(ISSUE_STATES).optional(),
  type: text.min(1).optional(),
  priority: z.union([z.enum(PRIORITY_NAMES), z.literal([...PRIORITIES])]).optional(),
  labels: names.optional(),
  assignees: names.optional(),
  milestone: text.min(1).optional(),
  parent: key.optional(),
  points: points.optional(),
  due: z.iso.date().optional(),
  metadata: z.record(text, z.unknown()).optional(),
  links: z.partialRecord(z.enum(linkNames), keys).optional(),
});

const list = z.array(entry).min(1).max(MOST_ISSUES);
const wrapped = z.strictObject({ issues: list });

type Entry = z.output<typeof entry>;

/** Throws `ConfigError` with every mistake of the file, each with its place. */
export function readIssueFile(file: string, content: string, redact: Redact = (shown) => shown): PlannedIssue[] {
  const yaml = parseYaml(file, content);
  const value = yaml.value ?? [];
  const isWrapped = !Array.isArray(value);
  const schema = isWrapped ? wrapped : list;
  const parsed = schema.safeParse(value);
  if (!parsed.success || yaml.problems.length > 0) {
    const problems = parsed.success ? [] : schemaProblems({ yaml, schema, value, error: parsed.error, redact });
    throw new ConfigError(sortProblems([...yaml.problems, ...problems]));
  }
  const entries = Array.isArray(parsed.data) ? parsed.data : parsed.data.issues;
  const problems = relativeProblems(entries, yaml, isWrapped ? ['issues'] : []);
  if (problems.length > 0) throw new ConfigError(sortProblems(problems));
  return entries.map(toPlanned);
}

function toPlanned({ id = '', parent, links = {}, ...fields }: Entry): PlannedIssue {
  const { title, body, description, labels, assignees, points: storyPoints, due: dueDate, ...rest } = fields;
  const { state, type, priority, milestone, metadata } = rest;
  const values = {
    state,
    type: type?.toLowerCase(),
    priority: toPriority(priority),
    milestone,
    storyPoints,
    dueDate,
    metadata,
  };
  return {
    id,
    change: {
      title,
      body: body ?? description ?? '',
      values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
      labels,
      assignees,
    },
    ...(parent === undefined ? {} : { parent }),
    links: Object.entries(links).flatMap(([name, targets = []]) =>
      targets.map((target) => ({ type: toLinkType(name), target })),
    ),
  };
}

function toPriority(given: Entry['priority']): Priority | undefined {
  if (given === undefined || typeof given === 'number') return given;
  return PRIORITIES[PRIORITY_NAMES.indexOf(given)];
}

/** Two of one id, both names of the text, the gate's own key, somebody above or beside itself, and parents in a circle. */
function relativeProblems(entries: readonly Entry[], yaml: YamlFile, root: readonly string[]): Problem[] {
  const first = new Map<string, number>();
  const inCircle = waitingForThemselves(entries);
  return entries.flatMap(({ id, body, description, parent, metadata = {}, links = {} }, index) => {
    const problem = (part: string, message: string) => yaml.problemAt([...root, index, part], message);
    const found: Problem[] = [];
    if (body !== undefined && description !== undefined)
      found.push(problem('description', 'The text is given twice. Please keep `body` or `description`.'));
    if (Object.hasOwn(metadata, OWN_KEY))
      found.push(problem('metadata', `The key “${OWN_KEY}” is kept by the gate itself. Please give it another name.`));
    if (id === undefined) return found;
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, index);
    else
      found.push(
        problem('id', `The id “${id}” is that of issue ${earlier + 1} of the file, too. Please give it another one.`),
      );
    if (Object.values(links).some((targets) => targets?.includes(id)))
      found.push(problem('links', `“${id}” cannot be linked to itself. Please name another issue.`));
    else if (inCircle.has(id))
      found.push(
        problem('links', `“${id}” would wait for itself, by way of others. Please leave one of these links out.`),
      );
    if (earlier === undefined && parent !== undefined && isAboveItself(entries, id))
      found.push(problem('parent', `“${id}” would stand above itself. Please give one of them another parent.`));
    return found;
  });
}

function isAboveItself(entries: readonly Entry[], id: string): boolean {
  const parents = new Map(entries.flatMap((each) => (each.id === undefined ? [] : [[each.id, each.parent] as const])));
  let above = parents.get(id);
  for (let steps = 0; above !== undefined && steps <= parents.size; steps += 1) {
    if (above === id) return true;
    above = parents.get(above);
  }
  return false;
}

/** The issues of the file that links would make wait for each other, so that none of them could ever be begun. */
function waitingForThemselves(entries: readonly Entry[]): ReadonlySet<string> {
  const waits = entries.flatMap(({ id, links = {} }) =>
    Object.entries(links).flatMap(([name, targets = []]) =>
      targets.flatMap((target) => (id === undefined ? [] : (waitOf(id, { type: toLinkType(name), target }) ?? []))),
    ),
  );
  const next = Map.groupBy(waits, ({ waiter }) => waiter);
  return new Set([...next.keys()].filter((id) => waysFrom(id, next).has(id)));
}

/** All that the issue would wait for, directly or by way of others. */
function waysFrom(id: string, next: ReadonlyMap<string, readonly { first: string }[]>): ReadonlySet<string> {
  const met = new Set((next.get(id) ?? []).map(({ first }) => first));
  // a set is walked in the order of its entries, those that are added on the way too
  for (const one of met) for (const { first } of next.get(one) ?? []) met.add(first);
  return met;
}

function toLinkType(name: string): LinkType {
  return LINK_TYPES.find((type) => type === name || dashed(type) === name) ?? 'relates to';
}

function dashed(type: string): string {
  return type.replaceAll(' ', '-');
}
