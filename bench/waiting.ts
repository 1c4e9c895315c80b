/**
 * What a quarter of an hour of waiting for CI costs, and how late its end is seen: `node bench/waiting.ts`. The clock is
 * simulated; GitHub is a server on the loopback whose state follows that clock. Answers 304 do not count at GitHub.
 */

import github from '../platforms/github/index.ts';
import { getCiAdapter } from '../platforms/index.ts';
import { type GitHub, startGitHub } from '../tests/support/github.ts';
import { testWorld } from '../tests/support/world.ts';
import { type Figure, mean, quantile, show } from './figure.ts';
import { randomBySeed, type Scenario, scenario, snapshot } from './waiting-scenario.ts';

const SEEDS = 24;
const START = Date.parse('2026-03-02T09:00:00Z');
const OWN = { run: 1, job: 10 };

export async function* waiting(): AsyncGenerator<Figure> {
  const server = await startGitHub();
  const seen: { requests: number; lag: number }[] = [];
  try {
    for (let seed = 1; seed <= SEEDS; seed += 1) seen.push(await waitOut(server, seed));
  } finally {
    await server.close();
  }
  const requests = seen.map((one) => one.requests);
  const lags = seen.map((one) => one.lag);
  yield {
    what: 'GitHub, 15 minutes of waiting: counted requests at most',
    ...{ measured: Math.max(...requests), unit: 'requests', limit: 40 },
    detail: `${spread(requests)}, of ${SEEDS} simulated waits`,
  };
  yield {
    what: 'GitHub: mean lag between the end of CI and the decision',
    ...{ measured: mean(lags), unit: 's', limit: 10 },
    detail: `${spread(lags)}, of ${SEEDS} simulated waits`,
  };
}

function spread(values: readonly number[]): string {
  const [average, most, all] = [mean(values), quantile(values, 0.95), Math.max(...values)];
  return `mean ${average.toFixed(1)}, 95 % ≤ ${most.toFixed(1)}, largest ${all.toFixed(1)}`;
}

async function waitOut(server: GitHub, seed: number): Promise<{ requests: number; lag: number }> {
  const plan = scenario(seed);
  const random = randomBySeed(seed + 1_000);
  const world = testWorld({ start: START, random, env: environment(server) });
  const moving = {
    ...world,
    sleep: async (milliseconds: number, signal?: AbortSignal) => {
      await world.sleep(milliseconds, signal);
      move(server, plan, world.now());
    },
  };
  server.setStatuses(server.sha, []);
  move(server, plan, world.now());
  server.exchanges.length = 0;
  const adapter = await getCiAdapter(github, { world: moving });
  const result = await adapter.waitForCommitCi({ sha: server.sha, timeoutMinutes: 20 });
  if (result.conclusion !== 'success') throw new Error(`seed ${seed}: ${JSON.stringify(result, null, 1)}`);
  return {
    requests: server.exchanges.filter(({ notModified }) => !notModified).length,
    lag: (world.now() - START) / 1000 - plan.endsAt,
  };
}

function environment({ origin, repository, token, sha }: GitHub): Record<string, string> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_TOKEN: token,
    GITHUB_API_URL: origin,
    GITHUB_SERVER_URL: origin,
    GITHUB_REPOSITORY: repository,
    GITHUB_SHA: sha,
    GITHUB_RUN_ID: String(OWN.run),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'gate',
    GITHUB_WORKFLOW_REF: `${repository}/.github/workflows/pace.yml@refs/heads/main`,
    RUNNER_NAME: 'Runner 1',
  };
}

/** Makes the server show what GitHub would show at this instant, PACE's own job included. */
function move(server: GitHub, plan: Scenario, now: number): void {
  const { checks, runs, statuses } = snapshot(plan, { start: START, now });
  const own = { id: OWN.run, name: 'PACE', suite: OWN.run, workflowId: OWN.run, path: '.github/workflows/pace.yml' };
  server.setChecks(server.sha, [...checks, { id: OWN.job, name: 'gate', suite: OWN.run }]);
  server.setRuns(server.sha, [...runs, own]);
  // setting gives new ids, as a new status of the same context has at GitHub
  const changed = statuses.some(({ state }, index) => server.statuses(server.sha)[index]?.state !== state);
  if (changed) server.setStatuses(server.sha, statuses);
  server.setJobs(OWN.run, [{ id: OWN.job, name: 'gate', runner: 'Runner 1' }]);
}

if (import.meta.main) await show(waiting);
