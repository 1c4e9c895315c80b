/** What a patch makes of an issue. Pure: for previews, for caches, and for trackers that can only replace labels as a whole. */

import { defined } from '../defined.ts';
import type { Issue, IssuePatch } from '../ports/issue.ts';

/** The labels after a patch, in their order; `undefined` when it leaves them as they are. */
export function editedLabels(
  before: readonly string[],
  { labels, addLabels = [], removeLabels = [] }: Pick<IssuePatch, 'labels' | 'addLabels' | 'removeLabels'>,
): string[] | undefined {
  if (labels === undefined && addLabels.length === 0 && removeLabels.length === 0) return undefined;
  const removed = new Set(removeLabels);
  return [...new Set([...(labels ?? before), ...addLabels])].filter((label) => !removed.has(label));
}

/** The issue as it would read after the patch. */
export function edited(before: Issue, patch: IssuePatch): Issue {
  const { type, priority, milestone, parent, storyPoints, dueDate, deferUntil, ...rest } = before;
  const { title, body, state, assignees, metadata } = patch;
  const labels = editedLabels(before.labels, patch);
  return {
    ...rest,
    ...defined({
      title,
      body,
      labels,
      type: replaced(type, patch.type),
      priority: replaced(priority, patch.priority),
      milestone: replaced(milestone, patch.milestone),
      parent: replaced(parent, patch.parent),
      storyPoints: replaced(storyPoints, patch.storyPoints),
      dueDate: replaced(dueDate, patch.dueDate),
      deferUntil: replaced(deferUntil, patch.deferUntil),
      assignees: assignees?.map((id) => personOf(before, id)),
      metadata,
    }),
    ...(state === undefined || state === before.state ? {} : { state, stateName: state }),
  };
}

/** `null` takes a field away. */
function replaced<Value>(before: Value | undefined, patched: Value | null | undefined): Value | undefined {
  return patched === null ? undefined : (patched ?? before);
}

function personOf({ assignees }: Issue, id: string): Issue['assignees'][number] {
  return assignees.find((person) => person.id === id) ?? { id, name: id };
}
