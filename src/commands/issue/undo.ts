/** `pace issue undo`: what the last act has changed becomes as it was. */
import { PaceError } from '../../../core/errors.ts';
import type { Issue } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { collect } from '../../../core/tracker/collect.ts';
import type { World } from '../../../core/world.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import type { IssueUndo } from './options.ts';

/** With `change` only where that one is still the last. */
export function undoIssue(world: World, { key: reference, change, ...options }: IssueUndo): Promise<Written<Issue>> {
  return writeOn(world, options, [reference], async ({ tracker, keys: [key = ''] }) => {
    const last = (await collect(tracker.history(key))).at(-1);
    if (!last || (change !== undefined && change !== last.id)) throw notLast(key, change ?? '');
    return tracker.undo(key, last.id);
  });
}

function notLast(key: string, change: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    operation: 'undo',
    message: `${plainLine(change, 40)} is not the last change of ${plainLine(key)}: nothing is undone.`,
    remedy: `\`pace issue history ${plainLine(key)}\` shows what came after it.`,
  });
}
