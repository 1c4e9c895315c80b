import { codeHostContract } from '../../contract/code-host.ts';
import { approve, pushTo } from '../../support/gitlab/merge-requests.ts';
import { startGitLab } from '../../support/gitlab.ts';
import { expectDescribed, hostIn, shellEnv } from './bench.ts';

const words = {
  pending: 'running',
  blocked: 'created',
  waiting: 'manual',
  success: 'success',
  failure: 'failed',
  cancelled: 'canceled',
  skipped: 'skipped',
  neutral: 'success',
  unknown: 'a word of the future',
} as const;

codeHostContract('GitLab', async () => {
  const server = await startGitLab();
  const { host } = await hostIn(shellEnv(server));
  const find = (key: string) => server.mergeRequests.find((row) => String(row.iid) === key);
  const settle = (key: string, state: 'closed' | 'merged') => {
    const row = find(key);
    if (row) row.state = state;
  };
  return {
    host,
    sha: server.sha,
    missingSha: 'dead'.repeat(10),
    capabilities: {
      states: ['pending', 'waiting', 'blocked', 'success', 'failure', 'cancelled', 'skipped', 'unknown'],
      optionalChecks: true,
    },
    readStatus: (sha, context) => {
      const found = server.state.statuses.find((row) => row.sha === sha && row.name === context);
      return found && { description: found.description ?? '', url: found.targetUrl ?? '' };
    },
    setChecks: async (sha, checks) => {
      server.reset(sha);
      server.setJobs(
        sha,
        checks.map(({ name, state, optional }) => ({ name, status: words[state], allowFailure: optional ?? false })),
      );
    },
    changeRequest: {
      close: async (key) => settle(key, 'closed'),
      merge: async (key) => settle(key, 'merged'),
      review: async (key, who, says) => {
        const [row, user] = [find(key), server.state.users.find(({ username }) => username === who)];
        if (row && user) approve(server.state, row, user.id, says === 'approves');
      },
      push: async (key) => {
        const row = find(key);
        if (row) pushTo(server.state, row);
      },
      read: async (key) => ({ title: find(key)?.title ?? '', body: find(key)?.description ?? '' }),
    },
    readFile: async (branch, path) => server.state.commits.get(server.branches.get(branch) ?? '')?.get(path),
    dispose: async () => {
      expectDescribed(server.exchanges);
      await server.close();
    },
  };
});
