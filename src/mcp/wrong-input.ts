/** Arguments of a tool that do not fit, said so that a model can mend them. */
import type { z } from 'zod';
import type { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { didYouMean } from '../../core/yaml/suggest.ts';
import { usageError } from '../tracker/usage.ts';

const MOST = 8;
/** How zod ends its words about what was not given; the value itself it does not hand on. */
const MISSING = /received undefined$/;

export function wrongInput(tool: string, { issues }: z.ZodError, known: readonly string[]): PaceError {
  const mistakes = issues.flatMap((issue) => mistakesOf(issue, known));
  const shown = mistakes.slice(0, MOST);
  if (mistakes.length > MOST) shown.push(`${mistakes.length - MOST} more mistakes.`);
  return usageError(shown.join('\n'), `${tool} takes: ${known.join(', ') || 'no arguments'}.`);
}

function mistakesOf(issue: z.core.$ZodIssue, known: readonly string[]): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `There is no argument “${plainLine(key, 60)}”.${didYouMean(key, known)}`);
  }
  const path = issue.path.map((part) => plainLine(String(part), 60)).join('.');
  if (path !== '' && MISSING.test(issue.message)) return [`The argument “${path}” is missing.`];
  return [`${path === '' ? 'The arguments' : path}: ${plainLine(issue.message, 200)}`];
}
