/** `npm run contract` against a server on loopback that it knows nothing of but its address. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startGitea } from '../support/gitea.ts';

const root = join(import.meta.dirname, '..', '..');

test('a case of the suite passes against a server that is only known by its address, and what it left is said', async () => {
  const server = await startGitea({ flavour: 'forgejo', zone: '+05:30' });
  const { PATH = '', HOME = '' } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, '.ci', 'contract.ts'), 'gitea', 'tracker', '-t', 'keeps headings, tables'],
    {
      cwd: root,
      env: {
        ...{ PATH, HOME, PACE_CONTRACT_RUN: 'r1', PACE_CONTRACT_URL: server.origin },
        ...{ PACE_CONTRACT_TOKEN: server.state.token, PACE_CONTRACT_REPOSITORY: server.state.path },
      },
    },
  );
  await server.close();
  expect(stdout).toContain(
    'What the run contract-r1- has left there (Gitea as an issue tracker):\n  1 issues that are closed: 1\n',
  );
  expect(stdout).toMatch(/Tests .*1 passed/);
  expect(server.state.issues.map(({ state }) => state)).toEqual(['closed']);
});
