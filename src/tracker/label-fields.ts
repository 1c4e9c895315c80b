/**
 * The one place where a label on the command line means a field: `priority:high` is the priority and `type:bug` the type, on every
 * tracker that has these; elsewhere they are labels like others. Pure.
 */

import { toPriority } from '../../core/drivers/field-labels.ts';
import type { Capabilities } from '../../core/ports/capabilities.ts';
import type { IssueFilter, Priority } from '../../core/ports/index.ts';

export interface FieldsOfLabels {
  readonly labels: readonly string[];
  readonly type?: string;
  readonly priority?: Priority;
}

/** Those labels that may mean a field. */
export function fieldLabelsIn(labels: readonly string[]): string[] {
  return labels.filter((label) => typeIn(label) !== undefined || priorityIn(label) !== undefined);
}

/** Takes the fields out of labels, as far as this tracker has them. Of two labels for a field the last one counts. */
export function fieldsOfLabels({ unsupported, types }: Capabilities, labels: readonly string[]): FieldsOfLabels {
  const plain: string[] = [];
  const fields: { type?: string; priority?: Priority } = {};
  for (const label of labels) {
    const type = unsupported.type === undefined ? typeIn(label) : undefined;
    const priority = unsupported.priority === undefined ? priorityIn(label) : undefined;
    if (priority !== undefined) fields.priority = priority;
    else if (type !== undefined && (types === undefined || types.includes(type))) fields.type = type;
    else plain.push(label);
  }
  return { labels: plain, ...fields };
}

/** The same for the labels of a filter. What the filter says itself is kept. */
export function labelsToFields(capabilities: Capabilities): (filter: IssueFilter) => IssueFilter {
  return (filter) => {
    if (filter.labels === undefined) return filter;
    const { labels, ...fields } = fieldsOfLabels(capabilities, filter.labels);
    const { labels: _, ...rest } = filter;
    return { ...fields, ...rest, ...(labels.length > 0 ? { labels } : {}) };
  };
}

function typeIn(label: string): string | undefined {
  return /^type:\s*(\S.*)$/i.exec(label.trim())?.[1]?.toLowerCase();
}

function priorityIn(label: string): Priority | undefined {
  return toPriority(/^priority:\s*(\S+)$/i.exec(label.trim())?.[1]);
}
