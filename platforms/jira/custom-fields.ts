/** Fields that Jira keeps as custom ones, whose ids differ from site to site: found by what they are, not by their number. Pure. */

import { defined } from '../../core/defined.ts';
import { isRecord } from '../../core/record.ts';

export interface FieldSchema {
  readonly type?: string;
  /** The kind of a custom field: `com.pyxis.greenhopper.jira:gh-sprint`. */
  readonly custom?: string;
}

/** Id → name, and id → schema, as answers with `expand=names,schema` have them. */
export interface Expanded {
  readonly names?: Readonly<Record<string, string>>;
  readonly schema?: Readonly<Record<string, FieldSchema>>;
}

export type CustomField = 'storyPoints' | 'sprint' | 'epicLink';

const SPRINT = 'com.pyxis.greenhopper.jira:gh-sprint';
const EPIC_LINK = 'com.pyxis.greenhopper.jira:gh-epic-link';
/** Of projects that a team manages by itself. */
const TEAM_POINTS = 'com.pyxis.greenhopper.jira:jsw-story-points';
/** Elsewhere a number with this name. */
const POINTS_NAME = /^story points?(?: estimate)?$/i;

/** Which of our fields this one is. `pointsField` is what a person has named: an id or a name. */
export function customFieldOf(
  { id, name = '', schema }: { id: string; name?: string | undefined; schema?: FieldSchema | undefined },
  pointsField = '',
): CustomField | undefined {
  const { custom, type } = schema ?? {};
  if (custom === SPRINT) return 'sprint';
  if (custom === EPIC_LINK) return 'epicLink';
  if (pointsField !== '') return isNamed(pointsField, id, name) ? 'storyPoints' : undefined;
  const isPoints = custom === TEAM_POINTS || (type === 'number' && POINTS_NAME.test(name.trim()));
  return isPoints ? 'storyPoints' : undefined;
}

function isNamed(wanted: string, id: string, name: string): boolean {
  const fold = wanted.trim().toLowerCase();
  return id.toLowerCase() === fold || name.trim().toLowerCase() === fold;
}

/** The values of one of our fields, of all the fields in an answer that it may be. */
export function customValues(
  field: CustomField,
  { fields, names = {}, schema = {} }: Expanded & { readonly fields: object },
  pointsField?: string,
): unknown[] {
  return Object.entries(fields)
    .filter(([id]) => id.startsWith('customfield_'))
    .filter(([id]) => customFieldOf({ id, name: names[id], schema: schema[id] }, pointsField) === field)
    .map(([, value]: [string, unknown]) => value)
    .filter((value) => value !== null && value !== undefined);
}

/** The name of the sprint that runs, else of the last one. Old servers send the text of a Java object. */
export function sprintName(values: readonly unknown[]): string | undefined {
  const sprints = values.flat().flatMap(sprintOf);
  return (sprints.find(({ state }) => state.toLowerCase() === 'active') ?? sprints.at(-1))?.name;
}

function sprintOf(value: unknown): { name: string; state: string }[] {
  if (typeof value === 'string') {
    const name = /[[,]name=(.*?)(?:,\w+=|\]$)/.exec(value)?.[1];
    return name === undefined ? [] : [{ name, state: /[[,]state=(\w+)/.exec(value)?.[1] ?? '' }];
  }
  if (!isRecord(value) || !('name' in value) || typeof value.name !== 'string') return [];
  return [{ name: value.name, state: 'state' in value ? String(value.state) : '' }];
}

/** A search says once for the whole page what a read says for its issue. */
export function withSchema<Issue extends Expanded>(issues: readonly Issue[], { names, schema }: Expanded): Issue[] {
  if (names === undefined && schema === undefined) return [...issues];
  return issues.map((issue) => ({ ...defined({ names, schema }), ...issue }));
}
