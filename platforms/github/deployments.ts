/** What a workflow run waits for before it deploys. https://docs.github.com/en/rest/actions/workflow-runs#get-pending-deployments-for-a-workflow-run */
import { asPaceError } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import type { CheckRun, Id, WorkflowRun } from './host-wire.ts';
import type { Part } from './schema.ts';

/** `environment` has no member that is always told. */
export interface PendingDeployment extends Part<'pending-deployment', 'environment' | 'wait_timer'> {
  readonly reviewers: readonly {
    readonly reviewer?: { readonly login?: string; readonly slug?: string };
  }[];
}

/** By workflow run who lets it go on, in words; without those that could not be asked. */
export type Deployers = ReadonlyMap<Id, string>;

/** One request for each run that waits; none while it waits for the same jobs. */
export function deployersAsker(
  world: World,
  api: Api,
): (
  seen: { checkRuns: readonly CheckRun[]; runs: readonly WorkflowRun[] | undefined },
  signal?: AbortSignal,
) => Promise<Deployers> {
  const known = new Map<string, string | undefined>();

  async function ask(run: WorkflowRun, signal: AbortSignal | undefined): Promise<string | undefined> {
    try {
      const pending = await api.call('listChecks', 'list pending deployments', (octokit) =>
        octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments', {
          ...api.repository,
          run_id: Number(run.id),
          request: signal ? { signal } : {},
        }),
      );
      return deployers(pending as readonly PendingDeployment[]);
    } catch (error) {
      const { kind, remedy } = asPaceError(error);
      if (kind !== 'permission' && kind !== 'not-found') throw error;
      world.log.debug(`It is not known who can approve a deployment. ${remedy}`);
      return undefined;
    }
  }

  return async ({ checkRuns, runs = [] }, signal) => {
    const found = new Map<Id, string>();
    const waiting = checkRuns.filter(({ status }) => status === 'waiting');
    for (const run of runs) {
      const jobs = waiting.filter(({ check_suite }) => check_suite?.id === run.check_suite_id);
      if (jobs.length === 0 && run.status !== 'waiting') continue;
      const key = [run.id, ...jobs.map(({ id }) => id)].join(' ');
      if (!known.has(key)) known.set(key, await ask(run, signal));
      const who = known.get(key);
      if (who !== undefined) found.set(run.id, who);
    }
    return found;
  };
}

/** `ann or team leads (environment production)`; `undefined` where nobody is told. */
export function deployers(pending: readonly PendingDeployment[]): string | undefined {
  const each = pending.map(({ environment, reviewers, wait_timer }) => {
    const people = reviewers.flatMap(({ reviewer }) => reviewer?.login ?? (reviewer?.slug ? `team ${reviewer.slug}` : [])); // biome-ignore format: one thought
    const timer = wait_timer > 0 ? [`its timer of ${wait_timer} minutes`] : [];
    const who = people.length > 0 ? people.join(' or ') : timer.join('');
    return who === '' ? '' : `${who} (environment ${environment.name ?? 'without a name'})`;
  });
  const told = each.filter(Boolean);
  return told.length === 0 ? undefined : told.join(', ');
}
