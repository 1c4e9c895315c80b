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

const CLEARABLE = ['type', 'priority', 'milestone', 'parent', 'storyPoints', 'dueDate'] as const;

/** The issue as it would read after the patch. */
export function edited(before: Issue, patch: IssuePatch): Issue {
  const { title, body, state, assignees, metadata } = patch;
  const labels = editedLabels(before.labels, patch);
  const after: Record<string, unknown> = {
    ...before,
    ...defined({ title, body, labels }),
    ...(state === undefined || state === before.state ? {} : { state, stateName: state }),
    ...defined({ assignees: assignees?.map((id) => personOf(before, id)), metadata }),
  };
  for (const name of CLEARABLE) {
    if (patch[name] === null) delete after[name];
    else if (patch[name] !== undefined) after[name] = patch[name];
  }
  return after as unknown as Issue;
}

function personOf({ assignees }: Issue, id: string): Issue['assignees'][number] {
  return assignees.find((person) => person.id === id) ?? { id, name: id };
}
