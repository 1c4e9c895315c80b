import { codeHostContract } from '../../contract/code-host.ts';
import { startGitea } from '../../support/gitea.ts';
import { expectDescribed, hostIn, shellEnv } from './bench.ts';

/** A job of Actions for every state: statuses alone do not tell them apart. */
const words = {
  pending: 'running',
  blocked: 'blocked',
  success: 'success',
  failure: 'failure',
  cancelled: 'cancelled',
  skipped: 'skipped',
} as const;

for (const [name, options] of [
  ['Gitea', { flavour: 'gitea', release: 'newer' }],
  // as it was measured
  ['Forgejo', { flavour: 'forgejo', release: '1.22' }],
] as const) {
  codeHostContract(name, async () => {
    const server = await startGitea(options);
    const { state } = server;
    const { host } = await hostIn(shellEnv(server));
    const find = (key: string) => state.issues.find(({ number }) => String(number) === key);
    return {
      host,
      sha: state.sha,
      missingSha: 'dead'.repeat(10),
      capabilities: { states: ['pending', 'blocked', 'success', 'failure', 'cancelled', 'skipped'] },
      readStatus: (sha, context) => {
        const found = state.statuses.find((row) => row.sha === sha && row.context === context);
        return found && { description: found.description, url: found.targetUrl };
      },
      setChecks: async (sha, checks) => {
        server.setStatuses(sha, []);
        state.runs = [];
        // every check as a workflow of its own, so that its name is the context; what is blocked stands behind what runs
        const jobs = checks.map(({ name: job, state: word }) => ({
          name: job,
          status: words[word as keyof typeof words],
        }));
        const blocked = jobs.filter(({ status }) => status === 'blocked');
        for (const [index, job] of jobs.filter((each) => !blocked.includes(each)).entries()) {
          const behind = job.status === 'running' ? blocked.splice(0) : [];
          server.addRun({ sha, workflow: `${index}.yml`, jobs: [job, ...behind] });
        }
        for (const row of state.statuses)
          Object.assign(row, { context: /^CI \/ (.*) \(push\)$/.exec(row.context)?.[1] ?? '' });
      },
      changeRequest: {
        close: async (key) => void Object.assign(find(key) ?? {}, { state: 'closed' }),
        merge: async (key) => {
          const row = find(key);
          if (row?.pull) Object.assign(row, { state: 'closed', pull: { ...row.pull, merged: true } });
        },
        review: async (key, login, says) => {
          const { pull } = find(key) ?? {};
          const review = { login, sha: state.branches.get(pull?.head ?? '') ?? '' };
          const word = says === 'approves' ? 'APPROVED' : 'REQUEST_CHANGES';
          pull?.reviews?.push({ ...review, state: word });
        },
        push: async (key) => {
          const { head = '' } = find(key)?.pull ?? {};
          state.branches.set(head, state.addCommit({ 'more.txt': 'x' }, state.branches.get(head)));
        },
        read: async (key) => ({ title: find(key)?.title ?? '', body: find(key)?.body ?? '' }),
      },
      readFile: async (branch, path) => state.commits.get(state.branches.get(branch) ?? '')?.get(path),
      dispose: async () => {
        expectDescribed(server);
        await server.close();
      },
    };
  });
}
