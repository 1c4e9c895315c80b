/** A text in Jira that is about to be written anew: what stands there now is read first, for what Markdown has no words for. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import type { JiraApi } from './dialect.ts';
import type { Operation } from './refusals.ts';

interface Changed {
  readonly operation: Operation;
  /** Segments of the address of what has the text, and where in the answer it stands. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly textIn: (answer: unknown) => unknown;
  /** `the text of PROJ-1`, for messages. */
  readonly what: string;
  readonly markdown: string;
}

/** The text to write. What is lost is said. */
export async function changedText(world: Pick<World, 'log'>, api: JiraApi, changed: Changed): Promise<unknown> {
  const { operation, path, query = {}, textIn, what, markdown } = changed;
  const { format, merge } = await api.dialect(operation);
  const answer = await api.call<unknown>(operation, { path, query }).catch(withoutMissing);
  if (answer === undefined) return format(markdown);
  const { text, lost } = merge(textIn(answer), markdown);
  if (lost.length > 0) world.log.warn(`${what} loses what Markdown has no words for: ${lostWords(lost)}.`);
  return text;
}

/** The write that follows says better what is not there. */
function withoutMissing(error: unknown): undefined {
  if (error instanceof PaceError && error.kind === 'not-found') return undefined;
  throw error;
}

const MOST_NAMED = 5;

function lostWords(lost: readonly string[]): string {
  const named = lost.slice(0, MOST_NAMED).map((one) => plainLine(one, 80));
  return [...named, ...(lost.length > MOST_NAMED ? [`and ${lost.length - MOST_NAMED} more`] : [])].join(', ');
}
