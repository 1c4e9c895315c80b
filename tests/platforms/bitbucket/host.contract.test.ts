import { codeHostContract } from '../../contract/code-host.ts';
import { startBitbucket } from '../../support/bitbucket.ts';
import { expectDescribed, hostIn, shellEnv } from './bench.ts';

const words = {
  pending: 'IN_PROGRESS RUNNING',
  blocked: 'PENDING',
  waiting: 'PENDING PAUSED',
  success: 'COMPLETED SUCCESSFUL',
  failure: 'COMPLETED FAILED',
  cancelled: 'COMPLETED STOPPED',
  skipped: 'COMPLETED NOT_RUN',
  neutral: 'COMPLETED SUCCESSFUL',
  unknown: 'COMPLETED WORD_OF_THE_FUTURE',
} as const;

for (const credential of ['api-token', 'access-token'] as const) {
  codeHostContract(
    `Bitbucket with an ${credential}`,
    async () => {
      const server = await startBitbucket({ credential });
      const { host } = await hostIn(shellEnv(server));
      const find = (key: string) => server.requests.find(({ id }) => String(id) === key);
      const settle = (key: string, state: 'DECLINED' | 'MERGED') => void Object.assign(find(key) ?? {}, { state });
      return {
        host,
        sha: server.sha,
        missingSha: 'dead'.repeat(10),
        capabilities: {
          states: ['pending', 'waiting', 'blocked', 'success', 'failure', 'cancelled', 'skipped', 'unknown'],
        },
        readStatus: (sha, context) => server.statuses.find((row) => row.sha === sha && row.key === context),
        setChecks: async (sha, checks) => {
          server.reset(sha);
          const steps = checks.map(({ name, state }) => ({ name, state: words[state] }));
          if (steps.length > 0) server.addPipeline(sha, steps, { state: 'IN_PROGRESS RUNNING' });
        },
        changeRequest: {
          close: async (key) => settle(key, 'DECLINED'),
          merge: async (key) => settle(key, 'MERGED'),
          read: async (key) => ({ title: find(key)?.title ?? '', body: find(key)?.description ?? '' }),
        },
        readFile: async (branch, path) => server.commits.get(server.branches.get(branch) ?? '')?.get(path),
        dispose: async () => {
          expectDescribed(server.exchanges);
          await server.close();
        },
      };
    },
    { lacks: ['approvals'] },
  );
}
