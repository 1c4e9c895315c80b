/** Which issues a verb is about that changes several: named ones, or all that fit a query. */

import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { distinct, type Edited } from '../../tracker/edit-issues.ts';
import { saysLimit } from '../../tracker/query/select.ts';
import { usageError } from '../../tracker/usage.ts';
import type { WritingOptions, Written } from '../on-tracker.ts';
import { selectFrom } from './list.ts';

export interface Choice extends WritingOptions {
  readonly keys?: readonly string[] | undefined;
  readonly query?: string | undefined;
  readonly yes?: boolean | undefined;
}

/** Asks a person whether that many issues are meant; absent where nobody can be asked. */
export type Confirm = (count: number, keys: readonly string[]) => Promise<boolean>;

export interface Choosing {
  /** What the verb does, in a sentence: `changed`. */
  readonly deed: string;
  /** Which issues a query means that says nothing of the state. */
  readonly state: string;
  readonly confirm?: Confirm | undefined;
  /** Named issues are asked about as well: of what cannot be taken back. */
  readonly isFinal?: boolean;
}

/** Without `yes` and with nobody to ask, a query changes nothing: a usage error says how many it means. A dry run asks nobody. */
export async function chosenKeys(
  world: World,
  choice: Choice,
  { deed, state, confirm, isFinal = false }: Choosing,
): Promise<string[]> {
  const { keys = [], query, yes = false, dryRun = false } = choice;
  if (query === undefined && keys.length === 0)
    throw usageError('No issue is named.', 'Please name one or several, or choose them with --query.');
  if (query === undefined && !isFinal) return [...keys];
  if (query !== undefined && keys.length > 0)
    throw usageError('Issues are named and chosen.', 'Please give keys, or --query, and not both.');
  const found = query === undefined ? distinct(keys) : await foundBy(world, choice, query, state);
  if (found.length === 0 || yes || dryRun) return found;
  if (!confirm) {
    throw usageError(
      `${counted(found.length)} would be ${deed}: ${shownKeys(found)}.`,
      query === undefined ? 'That cannot be taken back: please add --yes.' : LOOK_FIRST,
    );
  }
  if (await confirm(found.length, found)) return found;
  throw usageError(`Nothing was ${deed}.`);
}

const LOOK_FIRST = 'Please look at them (the same --query with `pace issue list`), then add --yes.';

async function foundBy(
  world: World,
  { config, backend }: WritingOptions,
  query: string,
  state: string,
): Promise<string[]> {
  const { issues } = await selectFrom(world, { config, backend, query, limit: limitIn(query) }, state);
  const found: string[] = [];
  for await (const { key } of issues) found.push(key);
  return found;
}

/** Of a query that no issue fits. */
export const NOTHING: Written<Edited> = { value: { done: [], failed: [], partly: [], after: [] }, planned: [] };

/** `1 issue`, `37 issues`. */
export function counted(count: number): string {
  return `${count} ${count === 1 ? 'issue' : 'issues'}`;
}

/** The first ten, and how many more. */
export function shownKeys(keys: readonly string[]): string {
  const shown = keys.slice(0, 10).map((key) => plainLine(key, 60)).join(', '); // biome-ignore format: one thought
  return keys.length > 10 ? `${shown} and ${keys.length - 10} more` : shown;
}

/** A list ends at 50; a change of all means all. */
function limitIn(query: string): string | undefined {
  return saysLimit(query) ? undefined : 'all';
}
