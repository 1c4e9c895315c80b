/** `pace init`: a small working configuration for this repository. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PaceError } from '../../core/errors.ts';
import { inside } from '../../core/files/workspace-path.ts';
import { writeWhole } from '../../core/files/write-whole.ts';
import type { World } from '../../core/world.ts';
import { initialConfig } from '../config/initial.ts';
import { configPaths } from '../config/locate.ts';

export async function init(
  world: World,
  options: { config?: string | undefined; force?: boolean | undefined },
): Promise<string> {
  const path = options.config || configPaths[0];
  const exists = await stat(join(world.cwd, path)).then(
    () => true,
    () => false,
  );
  if (exists && !options.force) {
    throw new PaceError({
      kind: 'validation',
      message: `${path} is there already.`,
      remedy: 'Please edit it, or pass --force to replace it.',
    });
  }
  const { text, because } = await initialConfig(world);
  await writeWhole(await inside(world.cwd, path), text);
  return `Wrote ${path}. ${because}\nNext: pace validate, then pace gate --day 1\n`;
}
