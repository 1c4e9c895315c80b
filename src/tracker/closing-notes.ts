/** Issues that are closed while they still wait for others: said, as somebody may have closed the wrong one. */
import { asPaceError, type PaceError } from '../../core/errors.ts';
import { type Issue, type IssueTracker, isClosed } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { WAITS } from '../../core/tracker/readiness.ts';

/** Of a closed issue. */
export interface Waiting {
  readonly key: string;
  /** What it waits for, of that what is not closed. */
  readonly open: readonly Issue[];
  /** Why that is not known. It is closed already: this is no trouble of the closing. */
  readonly error?: PaceError;
}

export async function waitingStill(tracker: IssueTracker, closed: readonly Issue[]): Promise<Waiting[]> {
  const waiting: Waiting[] = [];
  for (const issue of closed) {
    try {
      const open = await openBefore(tracker, issue);
      if (open.length > 0) waiting.push({ key: issue.key, open });
    } catch (error) {
      waiting.push({ key: issue.key, open: [], error: asPaceError(error) });
    }
  }
  return waiting;
}

export function waitingLine({ key, open, error }: Waiting): string {
  if (error) return `What ${plainLine(key)} waits for is not known: ${plainLine(error.message, 200)}`;
  const names = open.map(({ key, title }) => `${plainLine(key)} “${plainLine(title, 60)}”`);
  return `${plainLine(key)} waits for what is not closed: ${names.join(', ')}.`;
}

async function openBefore(tracker: IssueTracker, { key, links }: Issue): Promise<Issue[]> {
  if (!links && (await tracker.capabilities()).unsupported.links !== undefined) return [];
  const waits = (links ?? (await tracker.getIssueLinks(key))).filter(({ type }) => WAITS.has(type));
  const targets = [...new Set(waits.map(({ target }) => target))].slice(0, MOST);
  const first = await Promise.all(targets.map((target) => tracker.getIssue(target).catch(() => undefined)));
  return first.flatMap((issue) => (issue && !isClosed(issue.state) ? [issue] : []));
}

const MOST = 20;
