/** `pace agent setup`: tells a coding agent of PACE in the file that it reads. Never touches git or its hooks. */
import { lstat, readlink, realpath, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errorCode, fileError, PaceError } from '../../../core/errors.ts';
import { readRegular } from '../../../core/files/read-regular.ts';
import { workspacePath } from '../../../core/files/workspace-path.ts';
import { writeWhole } from '../../../core/files/write-whole.ts';
import type { World } from '../../../core/world.ts';
import { changeBetween, withBlock, withoutBlock } from '../../agent/block.ts';
import { AGENT_FILES } from '../../agent/tools.ts';
import { usageError } from '../../tracker/usage.ts';
import type { AgentSetup } from './options.ts';

export interface SetUp {
  /** Relative to the workspace. */
  readonly file: string;
  /** `planned`: a dry run. `declined`: the person said no. */
  readonly outcome: 'written' | 'removed' | 'unchanged' | 'planned' | 'declined';
  /** Lines that come (`+`) and go (`-`); `''` where nothing changes. */
  readonly change: string;
}

/** Says yes or no to a change of a file. */
export type Confirm = (file: string, change: string) => Promise<boolean>;

export async function setUpAgent(
  world: World,
  { tool, remove = false, yes = false, dryRun = false }: AgentSetup,
  confirm?: Confirm,
): Promise<SetUp> {
  const { file, front = '' } = AGENT_FILES[tool];
  const path = await writablePath(world.cwd, file);
  const before = await textOf(path, file);
  const after = remove ? before && withoutBlock(before, front) : withBlock(before, front);
  if (before === after) return { file, outcome: 'unchanged', change: '' };
  const change = changeBetween(before ?? '', after ?? '');
  if (dryRun) return { file, outcome: 'planned', change };
  if (!yes && !confirm) {
    throw usageError('There is nobody to ask: nothing was written.', '--dry-run shows the change, --yes writes it.');
  }
  if (!yes && confirm && !(await confirm(file, change))) return { file, outcome: 'declined', change };
  if (after !== undefined) await writeWhole(path, after);
  else if (await isLinkedTo(world.cwd, path)) await writeWhole(path, '');
  else await removed(path);
  return { file, outcome: remove ? 'removed' : 'written', change };
}

/** Where it is really written: one file of a project is often a link to another one of it. */
async function writablePath(cwd: string, file: string): Promise<string> {
  return followed(await workspacePath(cwd, file)).catch((error: unknown) => {
    throw fileError(error, 'read', file);
  });
}

/** Of what is not there the path itself; a link to it is not replaced. */
async function followed(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    const target = await readlink(path).catch(() => undefined);
    return target === undefined ? path : followed(resolve(dirname(path), target));
  }
}

/** Nobody's instructions are larger. */
const MOST_BYTES = 1024 * 1024;

async function textOf(path: string, file: string): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readRegular(path, MOST_BYTES));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (error instanceof PaceError) throw error;
    if (!(error instanceof TypeError)) throw fileError(error, 'read', file);
    throw new PaceError({
      kind: 'validation',
      message: `${file} is not a text in UTF-8: nothing was written.`,
      remedy: 'Please save it as UTF-8 first.',
    });
  }
}

/** Whether a name that agents read is a link to the file, which somebody has made and which would lead nowhere without it. */
async function isLinkedTo(cwd: string, path: string): Promise<boolean> {
  const names = Object.values(AGENT_FILES).map(({ file }) => resolve(cwd, file));
  const links = await Promise.all(
    names.map(async (name) => {
      const isLink = (await lstat(name).catch(() => undefined))?.isSymbolicLink() ?? false;
      return isLink && (await realpath(name).catch(() => undefined)) === path;
    }),
  );
  return links.includes(true);
}

async function removed(path: string): Promise<void> {
  await rm(path).catch((error: unknown) => {
    throw fileError(error, 'remove', path);
  });
}
