/** What became of several issues: those that were changed on stdout, those that failed on stderr, and the exit code. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { EXIT_PARTIAL, errorExitCode } from '../commands/exit-codes.ts';
import type { Written } from '../commands/on-tracker.ts';
import type { Edited } from '../tracker/edit-issues.ts';
import type { ShownIssue } from '../tracker/print/fields.ts';
import { notDoneLine, outcomeOf } from '../tracker/print/not-done.ts';
import type { Printing, Session } from './session.ts';

/** A single issue that fails is an error like any other. */
export async function printEdited(
  { world, isDryRun }: Session,
  printing: Printing<ShownIssue>,
  { value, planned }: Written<Edited>,
  deed: string | ((issue: ShownIssue) => string),
): Promise<number> {
  const { done, failed } = value;
  const [first] = failed;
  const [only] = done;
  if (first && done.length + failed.length === 1) throw first.error;
  if (isDryRun) await printing.planned(planned);
  else if (only && done.length + failed.length === 1)
    await printing.one(only, typeof deed === 'string' ? changedText(only, deed) : deed(only));
  else await printing.list(done, failed.length === 0 ? 'No issues.' : undefined);
  const { left, isPartial, warnings } = outcomeOf(value);
  for (const line of warnings) world.log.warn(line);
  for (const one of left) world.log.warn(notDoneLine(one, typeof deed === 'string' ? deed : 'Changed'));
  if (isPartial) return isDryRun && !first ? 0 : EXIT_PARTIAL;
  return first ? errorExitCode(first.error) : 0;
}

export function changedText({ key, title, stateName, url }: ShownIssue, deed: string): string {
  return `${deed} ${plainLine(key)}: ${plainLine(title)} (${plainLine(stateName)})\n${plainLine(url)}\n`;
}
