/** `pace issue undo`: what the last act has changed becomes as it was. */
import { PaceError } from '../../../core/errors.ts';
import type { FieldChange, Issue } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { collect } from '../../../core/tracker/collect.ts';
import type { World } from '../../../core/world.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import type { IssueUndo } from './options.ts';

export interface Undone {
  readonly issue: Issue;
  /** What became as it was: an act may have changed less than the command that it belongs to. */
  readonly restored: readonly FieldChange[];
}

/** With `change` only where that one is still the last. */
export function undoIssue(world: World, { key: reference, change, ...options }: IssueUndo): Promise<Written<Undone>> {
  return writeOn(world, options, [reference], async ({ tracker, keys: [key = ''] }) => {
    tracker.requireUndo();
    const before = await collect(tracker.history(key));
    const last = before.at(-1);
    if (change !== undefined && change !== last?.id) throw notLast(key, change);
    if (!last) throw nothingChanged(key);
    const issue = await tracker.undo(key, last.id);
    const known = new Set(before.map(({ id }) => id));
    const restored = (await collect(tracker.history(key))).filter(({ id }) => !known.has(id));
    return { issue, restored };
  });
}

function nothingChanged(key: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    operation: 'undo',
    message: `Nothing is known to have changed of ${plainLine(key)}: nothing is undone.`,
    remedy: `\`pace issue show ${plainLine(key)}\` shows it as it is.`,
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
