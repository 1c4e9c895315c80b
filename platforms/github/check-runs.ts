/** Asks for all check runs of a commit. https://docs.github.com/en/rest/checks/runs */
import { defined } from '../../core/defined.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { Api } from './api.ts';
import type { CheckRun } from './host-wire.ts';
import { entriesOf } from './pages.ts';
import { listWhole } from './whole-list.ts';

const OPERATION = 'listChecks';
const PER_PAGE = 100;

/** GitHub lists the check runs of the newest 1000 suites only, and its total counts no others. */
const SUITES_LISTED = 1000;

/** Every attempt is asked for: `filter=latest` looks inside one suite only, and by end times that a running check lacks. */
export async function listCheckRuns(
  api: Api,
  sha: string,
  request: { signal?: AbortSignal } = {},
): Promise<CheckRun[]> {
  const { items, total } = await listWhole(
    api,
    { operation: OPERATION, deed: 'list checks' },
    (octokit, page) =>
      octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
        ...api.repository,
        ...defined({ page }),
        ref: sha,
        filter: 'all',
        per_page: PER_PAGE,
        request,
      }),
    ({ check_runs }): readonly CheckRun[] => check_runs,
  );
  return total < SUITES_LISTED ? items : [...items, ...(await collect(otherSuites(api, sha, items, request)))];
}

/** The check runs of the suites that the list has left out. */
async function* otherSuites(
  api: Api,
  sha: string,
  found: readonly CheckRun[],
  request: { signal?: AbortSignal },
): AsyncGenerator<CheckRun> {
  const seen = new Set(found.map((run) => run.check_suite?.id));
  const suites = api.pages(OPERATION, 'list checks', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-suites', {
      ...api.repository,
      ref: sha,
      per_page: PER_PAGE,
      request,
    }),
  );
  for await (const { check_suites } of suites) {
    for (const suite of check_suites) {
      if (seen.has(suite.id) || suite.latest_check_runs_count === 0) continue;
      const runs = api.pages(OPERATION, 'list checks', (octokit) =>
        octokit.request('GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs', {
          ...api.repository,
          check_suite_id: Number(suite.id),
          filter: 'all',
          per_page: PER_PAGE,
          request,
        }),
      );
      yield* entriesOf(runs, (page) => page.check_runs);
    }
  }
}
