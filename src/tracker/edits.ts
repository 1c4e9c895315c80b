/** From what a person asks for to a draft or a patch. Pure. */

import { defined } from '../../core/defined.ts';
import type { Capabilities } from '../../core/ports/capabilities.ts';
import type { Issue, IssueDraft, IssuePatch } from '../../core/ports/index.ts';
import { fieldLabelsIn, fieldsOfLabels } from './label-fields.ts';
import type { FieldValues } from './values.ts';

export interface Change {
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  readonly values: FieldValues;
  /** Replace them all. */
  readonly labels?: readonly string[] | undefined;
  readonly addLabels?: readonly string[] | undefined;
  readonly removeLabels?: readonly string[] | undefined;
  /** Replace them all. */
  readonly assignees?: readonly string[] | undefined;
  readonly addAssignees?: readonly string[] | undefined;
  readonly removeAssignees?: readonly string[] | undefined;
}

/** Whether a label among them may mean a field: only then the abilities of the tracker matter here. */
export function needsCapabilities({ labels = [], addLabels = [], removeLabels = [] }: Change): boolean {
  return fieldLabelsIn([...labels, ...addLabels, ...removeLabels]).length > 0;
}

/** Whether the patch depends on what the issue has now. */
export function needsIssue({ removeLabels = [] }: Change): boolean {
  return fieldLabelsIn(removeLabels).length > 0;
}

export function toDraft(
  { title = '', body = '', labels = [], assignees = [], values }: Change,
  can: Capabilities | undefined,
): IssueDraft {
  const { labels: plain, ...fields } = can ? fieldsOfLabels(can, labels) : { labels };
  const { metadata, ...given } = withoutNulls(values);
  const kept = Object.fromEntries(Object.entries(metadata ?? {}).filter(([, value]) => value !== undefined));
  return {
    title,
    body,
    ...fields,
    ...given,
    ...(plain.length > 0 ? { labels: plain } : {}),
    ...(assignees.length > 0 ? { assignees } : {}),
    ...(Object.keys(kept).length > 0 ? { metadata: kept } : {}),
  };
}

/** `issue` as it is now, where `needsIssue` says so. What changes beside other things is left to the tracker, whatever they are then. */
export function toPatch(change: Change, issue: Issue | undefined, can: Capabilities | undefined): IssuePatch {
  const { title, body, values, assignees, addAssignees, removeAssignees } = change;
  const { metadata, ...fields } = values;
  return {
    ...labelPatch(change, issue, can),
    ...fields,
    ...defined({ title, body, assignees, addAssignees, removeAssignees, setMetadata: metadata && withNulls(metadata) }),
  };
}

function labelPatch(
  { labels, addLabels = [], removeLabels = [] }: Change,
  issue: Issue | undefined,
  can: Capabilities | undefined,
): IssuePatch {
  const fieldsOf = (given: readonly string[]) => (can ? fieldsOfLabels(can, given) : { labels: given });
  const { labels: plain, ...set } = fieldsOf(labels ?? []);
  const { labels: added, ...more } = fieldsOf(addLabels);
  const { labels: removed, priority } = fieldsOf(removeLabels);
  return {
    ...(priority !== undefined && priority === issue?.priority ? { priority: null } : {}),
    ...set,
    ...more,
    ...defined({
      labels: labels && plain,
      addLabels: added.length > 0 ? added : undefined,
      removeLabels: removed.length > 0 ? removed : undefined,
    }),
  };
}

/** `null` removes a key. */
function withNulls(changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value === undefined ? null : value]));
}

function withoutNulls<Values extends object>(values: Values): { [Name in keyof Values]: Exclude<Values[Name], null> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as {
    [Name in keyof Values]: Exclude<Values[Name], null>;
  };
}
