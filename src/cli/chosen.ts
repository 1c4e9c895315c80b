/** Issues as people choose them at the command line: keys, keys from stdin, or a query that they are asked about. */
import { type Confirm, counted, shownKeys } from '../commands/issue/chosen.ts';
import { readWhole } from '../tracker/files.ts';
import { usageError } from '../tracker/usage.ts';
import type { Session } from './session.ts';
import type { Shell } from './shell.ts';

/** `-` among the keys stands for those that stdin has, apart by blanks or lines. */
export async function keysOf({ world, shell }: Session, given: readonly string[] = []): Promise<string[]> {
  if (!given.includes('-')) return [...given];
  const read = (await readWhole('-', world, shell.stdin)).split(/\s+/).filter(Boolean);
  if (read.length === 0 && given.length === 1)
    throw usageError('There are no keys on stdin.', 'Please pass some, e.g. from `pace issue list --format ids`.');
  return given.flatMap((key) => (key === '-' ? read : [key]));
}

/** Absent where there is no terminal. `deed`: `Change`. */
export function confirmAt({ ask }: Shell, deed: string): Confirm | undefined {
  if (!ask) return undefined;
  return async (count, keys) => {
    const answer = await ask(`${deed} ${counted(count)} (${shownKeys(keys)})? Type yes: `);
    return /^y(?:es)?$/i.test(answer);
  };
}
