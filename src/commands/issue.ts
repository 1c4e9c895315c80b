/** `pace issue list|show`: what people read of any tracker. */
import { PaceError } from '../../platforms/errors.ts';
import { collect } from '../../platforms/lists.ts';
import type { Comment, Issue } from '../../platforms/ports.ts';
import type { World } from '../../platforms/world.ts';
import { openBackend } from '../tracker/open.ts';
import { parseReference } from '../tracker/references.ts';

export interface IssueListOptions {
  readonly config?: string | undefined;
  readonly state?: string | undefined;
  readonly label?: readonly string[] | undefined;
  readonly limit?: string | undefined;
}

const STATES = ['open', 'closed', 'all'] as const;
const MOST_ISSUES = 100_000;

export async function listIssues(world: World, options: IssueListOptions): Promise<Issue[]> {
  const state = STATES.find((name) => name === (options.state || 'open'));
  if (!state) throw wrong(`"${options.state}" is no state.`, `Please choose one of: ${STATES.join(', ')}.`);
  const limit = Number(options.limit || 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ISSUES) {
    throw wrong(`"${options.limit}" is no limit.`, `Please pass a whole number from 1 to ${MOST_ISSUES}.`);
  }
  const { tracker } = await openBackend(world, { config: options.config });
  const issues: Issue[] = [];
  for await (const issue of tracker.listIssues({ state, labels: options.label ?? [] })) {
    issues.push(issue);
    if (issues.length >= limit) break;
  }
  return issues;
}

export async function showIssue(
  world: World,
  options: { config?: string | undefined; key: string },
): Promise<Issue & { comments: Comment[] }> {
  const { tracker, key } = await openBackend(world, {
    config: options.config,
    reference: parseReference(options.key),
  });
  const [issue, comments] = await Promise.all([tracker.getIssue(key), collect(tracker.listComments(key))]);
  return { ...issue, comments };
}

function wrong(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}
