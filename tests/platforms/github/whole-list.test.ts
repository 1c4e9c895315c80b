import { expect, test } from 'vitest';
import type { Check } from '../../../core/ports/index.ts';
import { createHost } from '../../../platforms/github/host.ts';
import { testWorld } from '../../support/world.ts';

const T = '2026-03-02T08:00:00Z';

function checkRun(id: number, conclusion: string) {
  return {
    ...{ id, name: `job ${id}`, status: 'completed', conclusion, html_url: `https://github.com/o/r/runs/${id}` },
    ...{ details_url: null, started_at: T, completed_at: T, app: { slug: 'scanner' }, check_suite: { id: 1 } },
  };
}

/** A server that tells its pages by no link, and answers each look with the next of these. */
function server(pageOf: (page: number) => { total: number; ids: readonly number[]; conclusion?: string }) {
  const asked: string[] = [];
  const world = testWorld({
    fetch: async (input) => {
      const url = new URL(String(input instanceof Request ? input.url : input));
      asked.push(`${url.pathname.split('/').at(-1)} ${url.searchParams.get('page') ?? ''}`.trim());
      const { total, ids, conclusion = 'success' } = pageOf(Number(url.searchParams.get('page') ?? 1));
      const isChecks = url.pathname.endsWith('/check-runs');
      const check_runs = isChecks ? ids.map((id) => checkRun(id, conclusion)) : [];
      const answer = {
        total_count: isChecks ? total : 0,
        check_runs,
        check_suites: [],
        statuses: [],
        workflow_runs: [],
      };
      return Response.json(answer);
    },
  });
  const host = createHost(world, { token: 't', repository: 'o/r' });
  const ids = async () => ((await host.listChecks?.('a'.repeat(40))) ?? []).map(({ id }: Check) => Number(id));
  return { ids, host, pages: () => asked.filter((one) => one.startsWith('check-runs')) };
}

const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('a list that is shorter than its total is asked for page by page, where no link leads on', async () => {
  const { ids, pages } = server((page) => ({ total: 70, ids: upTo(page * 30 - 29, Math.min(page * 30, 70)) }));
  expect(await ids()).toEqual(upTo(1, 70));
  expect(pages()).toEqual(['check-runs', 'check-runs 2', 'check-runs 3']);
});

test.each<[string, readonly number[]]>([
  ['a page that is empty', []],
  ['a page that was there before', [1, 2]],
])('a total that is too high is believed no further than to %s', async (_, second) => {
  const { ids, pages } = server((page) => ({ total: 9, ids: page === 1 ? [1, 2] : second }));
  expect(await ids()).toEqual([1, 2]);
  expect(pages()).toEqual(['check-runs', 'check-runs 2']);
});

test('what moved to the next page while the list was read counts once, as it was seen last', async () => {
  const { host, pages } = server((page) =>
    page === 1 ? { total: 3, ids: [1, 2] } : { total: 3, ids: [2, 3], conclusion: 'failure' },
  );
  const checks = (await host.listChecks?.('a'.repeat(40))) ?? [];
  expect(checks.map(({ id, state }) => `${id} ${state}`)).toEqual(['1 success', '2 failure', '3 failure']);
  expect(pages()).toHaveLength(2);
});

test('no more is asked for than a server lists', async () => {
  const { ids, pages } = server((page) => ({ total: 5000, ids: upTo(page * 100 - 99, page * 100) }));
  // the suites are asked for one by one then
  expect((await ids()).length).toBe(1000);
  expect(pages()).toHaveLength(10);
});
