/**
 * A stateful GitLab on 127.0.0.1 with one project: commits, branches and files, pipelines with jobs, commit statuses, merge
 * requests, issues, notes, CI/CD variables. It answers as GitLab does: pages with Link and x-next-page, refusals by role and
 * scope, 404 for what a job token may not, and it executes quick actions, so that a leak of one shows.
 */

import { eventRoutes } from './gitlab/events.ts';
import { issueRoutes, moveIssue } from './gitlab/issues.ts';
import { linkRoutes } from './gitlab/links.ts';
import { mergeRequestRoutes } from './gitlab/merge-requests.ts';
import { pipelineRoutes, replaceJobs } from './gitlab/pipelines.ts';
import { planningRoutes } from './gitlab/planning.ts';
import { repositoryRoutes } from './gitlab/repository.ts';
import { type GitLabOptions, type JobToSet, newState, type PipelineToSet, type State } from './gitlab/state.ts';
import { variableRoutes } from './gitlab/variables.ts';
import { type Asked, type Loopback, loopback, type Routes } from './loopback.ts';

export type { GitLabOptions, JobToSet, PipelineToSet } from './gitlab/state.ts';

export interface GitLabServer
  extends Pick<
    State,
    | 'project'
    | 'token'
    | 'jobToken'
    | 'sha'
    | 'mergeRequests'
    | 'issues'
    | 'variables'
    | 'statuses'
    | 'pipelines'
    | 'branches'
    | 'quickActions'
  > {
  readonly origin: string;
  readonly exchanges: Loopback['exchanges'];
  readonly trouble: Loopback['trouble'];
  readonly state: State;
  /** A second project of the same people, `acme/elsewhere` when it is not said. */
  readonly elsewhere: State;
  /** As if a person had moved the issue there. Returns its number there. */
  moveAway(iid: number): number;
  /** Adds a commit without pipelines and returns its SHA. */
  addCommit(): string;
  /** Makes this the pipeline of its commit, ref and source; `[]` takes it away. Returns its number. */
  setJobs(sha: string, jobs: readonly JobToSet[], pipeline?: PipelineToSet): number;
  /** External statuses, in a pipeline of their own. */
  setStatuses(sha: string, statuses: readonly JobToSet[]): number;
  /** Takes every pipeline and status of the commit away. */
  reset(sha: string): void;
  close(): Promise<void>;
}

export async function startGitLab(options: GitLabOptions = {}): Promise<GitLabServer> {
  const state = newState(options);
  const routes = [
    repositoryRoutes,
    pipelineRoutes,
    mergeRequestRoutes,
    issueRoutes,
    linkRoutes,
    eventRoutes,
    planningRoutes,
    variableRoutes,
  ];
  const elsewhere = secondProject(state, options);
  const [here, there]: Routes[] = [state, elsewhere].map((each) => Object.assign({}, ...routes.map((of) => of(each))));
  const isThere = ({ params }: Asked) => [elsewhere.project, String(elsewhere.projectId)].includes(params['id'] ?? '');
  const both = Object.entries(here ?? {}).map(([route, handler]) => [
    route,
    (asked: Asked) => ((isThere(asked) ? there?.[route] : undefined) ?? handler)(asked),
  ]);
  const server = await loopback(Object.fromEntries(both), { etags: true, prefix: '/api/v4' });
  state.origin = server.origin;
  elsewhere.origin = server.origin;
  return {
    ...state,
    origin: server.origin,
    exchanges: server.exchanges,
    trouble: server.trouble,
    state,
    elsewhere,
    moveAway: (iid) => moveIssue(state, elsewhere, iid).iid,
    addCommit: () => state.addCommit({}),
    setJobs: (sha, jobs, pipeline = {}) => replaceJobs(state, sha, jobs, pipeline),
    setStatuses: (sha, statuses) =>
      replaceJobs(
        state,
        sha,
        statuses.map((status) => ({ ...status, kind: 'external' as const })),
        { source: 'external' },
      ),
    reset: (sha) => {
      remove(state.statuses, (status) => status.sha === sha);
      remove(state.pipelines, (pipeline) => pipeline.sha === sha);
    },
    close: () => server.close(),
  };
}

/** With a place, numbers and settings of its own. */
function secondProject(first: State, options: GitLabOptions): State {
  const { token, jobToken, users, nextId, time } = first;
  const state = newState({ ...options, path: options.elsewhere ?? 'acme/elsewhere' });
  return Object.assign(state, { projectId: 4218, firstIssueId: 80_000, token, jobToken, users, nextId, time });
}

function remove<Item>(items: Item[], unwanted: (item: Item) => boolean): void {
  items.splice(0, items.length, ...items.filter((item) => !unwanted(item)));
}
