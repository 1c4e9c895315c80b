/** Stand-ins for programs, as real programs: a small file on the PATH that keeps its data in a file beside it. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
