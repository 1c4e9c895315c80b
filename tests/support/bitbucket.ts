/**
 * A stateful Bitbucket Cloud on 127.0.0.1 with one repository: commits, branches and files, build statuses, pipelines with
 * steps, pull requests with comments, repository variables. It answers as Bitbucket does: pages with `next` (but for Pipelines),
 * refusals that name the scopes, a status for every pipeline, an existing pull request instead of a second one.
 */
import { addPipeline, type PipelineToSet, pipelineRoutes, type StepToSet, setSteps } from './bitbucket/pipelines.ts';
import { pullRequestRoutes } from './bitbucket/pull-requests.ts';
import { repositoryRoutes } from './bitbucket/repository.ts';
import { type BitbucketOptions, newState, type PipelineRow, type State } from './bitbucket/state.ts';
import { type Loopback, loopback } from './loopback.ts';

export type { PipelineToSet, StepToSet } from './bitbucket/pipelines.ts';
export { ADA, type BitbucketOptions, GONE, ME } from './bitbucket/state.ts';

export interface BitbucketServer extends State {
  readonly exchanges: Loopback['exchanges'];
  readonly trouble: Loopback['trouble'];
  /** A commit without statuses or pipelines. */
  readonly sha: string;
  /** Adds a pipeline. */
  addPipeline(sha: string, steps: readonly StepToSet[], pipeline?: PipelineToSet): PipelineRow;
  setSteps(pipeline: PipelineRow, steps: readonly StepToSet[]): void;
  /** A status as another service sets it. */
  addStatus(sha: string, status: { key: string; state: string; name?: string; url?: string }): void;
  /** Takes every pipeline and status of the commit away. */
  reset(sha: string): void;
  close(): Promise<void>;
}

export async function startBitbucket(options: BitbucketOptions = {}): Promise<BitbucketServer> {
  const state = newState(options);
  const routes = { ...repositoryRoutes(state), ...pipelineRoutes(state), ...pullRequestRoutes(state) };
  const server = await loopback(routes, { etags: true });
  state.origin = server.origin;
  return Object.assign(state, {
    exchanges: server.exchanges,
    trouble: server.trouble,
    sha: state.addCommit({ 'README.md': '# Demo\n' }),
    addPipeline: (sha: string, steps: readonly StepToSet[], pipeline: PipelineToSet = {}) =>
      addPipeline(state, sha, steps, pipeline),
    setSteps: (pipeline: PipelineRow, steps: readonly StepToSet[]) => setSteps(state, pipeline, steps),
    addStatus: (sha: string, { key, state: word, name = key, url }: Parameters<BitbucketServer['addStatus']>[1]) => {
      const at = state.time();
      const row = { sha, key, state: word, name, description: '', url: url ?? `https://ci.example.org/${key}` };
      state.statuses.push({ ...row, refname: null, createdOn: at, updatedOn: at });
    },
    reset: (sha: string) => {
      for (const rows of [state.statuses, state.pipelines] as { sha: string }[][])
        rows.splice(0, rows.length, ...rows.filter((row) => row.sha !== sha));
    },
    close: () => server.close(),
  });
}
