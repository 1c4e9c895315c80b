import { PaceError } from '../../core/errors.ts';

export interface TaskKey {
  readonly id: string;
  /** An id of the Workspace's own making, such as SHOP-12: the API wants to be told so. */
  readonly isCustom: boolean;
}

/** A task by its id, with or without `#`, or by its custom id. https://developer.clickup.com/docs/tasks */
export function readKey(text: string): TaskKey | undefined {
  if (/^#?[a-z0-9]{1,24}$/i.test(text)) return { id: text.replace('#', '').toLowerCase(), isCustom: false };
  return /^[a-z][a-z0-9_]{0,29}-\d{1,12}$/i.test(text) ? { id: text.toUpperCase(), isCustom: true } : undefined;
}

/** Throws `validation` for what cannot be the id of a task. */
export function keyOf(text: string): TaskKey {
  const key = readKey(text);
  if (key) return key;
  throw new PaceError({
    kind: 'validation',
    message: `"${text.slice(0, 40)}" is not the id of a task.`,
    remedy: 'Please give the id of a task, e.g. 86c1abc2d, or its custom id, e.g. SHOP-12.',
  });
}
