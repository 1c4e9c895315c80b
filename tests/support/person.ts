/** A person who types lines of a shell, beside a Gitea that the environment tells of. */
import { onTestFinished } from 'vitest';
import { type GiteaServer, startGitea } from './gitea.ts';
import { runCliHere } from './in-process.ts';
import { type LineRun, runLines } from './shell-line.ts';
import { newWorkspace } from './workspace.ts';

export interface Person {
  readonly server: GiteaServer;
  lines(block: string): Promise<LineRun[]>;
}

/** A person with a folder, a home and a Gitea whose address and repository the environment tells. */
export async function person(): Promise<Person> {
  const [workspace, server] = [await newWorkspace({}, { git: false }), await startGitea()];
  onTestFinished(async () => {
    await Promise.all([workspace.dispose(), server.close()]);
  });
  const env = {
    ...{ HOME: `${workspace.path}/home`, PACE_AGENT: 'agent-coder' },
    ...{ GITEA_URL: server.origin, GITEA_REPOSITORY: server.state.path.replace(/^repos\//, '') },
  };
  return {
    server,
    lines: (block) =>
      runLines(block.replace('TOKEN"', `${server.state.token}"`), (args, set) =>
        runCliHere({ cwd: workspace.path, args, env: { ...env, ...set } }),
      ),
  };
}

/** What did not end well. */
export const failed = (runs: readonly LineRun[]) =>
  runs.flatMap(({ line, run }) => (run.code === 0 ? [] : [`${line} (${run.code}): ${run.stderr}`]));
export const outputs = (runs: readonly LineRun[]) => runs.map(({ run }) => run.stdout);
