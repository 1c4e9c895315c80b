/** Statuses, transitions and their screens. */
import type { Handler } from '../loopback.ts';
import { isMap, noIssue, refusal } from './answers.ts';
import { NO_SCREEN } from './fields.ts';
import type { JiraIssue, Site } from './site.ts';

export interface JiraStatus {
  readonly name: string;
  readonly category: 'new' | 'indeterminate' | 'done' | 'undefined';
}

export interface JiraTransition {
  readonly id: string;
  readonly name: string;
  readonly to: JiraStatus;
  /** Names of the statuses from which it is offered; every other one when absent. */
  readonly from?: readonly string[];
  /** Fields on its screen, by key. */
  readonly screen?: Readonly<Record<string, JiraField>>;
  /** What a function of the workflow sets. */
  readonly resolution?: string;
}

export interface JiraField {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly allowed?: readonly { readonly id: string; readonly name?: string; readonly value?: string }[];
}

export const TODO: JiraStatus = { name: 'To Do', category: 'new' };
export const RESOLUTIONS = ['Done', "Won't Do", 'Duplicate', 'Cannot Reproduce'].map((name, index) => ({
  id: `1000${index}`,
  name,
}));

export const resolutionField: JiraField = {
  name: 'Resolution',
  required: true,
  type: 'resolution',
  allowed: RESOLUTIONS,
};

export const defaultTransitions: readonly JiraTransition[] = [
  { id: '11', name: 'Stop', to: TODO },
  { id: '21', name: 'Start', to: { name: 'In Progress', category: 'indeterminate' } },
  { id: '31', name: 'Ask for review', to: { name: 'In Review', category: 'indeterminate' } },
  { id: '51', name: 'Drop', to: { name: "Won't Do", category: 'done' }, resolution: "Won't Do" },
  { id: '41', name: 'Finish', to: { name: 'Done', category: 'done' }, screen: { resolution: resolutionField } },
];

export function workflowRoutes(site: Site): { list: Handler; move: Handler } {
  const offered = (issue: JiraIssue) =>
    site.lacks('Transition')
      ? []
      : site.options.transitions.filter(({ from, to }) =>
          from ? from.includes(issue.status.name) : to.name !== issue.status.name,
        );

  const list: Handler = (asked) => {
    const issue = site.find(asked);
    if (!issue) return noIssue();
    const withFields = asked.query.get('expand') === 'transitions.fields';
    const transitions = offered(issue).map(({ id, name, to, screen = {} }) => ({
      id, name, to: statusOf(to), hasScreen: Object.keys(screen).length > 0, isGlobal: true, isInitial: false, isAvailable: true, isConditional: false, looped: false,
      ...(withFields ? { fields: Object.fromEntries(Object.entries(screen).map(([key, field]) => [key, fieldMetadata(key, field)])) } : {}),
    })); // biome-ignore format: a record
    return { json: { expand: 'transitions', transitions } };
  };

  const move: Handler = (asked) => {
    const issue = site.find(asked);
    if (!issue) return noIssue();
    const { transition: wanted, fields = {} } = (asked.body ?? {}) as {
      transition?: { id?: string };
      fields?: Record<string, unknown>;
    };
    const chosen = offered(issue).find(({ id }) => id === wanted?.id);
    if (!chosen) return refusal(400, ['It seems that you have tried to perform an illegal workflow operation.']);
    const screen = chosen.screen ?? {};
    const errors: Record<string, string> = {};
    for (const [key, field] of Object.entries(screen)) {
      const problem = screenProblem(field, fields[key]);
      if (problem) errors[key] = problem;
    }
    for (const key of Object.keys(fields)) {
      if (!(key in screen)) errors[key] = NO_SCREEN(key);
    }
    if (Object.keys(errors).length > 0) return refusal(400, [], errors);
    const { resolution, ...others } = fields;
    Object.assign(issue.others, others);
    site.note(issue, { field: 'status', from: issue.status.name, to: chosen.to.name });
    issue.status = chosen.to;
    const set = RESOLUTIONS.find(
      ({ id, name }) => isMap(resolution) && (resolution['id'] === id || resolution['name'] === name),
    );
    issue.resolution = chosen.to.category === 'done' ? (set?.name ?? chosen.resolution ?? issue.resolution) : undefined;
    issue.updated = site.options.now();
    return { status: 204 };
  };

  return { list, move };
}

export function statusOf({ name, category }: JiraStatus): Record<string, unknown> {
  const id = { undefined: 1, new: 2, done: 3, indeterminate: 4 }[category];
  return {
    id: `${id}${name.length}`,
    name,
    statusCategory: { id, key: category, colorName: 'blue-gray', name: category },
  };
}

function fieldMetadata(key: string, { name, required, type, allowed }: JiraField): Record<string, unknown> {
  return {
    key,
    name,
    required,
    hasDefaultValue: false,
    operations: ['set'],
    schema: { type, system: key },
    ...(allowed ? { allowedValues: allowed } : {}),
  };
}

function screenProblem({ name, required, type, allowed }: JiraField, value: unknown): string | undefined {
  if (value === undefined) return required ? `${name} is required.` : undefined;
  const chosen = type === 'array' ? (Array.isArray(value) ? value[0] : undefined) : value;
  const known = allowed?.some((one) => isMap(chosen) && (one.id === chosen['id'] || one.name === chosen['name']));
  return allowed && !known ? `The value of ${name} is invalid.` : undefined;
}
