/** Fields that Asana does not have itself: custom fields of the project, found by name and kind. https://developers.asana.com/docs/custom-fields-guide */

import { defined } from '../../core/defined.ts';
import { toPriority } from '../../core/drivers/field-labels.ts';
import { PaceError } from '../../core/errors.ts';
import { type IssuePatch, PRIORITIES, type Priority } from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

/** A definition, and on a task the value too. */
export interface WireField {
  readonly gid: string;
  readonly name?: string | null;
  readonly resource_subtype?: string | null;
  readonly enum_options?: readonly WireOption[] | null;
  readonly precision?: number | null;
  readonly is_value_read_only?: boolean | null;
  readonly enum_value?: WireOption | null;
  readonly number_value?: number | null;
}

interface WireOption {
  readonly gid: string;
  readonly name: string;
  readonly enabled?: boolean | null;
}

/** What they are called, the likeliest first. */
const KNOWN = {
  priority: { subtype: 'enum', names: ['priority'] },
  type: { subtype: 'enum', names: ['type', 'issue type', 'task type'] },
  storyPoints: { subtype: 'number', names: ['story points', 'points', 'estimate', 'estimated points'] },
} as const;
export type FieldName = keyof typeof KNOWN;

export function findField(fields: readonly WireField[], field: FieldName): WireField | undefined {
  const { subtype, names } = KNOWN[field];
  const usable = fields.filter((one) => one.resource_subtype === subtype && one.is_value_read_only !== true);
  for (const name of names) {
    const found = usable.find((one) => fold(one.name ?? '') === name);
    if (found) return found;
  }
  return undefined;
}

/** What a task's own custom fields say. */
export function readFields(fields: readonly WireField[]) {
  const priority = toPriority(findField(fields, 'priority')?.enum_value?.name);
  const type = findField(fields, 'type')?.enum_value?.name;
  const points = findField(fields, 'storyPoints')?.number_value;
  return {
    ...defined({
      priority,
      type: type ? fold(type) : undefined,
      storyPoints: typeof points === 'number' ? points : undefined,
    }),
  };
}

export function options(field: WireField | undefined): readonly WireOption[] {
  return (field?.enum_options ?? []).filter(({ enabled }) => enabled !== false);
}

export function prioritiesOf(fields: readonly WireField[]): Priority[] {
  const named = options(findField(fields, 'priority')).map(({ name }) => toPriority(name));
  return PRIORITIES.filter((priority) => named.includes(priority));
}

export function typesOf(fields: readonly WireField[]): string[] {
  return [...new Set(options(findField(fields, 'type')).map(({ name }) => fold(name)))];
}

export const FIELD_NAMES = Object.keys(KNOWN) as FieldName[];

/** The way out for a field that the project lacks. */
export const LACKING: Readonly<Record<FieldName, string>> = {
  priority:
    'The project has no single-select field “Priority” with options such as High and Low. Please add one under Customize → Fields.',
  type: 'The project has no single-select field “Type” with the types as its options. Please add one under Customize → Fields.',
  storyPoints: 'The project has no number field “Story Points”. Please add one under Customize → Fields.',
};

/** The value of `custom_fields` for a draft or a patch; a field that is not there has nothing to be cleared. */
export function fieldValues(
  fields: readonly WireField[],
  { priority, type, storyPoints }: Pick<IssuePatch, FieldName>,
): Record<string, string | number | null> {
  const values: Record<string, string | number | null> = {};
  const set = (field: FieldName, value: string | number | null | undefined) => {
    const found = findField(fields, field);
    if (value === undefined || (!found && value === null)) return;
    if (!found) throw refused(LACKING[field], 'Please leave it out until the field is there.');
    values[found.gid] = value;
  };
  set('priority', priority == null ? priority : optionFor(fields, 'priority', (name) => toPriority(name) === priority));
  set('type', type === undefined ? undefined : optionFor(fields, 'type', (name) => fold(name) === fold(type)));
  set('storyPoints', storyPoints == null ? storyPoints : rounded(fields, storyPoints));
  return values;
}

function optionFor(fields: readonly WireField[], field: FieldName, fits: (name: string) => boolean): string {
  const found = options(findField(fields, field));
  const option = found.find(({ name }) => fits(name));
  if (option) return option.gid;
  const names = found.map(({ name }) => `“${plainLine(name, 60)}”`).join(', ');
  throw refused(`No option of the project’s field for the ${field} fits.`, `Available: ${names || 'none'}.`);
}

/** Asana would round without a word. */
function rounded(fields: readonly WireField[], points: number): number {
  const precision = findField(fields, 'storyPoints')?.precision ?? 0;
  if (Number(points.toFixed(precision)) === points) return points;
  const message = `The project’s field for story points keeps ${precision} decimals, and ${points} has more.`;
  throw refused(message, 'Please give a rounder number, or set the field to more decimals in Asana.');
}

function refused(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
