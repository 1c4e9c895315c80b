import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GitLabServer, startGitLab } from '../../support/gitlab.ts';
import { asked, hostIn, jobEnv, shellEnv } from './bench.ts';

let server: GitLabServer;
beforeEach(async () => {
  server = await startGitLab();
});
afterEach(() => server.close());

it('are read by the commit of the branch, also with a job token', async () => {
  for (const env of [shellEnv(server), jobEnv(server)]) {
    server.exchanges.length = 0;
    const { host } = await hostIn(env);
    expect(await host.readFile?.('README.md', 'main')).toEqual({ sha: server.sha, text: expect.any(String) });
    expect(asked(server)).toEqual([
      'GET /repository/branches/main',
      `GET /repository/files/README.md/raw?ref=${server.sha}`,
    ]);
  }
});

it('of an application’s token are asked for as GitLab wants it', async () => {
  const { host } = await hostIn({ ...shellEnv(server), PACE_GITLAB_TOKEN: 'f'.repeat(64) });
  await host.readFile?.('README.md', server.sha).catch(() => undefined);
  const [first] = server.exchanges;
  expect([first?.asked.headers['authorization'], first?.asked.headers['private-token']]).toEqual([
    `Bearer ${'f'.repeat(64)}`,
    undefined,
  ]);
});
