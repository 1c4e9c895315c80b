/** What sync remembers goes with the state branch: the next job, on another machine, writes nothing twice. */
import { expect, onTestFinished, test } from 'vitest';
import { type GiteaServer, startGitea } from '../support/gitea.ts';
import { runCliHere } from '../support/in-process.ts';
import { newWorkspace, type Workspace } from '../support/workspace.ts';

const backend = (name: string, { origin, state }: GiteaServer) =>
  `  ${name}: { platform: gitea, url: ${origin}, repository: ${state.path.replace(/^repos\//, '')}, token: env:${name.toUpperCase()}_TOKEN }\n`;

/** A clone of what the remote has. */
async function machine(remote: string, files: Record<string, string>): Promise<Workspace> {
  const workspace = await newWorkspace(files);
  onTestFinished(() => workspace.dispose());
  await workspace.git('remote', 'add', 'origin', remote);
  await workspace.git('push', '--quiet', '--force', 'origin', 'main');
  return workspace;
}

test('a job on another machine goes on where the last one ended', async () => {
  const [left, right, bare] = [await startGitea(), await startGitea(), await newWorkspace()];
  onTestFinished(async () => {
    await Promise.all([left.close(), right.close(), bare.dispose()]);
  });
  const remote = `${bare.path}/remote.git`;
  await bare.git('init', '--quiet', '--bare', remote);
  const files = {
    'pace.config.yaml': `platform: { ci: local, tracker: local }
state: { persist: branch }
backends:
${backend('left', left)}${backend('right', right)}sync: [{ name: both, a: left, b: right }]
`,
  };
  const env = { LEFT_TOKEN: left.state.token, RIGHT_TOKEN: right.state.token };
  const pace = ({ path }: Workspace, ...args: string[]) => runCliHere({ cwd: path, args, env });
  const titles = () => [...right.state.issues.values()].map(({ title }) => title);

  const first = await machine(remote, files);
  await pace(first, 'issue', 'create', 'A task', '--backend', 'left');
  const begun = await pace(first, 'sync', 'run', '--all');
  expect([begun.code, begun.stdout, titles()]).toEqual([0, expect.stringContaining('Created 1 in gitea'), ['A task']]);

  const second = await machine(remote, files);
  for (const words of [['status'], ['run', '--all']]) {
    const { code, stdout, stderr } = await pace(second, 'sync', ...words);
    expect([code, stdout, stderr]).toEqual([0, expect.stringContaining('In step: 1 pair, nothing to write.'), '']);
  }
  await pace(second, 'issue', 'edit', '1', '--title', 'Another', '--backend', 'left');
  const changed = await pace(second, 'sync', 'run', '--all');
  expect([changed.code, titles()]).toEqual([0, ['Another']]);
  expect((await pace(first, 'sync', 'run', '--all')).stdout).toContain('In step: 1 pair, nothing to write.');
});
