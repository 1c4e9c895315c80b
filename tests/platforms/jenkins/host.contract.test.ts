import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeHostContract } from '../../contract/code-host.ts';
import { startJenkins } from '../../support/jenkins.ts';
import { hostIn, newFolder, shellEnv } from './bench.ts';

const words: Readonly<Record<string, string | null>> = {
  pending: null,
  success: 'SUCCESS',
  failure: 'FAILURE',
  cancelled: 'ABORTED',
  skipped: 'NOT_BUILT',
  unknown: 'MOSTLY_FINE',
};

codeHostContract(
  'Jenkins',
  async () => {
    const server = await startJenkins({ prefix: '/ci' });
    const cwd = await newFolder();
    const { host } = await hostIn(shellEnv(server), cwd);
    const answer = async (path: string, word: string) => {
      const text = await readFile(join(cwd, path), 'utf8');
      await writeFile(join(cwd, path), text.replace('Status: open', `Status: ${word}`));
    };
    return {
      host,
      sha: 'beef'.repeat(10),
      missingSha: 'dead'.repeat(10),
      capabilities: {
        states: ['pending', 'success', 'failure', 'cancelled', 'skipped', 'unknown'],
        needsCommit: false,
        knowsCommits: false,
      },
      setChecks: async (sha, checks) => {
        server.clear();
        for (const { name, state } of checks) server.addBuild({ job: name, sha, result: words[state] ?? null });
      },
      changeRequest: {
        close: (key) => answer(key, 'closed'),
        merge: (key) => answer(key, 'merged'),
      },
      dispose: () => server.close(),
    };
  },
  { lacks: ['a commit status', 'setting variables', 'approvals', 'files'] },
);
