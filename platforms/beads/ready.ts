/** What can be begun and what waits: a list tells the links, people and times of all issues, so that none is asked for by itself. */
import type { Claim, TrackerDriver } from '../../core/ports/index.ts';
import type { Issue, IssueFilter } from '../../core/ports/issue.ts';
import { collect } from '../../core/tracker/collect.ts';
import { lookAtReadiness } from '../../core/tracker/readiness.ts';
import { noSuchIssue } from './address.ts';
import type { Tracker } from './issue-context.ts';
import { listIssues } from './list.ts';

type Ready = Required<Pick<TrackerDriver, 'listReady' | 'listBlocked'>>;

export function readyIssues(tracker: Tracker, claims: { list(filter: object): AsyncIterable<Claim> }): Ready {
  async function look() {
    const issues = await collect(listIssues(tracker));
    const byKey = new Map(issues.map((issue) => [issue.key, issue]));
    const held = new Map((await collect(claims.list({}))).map((claim) => [claim.key, claim]));
    return lookAtReadiness({
      driver: {
        filters: [],
        listIssues: () => each(issues),
        getIssue: async (key) => known(byKey, key),
        getIssueLinks: async (key) => [...(known(byKey, key).links ?? [])],
      },
      hasLinks: async () => true,
      currentClaim: async (key) => held.get(key),
      now: () => tracker.api.world.now(),
    });
  }

  return {
    async *listReady(filter: IssueFilter = {}) {
      yield* (await look()).listReady(filter);
    },
    async *listBlocked(filter: IssueFilter = {}) {
      yield* (await look()).listBlocked(filter);
    },
  };
}

function known(issues: ReadonlyMap<string, Issue>, key: string): Issue {
  const issue = issues.get(key);
  if (issue) return issue;
  throw noSuchIssue(key);
}

async function* each(issues: readonly Issue[]): AsyncGenerator<Issue> {
  yield* issues;
}
