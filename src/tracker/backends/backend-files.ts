/** The files that name backends: the project's configuration and the person's own. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, type PaceError } from '../../../core/errors.ts';
import { readRegular } from '../../../core/files/read-regular.ts';
import { writeWhole } from '../../../core/files/write-whole.ts';
import type { World } from '../../../core/world.ts';
import { didYouMean } from '../../../core/yaml/suggest.ts';
import { configPaths, locateConfig } from '../../config/locate.ts';
import { wrong } from './backend-settings.ts';
import { userFilePath } from './user-file.ts';

export interface BackendPlace {
  readonly config?: string | undefined;
  /** In the person's own file. */
  readonly user?: boolean | undefined;
  /** In the project's, also where there is none yet. */
  readonly project?: boolean | undefined;
}

/** The file for a new backend; the project's where there is one. */
export async function fileFor(world: World, { config, user, project }: BackendPlace): Promise<string> {
  const own = userFilePath(world);
  if (user) {
    if (own !== undefined) return own;
    throw wrong(
      'There is no home folder for a file of your own.',
      'Please set HOME or XDG_CONFIG_HOME, or use --project.',
    );
  }
  const path =
    config ?? (await locateConfig(world.cwd)).path ?? (project || own === undefined ? configPaths[0] : undefined);
  return path === undefined ? (own ?? '') : join(world.cwd, path);
}

/** All that may name it, the nearest first. */
export async function filesFor(world: World, options: BackendPlace): Promise<string[]> {
  const own = userFilePath(world);
  const project = options.config ?? (await locateConfig(world.cwd)).path;
  const files = [
    ...(project === undefined || options.user ? [] : [join(world.cwd, project)]),
    ...(own === undefined || options.project ? [] : [own]),
  ];
  return files;
}

/** Writes it whole, with what `edit` makes of it; `''` where there is none yet. */
export async function changeFile(file: string, edit: (text: string) => string): Promise<void> {
  const text = edit((await readOr(file, '')) ?? '');
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, text);
}

/** As any configuration. */
const MAX_BYTES = 1024 * 1024;

/** Its text; `none` where there is no such file. */
export async function readOr<None>(file: string, none: None): Promise<string | None> {
  try {
    return (await readRegular(file, MAX_BYTES)).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return none;
    throw error;
  }
}

/** For a name that none of them has. */
export function unknownBackend(name: string, names: readonly string[]): PaceError {
  return wrong(
    `There is no backend “${name}”.${didYouMean(name, names)}`,
    names.length > 0 ? `Available: ${names.join(', ')}.` : 'None is configured: `pace backend add` adds one.',
  );
}
