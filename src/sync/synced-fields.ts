/** What is kept in step, by the words of the configuration. */
import type { SyncWord } from '../config/sync-words.ts';
import type { SyncedField } from './engine.ts';

export const SYNCED_FIELDS = {
  ...({ title: 'title', body: 'body', state: 'state', type: 'type', priority: 'priority' } as const),
  ...({ milestone: 'milestone', parent: 'parent', points: 'storyPoints', due: 'dueDate' } as const),
  ...({ labels: 'labels', assignees: 'assignees', links: 'links' } as const),
  ...({ comments: 'comments', attachments: 'attachments' } as const),
} as const satisfies Record<SyncWord, SyncedField>;

/** The word that people know a field by. */
export function wordOf(field: SyncedField): string {
  return Object.entries(SYNCED_FIELDS).find(([, each]) => each === field)?.[0] ?? field;
}
