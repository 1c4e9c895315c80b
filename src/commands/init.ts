/** `pace init`: a small working configuration for this repository. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PaceError } from '../../core/errors.ts';
import { workspacePath } from '../../core/files/workspace-path.ts';
import { writeWhole } from '../../core/files/write-whole.ts';
import type { World } from '../../core/world.ts';
import { initialConfig } from '../config/initial.ts';
import { configPaths } from '../config/locate.ts';
import { detectedEvidence } from '../gate/evidence/detect/detect.ts';
import type { Init } from './options.ts';

export interface Initialized {
  /** The path of the configuration that was written. */
  readonly file: string;
  /** What it rests on, in one sentence. */
  readonly because: string;
}

/** Written where the person stands: a folder of a repository may have a gate of its own. */
export async function init({ here, ...outer }: World, options: Init): Promise<Initialized> {
  const world = { ...outer, cwd: here ?? outer.cwd };
  const path = options.config || configPaths[0];
  const exists = await stat(join(world.cwd, path)).then(
    () => true,
    () => false,
  );
  if (exists && !options.force) {
    throw new PaceError({
      kind: 'validation',
      message: `${path} exists already.`,
      remedy: 'Please edit it, or pass --force to replace it.',
    });
  }
  const { sources } = await detectedEvidence(world);
  const { text, because } = await initialConfig(world, sources);
  await writeWhole(await workspacePath(world.cwd, path), text);
  return { file: path, because };
}
