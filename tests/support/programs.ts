/** Stand-ins for programs, as real programs: a small file on the PATH that keeps its data in a file beside it. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from '../../core/world.ts';
import { testWorld } from './world.ts';

export interface StandIn {
  /** For the environment: the folder of the stand-in before all others. */
  readonly path: string;
  /** The program itself. */
  readonly file: string;
  /** What it has kept. */
  state<State>(): Promise<State>;
  dispose(): Promise<void>;
}

/** `name`: of the program; `script`: the file of this folder that plays it; `state`: what it begins with. */
export async function installStandIn(name: string, script: string, state: unknown): Promise<StandIn> {
  const folder = await mkdtemp(join(tmpdir(), `pace-${name}-`));
  const [file, data] = [join(folder, name), join(folder, 'state.json')];
  await writeFile(data, JSON.stringify(state));
  const program = join(import.meta.dirname, script);
  await writeFile(file, `#!/bin/sh\nPACE_STAND_IN='${data}' exec '${process.execPath}' '${program}' "$@"\n`);
  await chmod(file, 0o755);
  return {
    file,
    path: `${folder}:${process.env['PATH'] ?? ''}`,
    state: async () => JSON.parse(await readFile(data, 'utf8')),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Near misses among them: what a program of one tracker may see is none of another's business, nor are tokens of forges. */
const VARIABLES = [
  ...['FP_TOKEN', 'FIBERPLANE_URL', 'FPX_TOKEN', 'MY_FP_TOKEN', 'BEADS_X', 'BD_DB', 'DOLT_HOST', 'BDX_Y', 'XBD_Y'],
  ...['GITHUB_TOKEN', 'PACE_JIRA_TOKEN', 'NODE_OPTIONS', 'LD_PRELOAD'],
];

/** Names of variables that a program sees, but for what every program needs. `run` tells what the command at this path prints. */
export async function seenVariables(run: (command: string, world: World) => Promise<string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pace-env-'));
  try {
    const command = join(folder, 'tell-variables');
    await writeFile(command, '#!/bin/sh\nexec env\n');
    await chmod(command, 0o755);
    const own = Object.fromEntries(VARIABLES.map((name) => [name, 'x']));
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ...own };
    const words = await run(command, testWorld({ cwd: folder, env }));
    const names = [...words.matchAll(/^([A-Z_a-z]+)=/gm)].map(([, name = '']) => name);
    return names.filter((name) => !['PATH', 'HOME', 'PWD', 'SHLVL', 'OLDPWD', '_', 'NO_COLOR'].includes(name)).sort();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
