/** The outcome as variables for later jobs. https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv */
import { workspacePath } from '../../core/files/workspace-path.ts';
import { writeWhole } from '../../core/files/write-whole.ts';
import type { World } from '../../core/world.ts';
import type { GateOutcome } from '../commands/gate.ts';
import { endCommands, handOn, outputsOf } from './outputs.ts';

export async function writeDotenv(world: World, file: string, outcome: GateOutcome): Promise<void> {
  await endCommands(world);
  return writeVariables(world, file, outputsOf(world, outcome));
}

/** One `PACE_NAME=value` a line; GitLab takes no quotes and no line ends. A file that cannot be written is a warning. */
export async function writeVariables(
  world: World,
  file: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const lines = Object.entries(values).map(
    ([name, value]) => `PACE_${name.replaceAll('-', '_').toUpperCase()}=${value}\n`,
  );
  return handOn(world.log, async () => writeWhole(await workspacePath(world.cwd, file), world.redact(lines.join(''))));
}
