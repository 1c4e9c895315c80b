/** A draft or a patch as flags of `bd`. Pure. */
import { PaceError } from '../../core/errors.ts';
import type { IssuePatch } from '../../core/ports/issue.ts';
import { option } from '../../core/programs/program.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { editedLabels } from '../../core/tracker/patched-issue.ts';
import { keyOf } from './address.ts';
import type { WireIssue } from './shapes.ts';
import { DEFERRED, fromDay, fromType } from './wire.ts';

/** bd counts bytes. */
export const TITLE_LIMIT = 500;

/** What an issue has when nobody has said it. */
const USUAL_PRIORITY = 2;

export function fieldArgs({ title, type, priority, assignees, parent, dueDate, deferUntil }: IssuePatch): string[] {
  return [
    ...(title === undefined ? [] : [option('title', checkedTitle(title))]),
    ...(type === undefined ? [] : [option('type', fromType(type))]),
    // every issue has one here
    ...(priority === undefined ? [] : [option('priority', priority ?? USUAL_PRIORITY)]),
    ...(assignees === undefined ? [] : [option('assignee', assignees[0] ?? '')]),
    ...(parent === undefined ? [] : [option('parent', parent === null ? '' : keyOf(parent))]),
    ...(dueDate === undefined ? [] : [option('due', dueDate === null ? '' : fromDay(dueDate))]),
    ...(deferUntil === undefined ? [] : [option('defer', deferUntil === null ? '' : fromMoment(deferUntil))]),
  ];
}

/** bd keeps whole seconds: never one before the moment. */
function fromMoment(milliseconds: number): string {
  return new Date(Math.ceil(milliseconds / 1000) * 1000).toISOString();
}

/** Version 1 gives a status that goes with a deferral, to whatever is under way or closed as well: that one is kept. */
export function deferralArgs({ status }: Pick<WireIssue, 'status'>, { deferUntil }: IssuePatch): string[] {
  if (deferUntil === undefined || !status) return [];
  if (status === DEFERRED) return deferUntil === null ? [option('status', 'open')] : [];
  return status === 'open' ? [] : [option('status', status)];
}

/** What is added and what is removed: an empty list of all labels would change nothing. */
export function labelArgs(before: readonly string[], patch: IssuePatch): string[] {
  const after = editedLabels(before, patch);
  if (after === undefined) return [];
  return [
    ...after.filter((label) => !before.includes(label)).map((label) => option('add-label', asListItem(label))),
    ...before.filter((label) => !after.includes(label)).map((label) => option('remove-label', asListItem(label))),
  ];
}

/** The flag takes several, as a line of CSV. https://pkg.go.dev/github.com/spf13/pflag#FlagSet.StringSlice */
export function asListItem(label: string): string {
  return /[",]/.test(label) ? `"${label.replaceAll('"', '""')}"` : label;
}

/** Throws for a title that bd would refuse: half a title is another one. */
export function checkedTitle(title: string): string {
  const text = title.trim();
  const bytes = Buffer.byteLength(text);
  if (bytes <= TITLE_LIMIT) return text;
  throw new PaceError({
    kind: 'validation',
    message: `The title “${plainLine(text, 60)}” has ${bytes} bytes, and bd keeps ${TITLE_LIMIT}.`,
    remedy: 'Please shorten it: letters outside ASCII count as two bytes or more.',
  });
}
