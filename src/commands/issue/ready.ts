/** `pace issue ready`: what can be begun now, the most urgent first, of those the oldest. */
import { defined } from '../../../core/defined.ts';
import { PaceError } from '../../../core/errors.ts';
import type { Issue, IssueTracker } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { aFewAhead } from '../../../core/tracker/a-few-ahead.ts';
import type { World } from '../../../core/world.ts';
import { agentOf, claimSpan } from '../../tracker/agent.ts';
import type { ShownIssue } from '../../tracker/print/fields.ts';
import { boundedReady, endingAt } from '../../tracker/query/bounded-list.ts';
import { withDetails } from '../../tracker/query/details.ts';
import { wholeFilter } from '../../tracker/query/select.ts';
import { usageError } from '../../tracker/usage.ts';
import { type BackendChoice, openForIssue, type Written, writeOn } from '../on-tracker.ts';
import { chosenFrom, DETAILS, type Details, type ListedIssues, type Room } from './list.ts';
import type { IssueReady } from './options.ts';
import type { IssueChoice } from './select.ts';

/** With a key: that issue alone, and why it can be begun or cannot. */
export async function readyIssues(
  world: World,
  options: IssueReady & Details & Room & { readonly page?: string },
): Promise<ListedIssues> {
  const { key: reference, explain, details = [], page, hasRoom, ...rest } = options;
  // who forgets --claim would believe to have the issue
  if (options.start || options.as !== undefined) throw claimIsMissing();
  if (reference !== undefined) {
    return { ...endingAt(explainOne(world, options, reference), 1), explained: undefined };
  }
  const { tracker, selection } = await chosenFrom(world, withoutClaim(rest), 'open');
  const { issues: ready, end } = boundedReady(
    tracker,
    { filter: wholeFilter(selection), limit: selection.limit },
    { cursor: page, hasRoom },
  );
  const issues = explain || REASONS.some((name) => details.includes(name)) ? withReasons(tracker, ready) : ready;
  return {
    end,
    issues: withDetails(tracker, issues, { with: DETAILS.filter((name) => details.includes(name)) }),
    explained: undefined,
  };
}

/** Takes the first one that can be had; throws `not-found` where nothing is ready. */
export async function claimReadyIssue(world: World, options: IssueReady): Promise<Written<ShownIssue>> {
  const { as, for: span = '30m', start, key: reference, dryRun } = options;
  if (reference !== undefined) throw claimsByKey(reference);
  const agent = agentOf(as, world.env);
  const forMs = claimSpan(span);
  const choice = withoutClaim(options);
  return writeOn(world, { ...choice, dryRun }, [], async ({ tracker: writing }) => {
    const { tracker, selection } = await chosenFrom(world, choice, 'open', writing);
    const claimed = await tracker.claimReady(wholeFilter(selection), { agent, forMs, ...defined({ start }) });
    if (!claimed) throw nothingReady();
    return { ...claimed.issue, claim: claimed.claim };
  });
}

function claimIsMissing(): PaceError {
  return usageError(
    '--start and --as go with --claim: without it nothing is taken.',
    'Please add --claim, or leave them out.',
  );
}

/** Those options that choose issues. */
function withoutClaim(options: IssueReady & Details): IssueChoice & BackendChoice {
  const others = ['key', 'explain', 'claim', 'as', 'for', 'start', 'dryRun', 'details'];
  return Object.fromEntries(Object.entries(options).filter(([name]) => !others.includes(name)));
}

const REASONS = ['ready', 'why'];

async function* explainOne(world: World, options: IssueReady, reference: string): AsyncGenerator<ShownIssue> {
  const { tracker, key } = await openForIssue(world, options, reference);
  yield reasoned(tracker, key);
}

function withReasons(tracker: IssueTracker, issues: AsyncIterable<Issue>): AsyncGenerator<ShownIssue> {
  return aFewAhead(issues, ({ key }) => reasoned(tracker, key));
}

async function reasoned(tracker: IssueTracker, key: string): Promise<ShownIssue> {
  const { issue, ready, why } = await tracker.explainReadiness(key);
  return { ...issue, ready, why };
}

function nothingReady(): PaceError {
  return new PaceError({
    kind: 'not-found',
    operation: 'claimReady',
    message: 'Nothing is ready to be claimed.',
    remedy: '`pace issue blocked` shows what waits, and `pace issue ready KEY` why an issue is not ready.',
  });
}

function claimsByKey(reference: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: '`ready --claim` chooses the issue itself: it takes no key.',
    remedy: `Please run \`pace issue claim ${plainLine(reference, 40)}\`.`,
  });
}
