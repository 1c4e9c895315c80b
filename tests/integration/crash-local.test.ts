import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { type BundleRun, runBundle } from '../support/bundle.ts';
import { copyOf, newWorkspace, type Workspace } from '../support/workspace.ts';
import { countKill, forEach, SCENARIOS, type Scenario } from './crash-bench.ts';
import { localState } from './crash-state.ts';
import { JUNIT } from './github-bench.ts';

const workspaces: Workspace[] = [];
afterAll(() => Promise.all(workspaces.map((workspace) => workspace.dispose())).then(() => undefined));

function kept(workspace: Workspace): Workspace {
  workspaces.push(workspace);
  return workspace;
}

function killAt(options: Record<string, string>): { nodeArgs: string[] } {
  const url = pathToFileURL(join(import.meta.dirname, '..', 'support', 'kill-at.ts'));
  return { nodeArgs: ['--import', `${url}?${new URLSearchParams(options)}`] };
}

/** The changes that a run makes on the disk, in order; those that write text begin with `*`. */
async function stepsOf(run: (options: { nodeArgs: string[] }) => Promise<unknown>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pace-steps-'));
  const log = join(folder, 'log');
  await run(killAt({ log }));
  const steps = (await readFile(log, 'utf8')).trim().split('\n');
  await rm(folder, { recursive: true });
  return steps;
}

function pace({ path }: Workspace, options: { nodeArgs: string[] } = { nodeArgs: [] }): Promise<BundleRun> {
  return runBundle({ cwd: path, args: ['gate', '--day', '1'], ...options });
}

/** Up to the run that is killed. */
async function checkout({ files, further = [] }: Scenario): Promise<Workspace> {
  const config = `platform: { ci: local, tracker: local }\n${JUNIT}\n`;
  const workspace = kept(await newWorkspace({ 'pace.config.yaml': config, ...files }));
  for (const changed of further) {
    await pace(workspace);
    await workspace.write(changed);
  }
  return workspace;
}

describe('the embedded tracker, killed at every change on the disk', () => {
  test.each(Object.entries(SCENARIOS))('%s', async (_, scenario) => {
    const before = await checkout(scenario);
    const another = async () => kept(await copyOf(before));
    const undisturbed = await another();
    const { code } = await pace(undisturbed);
    const expected = { code, state: await localState(undisturbed) };
    const steps = await stepsOf(async (options) => pace(await another(), options));
    const kills = steps.flatMap((step, index) => {
      const at = { step: String(index + 1) };
      const torn = { ...at, torn: '1' };
      if (!step.startsWith('*')) return [at];
      // a draft that was not begun is as good as one that was torn
      return step.includes('"v":1') ? [at, torn] : [torn];
    });
    await forEach(kills, async (at) => {
      const workspace = await another();
      const cut = await pace(workspace, killAt(at));
      countKill();
      const when = `killed at ${JSON.stringify(at)}, ${steps[Number(at.step) - 1]}`;
      expect(cut.code, when).toBe(null);
      const again = await pace(workspace);
      expect({ code: again.code, state: await localState(workspace) }, when).toEqual(expected);
    });
  });
});
