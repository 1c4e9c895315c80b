import { type GitHub, startGitHub } from '../support/github.ts';
import type { Stage } from './scenario.ts';

export interface GitHubStage extends Stage {
  seen(): Promise<{ readonly statuses: readonly string[] }>;
  readonly github: GitHub;
  /** No run has said anything about the commit. */
  forgetStatuses(): void;
}

/** A commit whose checks have ended, on a GitHub of our own. */
export async function startGitHubStage(conclusion: 'success' | 'failure' = 'failure'): Promise<GitHubStage> {
  const github = await startGitHub({ people: ['ada'] });
  github.setChecks(github.sha, [
    { name: 'test', conclusion, suite: 1 },
    { name: 'lint', conclusion: 'success', suite: 1 },
  ]);
  const forgetStatuses = () => github.setStatuses(github.sha, [{ context: 'deploy', state: 'success' }]);
  forgetStatuses();
  github.setRuns(github.sha, [{ id: 77, name: 'CI', suite: 1, workflowId: 1, conclusion: 'success' }]);
  const at = `/repos/${github.repository}`;
  return {
    github,
    origin: github.origin,
    sha: github.sha,
    env: { PACE_GITHUB_TOKEN: github.token, GITHUB_REPOSITORY: github.repository, GITHUB_API_URL: github.origin },
    trouble: github.trouble,
    seen: async () => {
      const all = (await github.api('GET', `${at}/issues?state=all&per_page=100`)) as Seen[];
      const shown = all
        .sort((a, b) => a.number - b.number)
        .map(async ({ number, title, state, labels, pull_request }) => {
          const comments = (await github.api('GET', `${at}/issues/${number}/comments`)) as { body: string }[];
          const kind = pull_request ? 'pull request' : 'issue';
          return {
            kind,
            title,
            state,
            labels: labels.map(({ name }) => name).sort(),
            comments: comments.map(({ body }) => body.replaceAll(github.sha.slice(0, 12), 'COMMIT')),
          };
        });
      const statuses = github.statuses(github.sha).map(({ context, state }) => `${context} ${state}`);
      return { issues: await Promise.all(shown), statuses, variables: [...github.variables] };
    },
    forgetStatuses,
    close: github.close,
  };
}

interface Seen {
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly labels: readonly { readonly name: string }[];
  readonly pull_request?: object;
}

/** What a remedy for a missing permission says. */
export const GITHUB_PERMISSION = /permissions: [\w-]+: (read|write)|"Variables: (read|write)"/;
