/** What `sync` can keep in step, in the words of the flags of `pace issue`. */
export const SYNC_WORDS = [
  ...(['title', 'body', 'state', 'type', 'priority', 'milestone', 'parent', 'points', 'due'] as const),
  ...(['labels', 'assignees', 'links', 'comments', 'attachments'] as const),
] as const;

export type SyncWord = (typeof SYNC_WORDS)[number];
