/** Where the configuration stands. */

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { defined } from '../../core/defined.ts';
import { errorCode } from '../../core/errors.ts';

/** Looked at in this order, below the workspace. */
export const configPaths = ['pace.config.yaml', 'pace/pace.config.yaml'] as const;

// what people write by mistake
const misspelt = [
  'pace.config.yml',
  'pace/pace.config.yml',
  '.pace.config.yaml',
  'pace.yaml',
  '.pace/pace.config.yaml',
];

export interface Located {
  /** Relative to the workspace; absent when there is none. */
  readonly path?: string;
  /** Another one that is not read. */
  readonly ignored?: string;
}

export async function locateConfig(cwd: string): Promise<Located> {
  const found = await existing(cwd, configPaths);
  const [path, ignored] = found;
  return defined({ path, ignored });
}

/** For the person who has no configuration, or believes to have one. */
export async function explainMissing(cwd: string): Promise<string> {
  const [nearMiss] = await existing(cwd, misspelt);
  const remedy =
    nearMiss === undefined
      ? 'Please run `pace init` to write one, or name it with --config.'
      : `There is ${nearMiss}: please rename it to ${configPaths[0]}, or name it with --config.`;
  return `There is no configuration: neither ${configPaths.join(' nor ')} exists in ${cwd}. ${remedy}`;
}

async function existing(cwd: string, paths: readonly string[]): Promise<string[]> {
  const there = await Promise.all(paths.map((path) => stat(join(cwd, path)).then(() => true, isThereAllTheSame)));
  return paths.filter((_, index) => there[index]);
}

// a file that may not be looked at must be reported when it is read, not passed over
function isThereAllTheSame(error: unknown): boolean {
  const code = errorCode(error);
  return code !== 'ENOENT' && code !== 'ENOTDIR';
}
