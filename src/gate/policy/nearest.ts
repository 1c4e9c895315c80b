/** Which folder's configuration of a branch counts, where the operator has named none: the nearest one, going up. */
import { dirname, posix, relative, resolve, sep } from 'node:path';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { configPaths } from '../../config/locate.ts';
import { type Candidate, type LookedUp, lookUp, type Sources } from './look-up.ts';

export interface Nearness {
  /** The workspace, as what is checked out has led to it. */
  readonly cwd: string;
  readonly sources: Sources;
  /** Where the file of the workspace may stand; none for one outside of the repository. */
  readonly candidates: readonly Candidate[];
  /** Where a configuration is looked for, by the operator's word alone; none where one was named. */
  readonly nearest: readonly string[];
  /** The checkout's. */
  readonly root: string;
}

export const NAME_IT = 'Please let a person look at that, or name the configuration with `--config`.';

/**
 * The configuration of a branch that is nearest to where the operator has the gate run. The folder of the workspace was found by what
 * the commit has: a configuration that it brings, or takes away, must not lead to rules of another folder.
 */
export async function lookUpNearest(
  { cwd, sources, candidates, nearest, root }: Nearness,
  branch: string,
): Promise<LookedUp | { readonly how: 'elsewhere'; readonly why: string }> {
  for (const folder of nearest) {
    if (folder === cwd) break;
    const found = await lookUp(sources, branch, candidatesIn(root, folder, undefined));
    if (found.how === 'unknown') return found;
    if (found.how === 'found' && !candidates.some(({ path }) => path === found.file.path))
      return elsewhere(branch, found, 'which this commit lacks');
  }
  const here = await lookUp(sources, branch, candidates);
  if (here.how !== 'none') return here;
  for (const folder of nearest.slice(nearest.indexOf(cwd) + 1)) {
    const found = await lookUp(sources, branch, candidatesIn(root, folder, undefined));
    if (found.how === 'found') return elsewhere(branch, found, 'and this commit leads to a nearer folder');
  }
  return here;
}

function elsewhere(
  branch: string,
  { file }: Extract<LookedUp, { how: 'found' }>,
  what: string,
): { how: 'elsewhere'; why: string } {
  return {
    how: 'elsewhere',
    why: `${plainLine(branch, 100)} has the configuration ${plainLine(file.path, 200)}, ${what}`,
  };
}

/** From the folder itself up to the root, with it. */
export function foldersUp(folder: string, root: string): string[] {
  const folders = [resolve(folder)];
  for (let last = folders[0] ?? root; last !== resolve(root) && last !== dirname(last); last = dirname(last)) {
    folders.push(dirname(last));
  }
  return folders.includes(resolve(root)) ? folders : [];
}

/** Where the file may stand in a folder; none outside of the repository. */
export function candidatesIn(root: string, cwd: string, config: string | undefined): Candidate[] {
  const files = (config ? [config] : configPaths).map((path) => ({
    shown: plainLine(path),
    path: relative(root, resolve(cwd, path)).split(sep).join('/'),
  }));
  return files.filter(
    ({ path }) => path !== '' && !path.startsWith('../') && !posix.isAbsolute(path) && !/^[A-Za-z]:/.test(path),
  );
}
