/** What became of several issues: those that were changed on stdout, those that failed on stderr, and the exit code. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { EXIT_PARTIAL, errorExitCode } from '../commands/exit-codes.ts';
import type { Written } from '../commands/on-tracker.ts';
import type { Edited } from '../tracker/edit-issues.ts';
import type { ShownIssue } from '../tracker/print/fields.ts';
import type { Printing, Session } from './session.ts';

/** A single issue that fails is an error like any other. */
export async function printEdited(
  { world, isDryRun }: Session,
  printing: Printing<ShownIssue>,
  { value, planned }: Written<Edited>,
  deed: string | ((issue: ShownIssue) => string),
): Promise<number> {
  const { done, failed, partly, after } = value;
  const [first] = failed;
  const [only] = done;
  if (first && done.length + failed.length === 1) throw first.error;
  if (isDryRun) await printing.planned(planned);
  else if (only && done.length + failed.length === 1)
    await printing.one(only, typeof deed === 'string' ? changedText(only, deed) : deed(only));
  else await printing.list(done, failed.length === 0 ? 'No issues.' : undefined);
  for (const { key, error } of failed) {
    world.log.warn(`${plainLine(key)}: ${plainLine(`${error.message} ${error.remedy}`)}`);
  }
  for (const { key, fields } of partly) world.log.warn(partlyText(key, fields));
  for (const { key, error } of after) {
    const how = typeof deed === 'string' ? deed.toLowerCase() : 'changed';
    world.log.warn(`${plainLine(key)} is ${how}, but: ${plainLine(`${error.message} ${error.remedy}`)}`);
  }
  if (!first) return partly.length + after.length > 0 && !isDryRun ? EXIT_PARTIAL : 0;
  return done.length > 0 ? EXIT_PARTIAL : errorExitCode(first.error);
}

export function partlyText(key: string, fields: readonly string[]): string {
  return `${plainLine(key)}: the tracker has not taken all of it: ${plainLine(fields.join(', '), 300)}. The token may not set it, or it is not kept here.`;
}

export function changedText({ key, title, stateName, url }: ShownIssue, deed: string): string {
  return `${deed} ${plainLine(key)}: ${plainLine(title)} (${plainLine(stateName)})\n${plainLine(url)}\n`;
}
